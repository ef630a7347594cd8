// A router that asks before it leaves something unsaved.
import { effect, signal, untracked } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import { formatRoute } from "./route.ts";
import type { Route, Router } from "./route.ts";

export interface GuardedRouter extends Router {
  /** Where somebody wants to go, and what is unsaved would be lost. */
  readonly asked: ReadonlySignal<Route | null>;
  /** True while something is unsaved. */
  isHeld(): boolean;
  /** Asks before the address changes for as long as `isUnsaved` says so. Answers the function that ends it. */
  hold(isUnsaved: () => boolean): () => void;
  /** The answer to `asked`. */
  answer(isLeaving: boolean): void;
  stop(): void;
}

/** Guards `router`, whose address the browser's own buttons change too. */
export function createLeaveGuard(router: Router): GuardedRouter {
  const holds = new Set<() => boolean>();
  const shown = signal(router.route.peek());
  const asked = signal<Route | null>(null);
  const isHeld = () => [...holds].some((isUnsaved) => isUnsaved());
  const isShown = (route: Route) => formatRoute(route) === formatRoute(shown.peek());

  const stop = effect(() => {
    const next = router.route.value;
    untracked(() => {
      if (!isHeld()) shown.value = next;
      else if (!isShown(next)) {
        asked.value = next;
        router.go(shown.peek());
      }
    });
  });

  return {
    route: shown,
    asked,
    isHeld,
    go(route, how) {
      if (isShown(route)) return;
      if (isHeld()) asked.value = route;
      else router.go(route, how);
    },
    hold(isUnsaved) {
      holds.add(isUnsaved);
      return () => void holds.delete(isUnsaved);
    },
    answer(isLeaving) {
      const route = asked.peek();
      asked.value = null;
      if (!route || !isLeaving) return;
      holds.clear();
      router.go(route);
    },
    stop,
  };
}
