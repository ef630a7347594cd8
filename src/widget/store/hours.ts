// Opens and closes an inbox by its hours while a page is open. Loaded where an inbox has hours.
import { effect } from "../signals.ts";
import type { ReadonlySignal } from "../signals.ts";
import type { PublicInbox } from "../../protocol/records.ts";

/** Timers end there. */
const TIMER_MAX_MS = 2 ** 31 - 1;
const ASK_AGAIN_MS = 3_600_000;

/** Knows the next change, and is there when it comes. */
export function createHours(deps: {
  value: ReadonlySignal<PublicInbox | null>;
  put: (inbox: PublicInbox) => void;
  /** Asks the server for the changes that come after the last one known. */
  load: () => Promise<unknown>;
  /** Milliseconds since 1970. */
  now?: () => number;
  stop: AbortSignal;
}): void {
  const { value, put, load, now = Date.now } = deps;
  if (deps.stop.aborted) return;
  let askedAt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** As it is at this moment: the changes that have come since count. */
  function arrive(): void {
    const inbox = value.peek();
    const hours = inbox?.opening_hours;
    if (!inbox || !hours) return;
    const changes_at = hours.changes_at.filter((at) => at * 1_000 > now());
    const passed = hours.changes_at.length - changes_at.length;
    const is_open = hours.is_open !== passed % 2 > 0;
    const isSomebodyThere = inbox.agents.some((one) => one.availability_status === "available");
    put({
      ...inbox,
      opening_hours: { is_open, changes_at },
      availability: is_open && isSomebodyThere ? "available" : "unavailable",
    });
    // The list goes on, on the server. A clock that is far ahead finds it at its end again and again.
    if (passed === 0 || changes_at.length > 0 || now() - askedAt < ASK_AGAIN_MS) return;
    askedAt = now();
    void load();
  }

  const stop = effect(() => {
    const [soonest] = value.value?.opening_hours?.changes_at ?? [];
    clearTimeout(timer);
    if (!soonest) return;
    const waitMs = Math.max(soonest * 1_000 - now(), 0);
    timer = setTimeout(arrive, Math.min(waitMs, TIMER_MAX_MS));
  });
  deps.stop.addEventListener("abort", () => {
    clearTimeout(timer);
    stop();
  });
}
