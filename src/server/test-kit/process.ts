// The built server in a process of its own, for tests and measurements of the whole.
import { spawn } from "node:child_process";
import type { ChildProcessByStdio } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { Readable } from "node:stream";
import { readPidFile, servesCluster } from "../database/embedded/postmaster.ts";
import { waitUntilEnded } from "../database/embedded/processes.ts";
import { watchOver } from "./watch.ts";

const MAIN = path.join(import.meta.dirname, "../../../dist/server/main.js");
/** What one person sends in a test or a measurement is what many send elsewhere. */
const CROWD = { RATE_LIMIT_MESSAGES: "1000000", RATE_LIMIT_TOKEN: "1000000" };
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 15_000;

export interface ServerProcess {
  /** Where it listens, such as `http://localhost:41234`. */
  url: string;
  pid: number;
  dataDirectory: string;
  stdout(): string;
  /** The log: one JSON object a line. */
  stderr(): string;
  /** Sends a signal, SIGKILL by default, and waits until the process is gone. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** The exit code, once it is gone; nothing after a signal that it could not handle. */
  stopped: Promise<number | null>;
  /** Ends it, and the PostgreSQL of one that was killed; removes a folder that was made for it. */
  stop(): Promise<void>;
}

export interface ServerProcessOptions {
  env?: Record<string, string>;
  /** By default a new temporary one. */
  dataDirectory?: string;
  /** Its program; by default what the build has left. */
  main?: string;
  /** Told its number at once, before it listens. */
  onSpawn?: (pid: number) => void;
}

/**
 * Starts it on a free port and waits until it listens. Nothing of this process's configuration
 * reaches it.
 * @throws when it ends before it listens, with what it printed
 */
export async function startServerProcess(
  options: ServerProcessOptions = {},
): Promise<ServerProcess> {
  const { main = MAIN } = options;
  if (!existsSync(main)) throw new Error(`${main} is missing: run "npm run build" first`);
  const temporary = path.join(await realpath(os.tmpdir()), "parlor-process-");
  const dataDirectory = options.dataDirectory ?? (await mkdtemp(temporary));
  const child = spawn(process.execPath, [main], {
    env: { ...inheritedEnv(), ...CROWD, PORT: "0", DATA_DIR: dataDirectory, ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const { pid = 0 } = child;
  options.onSpawn?.(pid);
  const endWatch = watchOver(dataDirectory, { pid, keepsFolder: Boolean(options.dataDirectory) });
  const output = collectOutput(child);
  const stopped = new Promise<number | null>((resolve) => child.once("close", resolve));
  const kill = async (signal: NodeJS.Signals = "SIGKILL") => {
    child.kill(signal);
    await stopped;
  };
  const end = async () => {
    const timer = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS);
    await kill("SIGTERM");
    clearTimeout(timer);
    endWatch();
    if (options.dataDirectory) return;
    await stopOrphan(dataDirectory);
    await rm(dataDirectory, { recursive: true, force: true });
  };
  const url = await Promise.race([output.url, stopped]);
  if (typeof url !== "string") {
    await end();
    const printed = `${output.stdout()}${output.stderr()}`;
    throw new Error(`the server did not start, it ended with ${String(url)}:\n${printed}`);
  }
  return {
    url,
    pid,
    dataDirectory,
    stdout: output.stdout,
    stderr: output.stderr,
    kill,
    stopped,
    async stop() {
      await end();
      await stopOrphan(dataDirectory);
    },
  };
}

function collectOutput(child: ChildProcessByStdio<null, Readable, Readable>) {
  const printed = { stdout: "", stderr: "" };
  const url = new Promise<string | undefined>((resolve) => {
    const timer = setTimeout(() => resolve(undefined), START_TIMEOUT_MS);
    child.once("exit", () => clearTimeout(timer));
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream].setEncoding("utf8").on("data", (text: string) => {
        printed[stream] += text;
        const found = findUrl(printed);
        if (!found) return;
        clearTimeout(timer);
        resolve(found);
      });
    }
  });
  return { url, stdout: () => printed.stdout, stderr: () => printed.stderr };
}

/** From the log, or, where that is silent, from the welcome, once this has been printed whole. */
function findUrl({ stdout, stderr }: { stdout: string; stderr: string }): string | undefined {
  const welcome = /^ {2}API +(\S+)\/api\/v1\n/m.exec(stdout)?.[1];
  const logged = /"event":"listening","url":"([^"]+)"/.exec(stderr)?.[1];
  return welcome && (logged ?? welcome);
}

function inheritedEnv(): Record<string, string> {
  const names = ["PATH", "HOME", "TMPDIR", "TEMP", "SYSTEMROOT", "LANG", "NODE_V8_COVERAGE"];
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
  );
}

/** The embedded PostgreSQL of a server that was killed goes on running. */
async function stopOrphan(dataDirectory: string): Promise<void> {
  const cluster = path.join(dataDirectory, "postgres");
  const server = await readPidFile(cluster);
  if (!server || !(await servesCluster(server.pid, cluster))) return;
  process.kill(server.pid, "SIGINT");
  await waitUntilEnded(server.pid, STOP_TIMEOUT_MS);
}
