// Work that may wait until the page has painted what stands on it.

/** Where nothing is painted (a tab in the background), it is not waited for. */
const HIDDEN_WAIT_MS = 200;

/** Not in every browser. */
interface Scheduler {
  postTask(run: () => void, options: { priority: "user-blocking" }): Promise<unknown>;
}

/**
 * Runs in a task of its own after the next frame; aborting forgets it. What a visitor waits for comes before all that a
 * browser has put off: before the frame after that, if it can.
 */
export function afterPaint(
  page: Window & { scheduler?: Scheduler },
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
  page.requestAnimationFrame(() => {
    const { scheduler } = isAwaited ? page : {};
    if (scheduler) void scheduler.postTask(once, { priority: "user-blocking" });
    else setTimeout(once);
  });
  setTimeout(once, HIDDEN_WAIT_MS);
}
