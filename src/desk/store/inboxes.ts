// The account's inboxes: their names, and the script tag that a first visitor needs.
import { signal } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import type { AgentRest } from "../../client/agent-transport.ts";
import type { Inbox } from "../../protocol/records.ts";

export interface Inboxes {
  readonly all: ReadonlySignal<readonly Inbox[]>;
  load(): Promise<void>;
}

/** Creates the store, empty until loaded. */
export function createInboxes(deps: { rest: AgentRest; accountId: number }): Inboxes {
  const all = signal<readonly Inbox[]>([]);
  return {
    all,
    async load() {
      const result = await deps.rest.listInboxes(deps.accountId);
      // Without an answer the list stays as it was; the next connection asks again.
      if (result.ok) all.value = result.data;
    },
  };
}
