// The part of snoozing that nobody asks for: looks again and again for what is due, in every process.
import { createLoop } from "../jobs/loop.ts";
import type { Loop } from "../jobs/loop.ts";
import type { Log } from "../log.ts";
import type { SnoozeDeps } from "./snooze.ts";
import { isAnyDue, wakeDue } from "./wake.ts";

/** How late a conversation may wake. */
const LOOK_EVERY_MS = 1_000;
/** So many wake in one transaction. */
const BATCH_SIZE = 250;

export interface SnoozeAlarm {
  /** Looks at once, for what has been due while nobody was there. */
  start(): void;
  /** Resolves when nothing is under way. May be called twice. */
  stop(): Promise<void>;
}

/** Creates the alarm of one process; others of the same database may have theirs. */
export function createSnoozeAlarm(deps: SnoozeDeps & { log: Log }): SnoozeAlarm {
  let loop: Loop | undefined;

  async function look(): Promise<number> {
    try {
      // Mostly nothing is, and a transaction for nothing would stand in the way of messages.
      if (!(await isAnyDue(deps))) return LOOK_EVERY_MS;
      return (await wakeDue(deps, BATCH_SIZE)) === BATCH_SIZE ? 0 : LOOK_EVERY_MS;
    } catch (error) {
      deps.log.error({ event: "snooze-alarm:failed", err: error });
      return LOOK_EVERY_MS;
    }
  }

  return {
    start() {
      loop = createLoop(look);
      loop.wake();
    },
    async stop() {
      await loop?.stop();
    },
  };
}
