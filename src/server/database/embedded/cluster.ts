// Makes a new PostgreSQL cluster: its files, its one password.
import { randomBytes } from "node:crypto";
import { chmod, chown, lstat, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { StartupError } from "../../startup-error.ts";
import type { Launcher } from "./launcher.ts";

/** The cluster's own administrator. */
export const SUPERUSER = "postgres";
/** Parlor's role, which owns the database of the same name and may do nothing outside it. */
export const ROLE = "parlor";
const PASSWORD_FILE = "parlor.password";

/**
 * Makes a folder that only PostgreSQL's user may enter.
 * @throws StartupError when it is there and somebody else's: a trap in a temporary folder
 */
export async function makePrivateFolder(folder: string, { user }: Launcher): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const found = await lstat(folder);
  const owners = [process.getuid?.(), user?.uid];
  if (process.getuid && (!found.isDirectory() || !owners.includes(found.uid))) {
    throw new StartupError(
      `PostgreSQL needs the folder ${folder} for itself, but another user owns it. Remove it or ` +
        `give it to the user who starts Parlor, set DATA_DIR elsewhere, or set DATABASE_URL.`,
    );
  }
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
  const password = randomBytes(24).toString("base64url");
  await writeFile(passwordFile, password, { mode: 0o600, flush: true });
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
    failure ||= await createDatabase(directory, password, launcher);
    if (failure) throw new StartupError(`PostgreSQL could not make its files. ${failure}`);
    await rename(passwordFile, path.join(directory, PASSWORD_FILE));
  } finally {
    await rm(passwordFile, { force: true });
  }
}

function runInitdb(
  directory: string,
  passwordFile: string,
  locale: string[],
  launcher: Launcher,
): Promise<string> {
  return runToEnd(launcher, launcher.binaries.initdb, [
    `--pgdata=${directory}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--no-instructions",
    ...locale,
  ]);
}

/** By PostgreSQL's single-user mode, which takes one statement a line and opens no door. */
function createDatabase(directory: string, password: string, launcher: Launcher): Promise<string> {
  const statements = [
    `create role ${ROLE} login password '${password}'`,
    `create database ${ROLE} owner ${ROLE}`,
    "revoke connect on database postgres from public",
  ];
  const args = ["--single", "-j", "-D", directory, "-c", "exit_on_error=on", "postgres"];
  return runToEnd(launcher, launcher.binaries.postgres, args, statements.join(";\n\n"));
}

/** @returns why it failed, else "" */
async function runToEnd(
  launcher: Launcher,
  executable: string,
  args: string[],
  input = "",
): Promise<string> {
  const child = launcher.spawn(executable, args, { stdio: ["pipe", "pipe", "pipe"] });
  const printed: Buffer[] = [];
  child.stdout?.on("data", (chunk: Buffer) => printed.push(chunk));
  child.stderr?.on("data", (chunk: Buffer) => printed.push(chunk));
  child.stdin?.on("error", () => {});
  child.stdin?.end(input);
  return new Promise((resolve) => {
    child.on("error", (error) => resolve(explainSpawnError(error)));
    child.on("close", (code) => {
      const text = Buffer.concat(printed).toString().trim();
      resolve(code === 0 ? "" : `${path.basename(executable)} ended with ${code}:\n${text}`);
    });
  });
}

/** What a program that is there and cannot be started means. */
export function explainSpawnError(error: NodeJS.ErrnoException): string {
  const hint =
    error.code === "ENOENT" || error.code === "ENOEXEC"
      ? " The binaries that Parlor brings do not run on this system (they need glibc, which Alpine " +
        "Linux does not have). Set DATABASE_URL to a PostgreSQL server."
      : "";
  return `${error.message}.${hint}`;
}

/** The password of every role in the cluster; the socket's folder is the other lock. */
export async function readClusterPassword(directory: string): Promise<string> {
  return (await readFile(path.join(directory, PASSWORD_FILE), "utf8")).trim();
}
