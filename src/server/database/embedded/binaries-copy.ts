// A copy of the binaries where every user can run them, for root whose own folders are closed.
import { createHash } from "node:crypto";
import { chmod, cp, lstat, mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { StartupError } from "../../startup-error.ts";
import { binariesIn } from "./binaries.ts";
import type { Binaries } from "./binaries.ts";

/** Only root may write there, so nobody else can have put programs in. */
const COPIES = "/var/lib/parlor";

/** @throws StartupError when the copy cannot be made, or was not made by root */
export async function copyBinaries(binaries: Binaries, parent = COPIES): Promise<Binaries> {
  const version = binaries.build.split("-")[0] ?? "";
  const key = createHash("sha256").update(binaries.build).digest("hex").slice(0, 12);
  const target = path.join(parent, `postgres-${version}-${key}`);
  try {
    await mkdir(parent, { recursive: true, mode: 0o755 });
    await requireSafe(parent);
    if (!(await lstat(target).catch(() => undefined))) await copyWhole(binaries.directory, target);
    await requireSafe(target);
    return { ...(await binariesIn(target, version)), build: binaries.build };
  } catch (error) {
    throw new StartupError(
      `PostgreSQL refuses to run as root, and the user that it runs as instead can reach neither ` +
        `${binaries.directory} nor a copy in ${parent} (${(error as Error).message}). Install ` +
        `Parlor in a folder open to others, start it as an ordinary user, or set DATABASE_URL.`,
    );
  }
}

async function copyWhole(source: string, target: string): Promise<void> {
  const temporary = await mkdtemp(`${target}.new-`);
  try {
    await cp(source, temporary, { recursive: true, verbatimSymlinks: true });
    await openToOthers(temporary);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    // Another process was faster: its copy is as good.
    if (!["ENOTEMPTY", "EEXIST"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}

async function openToOthers(directory: string): Promise<void> {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { withFileTypes: true, recursive: true })) {
    if (!entry.isSymbolicLink()) await chmod(path.join(entry.parentPath, entry.name), 0o755);
  }
}

async function requireSafe(directory: string): Promise<void> {
  const found = await lstat(directory);
  if (found.uid !== 0 || !found.isDirectory() || (found.mode & 0o022) !== 0) {
    throw new Error(`${directory} must be a folder that only root may write`);
  }
}
