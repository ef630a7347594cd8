// Databases for the measured servers: each the PostgreSQL that Parlor brings, durable, in a folder of its own.
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import pino from "pino";
import { startEmbeddedPostgres } from "../src/server/database/embedded/start.ts";
import type { EmbeddedPostgres } from "../src/server/database/embedded/start.ts";

export interface Databases {
  /** Starts another one; answers its connection string. What lies in a folder of the caller's stays there. */
  create(folder?: string): Promise<string>;
  stop(): Promise<void>;
}

export function createDatabases(): Databases {
  const running: { postgres: EmbeddedPostgres; temporary: string | undefined }[] = [];
  return {
    async create(given) {
      const folder = given ?? (await mkdtemp(path.join(os.tmpdir(), "parlor-bench-")));
      const log = pino({ level: "error" }, pino.destination(2));
      const postgres = await startEmbeddedPostgres({
        dataDirectory: path.join(folder, "data"),
        log,
      });
      running.push({ postgres, temporary: given === undefined ? folder : undefined });
      return postgres.connectionString;
    },
    async stop() {
      for (const { postgres, temporary } of running.splice(0)) {
        await postgres.stop();
        if (temporary) await rm(temporary, { recursive: true, force: true });
      }
    },
  };
}
