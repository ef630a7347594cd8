// What keeps the open conversation asleep: asked for when it sleeps, and again whenever it changes.
import { computed, effect, signal, untracked } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import type { AgentRest } from "../../client/agent-transport.ts";
import type { Snooze } from "../../protocol/records-snoozes.ts";
import type { Conversation } from "../../protocol/records.ts";
import type { ConversationRecords } from "./records.ts";

export interface OpenSnooze {
  /** Null: it is awake, or the server has not answered yet. */
  readonly snooze: ReadonlySignal<Snooze | null>;
  stop(): void;
}

/** Creates the store, which follows the given conversation. */
export function createOpenSnooze(deps: {
  rest: AgentRest;
  accountId: number;
  conversation: ReadonlySignal<Conversation | null>;
  records: ConversationRecords;
}): OpenSnooze {
  const { rest, accountId, conversation, records } = deps;
  const found = signal<Snooze | null>(null);
  const sleeper = computed(() => {
    const open = conversation.value;
    return open?.status === "snoozed" ? open.id : null;
  });
  /** Every change has a number, one of a note too; others of the contact may sleep by the same snooze. */
  const version = computed(() => {
    if (sleeper.value === null) return "";
    const contactId = conversation.value?.meta.sender.id;
    return [...records.all.value.values()]
      .filter(({ meta }) => meta.sender.id === contactId)
      .map(({ id, seq }) => `${id}:${seq}`)
      .join();
  });
  let generation = 0;

  async function load(id: number): Promise<void> {
    const mine = ++generation;
    const result = await rest.listSnoozesOf(accountId, id);
    // Without an answer its time is all that is shown; the next change asks again.
    if (mine === generation && result.ok) found.value = result.data[0] ?? null;
  }

  const stop = effect(() => {
    const id = sleeper.value;
    void version.value;
    untracked(() => {
      if (id !== null) void load(id);
      else generation += 1;
    });
  });

  return {
    snooze: computed(() => {
      const id = sleeper.value;
      return id !== null && found.value?.conversation_ids.includes(id) ? found.value : null;
    }),
    stop() {
      generation += 1;
      stop();
    },
  };
}
