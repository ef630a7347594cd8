// The account's agents: whom a conversation may be assigned to, and who is there.
import { signal } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import type { AgentRest } from "../../client/agent-transport.ts";
import type { Agent } from "../../protocol/records.ts";

export interface Agents {
  /** By name. */
  readonly all: ReadonlySignal<readonly Agent[]>;
  load(): Promise<void>;
  update(agent: Agent): void;
}

/** Creates the store with the signed-in agent alone. */
export function createAgents(deps: { rest: AgentRest; accountId: number; self: Agent }): Agents {
  const all = signal<readonly Agent[]>([deps.self]);
  const byName = (a: Agent, b: Agent) => a.available_name.localeCompare(b.available_name);

  return {
    all,
    async load() {
      const result = await deps.rest.listAgents(deps.accountId);
      // Without an answer the list stays as it was; the next connection asks again.
      if (result.ok) all.value = result.data.toSorted(byName);
    },
    update(agent) {
      const others = all.peek().filter(({ id }) => id !== agent.id);
      all.value = [...others, agent].toSorted(byName);
    },
  };
}
