// A media query as a signal.
import { signal } from "@preact/signals-core";
import type { ReadonlySignal } from "@preact/signals-core";

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
