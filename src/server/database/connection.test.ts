import { sql } from "drizzle-orm";
import pino from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestDatabase } from "../test-kit/database.ts";
import type { TestDatabase } from "../test-kit/database.ts";
import { connectDatabase } from "./connection.ts";
import { accounts } from "./account-tables.ts";

describe("connectDatabase", () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createTestDatabase();
  });
  afterEach(() => database.drop());

  const endOtherBackends = () =>
    database.connection.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`,
    );

  it("survives the loss of idle and of lent connections, and connects anew", async () => {
    const lines: string[] = [];
    const log = pino({}, { write: (line) => void lines.push(line) });
    const { connectionString } = database;
    const connection = await connectDatabase({ connectionString, log });
    const lent = await connection.pool.connect();
    const idle = await connection.pool.connect();
    idle.release();
    await endOtherBackends();
    // Which error it is depends on who notices first, PostgreSQL, the socket or the client.
    await expect(lent.query("select 1")).rejects.toThrow();
    lent.release(true);
    await expect.poll(() => lines.join("")).toContain("database:lost");
    await expect.poll(() => connection.pool.totalCount).toBe(0);
    const { rows } = await connection.db.execute(sql`select 1 as one`);
    expect(rows).toEqual([{ one: 1 }]);
    await connection.close();
  });

  it("reads ids, counts and sums as numbers, and refuses those it would round", async () => {
    const { db } = database.connection;
    await db.insert(accounts).values([{ name: "A" }, { name: "B" }]);
    expect(await db.$count(accounts)).toBe(2);
    const { rows } = await db.execute(
      sql`select count(*) as count, 9007199254740991 as most from accounts`,
    );
    expect(rows).toEqual([{ count: 2, most: 9_007_199_254_740_991 }]);
    await expect(
      database.connection.pool.query("select 9007199254740993 as too_much"),
    ).rejects.toThrow(/beyond 2\^53/);
  });

  it("works in UTC with limits on statements, locks and forgotten transactions", async () => {
    const { rows } = await database.connection.pool.query(
      `select current_setting('timezone') as timezone, current_setting('lock_timeout') as lock,
        current_setting('statement_timeout') as statement,
        current_setting('idle_in_transaction_session_timeout') as idle`,
    );
    expect(rows).toEqual([{ timezone: "UTC", lock: "10s", statement: "30s", idle: "30s" }]);
  });

  it("may be closed twice", async () => {
    const { connectionString } = database;
    const connection = await connectDatabase({ connectionString });
    await Promise.all([connection.close(), connection.close()]);
    await connection.close();
  });

  it("says which server refused and keeps the password to itself", async () => {
    const wrong = new URL(database.connectionString);
    wrong.password = "hunter2";
    wrong.pathname = "/no_such_database";
    const refused = connectDatabase({ connectionString: wrong.href });
    await expect(refused).rejects.toThrow(/^PostgreSQL at .*\/no_such_database cannot be used: /);
    await expect(refused).rejects.not.toThrow(/hunter2/);
  });

  it("waits for a server that does not answer yet, as long as it was told to", async () => {
    const connectionString = "postgres://parlor@localhost/parlor?host=/nowhere/at/all";
    const startedAt = performance.now();
    await expect(connectDatabase({ connectionString, waitMs: 700 })).rejects.toThrow(/ENOENT/);
    expect(performance.now() - startedAt).toBeGreaterThan(700);
  });

  it("refuses a server older than PostgreSQL 15", async () => {
    // A function of that name before the real one lets this server pass for another.
    await database.connection.pool.query(
      `create schema older; create function older.current_setting(name text) returns text
        language sql as $$ select case name when 'server_version' then '14.12' else '140012' end $$`,
    );
    const older = new URL(database.connectionString);
    older.searchParams.set("options", "-c search_path=older,pg_catalog");
    await expect(connectDatabase({ connectionString: older.href })).rejects.toThrow(
      "PostgreSQL 14.12 is too old for Parlor: use version 15 or later.",
    );
  });
});
