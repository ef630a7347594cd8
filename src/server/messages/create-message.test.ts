// Sending messages: once for each echo id, in order, with everything that they change.
import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { conversations } from "../database/conversation-tables.ts";
import { events } from "../database/event-tables.ts";
import { messages } from "../database/message-tables.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { asVisitor } from "../test-kit/call.ts";
import { aVisitorAndAgent } from "../test-kit/conversations.ts";
import { connectAgent, connectVisitor } from "../test-kit/sockets.ts";

let app: TestApp;
let now = new Date("2026-05-04T10:00:00.000Z");
beforeAll(async () => {
  app = await openTestApp({ clock: () => now });
});
afterAll(() => app.close());

async function setUp() {
  const people = await aVisitorAndAgent(app, { name: "Vera" });
  const { account, visit } = people;
  const started = await visit("POST", "/conversations");
  const id = started.body.id as number;
  const row = async () => {
    const [found] = await app.db
      .select()
      .from(conversations)
      .where(eq(conversations.account_id, account));
    if (!found) throw new Error("no conversation");
    return found;
  };
  const stored = async () =>
    await app.db
      .select()
      .from(messages)
      .where(eq(messages.account_id, account))
      .orderBy(asc(messages.seq));
  return { ...people, id, row, stored };
}

describe("sending again", () => {
  it("answers one visitor's message to 50 requests with the same echo id at once", async () => {
    const { visit, id, stored } = await setUp();
    const send = () =>
      visit("POST", `/conversations/${id}/messages`, { body: { content: "Hi", echo_id: "e1" } });
    const answers = await Promise.all(Array.from({ length: 50 }, send));
    expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 200));
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
    expect(await stored()).toHaveLength(1);
  });

  it("answers one message to 50 socket commands with the same echo id at once", async () => {
    const { visitor, id, stored, row } = await setUp();
    const tabs = await Promise.all(
      Array.from({ length: 5 }, () => connectVisitor(app.url, visitor.pubsubToken)),
    );
    const input = { conversation_id: id, content: "Hi", echo_id: "e1" };
    const answers = await Promise.all(
      tabs.flatMap((tab) => Array.from({ length: 10 }, () => tab.send("message:send", input))),
    );
    expect(answers.every((answer) => answer.ok)).toBe(true);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await stored()).toHaveLength(1);
    expect((await row()).agent_unread_count).toBe(1);
  });

  it("answers one reply to an agent's request and socket with the same echo id", async () => {
    const { agent, work, id, stored } = await setUp();
    const desk = await connectAgent(app.url, agent.pubsubToken);
    const body = { content: "Hello", echo_id: "a1" };
    const [byRest, bySocket] = await Promise.all([
      work("POST", `/conversations/${id}/messages`, { body }),
      desk.send("message:send", { conversation_id: id, ...body }),
    ]);
    expect(bySocket).toEqual({ ok: true, data: byRest.body });
    expect(await stored()).toHaveLength(1);
  });

  it("keeps apart what different senders call by the same echo id", async () => {
    const { visit, work, id, stored } = await setUp();
    const body = { content: "Hi", echo_id: "same" };
    await visit("POST", `/conversations/${id}/messages`, { body });
    await work("POST", `/conversations/${id}/messages`, { body });
    expect(await stored()).toHaveLength(2);
  });

  it("starts one conversation for 20 requests with the same echo id at once", async () => {
    const { visitor, account } = await setUp();
    const visit = asVisitor(app.url, visitor);
    const body = { echo_id: "c1", message: { content: "Hi", echo_id: "m1" } };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => visit("POST", "/conversations", { body })),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
    const rows = await app.db
      .select()
      .from(conversations)
      .where(eq(conversations.account_id, account));
    expect(rows).toHaveLength(2);
  });
});

describe("order", () => {
  it("numbers parallel messages of both sides without gap, ids in the same order", async () => {
    const { visit, work, id, row, stored } = await setUp();
    await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        (index % 2 ? visit : work)("POST", `/conversations/${id}/messages`, {
          body: { content: `message ${index}`, echo_id: `e${index}` },
        }),
      ),
    );
    const rows = await stored();
    expect(rows.map((message) => message.seq)).toEqual(rows.map((_, index) => index + 2));
    const ids = rows.map((message) => message.id);
    expect(ids).toEqual(ids.toSorted((one, other) => one - other));
    expect((await row()).seq).toBe(31);
    expect((await row()).last_message_id).toBe(ids.at(-1));
  });

  it("keeps the order in which one socket sends", async () => {
    const { visitor, id, stored } = await setUp();
    const widget = await connectVisitor(app.url, visitor.pubsubToken);
    const texts = Array.from({ length: 20 }, (_, index) => `message ${index}`);
    await Promise.all(
      texts.map((content) =>
        widget.send("message:send", { conversation_id: id, content, echo_id: content }),
      ),
    );
    expect((await stored()).map((message) => message.content)).toEqual(texts);
  });
});

describe("what a message changes", () => {
  it("counts a visitor's message as unread for agents and starts the waiting", async () => {
    const { visit, id, row } = await setUp();
    now = new Date("2026-05-04T11:00:00.000Z");
    await visit("POST", `/conversations/${id}/messages`, { body: { content: "one" } });
    const first = new Date(now);
    now = new Date("2026-05-04T11:05:00.000Z");
    await visit("POST", `/conversations/${id}/messages`, { body: { content: "two" } });
    expect(await row()).toMatchObject({
      agent_unread_count: 2,
      contact_unread_count: 0,
      waiting_since: first,
      last_activity_at: now,
    });
  });

  it("ends the waiting with a reply, counts it for the visitor, and marks the agents' side seen", async () => {
    const { visit, work, id, row } = await setUp();
    await visit("POST", `/conversations/${id}/messages`, { body: { content: "one" } });
    now = new Date("2026-05-04T12:00:00.000Z");
    await work("POST", `/conversations/${id}/messages`, { body: { content: "reply" } });
    const firstReplyAt = new Date(now);
    now = new Date("2026-05-04T12:01:00.000Z");
    await work("POST", `/conversations/${id}/messages`, { body: { content: "more" } });
    const after = await row();
    expect(after).toMatchObject({
      agent_unread_count: 0,
      contact_unread_count: 2,
      waiting_since: null,
      first_reply_created_at: firstReplyAt,
      agent_last_seen_seq: after.seq,
    });
  });

  it("leaves everything that the contact can see alone when a note is written", async () => {
    const { visit, work, id, row } = await setUp();
    await visit("POST", `/conversations/${id}/messages`, { body: { content: "one" } });
    const before = await row();
    now = new Date("2026-05-04T13:00:00.000Z");
    const body = { content: "he sounds cross", private: true };
    const note = await work("POST", `/conversations/${id}/messages`, { body });
    expect(note.body).toMatchObject({ private: true, message_type: "outgoing" });
    expect(await row()).toEqual({ ...before, seq: before.seq + 1, last_message_id: note.body.id });
  });

  it.each(["resolved", "snoozed"] as const)(
    "opens a %s conversation again, with a line and the events of it",
    async (status) => {
      const { account, visit, work, id, row, stored } = await setUp();
      await work("POST", `/conversations/${id}/toggle_status`, { body: { status } });
      const before = await row();
      const sent = await visit("POST", `/conversations/${id}/messages`, {
        body: { content: "still there?" },
      });
      const after = await row();
      expect(after).toMatchObject({ status: "open", snoozed_until: null, seq: before.seq + 3 });
      const [line, message] = (await stored()).slice(-2);
      expect(line).toMatchObject({
        message_type: "activity",
        content_attributes: { code: "conversation_reopened" },
        seq: before.seq + 2,
      });
      expect(message).toMatchObject({ id: sent.body.id, seq: before.seq + 3 });
      expect(line?.id).toBeLessThan(message?.id ?? 0);
      const recorded = await app.db
        .select({ name: events.name, seq: events.seq, changes: events.changes })
        .from(events)
        .where(eq(events.account_id, account))
        .orderBy(asc(events.id));
      expect(recorded.slice(-3)).toEqual([
        {
          name: "conversation:updated",
          seq: before.seq + 1,
          changes: { status: [status, "open"] },
        },
        { name: "message:created", seq: before.seq + 2, changes: {} },
        { name: "message:created", seq: before.seq + 3, changes: {} },
      ]);
    },
  );

  it("writes no text of a message into the events", async () => {
    const { account, visit, work, id } = await setUp();
    const content = "a very private matter";
    await visit("POST", `/conversations/${id}/messages`, { body: { content } });
    await work("POST", `/conversations/${id}/messages`, { body: { content } });
    const rows = await app.db.select().from(events).where(eq(events.account_id, account));
    expect(rows.length).toBeGreaterThan(2);
    expect(JSON.stringify(rows)).not.toContain("private matter");
  });
});
