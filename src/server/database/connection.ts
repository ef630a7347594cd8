// The pool of connections to PostgreSQL, and Drizzle over it.
import { setTimeout as wait } from "node:timers/promises";
import { drizzle } from "drizzle-orm/node-postgres";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import { Pool, types } from "pg";
import type { PoolClient } from "pg";
import type { Log } from "../log.ts";
import { StartupError } from "../startup-error.ts";

/** Oldest version that is tested: 15.0. */
const OLDEST_SERVER_VERSION = 150_000;
const CONNECT_TIMEOUT_MS = 10_000;
const RETRY_PAUSE_MS = 500;
/** No statement takes longer: see `statement_timeout`. */
const CLOSE_AT_LATEST_MS = 31_000;

const SESSION_SETTINGS = `
  set timezone = 'UTC';
  set datestyle = 'ISO';
  set statement_timeout = '30s';
  set lock_timeout = '10s';
  set idle_in_transaction_session_timeout = '30s'`;

export type Database = NodePgDatabase;

/** What `db.transaction(async (tx) => …)` hands over; a query that takes it runs in that transaction. */
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

export interface DatabaseConnection {
  db: Database;
  pool: Pool;
  /** Waits for the queries in flight, then closes every connection. May be called twice. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** `postgres://user:password@host:port/database` */
  connectionString: string;
  log?: Log;
  maxConnections?: number;
  /** How long to keep trying while nobody answers, as when both start together; 0 by default. */
  waitMs?: number;
}

/**
 * Connects and checks the server's version.
 * @throws StartupError when nobody answers, the server refuses, or it is older than PostgreSQL 15
 */
export async function connectDatabase(options: DatabaseOptions): Promise<DatabaseConnection> {
  readBigintAsNumber();
  const pool = createPool(options);
  let closing: Promise<void> | undefined;
  const close = () => (closing ??= end(pool));
  try {
    await checkVersion(await firstClient(pool, options));
  } catch (error) {
    await close();
    throw error;
  }
  return { db: drizzle(pool), pool, close };
}

/** Somebody may never give back a connection that was cut under him: it is closed already. */
async function end(pool: Pool): Promise<void> {
  const late = new AbortController();
  const isLate = wait(CLOSE_AT_LATEST_MS, undefined, { signal: late.signal }).catch(() => {});
  await Promise.race([pool.end(), isLate]);
  late.abort();
}

/**
 * Sums and counts are bigint in PostgreSQL. Drizzle maps its own columns, but reads everything else
 * with the parsers of `pg`, which are one table for the whole process.
 */
function readBigintAsNumber(): void {
  types.setTypeParser(types.builtins.INT8, (text) => {
    const value = Number(text);
    if (!Number.isSafeInteger(value)) throw new RangeError(`bigint beyond 2^53: ${text}`);
    return value;
  });
}

function createPool({ connectionString, log, maxConnections = 10 }: DatabaseOptions): Pool {
  const lost = (error: Error) => log?.warn({ event: "database:lost", err: error }, error.message);
  const pool = new Pool({
    connectionString,
    max: maxConnections,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    application_name: "parlor",
    // Before the pool lends a new client. `set`, not startup parameters, because connection poolers
    // in front of PostgreSQL refuse most of those.
    verify(client: PoolClient, done: (error?: Error) => void) {
      client.query(SESSION_SETTINGS, (error) => done(error));
    },
  });
  // Each client too: while one is lent, the pool does not listen, and an unheard error ends the process.
  pool.on("connect", (client) => client.on("error", lost));
  pool.on("error", lost);
  return pool;
}

async function firstClient(pool: Pool, options: DatabaseOptions): Promise<PoolClient> {
  const giveUpAt = performance.now() + (options.waitMs ?? 0);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await pool.connect();
    } catch (error) {
      const again = isTransient(error) && performance.now() < giveUpAt;
      if (!again) throw new StartupError(whyRefused(error, options.connectionString));
      if (attempt === 1) options.log?.warn({ event: "database:waiting" }, "waiting for PostgreSQL");
      await new Promise((resolve) => setTimeout(resolve, RETRY_PAUSE_MS));
    }
  }
}

/** Nobody answers yet, or the server is starting or stopping. */
function isTransient(error: unknown): boolean {
  const codes = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "ECONNRESET", "ENOENT", "57P03"];
  const { code, message } = error as { code?: string; message?: string };
  return codes.includes(code ?? "") || /timeout|terminated/i.test(message ?? "");
}

function whyRefused(error: unknown, connectionString: string): string {
  // An AggregateError (one attempt per address) has an empty message of its own.
  const { message, errors } = error as { message?: string; errors?: Error[] };
  const reason = message || errors?.map((one) => one.message).join("; ") || String(error);
  return `PostgreSQL at ${withoutSecrets(connectionString)} cannot be used: ${reason}`;
}

/** Host and database of a connection string, for messages. */
export function withoutSecrets(connectionString: string): string {
  try {
    const { hostname, port, pathname, searchParams } = new URL(connectionString);
    return `${searchParams.get("host") ?? hostname}${port && `:${port}`}${pathname}`;
  } catch {
    return "the given address";
  }
}

async function checkVersion(client: PoolClient): Promise<void> {
  try {
    const { rows } = await client.query<{ number: number; version: string }>(
      `select current_setting('server_version_num')::int as number,
        current_setting('server_version') as version`,
    );
    const { number = 0, version = "unknown" } = rows[0] ?? {};
    if (number < OLDEST_SERVER_VERSION) {
      throw new StartupError(
        `PostgreSQL ${version} is too old for Parlor: use version 15 or later.`,
      );
    }
  } finally {
    client.release();
  }
}
