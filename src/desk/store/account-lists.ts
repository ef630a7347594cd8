// What an account keeps for its agents: canned responses, labels, teams, custom attributes. Read again
// whenever the server says that something of it has changed.
import { signal } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import type { AgentRest, AgentSocket } from "../../client/agent-transport.ts";
import type { SettingsSubject } from "../../protocol/lists.ts";
import type {
  CannedResponse,
  CustomAttribute,
  Label,
  Team,
} from "../../protocol/records-administration.ts";
import type { Result } from "../../protocol/result.ts";

export interface AccountLists {
  readonly cannedResponses: ReadonlySignal<readonly CannedResponse[]>;
  readonly labels: ReadonlySignal<readonly Label[]>;
  readonly teams: ReadonlySignal<readonly Team[]>;
  readonly attributes: ReadonlySignal<readonly CustomAttribute[]>;
  load(): Promise<void>;
  stop(): void;
}

interface Deps {
  rest: AgentRest;
  socket: AgentSocket;
  accountId: number;
  /** Agents and inboxes have stores of their own. */
  onOther: (subject: SettingsSubject) => void;
}

/** Creates the lists, empty until loaded. */
export function createAccountLists({ rest, socket, accountId, onOther }: Deps): AccountLists {
  const cannedResponses = createList(() => rest.listCannedResponses(accountId));
  const labels = createList(() => rest.listLabels(accountId));
  const teams = createList(() => rest.listTeams(accountId));
  const attributes = createList(() => rest.listCustomAttributes(accountId));
  const lists: Partial<Record<SettingsSubject, { load(): Promise<void> }>> = {
    canned_response: cannedResponses,
    label: labels,
    team: teams,
    custom_attribute: attributes,
  };

  const stop = socket.on("settings:changed", ({ subject }) => {
    const list = lists[subject];
    if (list) void list.load();
    else onOther(subject);
  });

  return {
    cannedResponses: cannedResponses.all,
    labels: labels.all,
    teams: teams.all,
    attributes: attributes.all,
    async load() {
      await Promise.all(Object.values(lists).map((list) => list.load()));
    },
    stop,
  };
}

function createList<Item>(fetch: () => Promise<Result<Item[]>>) {
  const all = signal<readonly Item[]>([]);
  let latest = 0;
  return {
    all: all as ReadonlySignal<readonly Item[]>,
    async load(): Promise<void> {
      latest += 1;
      const mine = latest;
      const result = await fetch();
      // Without an answer the list stays as it was; the next connection asks again.
      if (result.ok && mine === latest) all.value = result.data;
    },
  };
}
