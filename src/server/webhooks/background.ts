// The part of webhooks that nobody asks for: on one process, as soon as somebody listens, they are delivered.
import { createLoop } from "../jobs/loop.ts";
import { runOnOneProcess } from "../jobs/one-process.ts";
import type { OneProcess, Running } from "../jobs/one-process.ts";
import type { Log } from "../log.ts";
import type { Outgoing } from "../outgoing/outgoing.ts";
import type { RoomDeps } from "../room.ts";
import { adoptRestoredEvents } from "./cursor.ts";
import { pruneDeliveries } from "./deliveries.ts";
import { createListenerCheck } from "./listeners.ts";
import type { WebhookRoomDeps } from "./webhooks.ts";
import { LOOK_EVERY_MS, runWebhooks } from "./work.ts";

/** Any number that no other user of the same database takes: "hook" in ASCII. */
const LOCK = 1_752_133_483;
const CHANNEL = "parlor_webhooks";
/** Events of so long are looked at together: a busy chat pays for few looks. */
const GATHER_MS = 250;
/** When the log is tidied, UTC. */
const PRUNE_AT = "03:23";

export interface WebhooksDeps extends RoomDeps {
  outgoing: Outgoing;
  log: Log;
  /** Begins to deliver, and answers how to stop: in a thread of its own; in this one unless told. */
  deliverWebhooks?: (() => Running) | undefined;
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
  const { pool, log, events, deliverWebhooks = () => runWebhooks(deps) } = deps;
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
      const start = () => runWhenNeeded(areListening, deliverWebhooks);
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
      await one?.stop();
      one = undefined;
    },
  };
}

/** Most installations have no webhooks: they shall pay for no more than a look a second. */
function runWhenNeeded(isNeeded: () => Promise<boolean>, start: () => Running): Running {
  let running: Running | undefined;
  const looking = createLoop(async () => {
    if (!running && (await isNeeded())) running = start();
    return LOOK_EVERY_MS;
  });
  looking.wake();
  return {
    wake: () => (running ? running.wake() : looking.wake()),
    async stop() {
      await looking.stop();
      await running?.stop();
    },
  };
}
