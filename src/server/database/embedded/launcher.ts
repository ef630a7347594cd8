// Starts PostgreSQL's programs as the right user, with the folders that this user can reach.
import { spawn } from "node:child_process";
import type { ChildProcess, SpawnOptions } from "node:child_process";
import { stat } from "node:fs/promises";
import path from "node:path";
import { StartupError } from "../../startup-error.ts";
import type { Binaries } from "./binaries.ts";
import { copyBinaries } from "./binaries-copy.ts";
import { findBarrier, findSearchLender, mayRun } from "./reach.ts";
import { findSystemUser, isRoot } from "./system-user.ts";
import type { SystemUser } from "./system-user.ts";

export interface Launcher {
  binaries: Binaries;
  /** Whom PostgreSQL's files belong to when it is not the user of this process. */
  user?: SystemUser;
  spawn(executable: string, args: string[], options?: SpawnOptions): ChildProcess;
}

/**
 * @param folder an existing folder below which PostgreSQL's files lie or will lie
 * @param owner for root: run as this user, not as the system's user for PostgreSQL
 * @throws StartupError when root finds no way to start PostgreSQL as another user
 */
export async function createLauncher(
  binaries: Binaries,
  folder: string,
  owner?: SystemUser,
): Promise<Launcher> {
  if (!isRoot())
    return { binaries, spawn: (file, args, options) => start([file, ...args], options) };
  const user = owner ?? (await findSystemUser());
  const dataBarrier = await findBarrier(folder, user);
  const runnable = await isWholeRunnable(binaries, user);
  const binariesBarrier = await findBarrier(path.dirname(binaries.postgres), user);
  if (runnable && (dataBarrier || binariesBarrier)) {
    const lender = await findSearchLender(user);
    if (lender) {
      const launch: Launcher["spawn"] = (file, args, options) =>
        start([...lender, file, ...args], options);
      return { binaries, user, spawn: launch };
    }
  }
  if (dataBarrier) throw unreachable(folder, dataBarrier);
  return {
    binaries: runnable && !binariesBarrier ? binaries : await copyBinaries(binaries),
    user,
    spawn: (file, args, options) => start([file, ...args], { ...options, ...user }),
  };
}

async function isWholeRunnable({ directory, postgres, initdb }: Binaries, user: SystemUser) {
  const representatives = [
    postgres,
    initdb,
    path.join(directory, "lib"),
    path.join(directory, "share"),
  ];
  const answers = await Promise.all(representatives.map((file) => mayRun(file, user)));
  return answers.every(Boolean);
}

function start(command: string[], options: SpawnOptions = {}): ChildProcess {
  const [file = "", ...args] = command;
  // Its own working folder, since that of this process may be closed to the user.
  return spawn(file, args, { cwd: path.parse(process.execPath).root, ...options });
}

function unreachable(folder: string, barrier: string): StartupError {
  return new StartupError(
    `PostgreSQL refuses to run as root, and the user that it runs as instead cannot reach ` +
      `${folder}, because ${barrier} is closed to others. Set DATA_DIR to a folder elsewhere ` +
      `(such as /var/lib/parlor), start Parlor as an ordinary user, or set DATABASE_URL.`,
  );
}

/** The owner of an existing folder, unless it is root. */
export async function findOwner(folder: string): Promise<SystemUser | undefined> {
  const found = await stat(folder).catch(() => undefined);
  return found && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : undefined;
}
