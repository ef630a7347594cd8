// The part of webhooks that nobody asks for: on one process, events become deliveries and deliveries are sent.
import { createLoop, createPace } from "../jobs/loop.ts";
import { runOnOneProcess } from "../jobs/one-process.ts";
import type { OneProcess, Running } from "../jobs/one-process.ts";
import type { Log } from "../log.ts";
import type { Outgoing } from "../outgoing/outgoing.ts";
import type { RoomDeps } from "../room.ts";
import { adoptRestoredEvents } from "./cursor.ts";
import { pruneDeliveries } from "./deliveries.ts";
import { dispatchEvents } from "./dispatch.ts";
import { createListenerCheck } from "./listeners.ts";
import { createSender } from "./sender.ts";
import type { WebhookRoomDeps } from "./webhooks.ts";

/** Any number that no other user of the same database takes: "hook" in ASCII. */
const LOCK = 1_752_133_483;
const CHANNEL = "parlor_webhooks";
/** Events of so long are looked at together: a busy chat pays for few looks. */
const GATHER_MS = 200;
/** While an older transaction holds events back that have been committed. */
const LOOK_AGAIN_MS = 20;
/** What is due, and what has ended, is looked at so often at most. */
const SEND_EVERY_MS = 100;
/** How late something may be that nobody has told of: a retry, an event after a lost notification. */
const LOOK_EVERY_MS = 1_000;
/** When the log is tidied, UTC. */
const PRUNE_AT = "03:23";
/** How long calls may go on when the process stops. */
const STOP_PATIENCE_MS = 2_000;

export interface WebhooksDeps extends RoomDeps {
  outgoing: Outgoing;
  log: Log;
}

/** What the routes need, and the work behind them. */
export interface Webhooks extends WebhookRoomDeps {
  /** To be awaited before anything happens: tells a restored database's old events from new ones. */
  prepare(): Promise<void>;
  /** Begins. Several processes may: one of them does the work, and another when that one is gone. */
  start(): void;
  /** Lets calls that are under way end, for a moment. May be called twice. */
  stop(): Promise<void>;
}

/** Creates the webhooks of one process. */
export function createWebhooks(deps: WebhooksDeps): Webhooks {
  const { pool, log, events, outgoing } = deps;
  let one: OneProcess | undefined;
  let gathering: NodeJS.Timeout | undefined;
  let unsubscribe = () => {};
  const wake = () => one?.wake();
  const areListening = createListenerCheck(deps);
  deps.jobs.handle("webhook-deliveries:prune", async () => {
    const removed = await pruneDeliveries(deps);
    log.info({ event: "webhook-deliveries:pruned", removed });
  });
  deps.jobs.repeatDaily("webhook-deliveries:prune", PRUNE_AT);

  return {
    ...deps,
    wake,
    prepare: () => adoptRestoredEvents(deps.db),
    start() {
      const start = () => runWebhooks(deps);
      one = runOnOneProcess({ pool, log, lock: LOCK, channel: CHANNEL, start });
      unsubscribe = events.subscribe((event) => {
        if (!("actor" in event)) return;
        gathering ??= setTimeout(() => {
          gathering = undefined;
          void areListening().then((are) => are && wake());
        }, GATHER_MS);
      });
    },
    async stop() {
      unsubscribe();
      clearTimeout(gathering);
      const giveUp = setTimeout(() => outgoing.stop(), STOP_PATIENCE_MS);
      await one?.stop();
      one = undefined;
      clearTimeout(giveUp);
    },
  };
}

function runWebhooks(deps: WebhooksDeps): Running {
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
    async stop() {
      await dispatching.stop();
      await sending.stop();
      await sender.settled();
    },
  };
}
