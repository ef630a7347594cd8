// Waking: at its time, once, whoever else is at it, and however long nobody was there.
import { and, asc, eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { account_users } from "../database/account-tables.ts";
import { conversations } from "../database/conversation-tables.ts";
import { events } from "../database/event-tables.ts";
import { inbox_members } from "../database/inbox-tables.ts";
import { messages } from "../database/message-tables.ts";
import { createEvents } from "../events.ts";
import { createLog } from "../log.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestAgent, TestApp } from "../test-kit/app.ts";
import { asAgent, asVisitor } from "../test-kit/call.ts";
import { createTestDatabase } from "../test-kit/database.ts";
import type { TestDatabase } from "../test-kit/database.ts";
import { connectAgent } from "../test-kit/sockets.ts";
import { wakeDue } from "./wake.ts";

// Dozens of conversations each, on a machine that others use too.
vi.setConfig({ testTimeout: 60_000 });

const SOON = { timeout: 10_000, interval: 20 };
let now = new Date();
let database: TestDatabase;
let app: TestApp;
let twin: TestApp;
beforeAll(async () => {
  database = await createTestDatabase();
  const config = { databaseUrl: database.connectionString };
  app = await openTestApp({ database, config, clock: () => now });
  twin = await openTestApp({ database, config, clock: () => now });
});
afterAll(async () => {
  await Promise.all([app.close(), twin.close()]);
  await database.drop();
}, 60_000);

const inSeconds = (seconds: number) => Math.floor(now.getTime() / 1000) + seconds;
const pass = (seconds: number) => (now = new Date(now.getTime() + seconds * 1_000));

async function aDesk(at = app) {
  const account = await at.build.anAccount();
  const inbox = await at.build.anInbox(account);
  const ada = await at.build.anAgent(account, { name: "Ada", inboxes: [inbox] });
  const grace = await at.build.anAgent(account, { name: "Grace", inboxes: [inbox] });
  const visitor = await at.build.aVisitor(inbox);
  const begin = async () =>
    (await asVisitor(at.url, visitor)("POST", "/conversations")).body.id as number;
  const say = (id: number, content: string) =>
    asVisitor(at.url, visitor)("POST", `/conversations/${id}/messages`, { body: { content } });
  return { account, inbox, ada, grace, visitor, begin, say, id: await begin() };
}

const call = (agent: TestAgent, method: string, path: string, body?: object) =>
  asAgent(app.url, agent)(method, path, body ? { body } : {});
const snooze = async (agent: TestAgent, body: object) => {
  const answer = await call(agent, "POST", "/snoozes", body);
  expect(answer.status).toBe(200);
};
const statusOf = async (agent: TestAgent, id: number) =>
  (await call(agent, "GET", `/conversations/${id}`)).body;

/** What became of its status, in order: `[from, to, by whom]`. */
async function turnsOf(account: number, displayId: number) {
  const rows = await app.db
    .select({ changes: events.changes, actor: events.actor_type })
    .from(events)
    .innerJoin(conversations, eq(conversations.id, events.conversation_id))
    .where(
      and(
        eq(conversations.account_id, account),
        eq(conversations.display_id, displayId),
        eq(events.name, "conversation:updated"),
        sql`${events.changes} ? 'status'`,
      ),
    )
    .orderBy(asc(events.seq));
  return rows.map(({ changes, actor }) => (changes["status"] ?? ([] as unknown[])).concat(actor));
}

describe("at its time", () => {
  it("opens, is unread, goes to its owner, and tells of it once", async () => {
    const { account, ada, grace, id } = await aDesk();
    const desk = await connectAgent(twin.url, grace.pubsubToken);
    await snooze(ada, {
      object_id: id,
      snoozed_until: inSeconds(60),
      message: "Call back",
      user_ids: [grace.id],
    });
    pass(59);
    expect((await statusOf(ada, id)).status).toBe("snoozed");
    pass(2);
    await expect.poll(async () => (await statusOf(ada, id)).status, SOON).toBe("open");
    expect(await statusOf(ada, id)).toMatchObject({
      snoozed_until: null,
      unread_count: 1,
      meta: { assignee: { id: grace.id } },
    });
    expect(await turnsOf(account, id)).toEqual([
      ["open", "snoozed", "user"],
      ["snoozed", "open", "system"],
    ]);
    const told = await desk.hears(
      "message:created",
      ({ message }) => message.content_attributes["code"] === "conversation_woken",
    );
    expect(told.message.content).toBe("The snooze is over, for Grace: Call back");
    expect(told.conversation).toMatchObject({ id, status: "open", unread_count: 1 });
    await desk.hears("conversation:updated", (c) => c.status === "open");
    expect((await call(ada, "GET", "/snoozes")).body).toEqual([]);
    await call(ada, "POST", `/conversations/${id}/update_last_seen`, {});
    expect((await statusOf(ada, id)).unread_count).toBe(0);
  });

  it("goes to the first owner who may still see it, else stays with its assignee", async () => {
    const { inbox, account, ada, grace, id, begin } = await aDesk();
    const other = await begin();
    await call(ada, "POST", `/conversations/${other}/assignments`, { assignee_id: ada.id });
    const leaver = await app.build.anAgent(account, { name: "Leaver", inboxes: [inbox] });
    await snooze(ada, {
      object_id: id,
      snoozed_until: inSeconds(60),
      user_ids: [leaver.id, grace.id],
    });
    await snooze(ada, { object_id: other, snoozed_until: inSeconds(60), user_ids: [leaver.id] });
    await app.db.delete(inbox_members).where(eq(inbox_members.user_id, leaver.id));
    await app.db.delete(account_users).where(eq(account_users.user_id, leaver.id));
    pass(61);
    const assigneeOf = async (number: number) => {
      const { status, meta } = await statusOf(ada, number);
      return [status, meta.assignee?.id];
    };
    await expect.poll(() => assigneeOf(id), SOON).toEqual(["open", grace.id]);
    await expect.poll(() => assigneeOf(other), SOON).toEqual(["open", ada.id]);
  });

  it("wakes all that a contact's snooze keeps asleep", async () => {
    const { account, ada, visitor, begin, id } = await aDesk();
    const ids = [id, await begin(), await begin()];
    await snooze(ada, {
      object_type: "contact",
      object_id: visitor.id,
      snoozed_until: inSeconds(60),
    });
    pass(61);
    for (const number of ids) {
      await expect.poll(async () => (await turnsOf(account, number)).length, SOON).toBe(2);
    }
    expect((await call(ada, "GET", "/snoozes")).body).toEqual([]);
  });
});

describe("before its time", () => {
  it("a visitor's message wakes at once, an agent's does not", async () => {
    const { account, ada, id, say } = await aDesk();
    await snooze(ada, { object_id: id, snoozed_until: inSeconds(60) });
    for (const isPrivate of [true, false]) {
      const body = { content: "Mine", private: isPrivate };
      expect((await call(ada, "POST", `/conversations/${id}/messages`, body)).status).toBe(200);
      expect((await statusOf(ada, id)).status).toBe("snoozed");
    }
    await say(id, "Hello again");
    expect(await statusOf(ada, id)).toMatchObject({ status: "open", snoozed_until: null });
    pass(61);
    await wakesSomethingElse();
    expect((await turnsOf(account, id)).length).toBe(2);
  });
});

/** By then the alarm has looked. */
async function wakesSomethingElse(): Promise<void> {
  const { ada, id } = await aDesk();
  await snooze(ada, { object_id: id, snoozed_until: inSeconds(1) });
  pass(2);
  await expect.poll(async () => (await statusOf(ada, id)).status, SOON).toBe("open");
}

describe("races at the due instant", () => {
  it("end open, with one event for each time that it woke", async () => {
    const { account, ada, begin, say } = await aDesk();
    const rounds = await Promise.all(Array.from({ length: 24 }, () => begin()));
    for (const id of rounds) await snooze(ada, { object_id: id, snoozed_until: inSeconds(60) });
    pass(61);
    const open = (id: number) =>
      call(ada, "POST", `/conversations/${id}/toggle_status`, { status: "open" });
    await Promise.all(rounds.map((id, n) => (n % 2 ? say(id, "Hi") : open(id))));
    await wakesSomethingElse();
    for (const id of rounds) {
      expect((await statusOf(ada, id)).status).toBe("open");
      expect((await turnsOf(account, id)).map(([from, to]) => [from, to])).toEqual([
        ["open", "snoozed"],
        ["snoozed", "open"],
      ]);
    }
  });

  it("leave what is snoozed anew asleep until the new time", async () => {
    const { account, ada, begin } = await aDesk();
    const rounds = await Promise.all(Array.from({ length: 24 }, () => begin()));
    for (const id of rounds) await snooze(ada, { object_id: id, snoozed_until: inSeconds(60) });
    pass(61);
    const until = inSeconds(600);
    await Promise.all(rounds.map((id) => snooze(ada, { object_id: id, snoozed_until: until })));
    await wakesSomethingElse();
    for (const id of rounds) {
      expect(await statusOf(ada, id)).toMatchObject({ status: "snoozed", snoozed_until: until });
      const turns = (await turnsOf(account, id)).map(([, to]) => to);
      // Each turn follows from the one before: it either woke first, or it did not.
      expect([
        ["snoozed", "snoozed"],
        ["snoozed", "open", "snoozed"],
      ]).toContainEqual(turns);
    }
    pass(600);
    for (const id of rounds) {
      await expect.poll(async () => (await statusOf(ada, id)).status, SOON).toBe("open");
    }
  });
});

describe("due while nobody was there", () => {
  it("wakes at start, however old", async () => {
    const own = await createTestDatabase();
    onTestFinished(() => own.drop());
    const before = await openTestApp({ database: own });
    const { ada, id } = await aDesk(before);
    const snoozed_until = Math.floor(Date.now() / 1000) + 60;
    await asAgent(before.url, ada)("POST", "/snoozes", { body: { object_id: id, snoozed_until } });
    await before.close();
    const later = new Date(Date.now() + 400 * 24 * 3_600_000);
    const after = await openTestApp({ database: own, clock: () => later });
    onTestFinished(() => after.close());
    const read = async () => (await asAgent(after.url, ada)("GET", `/conversations/${id}`)).body;
    await expect.poll(async () => (await read()).status, SOON).toBe("open");
  });

  it("wakes ten thousand that are due at once, none twice", async () => {
    const many = 10_000;
    const own = await createTestDatabase();
    const two = await Promise.all(
      [1, 2].map(() => openTestApp({ database: own, clock: () => now })),
    );
    onTestFinished(async () => {
      await Promise.all(two.map((one) => one.close()));
      await own.drop();
    });
    const [first] = two as [TestApp, TestApp];
    const { account, inbox, visitor, grace } = await aDesk(first);
    await connectAgent(first.url, grace.pubsubToken);
    await first.db.execute(sql`
      insert into conversations (account_id, display_id, inbox_id, contact_id, contact_inbox_id,
        status, snoozed_until)
      select ${account}, 1000 + n, ${inbox.id}, ${visitor.id}, ci.id, 'snoozed',
        ${inSeconds(0)}::int * interval '1 second' + timestamptz 'epoch'
      from generate_series(1, ${many}) n, contact_inboxes ci
      where ci.source_id = ${visitor.sourceId}`);
    const asleep = () =>
      first.db.$count(
        conversations,
        and(eq(conversations.account_id, account), eq(conversations.status, "snoozed")),
      );
    pass(1);
    // How long that takes is measured by `npm run bench:snoozes`, and kept short by the next test.
    await expect.poll(asleep, { timeout: 90_000, interval: 100 }).toBe(0);
    const told = await first.db
      .select({ name: events.name, count: sql<number>`count(*)::int` })
      .from(events)
      .where(and(eq(events.account_id, account), eq(events.actor_type, "system")))
      .groupBy(events.name)
      .orderBy(events.name);
    expect(told).toEqual([
      { name: "conversation:updated", count: many },
      { name: "message:created", count: many },
    ]);
    const lines = eq(messages.account_id, account);
    expect(await first.db.$count(messages, and(lines, eq(messages.message_type, "activity")))).toBe(
      many,
    );
  }, 120_000);

  it("asks the database as often for many that wake together as for one", async () => {
    const { ada, begin } = await aDesk();
    const statements: string[] = [];
    const logger = { logQuery: (query: string) => void statements.push(query) };
    const db = drizzle(database.connection.pool, { logger });
    const later = new Date(now.getTime() + 7_200_000);
    const deps = {
      db,
      events: createEvents({ db, log: createLog("silent") }),
      clock: () => later,
    };
    const sleepAndWake = async (count: number) => {
      for (let made = 0; made < count; made += 1) {
        await snooze(ada, {
          object_id: await begin(),
          snoozed_until: inSeconds(3_600),
          message: "Call back",
          user_ids: [ada.id],
        });
      }
      statements.length = 0;
      const woken = await wakeDue(deps, 250);
      return { woken, asked: statements.length };
    };
    const one = await sleepAndWake(1);
    const many = await sleepAndWake(12);
    expect([one.woken, many.woken]).toEqual([1, 12]);
    expect(many.asked).toBe(one.asked);
    expect(one.asked).toBeLessThanOrEqual(10);
  });
});
