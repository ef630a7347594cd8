import path from "node:path";
import { sql } from "drizzle-orm";
import { afterEach, describe, expect, it } from "vitest";
import { createEmptyDatabase } from "../test-kit/database.ts";
import type { TestDatabase } from "../test-kit/database.ts";
import { connectDatabase } from "./connection.ts";
import { migrateDatabase } from "./migrate.ts";
import { accounts } from "./account-tables.ts";

const MIGRATIONS = path.join(import.meta.dirname, "migrations");

describe("migrateDatabase", () => {
  let database: TestDatabase | undefined;
  afterEach(async () => {
    await database?.drop();
    database = undefined;
  });

  it("makes the tables in an empty database and does nothing the second time", async () => {
    database = await createEmptyDatabase();
    const { db } = database.connection;
    await migrateDatabase(database.connection, MIGRATIONS);
    await db.insert(accounts).values({ name: "Acme" });
    await migrateDatabase(database.connection, MIGRATIONS);
    expect(await db.select().from(accounts)).toMatchObject([{ id: 1, name: "Acme" }]);
  });

  it("runs once when several processes start at the same time", async () => {
    database = await createEmptyDatabase();
    const { connectionString, connection } = database;
    const processes = await Promise.all(
      Array.from({ length: 4 }, () => connectDatabase({ connectionString })),
    );
    await Promise.all(processes.map((one) => migrateDatabase(one, MIGRATIONS)));
    await Promise.all(processes.map((one) => one.close()));
    const { rows } = await connection.db.execute(
      sql`select count(*) as all, count(distinct hash) as different from drizzle.__drizzle_migrations`,
    );
    expect(rows[0]?.["all"]).toBeGreaterThan(0);
    expect(rows[0]?.["all"]).toBe(rows[0]?.["different"]);
  });

  it("waits longer for another process than any statement may take", async () => {
    database = await createEmptyDatabase();
    const { pool } = database.connection;
    const other = await pool.connect();
    await other.query("select pg_advisory_lock(123563833847666)");
    const migrating = migrateDatabase(database.connection, MIGRATIONS);
    await expect
      .poll(async () => {
        const { rows } = await pool.query<{ waiting: number }>(
          `select count(*) as waiting from pg_locks
            where locktype = 'advisory' and not granted
              and database = (select oid from pg_database where datname = current_database())`,
        );
        return rows[0]?.waiting;
      })
      .toBe(1);
    other.release(true);
    await migrating;
    expect(await database.connection.db.select().from(accounts)).toEqual([]);
  });
});
