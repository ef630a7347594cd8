// The list of a page: a row for each thing that is kept, or what to do where there is none.
import type { ComponentChildren } from "preact";
import { PlusIcon, ChevronRightIcon } from "./icons.tsx";
import { SettingsLink } from "./page.tsx";

export interface Row {
  key: string | number;
  /** Where it is changed; without one it is only shown. */
  path?: string;
  picture?: ComponentChildren;
  title: string;
  detail?: ComponentChildren;
  /** What stands at the end: a state, a button. */
  end?: ComponentChildren;
}

interface Props {
  label: string;
  rows: readonly Row[];
  emptyTitle?: string | undefined;
  emptyText?: string | undefined;
}

export function KeptRows({ label, rows, emptyTitle, emptyText }: Props) {
  if (rows.length === 0) {
    return (
      <div class="empty">
        <h2 class="empty-title">{emptyTitle}</h2>
        <p class="quiet">{emptyText}</p>
      </div>
    );
  }
  return (
    <ul class="kept-rows" aria-label={label}>
      {rows.map(({ key, path, picture, title, detail, end }) => (
        <li key={key} class="kept-row">
          {picture}
          <div class="kept-row-words">
            {path === undefined ? (
              <span class="kept-row-title">{title}</span>
            ) : (
              <SettingsLink path={path} class="kept-row-title">
                {title}
              </SettingsLink>
            )}
            {detail && <div class="quiet kept-row-detail">{detail}</div>}
          </div>
          {end}
          {path !== undefined && <ChevronRightIcon />}
        </li>
      ))}
    </ul>
  );
}

/** In a page's head: begins a new one. */
export function NewLink({ path, children }: { path: string; children: ComponentChildren }) {
  return (
    <SettingsLink path={path} class="button button-primary">
      <PlusIcon />
      {children}
    </SettingsLink>
  );
}
