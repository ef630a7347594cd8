// Work that may wait until the page has painted what stands on it.

/** Where nothing is painted (a tab in the background), it is not waited for. */
const HIDDEN_WAIT_MS = 200;

/** Runs in a task of its own after the next frame; aborting forgets it. */
export function afterPaint(page: Window, stop: AbortSignal, run: () => void): void {
  let isDone = false;
  const once = () => {
    if (isDone || stop.aborted) return;
    isDone = true;
    run();
  };
  page.requestAnimationFrame(() => setTimeout(once));
  setTimeout(once, HIDDEN_WAIT_MS);
}
