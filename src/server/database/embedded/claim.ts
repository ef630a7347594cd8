// Gets hold of the one server over a cluster: takes over a running one, else starts one.
import type { Client } from "pg";
import type { Log } from "../../log.ts";
import { StartupError } from "../../startup-error.ts";
import { explainSpawnError } from "./cluster.ts";
import type { Endpoint } from "./endpoint.ts";
import type { Launcher } from "./launcher.ts";
import { tryToLock } from "./lock.ts";
import {
  disownLockFiles,
  readLogTail,
  readPidFile,
  servesCluster,
  spawnPostmaster,
  stopPostmaster,
  waitUntilReady,
} from "./postmaster.ts";
import type { PidFile } from "./postmaster.ts";
import { isRunning } from "./processes.ts";
import type { Settings } from "./settings.ts";

const PAUSE_MS = 25;
/** How long the session of a Parlor that was killed may take to end. */
const HELD_GRACE_MS = 1_500;
/** How long a server that runs may be deaf before it is stopped. */
const DEAF_GRACE_MS = 10_000;
/** How long the last processes of a server that was killed may take to end. */
const REMAINS_GRACE_MS = 15_000;

export interface ClaimOptions {
  dataDirectory: string;
  cluster: string;
  logFile: string;
  endpoint: Endpoint;
  settings: Settings;
  password: string;
  launcher: Launcher;
  log: Log;
}

export interface Claim {
  /** Holds the lock; when it ends, the server or the connection is lost. */
  client: Client;
  pid: number;
}

/** @throws StartupError when another Parlor has the folder, or PostgreSQL does not start */
export async function claimServer(options: ClaimOptions): Promise<Claim> {
  const startedAt = performance.now();
  const hasPassed = (timeMs: number) => performance.now() - startedAt > timeMs;
  for (;;) {
    const found = await readPidFile(options.cluster);
    if (!found) {
      await startServer(options, hasPassed(REMAINS_GRACE_MS));
      continue;
    }
    const address = { host: found.socketDirectory || options.endpoint.host, port: found.port };
    const attempt = await tryToLock(address, options.password);
    if (attempt.kind === "locked") {
      const claim = await judge(attempt, found, options);
      if (claim) return claim;
    } else if (attempt.kind === "held" && hasPassed(HELD_GRACE_MS)) {
      throw new StartupError(
        `Another Parlor is using ${options.dataDirectory}. Stop it first, or give this one a folder ` +
          `of its own in DATA_DIR. Several processes share one database through DATABASE_URL.`,
      );
    } else if (attempt.kind === "unreachable") {
      await replaceDeaf(found, options, hasPassed);
    }
    await pause();
  }
}

/** Keeps a server that was started as this process would; stops any other. */
async function judge(
  { client, signature }: { client: Client; signature: string },
  { pid }: PidFile,
  { cluster, launcher, settings, log, dataDirectory }: ClaimOptions,
): Promise<Claim | undefined> {
  if (!(await isRunning(pid))) {
    await client.end();
    throw new StartupError(
      `The database in ${dataDirectory} is being served from another container. Stop that one first.`,
    );
  }
  if (signature === settings["parlor.signature"]) return { client, pid };
  log.info(
    { event: "postgres:replacing", server_pid: pid },
    "restarting a PostgreSQL started by another Parlor",
  );
  await stopPostmaster(pid, cluster, launcher);
  await client.end();
  return undefined;
}

/** A server whose file is there, but that nobody answers for: dead, or not ready, or deaf. */
async function replaceDeaf(
  found: PidFile,
  options: ClaimOptions,
  hasPassed: (timeMs: number) => boolean,
): Promise<void> {
  const { cluster, launcher, log } = options;
  if (!(await servesCluster(found.pid, cluster))) {
    await disownLockFiles(found, cluster);
    await startServer(options, hasPassed(REMAINS_GRACE_MS));
  } else if (found.status !== "starting" && hasPassed(DEAF_GRACE_MS)) {
    log.warn(
      { event: "postgres:deaf", server_pid: found.pid },
      "stopping a PostgreSQL that does not answer",
    );
    await stopPostmaster(found.pid, cluster, launcher);
  }
}

async function startServer(options: ClaimOptions, isLastTry: boolean): Promise<void> {
  const { cluster, logFile, log } = options;
  const child = await spawnPostmaster(options);
  const spawnError = new Promise<Error>((resolve) => child.once("error", resolve));
  if (await waitUntilReady(child, cluster)) {
    log.info({ event: "postgres:started", server_pid: child.pid }, "PostgreSQL started");
    return;
  }
  if (child.pid === undefined) throw new StartupError(explainSpawnError(await spawnError));
  const rival = await readPidFile(cluster);
  if (rival && (await servesCluster(rival.pid, cluster))) return;
  const tail = await readLogTail(logFile);
  // Processes of a server that was killed end by themselves, once they notice.
  if (/shared memory block/.test(tail) && !isLastTry) return;
  throw new StartupError(`PostgreSQL does not start. The end of its log, ${logFile}:\n${tail}`);
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
}
