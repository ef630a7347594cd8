// The inbox's public configuration: fetched once, kept right by its hours, and by what the chat hears.
import type { ReadonlySignal, Signal } from "../signals.ts";
import type { VisitorRest } from "../../client/visitor-transport.ts";
import type { PublicAgent, PublicInbox } from "../../protocol/records.ts";
import type { Result } from "../../protocol/result.ts";
import type { Emit } from "./events.ts";

export interface InboxStore {
  value: ReadonlySignal<PublicInbox | null>;
  load(): Promise<Result<PublicInbox>>;
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
    const previous = value.peek()?.availability ?? null;
    const { availability: state, agents, opening_hours: hours } = next;
    value.value = next;
    // Most inboxes have no hours: what follows them loads with the first that has.
    if (hours) {
      following ??= import("./hours.ts").then(
        ({ createHours }) => createHours({ value, put, load, stop: deps.stop }),
        () => (following = undefined),
      );
    }
    if (previous === state) return;
    const availableCount = agents.filter(isAvailable).length;
    const at = !hours?.is_open && hours?.changes_at[0];
    const until = at && { nextOpenAt: at * 1_000 };
    const detail = { scope: "team", state, previous, availableCount, ...until } as const;
    deps.emit("agentStateChange", detail, { local: false });
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
  };
}
