// The inbox's public configuration: fetched once, kept right by what agents do.
import type { ReadonlySignal, Signal } from "@preact/signals-core";
import type { VisitorRest } from "../../client/visitor-transport.ts";
import type { PublicAgent, PublicInbox } from "../../protocol/records.ts";
import type { Result } from "../../protocol/result.ts";
import type { Emit } from "./events.ts";

export interface InboxStore {
  value: ReadonlySignal<PublicInbox | null>;
  load(): Promise<Result<PublicInbox>>;
  /** An agent came, went or changed. */
  applyAgent: (agent: PublicAgent) => void;
}

const isAvailable = (agent: PublicAgent) => agent.availability_status === "available";

export function createInboxStore(deps: {
  /** Where the inbox is kept: the settings read it too, and stand before there is one. */
  value: Signal<PublicInbox | null>;
  rest: Pick<VisitorRest, "getInbox">;
  emit: Emit;
}): InboxStore {
  const { value } = deps;

  function put(next: PublicInbox): void {
    const previous = value.peek()?.availability;
    const { availability: state, agents } = next;
    value.value = next;
    if (!previous || previous === state) return;
    const availableCount = agents.filter(isAvailable).length;
    const detail = { scope: "team", state, previous, availableCount } as const;
    deps.emit("agentStateChange", detail, { source: "agent", local: false });
  }

  async function load(): Promise<Result<PublicInbox>> {
    const result = await deps.rest.getInbox();
    if (result.ok) put(result.data);
    return result;
  }

  return {
    value,
    load,
    applyAgent(agent) {
      const inbox = value.peek();
      const before = inbox?.agents.find(({ id }) => id === agent.id);
      if (!inbox) return;
      const others = inbox.agents.filter(({ id }) => id !== agent.id);
      const agents = [...others, agent].toSorted(
        (a, b) => Number(isAvailable(b)) - Number(isAvailable(a)),
      );
      const available = agents.filter(isAvailable).length;
      put({
        ...inbox,
        // The list is a choice of at most five: one more is no reason to grow it.
        agents: before ? agents : agents.slice(0, Math.max(inbox.agents.length, 1)),
        // None of these is, but somebody may be who is not among them: the server knows.
        availability: available > 0 ? "available" : inbox.availability,
      });
      const state = (who: PublicAgent) => (isAvailable(who) ? "available" : "unavailable");
      const previous = before
        ? state(before)
        : state(agent) === "available"
          ? "unavailable"
          : "available";
      if (previous !== state(agent)) {
        deps.emit(
          "agentStateChange",
          {
            scope: "agent",
            state: state(agent),
            previous,
            agent: { id: agent.id, name: agent.name, avatarUrl: agent.avatar_url },
            availableCount: available,
          },
          { source: "agent", local: false },
        );
      }
      if (available === 0) void load();
    },
  };
}
