// Where files lie: a folder of this machine, or a bucket when one is configured.
import type { Readable } from "node:stream";
import type { Config } from "../config.ts";
import { createFolderStorage } from "./folder-storage.ts";

export interface ByteRange {
  start: number;
  /** The last byte, counted too. */
  end: number;
}

/** Keys are ours: random letters, never what somebody has said. */
export interface FileStorage {
  /** Takes a file of this machine in; it may be moved away. Whole or not at all. */
  putFile(key: string, path: string, contentType: string): Promise<void>;
  putBytes(key: string, bytes: Buffer, contentType: string): Promise<void>;
  /** Undefined when there is no such file. */
  read(key: string, range: ByteRange | undefined): Promise<Readable | undefined>;
  /** What is not there is no failure. */
  remove(keys: string[]): Promise<void>;
  stop(): void;
}

/** Creates the storage that the configuration names. */
export async function createStorage(
  config: Pick<Config, "dataDirectory" | "s3">,
): Promise<FileStorage> {
  if (!config.s3) return createFolderStorage(config.dataDirectory);
  // The client is a large library, and few need it.
  const { createBucketStorage } = await import("./bucket-storage.ts");
  return createBucketStorage(config.s3);
}
