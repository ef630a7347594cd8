// The thread of webhooks, seen from inside: a database and a door to the outside of its own.
import os from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { connectDatabase } from "../database/connection.ts";
import { createLog } from "../log.ts";
import { createOutgoing } from "../outgoing/outgoing.ts";
import type { ThreadCommand, ThreadData } from "./thread.ts";
import { runWebhooks } from "./work.ts";

/** Events and outcomes, one statement each at a time, and one to spare. */
const CONNECTIONS = 3;
/** Whoever waits for an answer goes first. */
const NICENESS = 10;

const { connectionString, config } = workerData as ThreadData;
const log = createLog(config.logLevel);
// On Linux a thread has a priority of its own; elsewhere this would slow the whole process down.
if (process.platform === "linux") os.setPriority(NICENESS);

const database = await connectDatabase({
  connectionString,
  log,
  maxConnections: CONNECTIONS,
});
const outgoing = createOutgoing({ allowedPrivate: config.allowPrivateAddresses ?? [] });
const running = runWebhooks({
  db: database.db,
  clock: () => new Date(),
  config,
  outgoing,
  log,
});

async function stop(): Promise<void> {
  await running.stop();
  await database.close();
  process.exit();
}

parentPort?.on("message", (command: ThreadCommand) => {
  if (command === "wake") running.wake();
  else void stop();
});
