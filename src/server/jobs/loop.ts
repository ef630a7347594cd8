// Work that is looked at again and again: when it is woken, and now and then by itself; never twice at a time.
import { setTimeout as wait } from "node:timers/promises";

export interface Loop {
  /** Looks at once, or again when the look that is under way has ended. */
  wake(): void;
  /** Resolves when nothing is under way, and nothing will be. */
  stop(): Promise<void>;
}

/** @param look does what there is to do, answers after how many milliseconds to look again; must not reject */
export function createLoop(look: () => Promise<number>): Loop {
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;
  let isWoken = false;
  let stopped = false;

  function wake(): void {
    isWoken = true;
    if (stopped || looking) return;
    clearTimeout(timer);
    looking = run();
  }

  async function run(): Promise<void> {
    isWoken = false;
    const pauseMs = await look();
    looking = undefined;
    if (isWoken) wake();
    else if (!stopped) timer = setTimeout(wake, pauseMs);
  }

  return {
    wake,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await looking;
    },
  };
}

/** Answers what waits until so long after the last time; at once, if that was long ago. */
export function createPace(everyMs: number): () => Promise<void> {
  let nextAt = 0;
  return async () => {
    const waitMs = nextAt - performance.now();
    if (waitMs > 0) await wait(waitMs);
    nextAt = performance.now() + everyMs;
  };
}
