// Who follows a conversation: asked for where somebody wants to see it, changed one agent at a time.
import { signal } from "@preact/signals";
import type { AgentRest } from "../../client/agent-transport.ts";
import type { Agent } from "../../protocol/records.ts";
import type { Failure } from "../../protocol/result.ts";
import type { Toasts } from "./toasts.ts";

export interface Followers {
  /** Ids of those who follow; undefined while unknown. Follows changes when read in a view. */
  of(conversationId: number): ReadonlySet<number> | undefined;
  /** Answers why not, if the server did not say. */
  load(conversationId: number): Promise<Failure | null>;
  /** Shown at once, taken back when the server refuses. */
  toggle(conversationId: number, agent: Agent): Promise<void>;
}

interface Deps {
  rest: AgentRest;
  accountId: number;
  toasts: Toasts;
}

/** Creates the store, which knows nobody yet. */
export function createFollowers({ rest, accountId, toasts }: Deps): Followers {
  const known = signal<ReadonlyMap<number, ReadonlySet<number>>>(new Map());
  const set = (id: number, agentIds: Iterable<number>) =>
    void (known.value = new Map(known.peek()).set(id, new Set(agentIds)));

  async function load(id: number): Promise<Failure | null> {
    const result = await rest.listParticipants(accountId, id);
    if (!result.ok) return result.error;
    set(
      id,
      result.data.map((agent) => agent.id),
    );
    return null;
  }

  return {
    of: (id) => known.value.get(id),
    load,
    async toggle(id, agent) {
      const before = known.peek().get(id) ?? new Set();
      const how = before.has(agent.id) ? "remove" : "add";
      set(
        id,
        how === "add" ? [...before, agent.id] : [...before].filter((one) => one !== agent.id),
      );
      const result = await rest.changeParticipant(accountId, id, how, agent.id);
      if (result.ok) {
        set(
          id,
          result.data.map((one) => one.id),
        );
        return;
      }
      set(id, before);
      toasts.show({ kind: "failed", doing: "follow", error: result.error });
    },
  };
}
