import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { sql } from "drizzle-orm";
import pino from "pino";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { connectDatabase } from "../database/connection.ts";
import type { DatabaseConnection } from "../database/connection.ts";
import { createTestDatabase } from "../test-kit/database.ts";
import type { TestDatabase } from "../test-kit/database.ts";
import { createJobs } from "./jobs.ts";
import type { JobHandler, Jobs } from "./jobs.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const NAME = "webhook-deliveries:prune";
type Handler = JobHandler<typeof NAME>;
const log = pino({ level: "silent" });

let database: TestDatabase;
let connection: DatabaseConnection;
let stops: (() => Promise<void>)[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
  connection = database.connection;
});
afterEach(async () => {
  vi.useRealTimers();
  const last = stops.toReversed();
  stops = [];
  for (const stop of last) await stop();
  await database.drop();
});

/** Jobs as another process has them: over connections of their own. */
async function aProcess(handler: Handler, before?: (jobs: Jobs) => void): Promise<Jobs> {
  const { connectionString } = database;
  const own = await connectDatabase({ connectionString, log });
  const jobs = createJobs({ pool: own.pool, log });
  jobs.handle(NAME, handler);
  before?.(jobs);
  await jobs.start();
  stops.push(async () => {
    await jobs.stop();
    await own.close();
  });
  return jobs;
}

async function waiting(): Promise<number> {
  const { rows } = await connection.pool.query<{ n: number }>(
    "select count(*) as n from graphile_worker.jobs",
  );
  return rows[0]?.n ?? 0;
}

async function enqueueMany(count: number, runAt: Date): Promise<void> {
  await connection.pool.query(
    `select graphile_worker.add_jobs(array(
      select row($1, json_build_object('n', n), null, $2, 25, null, 0, null)::graphile_worker.job_spec
      from generate_series(1, $3) n))`,
    [NAME, runAt, count],
  );
}

describe("jobs", () => {
  it("does what was committed, once, and nothing that was rolled back", async () => {
    let runs = 0;
    const jobs = await aProcess(async () => void (runs += 1));
    await expect(
      connection.db.transaction(async (tx) => {
        await jobs.enqueue(tx, NAME, {});
        throw new Error("changed my mind");
      }),
    ).rejects.toThrow("changed my mind");
    await connection.db.transaction((tx) => jobs.enqueue(tx, NAME, {}));
    await expect.poll(waiting).toBe(0);
    expect(runs).toBe(1);
  });

  it("keeps a job until its time, and does at start what came due while nobody was there", async () => {
    const first = await aProcess(async () => {});
    await first.stop();
    const year = 365 * 24 * 3_600_000;
    await first.enqueue(
      connection.db,
      NAME,
      {},
      { runAt: new Date(Date.now() - year), key: "old" },
    );
    await first.enqueue(
      connection.db,
      NAME,
      {},
      { runAt: new Date(Date.now() + year), key: "new" },
    );
    let runs = 0;
    await aProcess(async () => void (runs += 1));
    await expect.poll(waiting).toBe(1);
    expect(runs).toBe(1);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + year + 1 });
    await expect.poll(waiting, { timeout: 5_000 }).toBe(0);
    expect(runs).toBe(2);
  });

  it("replaces the job of the same key, and takes it back", async () => {
    const jobs = await aProcess(async () => {});
    const runAt = new Date(Date.now() + 3_600_000);
    await jobs.enqueue(connection.db, NAME, {}, { runAt, key: "one" });
    await jobs.enqueue(connection.db, NAME, {}, { runAt, key: "one" });
    await jobs.enqueue(connection.db, NAME, {}, { runAt, key: "two" });
    expect(await waiting()).toBe(2);
    await jobs.cancel(connection.db, "one");
    await jobs.cancel(connection.db, "nobody");
    expect(await waiting()).toBe(1);
  });

  it("tries again what failed", async () => {
    const attempts: number[] = [];
    const jobs = await aProcess(async (_payload, { attempt }) => {
      attempts.push(attempt);
      if (attempt === 1) throw new Error("not yet");
    });
    await jobs.enqueue(connection.db, NAME, {});
    await expect.poll(() => attempts, { timeout: 10_000 }).toEqual([1, 2]);
    await expect.poll(waiting).toBe(0);
  });

  it("runs the jobs of one queue one after the other", async () => {
    let running = 0;
    let most = 0;
    let ended = 0;
    const jobs = await aProcess(async () => {
      most = Math.max(most, (running += 1));
      // Long enough for another worker to ask the database for a job.
      await connection.pool.query("select pg_sleep(0.02)");
      running -= 1;
      ended += 1;
    });
    await connection.db.transaction(async (tx) => {
      for (let n = 0; n < 8; n += 1) await jobs.enqueue(tx, NAME, {}, { queue: "serial" });
    });
    await expect.poll(() => ended, { timeout: 10_000 }).toBe(8);
    expect(most).toBe(1);
  });

  it("does ten thousand that are due at once, each on one of two processes", async () => {
    const done: number[] = [];
    const handler: Handler = async (payload) =>
      void done.push((payload as Record<string, number>)["n"] ?? 0);
    await Promise.all([aProcess(handler), aProcess(handler)]);
    const dueAt = Date.now() + 3_600_000;
    await enqueueMany(10_000, new Date(dueAt));
    vi.useFakeTimers({ toFake: ["Date"], now: dueAt });
    await expect.poll(() => done.length, { timeout: 60_000, interval: 100 }).toBe(10_000);
    expect(new Set(done).size).toBe(10_000);
  }, 90_000);

  it("lets what is under way end before it stops, and leaves the rest", async () => {
    let finish = () => {};
    let ended = 0;
    const jobs = await aProcess(async () => {
      await new Promise<void>((resolve) => (finish = resolve));
      ended += 1;
    });
    await jobs.enqueue(connection.db, NAME, {});
    await expect.poll(() => finish.name).not.toBe("finish");
    const stopping = jobs.stop();
    await jobs.enqueue(connection.db, NAME, {});
    finish();
    await stopping;
    expect(ended).toBe(1);
    expect(await waiting()).toBe(1);
  });

  it("goes on after the database has cut every connection, whenever it does so", async () => {
    let runs = 0;
    const cut = () =>
      connection.pool.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid()`,
      );
    const jobs = await aProcess(async () => void (runs += 1));
    for (let round = 1; round <= 5; round += 1) {
      await jobs.enqueue(connection.db, NAME, {});
      await cut();
      await jobs.enqueue(connection.db, NAME, {});
      await cut();
    }
    // A job can be done twice when its worker could not say that it was done; none is left.
    await expect.poll(waiting, { timeout: 20_000 }).toBe(0);
    expect(runs).toBeGreaterThanOrEqual(10);
  });

  it("takes over what a killed process had begun, and nothing from a living one", async () => {
    const program = path.join(import.meta.dirname, "dying-worker.ts");
    const dying = spawn(process.execPath, ["--import", "tsx", program, database.connectionString], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    stops.push(async () => void dying.kill("SIGKILL"));
    const outside = createJobs({ pool: connection.pool, log });
    expect(String(await once(dying.stdout, "data"))).toBe("ready\n");
    await outside.enqueue(connection.db, NAME, {});
    expect(String(await once(dying.stdout, "data"))).toBe("taken\n");
    dying.kill("SIGKILL");
    await once(dying, "exit");

    let runs = 0;
    let release = () => {};
    const handler: Handler = async () => {
      runs += 1;
      if (runs === 1) await new Promise<void>((resolve) => (release = resolve));
    };
    await aProcess(handler);
    await expect.poll(() => runs, { timeout: 14_000 }).toBe(1);
    // Another one that is taken by nobody: when it is free again, the living one has been looked at too.
    await connection.db.transaction(async (tx) => {
      await outside.enqueue(tx, NAME, {});
      await tx.execute(sql`update graphile_worker._private_jobs set locked_by = 'ghost',
        locked_at = now() where locked_by is null`);
    });
    await aProcess(handler);
    await expect.poll(() => runs, { timeout: 14_000 }).toBe(2);
    await expect.poll(waiting).toBe(1);
    release();
    await expect.poll(waiting).toBe(0);
    expect(runs).toBe(2);
  });

  it("does a daily job when its time comes, and writes down the next", async () => {
    let runs = 0;
    vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-03-01T03:09:00Z") });
    const handler: Handler = async () => void (runs += 1);
    const daily = (jobs: Jobs) => jobs.repeatDaily(NAME, "03:10");
    await Promise.all([aProcess(handler, daily), aProcess(handler, daily)]);
    expect(await waiting()).toBe(1);
    vi.setSystemTime(new Date("2026-03-01T03:10:01Z"));
    await expect.poll(() => runs, { timeout: 10_000 }).toBe(1);
    const nextRun = async () => {
      const all = "select run_at from graphile_worker.jobs where locked_at is null";
      return (await connection.pool.query<{ run_at: Date }>(all)).rows.map((row) => row.run_at);
    };
    await expect.poll(nextRun).toEqual([new Date("2026-03-02T03:10:00Z")]);
    await expect.poll(waiting).toBe(1);
    // Nobody was there for days.
    vi.setSystemTime(new Date("2026-03-09T12:00:00Z"));
    await aProcess(handler, daily);
    await expect.poll(() => runs, { timeout: 10_000 }).toBe(2);
    await expect.poll(nextRun).toEqual([new Date("2026-03-10T03:10:00Z")]);
  });
});
