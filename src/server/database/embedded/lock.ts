// The claim of one Parlor on its embedded PostgreSQL: a session's lock, which ends with its connection.
import { Client } from "pg";
import { ROLE } from "./cluster.ts";

/** Any number but that of migrations. */
const OWNER_LOCK = 5_432_001;
const CONNECT_TIMEOUT_MS = 5_000;

export interface Address {
  /** Folder of a Unix socket, or a host name. */
  host: string;
  port: number;
}

/**
 * - `locked`: ours until the client ends; `signature` tells how the server was started
 * - `held`: another process has it
 * - `busy`: the server starts, recovers or stops
 * - `unreachable`: nobody listens there
 */
export type LockAttempt =
  { kind: "locked"; client: Client; signature: string } | { kind: "held" | "busy" | "unreachable" };

/** @throws the error of `pg` when the server answers, but not as expected (a wrong password) */
export async function tryToLock(address: Address, password: string): Promise<LockAttempt> {
  const client = new Client({
    ...address,
    user: ROLE,
    database: ROLE,
    password,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: "parlor owner",
  });
  // Without a listener a lost connection would end the process.
  client.on("error", () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ locked: boolean; signature: string | null }>(
      `select pg_try_advisory_lock($1) as locked,
        current_setting('parlor.signature', true) as signature`,
      [OWNER_LOCK],
    );
    if (rows[0]?.locked) return { kind: "locked", client, signature: rows[0].signature ?? "" };
    await client.end();
    return { kind: "held" };
  } catch (error) {
    await client.end().catch(() => {});
    return { kind: classify(error as NodeJS.ErrnoException) };
  }
}

function classify(error: NodeJS.ErrnoException): "busy" | "unreachable" {
  if (["ENOENT", "ECONNREFUSED"].includes(error.code ?? "")) return "unreachable";
  // Cannot connect now, shut down by command or after a crash, or broken off in between.
  if (["57P03", "57P01", "57P02", "ECONNRESET", "EPIPE"].includes(error.code ?? "")) return "busy";
  if (/terminated|timeout/i.test(error.message)) return "busy";
  throw error;
}
