// Durable work: due at a time or at once, retried until it succeeds, done by exactly one process.
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import type { TaskList } from "graphile-worker";
import type { Pool } from "pg";
import type { Database, Transaction } from "../database/connection.ts";
import type { Log } from "../log.ts";
import { startEngine } from "./engine.ts";
import type { Engine } from "./engine.ts";
import type { JobName, JobPayloads } from "./job-list.ts";

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
   * Does a job every day, once for all processes, and as soon as it can when the time has passed by;
   * before `start`.
   * @param at UTC, such as `03:23`
   */
  repeatDaily(name: JobName, at: `${number}:${number}`): void;
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
  const daily = new Map<JobName, string>();
  const db = drizzle(pool);
  let engine: Promise<Engine> | undefined;

  return {
    handle(name, handler) {
      if (engine) throw new Error(`the handler of ${name} comes after the start`);
      tasks[name] = async (payload, { job, abortSignal }) => {
        const at = daily.get(name);
        // First, so that a failure does not end the days.
        if (at !== undefined) await addDaily(db, name, at, "replace");
        const signal = abortSignal ?? new AbortController().signal;
        await handler(payload as JobPayloads[typeof name], { attempt: job.attempts, signal });
      };
    },
    repeatDaily(name, at) {
      daily.set(name, at);
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
      for (const [name, at] of daily) await addDaily(db, name, at, "preserve_run_at");
      engine = startEngine({ pool, log, tasks });
      await engine;
    },
    async stop() {
      const started = engine;
      engine = undefined;
      await (await started)?.stop();
    },
  };
}

/** Writes down the next time, or with `preserve_run_at` leaves the one that is written. */
async function addDaily(
  db: NodePgDatabase,
  name: JobName,
  at: string,
  mode: "replace" | "preserve_run_at",
): Promise<void> {
  const next = new Date(`${new Date().toISOString().slice(0, 10)}T${at}:00Z`);
  if (next.getTime() <= Date.now()) next.setUTCDate(next.getUTCDate() + 1);
  await db.execute(sql`
    select from graphile_worker.add_job(
      ${name}::text, '{}'::json, run_at => ${next.toISOString()}::timestamptz,
      job_key => ${`daily:${name}`}::text, job_key_mode => ${mode}::text)`);
}
