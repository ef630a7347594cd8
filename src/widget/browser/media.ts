// A media query as a signal.
import { signal } from "../signals.ts";
import type { ReadonlySignal } from "../signals.ts";

/** Follows the query until `stop` aborts. */
export function mediaSignal(
  page: Window,
  query: string,
  stop: AbortSignal,
): ReadonlySignal<boolean> {
  const list = page.matchMedia(query);
  const matches = signal(list.matches);
  list.addEventListener("change", () => (matches.value = list.matches), { signal: stop });
  return matches;
}
