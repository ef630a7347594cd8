// The thread of webhooks, seen from the process: begun, woken, begun again when it breaks, and stopped.
import { Worker } from "node:worker_threads";
import type { Config } from "../config.ts";
import type { Running } from "../jobs/one-process.ts";
import type { Log } from "../log.ts";

const RESTART_PAUSE_MS = 1_000;
/** It gives calls two seconds, and its last statements a moment. */
const STOP_AT_LATEST_MS = 5_000;

/** What it is given to begin with. */
export interface ThreadData {
  connectionString: string;
  config: Pick<Config, "secret" | "allowPrivateAddresses" | "logLevel">;
}

export type ThreadCommand = "wake" | "stop";

export interface ThreadOptions extends ThreadData {
  /** The file of `thread-program.ts`, built. */
  program: string;
  log: Log;
}

/**
 * Begins to deliver in a thread of its own, so that a message never waits for a payload, a signature
 * or a call. What breaks there is logged and breaks nothing else.
 */
export function startWebhookThread({
  program,
  connectionString,
  config,
  log,
}: ThreadOptions): Running {
  const { secret, allowPrivateAddresses = [], logLevel } = config;
  const workerData: ThreadData = {
    connectionString,
    config: { secret, allowPrivateAddresses, logLevel },
  };
  let stopped = false;
  let restartTimer: NodeJS.Timeout | undefined;
  let ended = Promise.resolve();
  let worker = begin();

  function begin(): Worker {
    const begun = new Worker(program, { workerData });
    begun.on("error", (error) => log.error({ event: "webhooks:thread_failed", err: error }));
    ended = new Promise((resolve) => {
      begun.once("exit", () => {
        resolve();
        if (!stopped) restartTimer = setTimeout(() => (worker = begin()), RESTART_PAUSE_MS);
      });
    });
    return begun;
  }

  const tell = (command: ThreadCommand) => worker.postMessage(command, []);

  return {
    wake: () => tell("wake"),
    async stop() {
      stopped = true;
      clearTimeout(restartTimer);
      tell("stop");
      const tooLate = setTimeout(() => void worker.terminate(), STOP_AT_LATEST_MS);
      await ended;
      clearTimeout(tooLate);
    },
  };
}
