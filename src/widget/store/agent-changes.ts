// An agent came, went or changed: what that makes of the inbox, and what the page hears of it.
import type { PublicAgent } from "../../protocol/records.ts";
import type { Emit } from "./events.ts";
import type { InboxStore } from "./inbox.ts";

const isAvailable = (agent: PublicAgent) => agent.availability_status === "available";

export function createAgentChanges({
  inbox,
  emit,
}: {
  inbox: InboxStore;
  emit: Emit;
}): (agent: PublicAgent) => void {
  return (agent) => {
    const present = inbox.value.peek();
    const before = present?.agents.find(({ id }) => id === agent.id);
    if (!present) return;
    const others = present.agents.filter(({ id }) => id !== agent.id);
    const agents = [...others, agent].toSorted(
      (a, b) => Number(isAvailable(b)) - Number(isAvailable(a)),
    );
    const available = agents.filter(isAvailable).length;
    inbox.put({
      ...present,
      // The list is a choice of at most five: one more is no reason to grow it.
      agents: before ? agents : agents.slice(0, Math.max(present.agents.length, 1)),
      // None of these is, but somebody may be who is not among them: the server knows.
      availability:
        available > 0 && present.opening_hours?.is_open !== false
          ? "available"
          : present.availability,
    });
    const state = (who: PublicAgent) => (isAvailable(who) ? "available" : "unavailable");
    const previous = before
      ? state(before)
      : state(agent) === "available"
        ? "unavailable"
        : "available";
    if (previous !== state(agent)) {
      emit(
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
    if (available === 0) void inbox.load();
  };
}
