// The user that PostgreSQL runs as: it refuses root.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { StartupError } from "../../startup-error.ts";

const run = promisify(execFile);

export interface SystemUser {
  uid: number;
  gid: number;
}

/** Users made for PostgreSQL by Debian, Red Hat and macOS; the last one is ours. */
const CANDIDATES = ["postgres", "_postgres", "parlor"];

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * For root: an existing user for PostgreSQL, else a new system user of the last name.
 * @throws StartupError when there is none and none can be made
 */
export async function findSystemUser(candidates = CANDIDATES): Promise<SystemUser> {
  for (const name of candidates) {
    const user = await lookUp(name);
    if (user) return user;
  }
  const name = candidates.at(-1) ?? "parlor";
  const reasons: string[] = [];
  for (const [command, ...args] of [
    ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", name],
    ["adduser", "-S", "-D", "-H", "-s", "/sbin/nologin", name],
  ] as const) {
    await run(command, args).catch((error: Error) => reasons.push(error.message.trim()));
    const user = await lookUp(name);
    if (user) return user;
  }
  throw new StartupError(
    `PostgreSQL refuses to run as root, and no user could be made for it (${reasons.join("; ")}). ` +
      `Start Parlor as an ordinary user, or set DATABASE_URL to a PostgreSQL server.`,
  );
}

async function lookUp(name: string): Promise<SystemUser | undefined> {
  const id = async (flag: string) => Number((await run("id", [flag, name])).stdout);
  try {
    const [uid, gid] = await Promise.all([id("-u"), id("-g")]);
    return uid > 0 ? { uid, gid } : undefined;
  } catch {
    return undefined;
  }
}
