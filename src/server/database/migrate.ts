// Brings the tables up to date, one process at a time.
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import { migrateJobs } from "../jobs/migrate.ts";
import type { DatabaseConnection } from "./connection.ts";

/** Any number that no other user of the same database takes: "parlor" in ASCII. */
const MIGRATION_LOCK = "123563833847666";

/**
 * Runs the migrations that the database has not seen, in one transaction, and those of the job
 * queue. Processes that start at the same time wait for each other; the later ones find nothing to do.
 * @param migrationsFolder what drizzle-kit wrote: SQL files and `meta/_journal.json`
 */
export async function migrateDatabase(
  { pool }: Pick<DatabaseConnection, "pool">,
  migrationsFolder: string,
): Promise<void> {
  const client = await pool.connect();
  try {
    // Somebody else's migration may take longer than any limit for ordinary statements.
    await client.query("set statement_timeout = 0; set lock_timeout = 0");
    await client.query("select pg_advisory_lock($1::bigint)", [MIGRATION_LOCK]);
    await migrate(drizzle(client), { migrationsFolder });
  } finally {
    // Closing the session gives back the lock and forgets the settings above, whatever happened.
    client.release(true);
  }
  await migrateJobs(pool);
}
