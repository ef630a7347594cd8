// The settings: their navigation, and the page that the address names.
import type { ComponentType } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { createSettings } from "../../store/settings/settings.ts";
import { formatRoute } from "../../store/route.ts";
import { useDesk, useWorkspace } from "../desk-context.ts";
import { ChevronLeftIcon, MenuIcon } from "../icons.tsx";
import { followLink } from "../links.ts";
import { texts as common } from "../texts.ts";
import { SettingsContext, settingsRoute, useGo } from "./context.ts";
import { groupsFor } from "./sections.ts";
import type { SectionName } from "./sections.ts";
import { sectionTexts, texts } from "./texts.ts";
import { AccessTokensPage } from "./access-tokens-page.tsx";
import { AgentsPage } from "./agents-page.tsx";
import { AttributesPage } from "./attributes-page.tsx";
import { AuditLogPage } from "./audit-log-page.tsx";
import { CannedResponsesPage } from "./canned-responses-page.tsx";
import { InboxesPage } from "./inboxes/inboxes-page.tsx";
import { LabelsPage } from "./labels-page.tsx";
import { ProfilePage } from "./profile-page.tsx";
import { RolesPage } from "./roles-page.tsx";
import { TeamsPage } from "./teams-page.tsx";
import { WebhooksPage } from "./webhooks-page.tsx";
import "../../styles/settings-lists.css";
import "../../styles/settings.css";
import "../../styles/settings-forms.css";

/** What of the address is the page's own. */
export interface PageProps {
  path: readonly string[];
}

const pages: Record<SectionName, ComponentType<PageProps>> = {
  inboxes: InboxesPage,
  agents: AgentsPage,
  roles: RolesPage,
  teams: TeamsPage,
  labels: LabelsPage,
  "canned-responses": CannedResponsesPage,
  attributes: AttributesPage,
  webhooks: WebhooksPage,
  "audit-log": AuditLogPage,
  profile: ProfilePage,
  "access-tokens": AccessTokensPage,
};

export function SettingsArea() {
  const { session, router, discards } = useDesk();
  const { settingsRest: rest, accountId, latestSettingsChange: latestChange } = useWorkspace();
  const settings = useMemo(
    () => createSettings({ rest, accountId, latestChange, discards }),
    [accountId],
  );
  useEffect(() => settings.stop, [settings]);
  const groups = groupsFor(session.profile.value?.role ?? "agent");
  const address = router.route.value.settings ?? "";
  const [named = "", ...path] = address.split("/");
  const allowed = groups.flatMap(({ sections }) => sections);
  const current = named === "" ? allowed[0] : allowed.find(({ name }) => name === named);
  const Page = current && pages[current.name];

  // A page that was gone to begins at its head, for those who hear it too.
  const content = useRef<HTMLElement>(null);
  const came = useRef(address);
  useEffect(() => {
    if (came.current === address) return;
    came.current = address;
    content.current?.querySelector<HTMLElement>("h1")?.focus();
  }, [address]);

  return (
    <SettingsContext.Provider value={settings}>
      <div class="settings" data-page={address === "" ? "navigation" : "page"}>
        <SettingsNavigation groups={groups} current={current?.name} />
        <main id="settings" ref={content} class="settings-content" tabIndex={-1}>
          {Page ? <Page key={named} path={path} /> : <NotHere />}
        </main>
      </div>
    </SettingsContext.Provider>
  );
}

function NotHere() {
  const go = useGo();
  return (
    <div class="empty" role="alert">
      <h1 class="empty-title" tabIndex={-1}>
        {texts.notHereTitle}
      </h1>
      <p class="quiet">{texts.notHereText}</p>
      <button type="button" class="button" onClick={() => go("")}>
        {common.settings}
      </button>
    </div>
  );
}

function SettingsNavigation(props: {
  groups: ReturnType<typeof groupsFor>;
  current: SectionName | undefined;
}) {
  const { layout, router } = useDesk();
  const go = useGo();
  const conversations = { view: "open", conversationId: null } as const;
  return (
    <nav class="settings-nav" aria-label={common.settings}>
      <header class="pane-head">
        <button
          type="button"
          class="icon-button phone-only"
          aria-label={common.views}
          onClick={() => (layout.isViewsPaneOpen.value = true)}
        >
          <MenuIcon />
        </button>
        <h2>{common.settings}</h2>
      </header>
      <div class="settings-nav-list">
        <a
          class="settings-nav-item"
          href={formatRoute(conversations)}
          onClick={(event) => followLink(event, () => router.go(conversations))}
        >
          <ChevronLeftIcon />
          {common.conversations}
        </a>
        {props.groups.map(({ name, sections }) => (
          <section key={name} aria-labelledby={`settings-${name}`}>
            <h3 id={`settings-${name}`} class="quiet">
              {texts.groups[name]}
            </h3>
            <ul>
              {sections.map(({ name: section, Icon }) => (
                <li key={section}>
                  <a
                    class="settings-nav-item"
                    href={formatRoute(settingsRoute(section))}
                    aria-current={section === props.current ? "page" : undefined}
                    onClick={(event) => followLink(event, () => go(section))}
                  >
                    <Icon />
                    {sectionTexts[section].name}
                  </a>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </nav>
  );
}
