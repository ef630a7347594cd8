// Files of earlier builds. A page that was opened before an upgrade, or a browser that has kept its `widget.js`, asks for
// the rest under the names of its own build: each build leaves these files in the data folder, and the next ones serve them.
import { randomUUID } from "node:crypto";
import { copyFile, mkdir, rename, rm, stat, utimes } from "node:fs/promises";
import path from "node:path";
import type { Logger } from "pino";
import { createWebAssets, listFiles } from "./web-assets.ts";
import type { WebAssets } from "./web-assets.ts";

/** A browser keeps `widget.js` for a day at most; a tab that nobody closes stays open for weeks. */
const KEPT_FOR_MS = 30 * 86_400_000;
const TOUCH_EVERY_MS = 86_400_000;

/** Whether no other build has another file of this name: such a file never changes. */
export const isNamedByBuild = (name: string): boolean =>
  /^(widget|desk\/assets)\/.*-[\w-]{8,}\.\w+$/.test(name);

export interface KeptBuilds extends Pick<WebAssets, "find"> {
  /** Keeps this build's files, now and every day, and removes what has been out of date for a month. */
  start(): void;
  stop(): Promise<void>;
}

export function createKeptBuilds(deps: {
  /** Of this build. */
  webDirectory: string;
  dataDirectory: string;
  clock: () => Date;
  log: Logger;
}): KeptBuilds {
  const { webDirectory, clock, log } = deps;
  const directory = path.join(deps.dataDirectory, "builds");
  const assets = createWebAssets(directory);
  let keeping: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  /** The time of a kept file tells when it was last one of the newest build. */
  async function keepFile(name: string, now: Date): Promise<void> {
    const file = path.join(directory, name);
    const isKept = await utimes(file, now, now).then(
      () => true,
      () => false,
    );
    if (isKept) return;
    await mkdir(path.dirname(file), { recursive: true });
    // Whole or not at all: another process may look for it.
    const unfinished = `${file}.${randomUUID()}`;
    await copyFile(path.join(webDirectory, name), unfinished);
    await utimes(unfinished, now, now);
    await rename(unfinished, file);
  }

  async function keep(): Promise<void> {
    const now = clock();
    for (const name of await listFiles(webDirectory)) {
      if (isNamedByBuild(name)) await keepFile(name, now);
    }
    for (const name of await listFiles(directory)) {
      const file = path.join(directory, name);
      // Another process may have removed it meanwhile.
      const found = await stat(file).catch(() => undefined);
      if (found && now.getTime() - found.mtimeMs > KEPT_FOR_MS) await rm(file, { force: true });
    }
  }

  function keepSoon(): void {
    keeping = keeping.then(keep).catch((error: unknown) => {
      log.warn({ event: "builds:not_kept", err: error }, "an upgrade will leave open pages behind");
    });
  }

  return {
    find: async (name) => (isNamedByBuild(name) ? await assets.find(name) : undefined),
    start() {
      keepSoon();
      timer = setInterval(keepSoon, TOUCH_EVERY_MS).unref();
    },
    async stop() {
      clearInterval(timer);
      await keeping;
    },
  };
}
