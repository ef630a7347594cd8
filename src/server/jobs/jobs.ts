// Durable work: due at a time or at once, retried until it succeeds, done by exactly one process.
import { sql } from "drizzle-orm";
import { Logger, makeWorkerUtils, parseCronItems, run } from "graphile-worker";
import type { Runner, TaskList } from "graphile-worker";
import { EventEmitter } from "node:events";
import type { Pool } from "pg";
import type { Database, Transaction } from "../database/connection.ts";
import type { Log } from "../log.ts";
import type { JobName, JobPayloads } from "./job-list.ts";
import { watchLiveWorkers } from "./live-workers.ts";
import type { LiveWorkers } from "./live-workers.ts";

/** Jobs that one process runs at a time. */
const CONCURRENCY = 4;
/** How late a job may start whose time has come; one that is due when it is written starts at once. */
const POLL_INTERVAL_MS = 1_000;
const RESTART_PAUSE_MS = 1_000;
/** How long a job may go on when the process stops, before its signal aborts. */
const STOP_PATIENCE_MS = 5_000;

export interface JobRun {
  /** 1 for the first try. */
  attempt: number;
  /** Aborts when the process stops and has waited long enough. */
  signal: AbortSignal;
}

/** Throws to be called again later. May be called twice for one job: after a crash, or a lost connection. */
export type JobHandler<Name extends JobName> = (
  payload: JobPayloads[Name],
  run: JobRun,
) => Promise<void>;

export interface EnqueueOptions {
  /** Now, if not given. A time that has passed is fine, however old. */
  runAt?: Date;
  /** One job waits under a key: another of the same key takes its place. */
  key?: string;
  /** Jobs of one queue run one after the other. A handful of queues, not one per record: they cost. */
  queue?: string;
  /** How often it is tried, with a growing pause; 25 by default, which takes some days. */
  maxAttempts?: number;
}

export interface Jobs {
  /** Says what a job does; before `start`. */
  handle<Name extends JobName>(name: Name, handler: JobHandler<Name>): void;
  /**
   * Does a job again and again, once for all processes; before `start`.
   * @param pattern five fields as in crontab, UTC: `10 3 * * *`
   */
  repeat(name: JobName, pattern: string): void;
  /** Writes a job down; it exists if the transaction commits, and is seen by then. */
  enqueue<Name extends JobName>(
    tx: Database | Transaction,
    name: Name,
    payload: JobPayloads[Name],
    options?: EnqueueOptions,
  ): Promise<void>;
  /** Takes back the job of this key, if it still waits. */
  cancel(tx: Database | Transaction, key: string): Promise<void>;
  /** Begins to work. */
  start(): Promise<void>;
  /** Takes nothing new, and resolves when what is under way has ended. May be called twice. */
  stop(): Promise<void>;
}

/**
 * The jobs of one process. What is due is judged by the clock of this process (`Date`), so that a
 * handler that compares times never finds its own job early.
 */
export function createJobs({ pool, log }: { pool: Pool; log: Log }): Jobs {
  const tasks: TaskList = {};
  const repeated: { task: JobName; match: string }[] = [];
  let engine: Promise<Engine> | undefined;

  return {
    handle(name, handler) {
      if (engine) throw new Error(`the handler of ${name} comes after the start`);
      tasks[name] = async (payload, { job, abortSignal }) => {
        const signal = abortSignal ?? new AbortController().signal;
        await handler(payload as JobPayloads[typeof name], { attempt: job.attempts, signal });
      };
    },
    repeat(name, pattern) {
      repeated.push({ task: name, match: pattern });
    },
    async enqueue(tx, name, payload, { runAt = new Date(), key, queue, maxAttempts } = {}) {
      await tx.execute(sql`
        select from graphile_worker.add_job(
          ${name}::text, ${JSON.stringify(payload)}::json, queue_name => ${queue ?? null}::text,
          run_at => ${runAt.toISOString()}::timestamptz, job_key => ${key ?? null}::text,
          max_attempts => ${maxAttempts ?? null}::int)`);
    },
    async cancel(tx, key) {
      await tx.execute(sql`select from graphile_worker.remove_job(${key}::text)`);
    },
    async start() {
      engine = startEngine({ pool, log, tasks, repeated });
      await engine;
    },
    async stop() {
      const started = engine;
      engine = undefined;
      await (await started)?.stop();
    },
  };
}

interface EngineDeps {
  pool: Pool;
  log: Log;
  tasks: TaskList;
  repeated: { task: JobName; match: string }[];
}

interface Engine {
  stop(): Promise<void>;
}

async function startEngine({ pool, log, tasks, repeated }: EngineDeps): Promise<Engine> {
  const logger = createLogger(log);
  const utils = await makeWorkerUtils({ pgPool: pool, logger });
  const live = await watchLiveWorkers({
    pool,
    log,
    unlock: (ids) => utils.forceUnlockWorkers(ids),
  });
  let stopped = false;
  let restartTimer: NodeJS.Timeout | undefined;
  let runner: Runner | undefined = await startRunner();

  async function startRunner(): Promise<Runner> {
    const events = new EventEmitter();
    // A worker that cannot write down how its job ended gives up, and nobody else takes its place.
    events.on("worker:stop", ({ error }: { error?: unknown }) => {
      if (!error || stopped) return;
      log.error({ event: "jobs:worker_failed", err: error });
      restartTimer ??= setTimeout(() => void restart(), RESTART_PAUSE_MS);
    });
    return run({
      pgPool: pool,
      taskList: tasks,
      parsedCronItems: parseCronItems(repeated),
      concurrency: CONCURRENCY,
      pollInterval: POLL_INTERVAL_MS,
      gracefulShutdownAbortTimeout: STOP_PATIENCE_MS,
      noHandleSignals: true,
      useNodeTime: true,
      logger,
      events,
      preset: { plugins: [announcing(live)] },
    });
  }

  async function restart(): Promise<void> {
    try {
      await runner?.stop().catch(() => {});
      runner = undefined;
      if (!stopped) runner = await startRunner();
      restartTimer = undefined;
    } catch (error) {
      log.error({ event: "jobs:restart_failed", err: error });
      restartTimer = setTimeout(() => void restart(), RESTART_PAUSE_MS);
    }
  }

  return {
    async stop() {
      stopped = true;
      clearTimeout(restartTimer);
      await runner?.stop();
      live.stop();
      await utils.release();
    },
  };
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
