// Work for a moment when the page has nothing to do.

/** Runs once the page has loaded and is idle, at least `delayMs` after; aborting forgets it. */
export function whenIdle(page: Window, delayMs: number, stop: AbortSignal, run: () => void): void {
  const idle = () => {
    const once = () => {
      if (!stop.aborted) run();
    };
    // Safari has no requestIdleCallback.
    if (page.requestIdleCallback) page.requestIdleCallback(once, { timeout: 2_000 });
    else once();
  };
  const later = () => {
    const timer = setTimeout(idle, delayMs);
    stop.addEventListener("abort", () => clearTimeout(timer));
  };
  if (page.document.readyState === "complete") later();
  else page.addEventListener("load", later, { once: true, signal: stop });
}
