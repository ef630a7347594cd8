// A database of its own for one test or one test file.
import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { inject } from "vitest";
import { connectDatabase } from "../database/connection.ts";
import type { DatabaseConnection } from "../database/connection.ts";
import { databaseUrl } from "./database-url.ts";

export interface TestDatabase {
  connectionString: string;
  connection: DatabaseConnection;
  /** Closes the connection and removes the database, whoever else still uses it. */
  drop(): Promise<void>;
}

/** Copies the migrated, empty database of this run; takes some tens of milliseconds. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { templateName, ...empty } = inject("postgres");
  return createDatabase(empty, `template ${templateName}`);
}

/** A database without any table, for tests of migrations. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  return createDatabase(inject("postgres"), "template template0 encoding 'UTF8'");
}

async function createDatabase(
  { adminUrl, prefix }: { adminUrl: string; prefix: string },
  options: string,
): Promise<TestDatabase> {
  const name = `${prefix}${randomBytes(6).toString("hex")}`;
  await asAdministrator(adminUrl, `create database ${name} ${options}`);
  const connectionString = databaseUrl(adminUrl, name);
  const connection = await connectDatabase({ connectionString });
  return {
    connectionString,
    connection,
    async drop() {
      await connection.close();
      await asAdministrator(adminUrl, `drop database if exists ${name} with (force)`);
    },
  };
}

async function asAdministrator(adminUrl: string, statement: string): Promise<void> {
  const client = new Client(adminUrl);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
