// The one PostgreSQL server of a test run, gone with the run however that ends.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { findBinaries } from "../database/embedded/binaries.ts";
import {
  createCluster,
  makePrivateFolder,
  readClusterPassword,
  SUPERUSER,
} from "../database/embedded/cluster.ts";
import { createLauncher } from "../database/embedded/launcher.ts";
import {
  readLogTail,
  readPidFile,
  servesCluster,
  spawnPostmaster,
  waitUntilReady,
} from "../database/embedded/postmaster.ts";
import { isRunning, waitUntilEnded } from "../database/embedded/processes.ts";
import { watchOver } from "./watch.ts";

const FOLDER_PREFIX = "parlor-test-postgres-";
const STOP_TIMEOUT_MS = 10_000;

/** Speed before durability: nothing of a test run is wanted after a crash. */
const SETTINGS = {
  listen_addresses: "",
  fsync: "off",
  full_page_writes: "off",
  synchronous_commit: "off",
  max_connections: 300,
  shared_buffers: "128MB",
  timezone: "UTC",
};

export interface TestServer {
  /** Connection string of the administrator's database. */
  adminUrl: string;
  stop(): Promise<void>;
}

/**
 * Starts a server in a folder below the system's temporary one.
 * @param packageName npm package with the binaries, which decides the version
 */
export async function startTestServer(packageName: string): Promise<TestServer> {
  await removeStaleServers();
  const owner = `${process.pid}-${await readStartKey(process.pid)}`;
  const folder = await mkdtemp(path.join(os.tmpdir(), `${FOLDER_PREFIX}${owner}-`));
  const cluster = path.join(folder, "data");
  const logFile = path.join(folder, "postgres.log");
  const launcher = await createLauncher(await findBinaries(packageName), os.tmpdir());
  await makePrivateFolder(folder, launcher);
  const endWatch = watchOver(folder);
  await createCluster(cluster, launcher);
  const settings = { ...SETTINGS, unix_socket_directories: folder };
  const child = await spawnPostmaster({ launcher, cluster, logFile, settings });
  if (!(await waitUntilReady(child, cluster)) || child.pid === undefined) {
    throw new Error(`the tests' PostgreSQL did not start: ${await readLogTail(logFile)}`);
  }
  const { pid } = child;

  const password = await readClusterPassword(cluster);
  return {
    adminUrl: `postgres://${SUPERUSER}:${password}@localhost/postgres?host=${encodeURIComponent(folder)}`,
    async stop() {
      process.kill(pid, "SIGQUIT");
      await waitUntilEnded(pid, STOP_TIMEOUT_MS);
      await rm(folder, { recursive: true, force: true });
      endWatch();
    },
  };
}

/** Removes what runs left behind whose process is gone: their folders' names say which it was. */
async function removeStaleServers(): Promise<void> {
  for (const name of await readdir(os.tmpdir())) {
    const [, pid, startKey] = /^parlor-test-postgres-(\d+)-([0-9a-f]{8})-/.exec(name) ?? [];
    if (!pid || !startKey) continue;
    const alive = (await isRunning(Number(pid))) && (await readStartKey(Number(pid))) === startKey;
    if (alive) continue;
    const folder = path.join(os.tmpdir(), name);
    const cluster = path.join(folder, "data");
    const server = await readPidFile(cluster);
    if (server && (await servesCluster(server.pid, cluster))) {
      process.kill(server.pid, "SIGQUIT");
      await waitUntilEnded(server.pid, STOP_TIMEOUT_MS);
    }
    // Somebody else's folder stays: it is theirs to remove.
    await rm(folder, { recursive: true, force: true }).catch(() => {});
  }
}

/** Tells a process from a later one of the same number: a hash of when it started. */
async function readStartKey(pid: number): Promise<string> {
  const startedAt =
    process.platform === "linux"
      ? await readFile(`/proc/${pid}/stat`, "utf8").then(
          (text) => text.slice(text.lastIndexOf(")") + 2).split(" ")[19],
          () => "",
        )
      : await promisify(execFile)("ps", ["-o", "lstart=", "-p", String(pid)]).then(
          ({ stdout }) => stdout.trim(),
          () => "",
        );
  return createHash("sha256")
    .update(startedAt ?? "")
    .digest("hex")
    .slice(0, 8);
}
