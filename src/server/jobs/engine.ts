// graphile-worker, as one process runs it: kept alive, and kept from taking the process down with it.
import { Logger, runTaskList } from "graphile-worker";
import type { TaskList, WorkerPool } from "graphile-worker";
import { EventEmitter } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import type { Pool } from "pg";
import type { Log } from "../log.ts";
import { watchLiveWorkers } from "./live-workers.ts";
import type { LiveWorkers } from "./live-workers.ts";

/** Jobs that one process runs at a time. */
const CONCURRENCY = 4;
/** How late a job may start whose time has come; one that is due when it is written starts at once. */
const POLL_INTERVAL_MS = 2_000;
const RESTART_PAUSE_MS = 1_000;
/** Questions for a job that failed one after the other, by all workers together. */
const FAILURES_MAX = 2 * CONCURRENCY;
/** How long a job may go on when the process stops, before its signal aborts. */
const STOP_PATIENCE_MS = 5_000;
/** When a connection was cut at an awkward moment, graphile-worker may wait for it for ever. */
const STOP_AT_LATEST_MS = 2 * STOP_PATIENCE_MS;

export interface Engine {
  stop(): Promise<void>;
}

export interface EngineDeps {
  pool: Pool;
  log: Log;
  tasks: TaskList;
}

/** Begins to work. */
export async function startEngine({ pool, log, tasks }: EngineDeps): Promise<Engine> {
  const logger = createLogger(log);
  const guarded = releasingOnce(pool);
  const live = await watchLiveWorkers({ pool, log });
  let stopped = false;
  let restartTimer: NodeJS.Timeout | undefined;
  let workers = startWorkers();

  function startWorkers(): WorkerPool {
    const events = new EventEmitter();
    let failures = 0;
    const restartSoon = (error: unknown) => {
      if (stopped || restartTimer) return;
      log.error({ event: "jobs:restarting", err: error });
      restartTimer = setTimeout(() => void restart(), RESTART_PAUSE_MS);
    };
    // A worker that cannot write down how its job ended gives up, and nobody else takes its place.
    events.on("worker:stop", ({ error }: { error?: unknown }) => error && restartSoon(error));
    // When its first question fails, it keeps the failure for an answer.
    events.on("worker:getJob:error", ({ error }: { error: unknown }) => {
      failures += 1;
      if (failures >= FAILURES_MAX) restartSoon(error);
    });
    events.on("worker:getJob:empty", () => (failures = 0));
    events.on("job:start", () => (failures = 0));
    return runTaskList(
      {
        concurrency: CONCURRENCY,
        pollInterval: POLL_INTERVAL_MS,
        gracefulShutdownAbortTimeout: STOP_PATIENCE_MS,
        noHandleSignals: true,
        useNodeTime: true,
        logger,
        events,
        preset: { plugins: [announcing(live)] },
      },
      tasks,
      guarded,
    );
  }

  async function stopWorkers(): Promise<void> {
    const inTime = new AbortController();
    const late = wait(STOP_AT_LATEST_MS, undefined, { signal: inTime.signal });
    const tooLate = late.then(() => Promise.reject(new Error("the workers did not end")));
    try {
      await Promise.race([workers.gracefulShutdown(), tooLate]);
    } catch (error) {
      log.warn({ event: "jobs:stop_failed", err: error });
    }
    tooLate.catch(() => {});
    inTime.abort();
  }

  async function restart(): Promise<void> {
    await stopWorkers();
    restartTimer = undefined;
    if (!stopped) workers = startWorkers();
  }

  return {
    async stop() {
      stopped = true;
      clearTimeout(restartTimer);
      await stopWorkers();
      live.stop();
    },
  };
}

/**
 * When a connection ends at an awkward moment, graphile-worker gives it back twice, which throws
 * where nobody listens. The second time means nothing.
 */
function releasingOnce(pool: Pool): Pool {
  const connect = (callback?: Parameters<Pool["connect"]>[0]) => {
    if (!callback) return pool.connect();
    pool.connect((error, client, release) => {
      let isReleased = false;
      callback(error, client, (reason) => {
        if (isReleased) return;
        isReleased = true;
        release(reason);
      });
    });
    return undefined;
  };
  return Object.assign(Object.create(pool) as Pool, { connect });
}

/** A worker takes its first job only when others can see that it lives. */
function announcing(live: LiveWorkers): GraphileConfig.Plugin {
  return {
    name: "ParlorLiveWorkers",
    version: "1.0.0",
    worker: {
      hooks: {
        startWorker: (_context, { worker }) => live.add(worker.workerId),
        stopWorker: (_context, { worker }) => live.remove(worker.workerId),
      },
    },
  };
}

/** Only what went wrong, without the payloads that stand beside the message. */
function createLogger(log: Log): Logger {
  return new Logger(() => (level, message) => {
    const name: string = level;
    if (name === "error") log.error({ event: "jobs:failed" }, message);
    else if (name === "warning") log.warn({ event: "jobs:warned" }, message);
  });
}
