// Tells workers that are alive from those of killed processes, whose jobs somebody else must take over.
import type { Pool } from "pg";
import type { Log } from "../log.ts";
import { openSession } from "./session.ts";
import type { Session } from "./session.ts";

/** First half of the advisory locks' keys; the second is a hash of the worker's id. */
const LOCK_SPACE = 5_242;
const RECONNECT_PAUSE_MS = 1_000;
/** Longer than a process needs to lock anew after it has lost its connection. */
const SCAN_EVERY_MS = 5_000;

export interface LiveWorkers {
  /** Resolves when other processes can see that this worker lives. */
  add(workerId: string): Promise<void>;
  remove(workerId: string): void;
  stop(): void;
}

export interface LiveWorkersDeps {
  pool: Pool;
  log: Log;
}

/**
 * Each worker holds a shared advisory lock for as long as its process is connected. Who has taken a
 * job but holds no lock, twice in a row, is dead, and its jobs are free again.
 */
export async function watchLiveWorkers(deps: LiveWorkersDeps): Promise<LiveWorkers> {
  const { pool, log } = deps;
  const workerIds = new Set<string>();
  let suspects = new Set<string>();
  let stopped = false;
  let reconnectTimer: NodeJS.Timeout | undefined;
  let session: Session | undefined = await openSession(pool, lost);

  function lost(): void {
    session = undefined;
    if (!stopped) void reconnect();
  }

  async function reconnect(): Promise<void> {
    try {
      const opened = await openSession(pool, lost);
      if (stopped) return opened.close();
      session = opened;
      for (const workerId of workerIds) await lock(opened, workerId);
    } catch (error) {
      log.warn({ event: "jobs:disconnected", err: error });
      if (!stopped && !session) {
        reconnectTimer = setTimeout(() => void reconnect(), RECONNECT_PAUSE_MS);
      }
    }
  }

  async function scan(): Promise<void> {
    const { rows } = await pool.query<{ locked_by: string }>(WITHOUT_LOCK, [LOCK_SPACE]);
    const missing = new Set(rows.map((row) => row.locked_by));
    const dead = [...missing].filter((workerId) => suspects.has(workerId));
    suspects = missing;
    if (dead.length === 0) return;
    log.warn({ event: "jobs:taken_over", workers: dead.length });
    await pool.query("select graphile_worker.force_unlock_workers($1)", [dead]);
  }

  let scanning = Promise.resolve();
  const scanInTurn = () => {
    scanning = scanning.then(scan).catch((error: unknown) => {
      log.warn({ event: "jobs:scan_failed", err: error });
    });
  };
  scanInTurn();
  const scanTimer = setInterval(scanInTurn, SCAN_EVERY_MS);

  return {
    async add(workerId) {
      workerIds.add(workerId);
      // Without a connection at this moment, the next one locks for it.
      if (session) await lock(session, workerId).catch(() => {});
    },
    remove: (workerId) => void workerIds.delete(workerId),
    stop() {
      stopped = true;
      clearInterval(scanTimer);
      clearTimeout(reconnectTimer);
      session?.close();
    },
  };
}

async function lock(session: Session, workerId: string): Promise<void> {
  await session.query("select pg_advisory_lock_shared($1, hashtext($2))", [LOCK_SPACE, workerId]);
}

const WITHOUT_LOCK = `
  select distinct locked_by from graphile_worker.jobs
  where locked_by is not null and not exists (
    select from pg_locks
    where locktype = 'advisory' and granted and objsubid = 2
      and database = (select oid from pg_database where datname = current_database())
      and classid = $1::int::oid and objid = (hashtext(locked_by)::bigint & 4294967295)::oid)`;
