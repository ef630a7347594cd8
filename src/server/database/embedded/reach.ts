// Whether a user can get at a file, and how root lends a child the right to.
import { execFile } from "node:child_process";
import { readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import type { SystemUser } from "./system-user.ts";

const run = promisify(execFile);

const READ = 4;
const EXECUTE = 1;
/** CAP_DAC_READ_SEARCH: pass any folder, read any file, write none. */
const DAC_READ_SEARCH = 2n;

/** The outermost of a folder and those above it that the user may not pass, or nothing. */
export async function findBarrier(
  innermost: string,
  user: SystemUser,
): Promise<string | undefined> {
  const parts = (await realpath(innermost)).split(path.sep);
  for (let length = 1; length <= parts.length; length += 1) {
    const folder = parts.slice(0, length).join(path.sep) || path.sep;
    if (!(await hasPermission(folder, user, EXECUTE))) return folder;
  }
  return undefined;
}

/** Whether the user may run the file, its folders aside: npm under umask 077 leaves it to root. */
export async function mayRun(file: string, user: SystemUser): Promise<boolean> {
  return hasPermission(file, user, READ | EXECUTE);
}

/** By the permission bits alone, without supplementary groups: our children have none. */
async function hasPermission(file: string, user: SystemUser, wanted: number): Promise<boolean> {
  const { mode, uid, gid } = await stat(file);
  const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0;
  return ((mode >> shift) & wanted) === wanted;
}

/**
 * Arguments before a command that start it as that user with the right to pass every folder.
 * Nothing when this machine cannot do so (no util-linux, a container without the capability).
 */
export async function findSearchLender({ uid, gid }: SystemUser): Promise<string[] | undefined> {
  const status = await readFile("/proc/self/status", "utf8").catch(() => "");
  const permitted = BigInt(`0x${/^CapPrm:\s*([0-9a-f]+)/m.exec(status)?.[1] ?? "0"}`);
  if (!((permitted >> DAC_READ_SEARCH) & 1n)) return undefined;
  const prefix = [
    "setpriv",
    `--reuid=${uid}`,
    `--regid=${gid}`,
    "--clear-groups",
    "--inh-caps=+dac_read_search",
    "--ambient-caps=+dac_read_search",
    // Else access(2), by which PostgreSQL looks for itself, ignores the capability.
    "--securebits=+no_setuid_fixup",
  ];
  const [command = "", ...args] = prefix;
  return run(command, [...args, "true"]).then(
    () => prefix,
    () => undefined,
  );
}
