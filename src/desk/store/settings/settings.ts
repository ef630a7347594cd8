// What the settings' pages work with: every list that is kept, and who may see which page.
import { effect, untracked } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import type { SettingsRest } from "../../../client/settings-transport.ts";
import type { SettingsSubject } from "../../../protocol/lists.ts";
import type { Discards } from "../discards.ts";
import { createKeptList } from "./kept-list.ts";

/** One thing that administrators keep has changed; a new object for each time. */
export interface SettingsChange {
  subject: SettingsSubject;
}

export type Settings = ReturnType<typeof createSettings>;

const byName = (one: { name: string }, other: { name: string }) =>
  one.name.localeCompare(other.name);
const byId = (one: { id: number }, other: { id: number }) => one.id - other.id;

/** Creates the lists, none of them fetched. `stop` ends following the changes. */
export function createSettings(deps: {
  rest: SettingsRest;
  accountId: number;
  latestChange: ReadonlySignal<SettingsChange | null>;
  discards: Discards;
}) {
  const { rest, accountId, discards } = deps;
  const common = { accountId, discards };
  const inboxes = createKeptList({ rest: rest.inboxes, ...common, compare: byName });
  const agents = createKeptList({ rest: rest.agents, ...common, compare: byName });
  const customRoles = createKeptList({ rest: rest.customRoles, ...common, compare: byName });
  const teams = createKeptList({ rest: rest.teams, ...common, what: "team", compare: byName });
  const labels = createKeptList({
    rest: rest.labels,
    ...common,
    what: "label",
    compare: (one, other) => one.title.localeCompare(other.title),
  });
  const cannedResponses = createKeptList({
    rest: rest.cannedResponses,
    ...common,
    what: "canned_response",
    compare: (one, other) => one.short_code.localeCompare(other.short_code),
  });
  const customAttributes = createKeptList({
    rest: rest.customAttributes,
    ...common,
    what: "custom_attribute",
    compare: (one, other) => one.attribute_display_name.localeCompare(other.attribute_display_name),
  });
  const webhooks = createKeptList({
    rest: rest.webhooks,
    ...common,
    what: "webhook",
    compare: byId,
  });
  const accessTokens = createKeptList({ rest: rest.accessTokens, ...common, compare: byId });

  const refreshes: Partial<Record<SettingsSubject, () => Promise<void>>> = {
    inbox: inboxes.refresh,
    agent: agents.refresh,
    custom_role: customRoles.refresh,
    team: teams.refresh,
    label: labels.refresh,
    canned_response: cannedResponses.refresh,
    custom_attribute: customAttributes.refresh,
  };
  const stop = effect(() => {
    const change = deps.latestChange.value;
    if (change) untracked(() => void refreshes[change.subject]?.());
  });

  return {
    rest,
    accountId,
    inboxes,
    agents,
    customRoles,
    teams,
    labels,
    cannedResponses,
    customAttributes,
    webhooks,
    accessTokens,
    stop,
  };
}
