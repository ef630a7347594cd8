import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import { afterEach, describe, expect, it } from "vitest";
import { syncMessages } from "../messages/queries.ts";
import { createEmptyDatabase } from "../test-kit/database.ts";
import type { TestDatabase } from "../test-kit/database.ts";
import { domains } from "./columns.ts";
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

  it("lets columns of messages hold the words of their list, and nothing else", async () => {
    database = await createEmptyDatabase();
    await migrateDatabase(database.connection, MIGRATIONS);
    const { pool } = database.connection;
    for (const [domain, words] of Object.entries(domains)) {
      const { rows } = await pool.query<{ words: string[] }>(
        `select array_agg(word::${domain}::text) as words from unnest($1::text[]) as word`,
        [words],
      );
      expect(rows[0]?.words).toEqual(words);
      await expect(pool.query(`select 'no_such_word'::${domain}`)).rejects.toThrow(domain);
    }
  });

  it("brings a database with messages up to date", async () => {
    database = await createEmptyDatabase();
    const { pool } = database.connection;
    const folder = await migrationsBefore("0012_write_less_for_a_message_again");
    await migrateDatabase(database.connection, folder);
    await pool.query(`
      insert into accounts (name) values ('Acme');
      insert into inboxes (account_id, name, website_token, hmac_token) values (1, 'Shop', 't', 'h');
      insert into contacts (account_id) values (1);
      insert into contact_inboxes (contact_id, inbox_id, source_id, pubsub_token)
        values (1, 1, 's', 'p');
      insert into conversations (account_id, display_id, inbox_id, contact_id, contact_inbox_id, seq)
        values (1, 1, 1, 1, 1, 3);
      insert into messages (account_id, conversation_id, seq, changed_seq, message_type, content,
          sender_type)
        values (1, 1, 1, 3, 'incoming', 'Changed', 'contact'), (1, 1, 2, 2, 'outgoing', 'Not', 'user');
      insert into events (account_id, name, actor_type) values (1, 'message:created', 'contact')`);
    await migrateDatabase(database.connection, MIGRATIONS);
    await rm(folder, { recursive: true });
    const of = { conversationId: 1, displayId: 1, publicOnly: true };
    const found = await syncMessages(database.connection.db, of, 1);
    expect(found.messages.map(({ content }) => content)).toEqual(["Not", "Changed"]);
    const wrong = pool.query("update conversations set status = 'no_such_word'");
    await expect(wrong).rejects.toThrow("conversation_status");
  });
});

/** A folder as it was before this migration. */
async function migrationsBefore(tag: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "parlor-migrations-"));
  await cp(MIGRATIONS, folder, { recursive: true });
  const file = path.join(folder, "meta/_journal.json");
  const journal = JSON.parse(await readFile(file, "utf8")) as { entries: { tag: string }[] };
  const entries = journal.entries.slice(
    0,
    journal.entries.findIndex((entry) => entry.tag === tag),
  );
  await writeFile(file, JSON.stringify({ ...journal, entries }));
  return folder;
}
