// The inbox's public configuration: fetched once, kept right by what agents do and by its hours.
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
  /** An administrator has changed it. */
  put: (inbox: PublicInbox) => void;
}

const isAvailable = (agent: PublicAgent) => agent.availability_status === "available";

export function createInboxStore(deps: {
  /** Where the inbox is kept: the settings read it too, and stand before there is one. */
  value: Signal<PublicInbox | null>;
  rest: Pick<VisitorRest, "getInbox">;
  emit: Emit;
  stop: AbortSignal;
}): InboxStore {
  const { value } = deps;
  let following: Promise<unknown> | undefined;

  function put(next: PublicInbox): void {
    const previous = value.peek()?.availability;
    const { availability: state, agents, opening_hours: hours } = next;
    value.value = next;
    // Most inboxes have no hours: what follows them loads with the first that has.
    if (hours) {
      following ??= import("./hours.ts").then(
        ({ createHours }) => createHours({ value, put, load, stop: deps.stop }),
        () => (following = undefined),
      );
    }
    if (!previous || previous === state) return;
    const availableCount = agents.filter(isAvailable).length;
    const at = !hours?.is_open && hours?.changes_at[0];
    const until = at && { nextOpenAt: at * 1_000 };
    const detail = { scope: "team", state, previous, availableCount, ...until } as const;
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
    put,
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
        availability:
          available > 0 && inbox.opening_hours?.is_open !== false
            ? "available"
            : inbox.availability,
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
