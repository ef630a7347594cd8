// A process that is killed while it wakes: another one wakes the rest, and nothing wakes twice.
import { and, eq, sql } from "drizzle-orm";
import { expect, it, onTestFinished } from "vitest";
import { conversations } from "../database/conversation-tables.ts";
import { events } from "../database/event-tables.ts";
import { openTestApp } from "../test-kit/app.ts";
import { createTestDatabase } from "../test-kit/database.ts";
import { startServerProcess } from "../test-kit/process.ts";

const MANY = 5_000;
const WHILE = { timeout: 40_000, interval: 5 };

it("wakes after a kill -9 what was left asleep, and each once", async () => {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  const before = await openTestApp({ database });
  const account = await before.build.anAccount();
  const inbox = await before.build.anInbox(account);
  const visitor = await before.build.aVisitor(inbox);
  await before.close();
  const { db } = database.connection;
  await db.execute(sql`
    insert into conversations (account_id, display_id, inbox_id, contact_id, contact_inbox_id,
      status, snoozed_until)
    select ${account}, n, ${inbox.id}, ${visitor.id}, ci.id, 'snoozed', now() - interval '1 year'
    from generate_series(1, ${MANY}) n, contact_inboxes ci
    where ci.source_id = ${visitor.sourceId}`);
  const asleep = () => db.$count(conversations, eq(conversations.status, "snoozed"));

  let pid = 0;
  const doomed = startServerProcess({
    env: { DATABASE_URL: database.connectionString },
    onSpawn: (number) => (pid = number),
  });
  onTestFinished(() =>
    doomed.then(
      (server) => server.stop(),
      () => {},
    ),
  );
  await expect.poll(asleep, WHILE).toBeLessThan(MANY);
  process.kill(pid, "SIGKILL");
  // It may have ended before it listened.
  await doomed.then(
    (server) => server.stopped,
    () => {},
  );
  const left = await asleep();

  const heir = await openTestApp({ database });
  onTestFinished(() => heir.close());
  await expect.poll(asleep, WHILE).toBe(0);
  expect(left).toBeGreaterThan(0);
  const told = and(eq(events.name, "conversation:updated"), eq(events.actor_type, "system"));
  const [counted] = await db
    .select({
      all: sql<number>`count(*)::int`,
      each: sql<number>`count(distinct conversation_id)::int`,
    })
    .from(events)
    .where(told);
  expect(counted).toEqual({ all: MANY, each: MANY });
}, 120_000);
