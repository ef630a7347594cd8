// window.Parlor as seen from outside: the live API, or the array that waits for it.
import type { Parlor } from "../widget/host/parlor.ts";

/** Called with the live API; `isFarewell` marks one that only takes it away. */
export type Entry = ((api: Parlor) => void) & { isFarewell?: boolean };

interface Holder {
  Parlor?: unknown;
}

function present(page: Window): Entry[] | Parlor | undefined {
  const found = (page as Holder).Parlor as Parlor | Entry[] | undefined;
  if (found && "v" in found && found.v === 1) return found;
  return Array.isArray(found) ? found : undefined;
}

/**
 * Has `entry` called with the live API: at once if it is there, else as soon as it comes. Answers whether
 * it was called. Takes back every farewell that waits: somebody is here again.
 */
export function enterQueue(page: Window, entry: Entry): boolean {
  const target = present(page);
  if (target && "v" in target) {
    target.push(entry);
    return true;
  }
  const queue = target ?? [];
  (page as Holder).Parlor = queue;
  for (const waiting of queue.filter((one) => one.isFarewell)) leaveQueue(page, waiting);
  queue.push(entry);
  return false;
}

/** Takes back what waits. */
export function leaveQueue(page: Window, entry: Entry): void {
  const queue = present(page);
  const at = Array.isArray(queue) ? queue.indexOf(entry) : -1;
  if (at !== -1) (queue as Entry[]).splice(at, 1);
}
