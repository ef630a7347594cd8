// Makes a new PostgreSQL cluster: its files, its one password.
import { randomBytes } from "node:crypto";
import { chmod, chown, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { StartupError } from "../../startup-error.ts";
import type { Launcher } from "./launcher.ts";

/** The cluster's own administrator. */
export const SUPERUSER = "postgres";
const PASSWORD_FILE = "parlor.password";

/** Makes a folder that only PostgreSQL's user may enter. */
export async function makePrivateFolder(folder: string, { user }: Launcher): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (user) await chown(folder, user.uid, user.gid);
  await chmod(folder, 0o700);
}

/**
 * Runs initdb in an empty or missing folder. Texts are UTF-8 and sorted by code point, whatever the
 * languages of the machine, so that an index stays right when the machine is upgraded.
 */
export async function createCluster(directory: string, launcher: Launcher): Promise<void> {
  await makePrivateFolder(directory, launcher);
  const passwordFile = `${directory}.password`;
  await writeFile(passwordFile, randomBytes(24).toString("base64url"), { mode: 0o600 });
  if (launcher.user) await chown(passwordFile, launcher.user.uid, launcher.user.gid);
  const locales =
    launcher.binaries.majorVersion >= 17
      ? [["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]]
      : [["--locale=C.UTF-8"], ["--locale=C"]];
  try {
    let failure = "";
    for (const locale of locales) {
      failure = await runInitdb(directory, passwordFile, locale, launcher);
      if (!failure) break;
    }
    if (failure) throw new StartupError(`PostgreSQL's initdb failed in ${directory}:\n${failure}`);
    await rename(passwordFile, path.join(directory, PASSWORD_FILE));
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/** @returns what it printed when it failed, else "" */
async function runInitdb(
  directory: string,
  passwordFile: string,
  locale: string[],
  launcher: Launcher,
): Promise<string> {
  const args = [
    `--pgdata=${directory}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--no-instructions",
    ...locale,
  ];
  const child = launcher.spawn(launcher.binaries.initdb, args, {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed: Buffer[] = [];
  child.stdout?.on("data", (chunk: Buffer) => printed.push(chunk));
  child.stderr?.on("data", (chunk: Buffer) => printed.push(chunk));
  return new Promise((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("close", (code) =>
      resolve(code === 0 ? "" : Buffer.concat(printed).toString().trim()),
    );
  });
}

/** The password of every role in the cluster; the socket's folder is the other lock. */
export async function readClusterPassword(directory: string): Promise<string> {
  return (await readFile(path.join(directory, PASSWORD_FILE), "utf8")).trim();
}
