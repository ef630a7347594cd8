// The work of webhooks, in whichever thread it runs: events become deliveries, and deliveries are sent.
import { createLoop, createPace } from "../jobs/loop.ts";
import type { Running } from "../jobs/one-process.ts";
import { dispatchEvents } from "./dispatch.ts";
import { createSender } from "./sender.ts";
import type { SenderDeps } from "./sender.ts";

/** While an older transaction holds events back that have been committed. */
const LOOK_AGAIN_MS = 20;
/** What is due, and what has ended, is looked at so often at most. */
const SEND_EVERY_MS = 200;
/** How late something may be that nobody has told of: a retry, an event after a lost notification. */
export const LOOK_EVERY_MS = 1_000;
/** How long calls may go on when it stops. */
const STOP_PATIENCE_MS = 2_000;

/** Begins. Of all that share a database, only one may run. */
export function runWebhooks(deps: SenderDeps): Running {
  const sender = createSender(deps, () => sending.wake());

  const pace = createPace(SEND_EVERY_MS);
  const sending = createLoop(async () => {
    await pace();
    await attempt(() => sender.sendDue());
    return LOOK_EVERY_MS;
  });
  const dispatching = createLoop(async () => {
    let pauseMs = LOOK_EVERY_MS;
    await attempt(async () => {
      const { stored, more, waiting } = await dispatchEvents(deps);
      if (stored > 0) sending.wake();
      if (more) dispatching.wake();
      else if (waiting) pauseMs = LOOK_AGAIN_MS;
    });
    return pauseMs;
  });

  async function attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      deps.log.error({ event: "webhooks:failed", err: error });
    }
  }

  dispatching.wake();
  sending.wake();
  return {
    wake() {
      dispatching.wake();
      sending.wake();
    },
    /** Lets calls that are under way end, for a moment. */
    async stop() {
      const giveUp = setTimeout(() => deps.outgoing.stop(), STOP_PATIENCE_MS);
      await dispatching.stop();
      await sending.stop();
      await sender.settled();
      clearTimeout(giveUp);
    },
  };
}
