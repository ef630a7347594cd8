// Sees to it that the data folder holds a whole cluster of the right version.
import { randomBytes } from "node:crypto";
import { open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { Log } from "../../log.ts";
import { StartupError } from "../../startup-error.ts";
import { createCluster } from "./cluster.ts";
import type { Launcher } from "./launcher.ts";
import { isRunning } from "./processes.ts";

/**
 * Makes the cluster aside and puts it in place whole, so that a start that is killed leaves nothing
 * half made. Of two processes that do this at once, both use the cluster of the first.
 * @throws StartupError when the folder holds something else, or a cluster of another version
 */
export async function prepareCluster(cluster: string, launcher: Launcher, log: Log): Promise<void> {
  if (await isEmptyOrMissing(cluster)) {
    log.info({ event: "postgres:creating", cluster }, "creating the database");
    const aside = `${cluster}.new-${process.pid}-${randomBytes(4).toString("hex")}`;
    try {
      await createCluster(aside, launcher);
      await rename(aside, cluster);
      await flushFolder(path.dirname(cluster));
    } catch (error) {
      await rm(aside, { recursive: true, force: true });
      const { code } = error as NodeJS.ErrnoException;
      if (code !== "ENOTEMPTY" && code !== "EEXIST") throw error;
    }
  }
  await checkVersion(cluster, launcher.binaries.majorVersion);
  await removeUnfinished(cluster);
}

/** Folders of starts whose process is gone. In a container, numbers come again: ours is not theirs. */
async function removeUnfinished(cluster: string): Promise<void> {
  const parent = path.dirname(cluster);
  for (const name of await readdir(parent)) {
    const [, pid] = /^postgres\.new-(\d+)-/.exec(name) ?? [];
    if (!pid) continue;
    if (Number(pid) !== process.pid && (await isRunning(Number(pid)))) continue;
    await rm(path.join(parent, name), { recursive: true, force: true });
  }
}

async function isEmptyOrMissing(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length === 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return true;
    throw new StartupError(await explainClosed(folder, error as Error));
  }
}

async function explainClosed(folder: string, error: Error): Promise<string> {
  const owner = await stat(folder).then(
    ({ uid }) =>
      `It belongs to the user with number ${uid}: start Parlor as that user or as root, `,
    () => "Start Parlor as before, ",
  );
  return `The database in ${folder} cannot be read (${error.message}). ${owner}or set DATA_DIR elsewhere.`;
}

async function checkVersion(cluster: string, majorVersion: number): Promise<void> {
  const made = await readFile(path.join(cluster, "PG_VERSION"), "utf8").catch(() => "");
  const version = Number.parseInt(made, 10);
  if (version === majorVersion) return;
  throw new StartupError(
    Number.isNaN(version)
      ? `${cluster} holds files that are no PostgreSQL database. Move them away, or set DATA_DIR elsewhere.`
      : `The database in ${cluster} was made by PostgreSQL ${version}, and this Parlor brings ` +
          `PostgreSQL ${majorVersion}, which cannot read it. Start the Parlor that made it, save its ` +
          `data with pg_dump, move the folder away, start this Parlor and restore with psql; or ` +
          `serve the folder with PostgreSQL ${version} of your own and set DATABASE_URL.`,
  );
}

async function flushFolder(folder: string): Promise<void> {
  // Windows opens no folders; there, renaming is durable by itself.
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
