// Snoozing by the application API: made, listed, moved, ended, and who may do so.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { snoozeSchema } from "../../protocol/records-snoozes.ts";
import { events } from "../database/event-tables.ts";
import { messages } from "../database/message-tables.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestAgent, TestApp, TestInbox, TestVisitor } from "../test-kit/app.ts";
import { asAgent, asVisitor } from "../test-kit/call.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;

async function aDesk() {
  const account = await app.build.anAccount();
  const inbox = await app.build.anInbox(account);
  const ada = await app.build.anAgent(account, { name: "Ada", inboxes: [inbox] });
  const grace = await app.build.anAgent(account, { name: "Grace", inboxes: [inbox] });
  const admin = await app.build.anAgent(account, { name: "Root", role: "administrator" });
  const visitor = await app.build.aVisitor(inbox, { name: "Vera" });
  const conversation = await aConversation(visitor);
  return { account, inbox, ada, grace, admin, visitor, conversation };
}

async function aConversation(visitor: TestVisitor): Promise<number> {
  const started = await asVisitor(app.url, visitor)("POST", "/conversations", {
    body: { message: { content: "Hello", echo_id: "m1" } },
  });
  expect(started.status).toBe(200);
  return started.body.id as number;
}

const snooze = (agent: TestAgent, body: Record<string, unknown>) =>
  asAgent(app.url, agent)("POST", "/snoozes", { body });
const conversationOf = async (agent: TestAgent, id: number) =>
  (await asAgent(app.url, agent)("GET", `/conversations/${id}`)).body;
const listOf = async (agent: TestAgent, query = "") =>
  (await asAgent(app.url, agent)("GET", `/snoozes${query}`)).body;
const strangerIn = (account: number, inboxes: TestInbox[] = []) =>
  app.build.anAgent(account, { name: "Stranger", inboxes });

describe("a snooze", () => {
  it("puts a conversation to sleep until a time, with a note and owners", async () => {
    const { ada, grace, visitor, conversation } = await aDesk();
    const until = inSeconds(3_600);
    const made = await snooze(ada, {
      object_id: conversation,
      snoozed_until: until,
      message: "Ask about the invoice",
      user_ids: [grace.id],
    });
    expect(made.status).toBe(200);
    expect(snoozeSchema.strict().parse(made.body)).toMatchObject({
      object_type: "conversation",
      object_id: conversation,
      contact_id: visitor.id,
      conversation_ids: [conversation],
      snoozed_until: until,
      message: "Ask about the invoice",
      created_by: ada.id,
      users: [{ id: grace.id, name: "Grace", email: grace.email }],
    });
    expect(await conversationOf(ada, conversation)).toMatchObject({
      status: "snoozed",
      snoozed_until: until,
    });
    const stored = await app.db
      .select()
      .from(messages)
      .where(eq(messages.message_type, "activity"));
    expect(stored.at(-1)).toMatchObject({
      content: "Conversation was snoozed by Ada: Ask about the invoice",
      content_attributes: { code: "conversation_snoozed", note: "Ask about the invoice" },
    });
    const told = await app.db.select().from(events).orderBy(events.id);
    expect(JSON.stringify(told)).not.toContain("invoice");
  });

  it("may last until the contact replies", async () => {
    const { ada, visitor, conversation } = await aDesk();
    const made = await snooze(ada, { object_id: conversation });
    expect(made.body).toMatchObject({ snoozed_until: null, message: null, users: [] });
    await asVisitor(app.url, visitor)("POST", `/conversations/${conversation}/messages`, {
      body: { content: "Here I am" },
    });
    expect((await conversationOf(ada, conversation)).status).toBe("open");
    expect(await listOf(ada)).toEqual([]);
  });

  it("of a contact puts to sleep what he has that is not resolved", async () => {
    const { ada, visitor, conversation } = await aDesk();
    const second = await aConversation(visitor);
    const third = await aConversation(visitor);
    const toggle = (id: number, status: string) =>
      asAgent(app.url, ada)("POST", `/conversations/${id}/toggle_status`, { body: { status } });
    await toggle(third, "resolved");
    const body = { object_type: "contact", object_id: visitor.id, snoozed_until: inSeconds(60) };
    const made = await snooze(ada, body);
    expect(made.body).toMatchObject({
      object_type: "contact",
      object_id: visitor.id,
      contact_id: visitor.id,
      conversation_ids: [conversation, second],
    });
    expect((await conversationOf(ada, third)).status).toBe("resolved");
    // One of them leaves: the snooze goes on for the other.
    await toggle(conversation, "open");
    expect((await listOf(ada))[0]).toMatchObject({ conversation_ids: [second] });
    await toggle(second, "resolved");
    expect(await listOf(ada)).toEqual([]);
    await toggle(conversation, "resolved");
    const refused = await snooze(ada, body);
    expect(refused.status).toBe(409);
  });

  it("is replaced by the next one", async () => {
    const { ada, conversation } = await aDesk();
    const first = await snooze(ada, { object_id: conversation, snoozed_until: inSeconds(60) });
    const until = inSeconds(120);
    const second = await snooze(ada, { object_id: conversation, snoozed_until: until });
    expect(second.body.id).not.toBe(first.body.id);
    expect(await listOf(ada)).toMatchObject([{ id: second.body.id, snoozed_until: until }]);
    const gone = await asAgent(app.url, ada)("GET", `/snoozes/${first.body.id}`);
    expect(gone.status).toBe(404);
  });

  it("is what toggle_status makes, too", async () => {
    const { ada, conversation } = await aDesk();
    const until = inSeconds(60);
    const toggled = await asAgent(app.url, ada)(
      "POST",
      `/conversations/${conversation}/toggle_status`,
      { body: { status: "snoozed", snoozed_until: String(until) } },
    );
    expect(toggled.body.payload).toMatchObject({ current_status: "snoozed", snoozed_until: until });
    expect(await listOf(ada)).toMatchObject([{ object_id: conversation, created_by: ada.id }]);
  });

  it("refuses what is no time to come, and changes nothing", async () => {
    const { ada, conversation } = await aDesk();
    const wrong = [
      inSeconds(-1),
      0,
      Date.now() + 60_000,
      "soon",
      -5,
      1.5,
      1e300,
      "NaN",
      {},
      [],
      true,
    ];
    for (const snoozed_until of wrong) {
      const answer = await snooze(ada, { object_id: conversation, snoozed_until });
      expect(answer.status, JSON.stringify(snoozed_until)).toBe(422);
      const toggled = await asAgent(app.url, ada)(
        "POST",
        `/conversations/${conversation}/toggle_status`,
        { body: { status: "snoozed", snoozed_until } },
      );
      expect(toggled.status, JSON.stringify(snoozed_until)).toBe(422);
    }
    expect((await conversationOf(ada, conversation)).status).toBe("open");
  });

  it("refuses owners who may not see it", async () => {
    const { ada, account, conversation } = await aDesk();
    const outsider = await strangerIn(account);
    const foreigner = await strangerIn(await app.build.anAccount());
    for (const id of [outsider.id, foreigner.id, 987_654_321]) {
      const answer = await snooze(ada, { object_id: conversation, user_ids: [id] });
      expect(answer.status).toBe(422);
      expect(answer.body.attributes).toEqual(["user_ids"]);
    }
    expect((await conversationOf(ada, conversation)).status).toBe("open");
  });
});

describe("the list of snoozes", () => {
  it("shows what an agent may see, by pages and kinds", async () => {
    const { account, ada, admin, visitor, conversation } = await aDesk();
    const outsider = await strangerIn(account);
    const foreigner = await strangerIn(await app.build.anAccount());
    const one = await snooze(ada, { object_id: conversation });
    const other = await aConversation(visitor);
    const two = await snooze(admin, { object_id: other });
    const ids = (list: { id: number }[]) => list.map(({ id }) => id);
    expect(ids(await listOf(ada))).toEqual([two.body.id, one.body.id]);
    expect(ids(await listOf(ada, "?object_type=contact"))).toEqual([]);
    expect(ids(await listOf(ada, "?object_type=conversation&page=2"))).toEqual([]);
    expect(await listOf(outsider)).toEqual([]);
    expect(await listOf(foreigner)).toEqual([]);
    for (const agent of [outsider, foreigner]) {
      for (const method of ["GET", "PATCH", "DELETE"]) {
        const answer = await asAgent(app.url, agent)(method, `/snoozes/${one.body.id}`);
        expect(answer.status).toBe(404);
      }
      expect((await snooze(agent, { object_id: conversation })).status).toBe(404);
    }
    const answer = await asAgent(app.url, ada)("GET", "/snoozes");
    expect(answer.headers.get("total-count")).toBe("2");
  });

  it("tells what keeps one conversation asleep, be it a snooze of its contact", async () => {
    const { ada, account, visitor, conversation } = await aDesk();
    const other = await aConversation(visitor);
    const of = async (id: number, agent = ada) => await listOf(agent, `?conversation_id=${id}`);
    expect(await of(conversation)).toEqual([]);
    await snooze(ada, { object_type: "contact", object_id: visitor.id });
    expect(await of(other)).toMatchObject([{ object_type: "contact", object_id: visitor.id }]);
    await snooze(ada, { object_id: conversation, message: "Mine" });
    expect(await of(conversation)).toMatchObject([{ object_id: conversation, message: "Mine" }]);
    expect(await of(other)).toMatchObject([{ conversation_ids: [other] }]);
    expect(await of(other, await strangerIn(account))).toEqual([]);
    const wrong = await asAgent(app.url, ada)("GET", "/snoozes?conversation_id=x");
    expect(wrong.status).toBe(422);
  });
});

describe("moving and ending a snooze", () => {
  it("is for its maker and for administrators", async () => {
    const { ada, grace, admin, conversation } = await aDesk();
    const made = await snooze(ada, { object_id: conversation, snoozed_until: inSeconds(60) });
    const path = `/snoozes/${made.body.id}`;
    const until = inSeconds(600);
    const move = (agent: TestAgent, body: object) =>
      asAgent(app.url, agent)("PATCH", path, { body });
    expect((await move(grace, { snoozed_until: until })).status).toBe(403);
    expect((await asAgent(app.url, grace)("DELETE", path)).status).toBe(403);
    const moved = await move(ada, { snoozed_until: until, message: "Later" });
    expect(moved.body).toMatchObject({ id: made.body.id, snoozed_until: until, message: "Later" });
    expect((await conversationOf(ada, conversation)).snoozed_until).toBe(until);
    expect((await move(admin, { user_ids: [grace.id] })).body).toMatchObject({
      snoozed_until: until,
      message: "Later",
      users: [{ id: grace.id }],
    });
    expect((await move(ada, { snoozed_until: inSeconds(-60) })).status).toBe(422);
    const forever = await move(ada, { snoozed_until: null });
    expect(forever.body.snoozed_until).toBeNull();
    expect((await asAgent(app.url, admin)("DELETE", path)).status).toBe(200);
    expect(await conversationOf(ada, conversation)).toMatchObject({
      status: "open",
      snoozed_until: null,
    });
    expect((await asAgent(app.url, admin)("DELETE", path)).status).toBe(404);
  });
});
