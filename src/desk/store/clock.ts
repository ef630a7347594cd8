// Time as the stores see it: given, so that tests can turn it.
import { signal } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs once after the delay; answers the function that calls it off. */
  after(delayMs: number, run: () => void): () => void;
}

const TICK_MS = 15_000;

export interface Ticker {
  /** Milliseconds since 1970, brought up to date four times a minute: for relative times. */
  readonly now: ReadonlySignal<number>;
  stop(): void;
}

/** Starts a coarse clock that views may follow. */
export function createTicker(clock: Clock): Ticker {
  const now = signal(clock.now());
  let cancel = clock.after(TICK_MS, tick);

  function tick(): void {
    now.value = clock.now();
    cancel = clock.after(TICK_MS, tick);
  }

  return { now, stop: () => cancel() };
}
