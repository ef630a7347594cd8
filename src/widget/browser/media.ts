// A media query as a signal.
import { signal } from "../signals.ts";
import type { ReadonlySignal, Signal } from "../signals.ts";

/** Follows the query from when somebody first asks until `stop` aborts: many pages never need to know. */
export function mediaSignal(
  page: Window,
  query: string,
  stop: AbortSignal,
): ReadonlySignal<boolean> {
  let matches: Signal<boolean> | undefined;
  function follow(): Signal<boolean> {
    const list = page.matchMedia(query);
    const made = signal(list.matches);
    list.addEventListener("change", () => (made.value = list.matches), { signal: stop });
    return made;
  }
  return {
    get value() {
      return (matches ??= follow()).value;
    },
    peek: () => (matches ??= follow()).peek(),
  };
}
