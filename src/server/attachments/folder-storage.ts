// Files in a folder of this machine, under random names, readable by nobody else.
import { createReadStream } from "node:fs";
import { mkdir, open, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { FileStorage } from "./storage.ts";

/** The folder of everything that was uploaded; `incoming` in it holds what is on its way. */
export const uploadsFolder = (dataDirectory: string) => path.join(dataDirectory, "uploads");
export const incomingFolder = (dataDirectory: string) =>
  path.join(uploadsFolder(dataDirectory), "incoming");

/** Some hundred files in each folder, rather than all in one. */
const folderOf = (key: string) => key.slice(0, 2);

export function createFolderStorage(dataDirectory: string): FileStorage {
  const root = uploadsFolder(dataDirectory);
  const placeOf = (key: string) => path.join(root, folderOf(key), key);

  async function prepare(key: string): Promise<string> {
    await mkdir(path.join(root, folderOf(key)), { recursive: true, mode: 0o700 });
    return placeOf(key);
  }

  return {
    async putFile(key, from) {
      // On the disk before its name is: a power cut leaves the whole file or none.
      const file = await open(from);
      try {
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(from, await prepare(key));
    },
    async putBytes(key, bytes) {
      await writeFile(await prepare(key), bytes, { mode: 0o600 });
    },
    async read(key, range) {
      const file = await open(placeOf(key)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return undefined;
        throw error;
      });
      return file && createReadStream("", { fd: file, ...range });
    },
    async remove(keys) {
      for (const key of keys) await rm(placeOf(key), { force: true });
    },
    stop: () => undefined,
  };
}
