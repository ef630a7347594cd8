// Work that waits its turn: behind what the browser is about, or until the page has painted what stands on it.

/** Where nothing is painted (a tab in the background), it is not waited for. */
const HIDDEN_WAIT_MS = 200;

/** Not in every browser. */
interface Scheduler {
  postTask(run: () => void, options: { priority: "user-blocking" }): Promise<unknown>;
}

/** Runs in a task of its own, before all that the browser has put off, if it can: a visitor waits for it. */
export function inOwnTask(page: Window & { scheduler?: Scheduler }, run: () => void): void {
  if (page.scheduler) void page.scheduler.postTask(run, { priority: "user-blocking" });
  else setTimeout(run);
}

/** Runs in a task of its own after the next frame, `isAwaited` by a visitor or not; aborting forgets it. */
export function afterPaint(
  page: Window,
  stop: AbortSignal,
  run: () => void,
  isAwaited = false,
): void {
  let isDone = false;
  const once = () => {
    if (isDone || stop.aborted) return;
    isDone = true;
    run();
  };
  page.requestAnimationFrame(() => (isAwaited ? inOwnTask(page, once) : setTimeout(once)));
  setTimeout(once, HIDDEN_WAIT_MS);
}
