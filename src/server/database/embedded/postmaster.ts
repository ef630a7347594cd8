// One running PostgreSQL server over one cluster: start, state, stop.
import type { ChildProcess } from "node:child_process";
import { open, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { StartupError } from "../../startup-error.ts";
import type { Launcher } from "./launcher.ts";
import { isRunning, readCommand, waitUntilEnded } from "./processes.ts";

const POLL_MS = 10;
const LOG_KEPT_BYTES = 1_000_000;
/** After this a fast shutdown has failed, and the server is told to leave its work to recovery. */
const FAST_STOP_TIMEOUT_MS = 8_000;
const IMMEDIATE_STOP_TIMEOUT_MS = 5_000;

/** What a server writes of itself into its cluster (`postmaster.pid`). */
export interface PidFile {
  pid: number;
  port: number;
  socketDirectory: string;
  status: string;
}

export async function readPidFile(cluster: string): Promise<PidFile | undefined> {
  const text = await readFile(path.join(cluster, "postmaster.pid"), "utf8").catch(() => "");
  const lines = text.split("\n").map((line) => line.trim());
  const pid = Number.parseInt(lines[0] ?? "", 10);
  if (!Number.isInteger(pid)) return undefined;
  const [port, socketDirectory, status] = [Number(lines[3]), lines[4] ?? "", lines[7] ?? ""];
  return { pid, port, socketDirectory, status };
}

/** Whether that process is a PostgreSQL server over that cluster: a number may have been reused. */
export async function servesCluster(pid: number, cluster: string): Promise<boolean> {
  if (!(await isRunning(pid))) return false;
  const command = await readCommand(pid);
  if (process.platform === "win32") return command.includes("postgres.exe");
  return command.includes("postgres") && ` ${command} `.includes(` ${cluster} `);
}

/**
 * Makes PostgreSQL see that the server of these files is gone, where it would not: another program
 * may have got its number, or nobody collects dead processes (as in a container without an init).
 * The number becomes one that no process has; the rest of the cluster's file must stay, since by it
 * PostgreSQL sees whether processes of the old server still use its memory.
 */
export async function disownLockFiles(found: PidFile, cluster: string): Promise<void> {
  const file = path.join(cluster, "postmaster.pid");
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replace(/^\d+/, String(2 ** 31 - 1)));
  if (!found.socketDirectory) return;
  await rm(path.join(found.socketDirectory, `.s.PGSQL.${found.port}.lock`), { force: true });
}

export interface PostmasterOptions {
  launcher: Launcher;
  cluster: string;
  logFile: string;
  settings: Record<string, string | number>;
}

/** Starts a server that outlives this process; it is not waited for. */
export async function spawnPostmaster(options: PostmasterOptions): Promise<ChildProcess> {
  const { launcher, cluster, logFile, settings } = options;
  const kept = await stat(logFile).then(
    ({ size }) => size < LOG_KEPT_BYTES,
    () => true,
  );
  const log = await open(logFile, kept ? "a" : "w", 0o600);
  try {
    const args = ["-D", cluster];
    for (const [name, value] of Object.entries(settings)) args.push("-c", `${name}=${value}`);
    const child = launcher.spawn(launcher.binaries.postgres, args, {
      detached: true,
      stdio: ["ignore", log.fd, log.fd],
      windowsHide: true,
    });
    // Without a listener a program that cannot be started would end this process.
    child.on("error", () => {});
    child.unref();
    return child;
  } finally {
    await log.close();
  }
}

/**
 * Waits until the server takes connections; recovery after a crash may take its time.
 * @returns false when the child ended instead
 */
export async function waitUntilReady(child: ChildProcess, cluster: string): Promise<boolean> {
  while (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
    const found = await readPidFile(cluster);
    if (found?.pid === child.pid && found.status === "ready") return true;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return false;
}

/** Ends a server: fast, which breaks off its connections, but leaves nothing to recover. */
export async function stopPostmaster(
  pid: number,
  cluster: string,
  launcher: Launcher,
): Promise<void> {
  if (process.platform === "win32") {
    const child = launcher.spawn(launcher.binaries.pgCtl, [
      "stop",
      "-D",
      cluster,
      "-m",
      "fast",
      "-w",
    ]);
    await new Promise((resolve) => child.on("close", resolve).on("error", resolve));
    return;
  }
  signal(pid, "SIGINT");
  if (await waitUntilEnded(pid, FAST_STOP_TIMEOUT_MS)) return;
  signal(pid, "SIGQUIT");
  if (await waitUntilEnded(pid, IMMEDIATE_STOP_TIMEOUT_MS)) return;
  throw new StartupError(`PostgreSQL (process ${pid}) over ${cluster} does not stop.`);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** The last lines of a server's log, for an error message. */
export async function readLogTail(logFile: string): Promise<string> {
  const text = await readFile(logFile, "utf8").catch(() => "");
  return text.trim().split("\n").slice(-5).join("\n");
}
