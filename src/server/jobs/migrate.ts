// The job queue's own tables, in a schema of their own: `graphile_worker`.
import { Logger, runMigrations } from "graphile-worker";
import type { Pool } from "pg";
import { databaseErrorOf } from "../database/errors.ts";

const ATTEMPTS = 5;
/** What PostgreSQL says when two sessions create the same thing: unique violation, duplicate schema or table. */
const COLLISIONS = new Set(["23505", "42P06", "42P07"]);

/** Brings the tables up to date. Several processes may do so at once. */
export async function migrateJobs(pool: Pool): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await runMigrations({ pgPool: pool, logger: new Logger(() => () => {}) });
    } catch (error) {
      const code = databaseErrorOf(error)?.code ?? "";
      if (attempt === ATTEMPTS || !COLLISIONS.has(code)) throw error;
    }
  }
}
