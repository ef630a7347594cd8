// What every page of the settings is made of: its head with the way back, and what stands in for a list.
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { KeptListStatus } from "../../store/settings/kept-list.ts";
import { formatRoute } from "../../store/route.ts";
import { ChevronLeftIcon } from "../icons.tsx";
import { followLink } from "../links.ts";
import { failureText, texts as common } from "../texts.ts";
import { settingsRoute, useGo } from "./context.ts";
import { texts } from "./texts.ts";

interface LinkProps {
  /** Below the settings. */
  path: string;
  class?: string;
  isCurrent?: boolean;
  label?: string;
  children: ComponentChildren;
}

export function SettingsLink({ path, class: className, isCurrent, label, children }: LinkProps) {
  const go = useGo();
  return (
    <a
      class={className}
      href={formatRoute(settingsRoute(path))}
      aria-label={label}
      aria-current={isCurrent ? "page" : undefined}
      onClick={(event) => followLink(event, () => go(path))}
    >
      {children}
    </a>
  );
}

interface PageProps {
  title: string;
  intro?: string;
  /** The page above; without one, the navigation, which only phones cannot see. */
  back?: string;
  action?: ComponentChildren;
  /** Below the head, such as tabs. */
  tabs?: ComponentChildren;
  children: ComponentChildren;
}

export function Page({ title, intro, back, action, tabs, children }: PageProps) {
  return (
    <>
      <header class="pane-head settings-head">
        <SettingsLink
          path={back ?? ""}
          class={`icon-button ${back === undefined ? "phone-only" : ""}`}
          label={common.back}
        >
          <ChevronLeftIcon />
        </SettingsLink>
        <h1 tabIndex={-1}>{title}</h1>
        {action}
      </header>
      {tabs}
      <div class="settings-scroll">
        <div class="settings-body">
          {intro && <p class="quiet settings-intro">{intro}</p>}
          {children}
        </div>
      </div>
    </>
  );
}

interface KeptProps {
  list: {
    status: { value: KeptListStatus };
    open: () => void;
    retry: () => Promise<void>;
  };
  children: ComponentChildren;
}

/** Shows its children once the list is there. */
export function Kept({ list, children }: KeptProps) {
  useEffect(() => list.open(), [list]);
  const status = list.status.value;
  if (status.kind === "ready") return <>{children}</>;
  if (status.kind === "failed") {
    return (
      <div class="empty" role="alert">
        <p>{failureText(status.error)}</p>
        <button type="button" class="button" onClick={() => void list.retry()}>
          {common.retry}
        </button>
      </div>
    );
  }
  return (
    <output aria-busy="true" aria-label={texts.loading} class="bones">
      {[1, 2, 3].map((line) => (
        <span key={line} class="bone bone-row" />
      ))}
    </output>
  );
}
