// The client API as seed 003 prints it, rows 85–92, and what was added around it.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { publicPaths } from "../../protocol/paths.ts";
import { publicContactSchema, publicConversationSchema } from "../../protocol/records.ts";
import { messageSchema, publicInboxSchema } from "../../protocol/records.ts";
import { conversations, messages } from "../database/tables.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { asAgent, asVisitor, call } from "../test-kit/call.ts";

let app: TestApp;
let now = new Date();
beforeAll(async () => {
  app = await openTestApp({ clock: () => now });
});
afterAll(() => app.close());

async function setUp() {
  now = new Date();
  const account = await app.build.anAccount();
  const inbox = await app.build.anInbox(account);
  const agent = await app.build.anAgent(account, { name: "Ada", inboxes: [inbox] });
  const visitor = await app.build.aVisitor(inbox);
  const visit = asVisitor(app.url, visitor);
  const work = asAgent(app.url, agent);
  return { account, inbox, agent, visitor, visit, work };
}

describe("contacts (rows 85–87)", () => {
  it("creates a contact with the seed's example", async () => {
    const { inbox } = await setUp();
    const body = {
      identifier: "string",
      email: "Someone@Example.com",
      name: "string",
      phone_number: "string",
      avatar_url: "https://example.com/a.png",
      custom_attributes: {},
    };
    const made = await call("POST", app.url + publicPaths.contacts(inbox.token), { body });
    expect(made.status).toBe(200);
    expect(publicContactSchema.parse(made.body)).toMatchObject({
      id: expect.any(Number),
      name: "string",
      email: "someone@example.com",
      hmac_verified: false,
    });
    expect(made.body.source_id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f-]{16}$/);
    expect(made.body.pubsub_token).toMatch(/^[\w-]{32,}$/);
  });

  it("answers the contact behind a source id", async () => {
    const { visit, visitor } = await setUp();
    const found = await visit("GET", "");
    expect(found.status).toBe(200);
    expect(found.body).toMatchObject({ id: visitor.id, source_id: visitor.sourceId });
  });

  it("merges an update: what is missing stays, null clears, custom attributes by key", async () => {
    const { visit } = await setUp();
    await visit("PATCH", "", {
      body: { name: "Vera", email: "v@example.com", custom_attributes: { plan: "pro", seats: 3 } },
    });
    const changed = await visit("PATCH", "", {
      body: { email: null, custom_attributes: { seats: null, city: "Bern" } },
    });
    expect(changed.body).toMatchObject({
      name: "Vera",
      email: null,
      custom_attributes: { plan: "pro", city: "Bern" },
    });
    expect((await visit("GET", "")).body).toEqual(changed.body);
  });
});

describe("conversations (rows 88–89)", () => {
  it("creates a conversation and lists it with its last public message", async () => {
    const { visit, work, inbox } = await setUp();
    const body = { custom_attributes: { page: "/pricing" } };
    const made = await visit("POST", "/conversations", { body });
    expect(made.status).toBe(200);
    expect(publicConversationSchema.parse(made.body)).toMatchObject({
      inbox_id: inbox.token,
      status: "open",
      messages: [],
      custom_attributes: { page: "/pricing" },
    });
    await visit("POST", `/conversations/${made.body.id}/messages`, { body: { content: "one" } });
    await work("POST", `/conversations/${made.body.id}/messages`, { body: { content: "two" } });
    const note = { content: "note", private: true };
    await work("POST", `/conversations/${made.body.id}/messages`, { body: note });
    const list = await visit("GET", "/conversations");
    expect(list.body).toHaveLength(1);
    expect(list.body[0].messages).toMatchObject([{ content: "two" }]);
    expect(list.body[0]).toMatchObject({ unread_count: 1 });
  });

  it("numbers the conversations of each account from one", async () => {
    const one = await setUp();
    const other = await setUp();
    const ids = [];
    for (const { visit } of [one, other, one]) {
      ids.push((await visit("POST", "/conversations")).body.id);
    }
    expect(ids).toEqual([1, 1, 2]);
  });

  it("answers one conversation with its latest page of messages, oldest first", async () => {
    const { visit } = await setUp();
    const { id } = (await visit("POST", "/conversations")).body;
    for (const content of ["one", "two", "three"]) {
      await visit("POST", `/conversations/${id}/messages`, { body: { content } });
    }
    const found = await visit("GET", `/conversations/${id}`);
    const contents = found.body.messages.map((message: { content: string }) => message.content);
    expect(contents).toEqual(["one", "two", "three"]);
  });

  it("ends the chat for the visitor, once, and shows agents a line of it", async () => {
    const { visit, work } = await setUp();
    const { id } = (await visit("POST", "/conversations")).body;
    const ended = await visit("POST", `/conversations/${id}/toggle_status`);
    expect(ended.body.status).toBe("resolved");
    const again = await visit("POST", `/conversations/${id}/toggle_status`);
    expect(again.body).toEqual(ended.body);
    const lines = await work("GET", `/conversations/${id}/messages`);
    expect(lines.body).toMatchObject([
      { message_type: "activity", content: "The visitor ended the conversation" },
    ]);
  });

  it("takes typing and last seen, which never moves backwards", async () => {
    const { visit, work, account } = await setUp();
    const { id } = (await visit("POST", "/conversations")).body;
    await work("POST", `/conversations/${id}/messages`, { body: { content: "one" } });
    await work("POST", `/conversations/${id}/messages`, { body: { content: "two" } });
    const typing = { typing_status: "on" };
    expect(
      (await visit("POST", `/conversations/${id}/toggle_typing`, { body: typing })).status,
    ).toBe(200);
    const unread = async () => (await visit("GET", `/conversations/${id}`)).body.unread_count;
    expect(await unread()).toBe(2);
    await visit("POST", `/conversations/${id}/update_last_seen`, { body: { seq: 2 } });
    expect(await unread()).toBe(1);
    await visit("POST", `/conversations/${id}/update_last_seen`);
    expect(await unread()).toBe(0);
    await visit("POST", `/conversations/${id}/update_last_seen`, { body: { seq: 1 } });
    expect(await unread()).toBe(0);
    const [row] = await app.db
      .select()
      .from(conversations)
      .where(eq(conversations.account_id, account));
    expect(row?.contact_last_seen_seq).toBeGreaterThanOrEqual(3);
  });
});

describe("messages (rows 90–92)", () => {
  it("creates an incoming message with the seed's example, as JSON, form or multipart", async () => {
    const { visit } = await setUp();
    const { id } = (await visit("POST", "/conversations")).body;
    const multipart = new FormData();
    multipart.set("content", "string");
    multipart.set("echo_id", "multipart");
    const bodies = [
      { content: "string", echo_id: "string" },
      new URLSearchParams({ content: "string", echo_id: "form" }),
      multipart,
    ];
    for (const body of bodies) {
      const sent = await visit("POST", `/conversations/${id}/messages/`, { body });
      expect(sent.status).toBe(200);
      expect(messageSchema.parse(sent.body)).toMatchObject({
        content: "string",
        message_type: "incoming",
        content_type: "text",
        content_attributes: {},
        conversation_id: id,
        attachments: [],
        sender: { type: "contact" },
        created_at: Math.floor(now.getTime() / 1000),
      });
    }
  });

  it("lists 20 a page, the ones before a message when asked", async () => {
    const { visit, visitor } = await setUp();
    const { id } = (await visit("POST", "/conversations")).body;
    for (let index = 0; index < 25; index += 1) {
      const body = { content: `message ${index}` };
      await asVisitor(app.url, visitor)("POST", `/conversations/${id}/messages`, { body });
    }
    const latest = await visit("GET", `/conversations/${id}/messages`);
    expect(latest.body).toHaveLength(20);
    expect(latest.body[0].content).toBe("message 5");
    const before = `/conversations/${id}/messages?before=${latest.body[0].id}`;
    const older = await visit("GET", before);
    expect(older.body.map((message: { content: string }) => message.content)).toEqual([
      "message 0",
      "message 1",
      "message 2",
      "message 3",
      "message 4",
    ]);
    const after = `/conversations/${id}/messages?after=${latest.body[17].id}`;
    expect((await visit("GET", after)).body).toHaveLength(2);
  });

  it("takes a rating of 1 to 5 on a survey, until 14 days have passed", async () => {
    const { visit, account } = await setUp();
    const { id } = (await visit("POST", "/conversations")).body;
    const [conversation] = await app.db
      .select()
      .from(conversations)
      .where(eq(conversations.account_id, account));
    const [survey] = await app.db
      .insert(messages)
      .values({
        account_id: account,
        conversation_id: conversation?.id ?? 0,
        seq: 100,
        changed_seq: 100,
        message_type: "template",
        content: "How was it?",
        content_type: "input_csat",
        sender_type: "system",
        created_at: now,
      })
      .returning();
    const path = `/conversations/${id}/messages/${survey?.id}`;
    const rate = (rating: unknown) =>
      visit("PATCH", path, {
        body: {
          submitted_values: { csat_survey_response: { rating, feedback_message: "Great" } },
        },
      });
    const rated = await rate(5);
    expect(rated.status).toBe(200);
    expect(rated.body.content_attributes).toEqual({
      submitted_values: { csat_survey_response: { rating: 5, feedback_message: "Great" } },
    });
    for (const wrong of [0, 6, 2.5, "many", null]) expect((await rate(wrong)).status).toBe(422);
    now = new Date(now.getTime() + 14 * 24 * 60 * 60 * 1000 + 2_000);
    const late = await rate(4);
    expect(late.status).toBe(422);
    expect(late.body.error).toBe("You cannot update the CSAT survey after 14 days");
  });

  it("takes no rating on any other message", async () => {
    const { visit } = await setUp();
    const { id } = (await visit("POST", "/conversations")).body;
    const message = await visit("POST", `/conversations/${id}/messages`, {
      body: { content: "x" },
    });
    const body = { submitted_values: { csat_survey_response: { rating: 5 } } };
    const path = `/conversations/${id}/messages/${message.body.id}`;
    expect((await visit("PATCH", path, { body })).status).toBe(422);
  });
});

describe("the inbox", () => {
  it("shows its public configuration and nothing else", async () => {
    const { inbox, agent } = await setUp();
    const found = await call("GET", app.url + publicPaths.inbox(inbox.token));
    expect(publicInboxSchema.strict().parse(found.body)).toMatchObject({
      identifier: inbox.token,
      name: "Website",
      availability: "unavailable",
      agents: [{ id: agent.id, name: "Ada", availability_status: "offline" }],
    });
    expect(JSON.stringify(found.body)).not.toContain(inbox.hmacToken);
    expect(JSON.stringify(found.body)).not.toContain(agent.email);
  });

  it("answers pages of any website unless domains are set, then only of those", async () => {
    const { account } = await setUp();
    const open = await app.build.anInbox(account);
    const closed = await app.build.anInbox(account, {
      allowed_domains: ["shop.example.com", "*.example.org"],
    });
    const ask = (token: string, origin: string) =>
      call("GET", app.url + publicPaths.inbox(token), { headers: { origin } });
    const anywhere = await ask(open.token, "https://any.example.net");
    expect(anywhere.headers.get("access-control-allow-origin")).toBe("https://any.example.net");
    expect(anywhere.headers.get("access-control-allow-credentials")).toBeNull();
    const allowed = [
      "https://shop.example.com",
      "https://a.example.org",
      "http://a.b.example.org:8080",
    ];
    for (const origin of allowed) expect((await ask(closed.token, origin)).status).toBe(200);
    const refused = [
      "https://example.com",
      "https://example.org",
      "https://evilexample.org",
      "https://shop.example.com.evil.net",
      "null",
    ];
    for (const origin of refused) {
      const answer = await ask(closed.token, origin);
      expect(answer.status).toBe(403);
      expect(answer.body.code).toBe("origin_not_allowed");
    }
    expect((await call("GET", app.url + publicPaths.inbox(closed.token))).status).toBe(200);
  });

  it("answers the preflight of a page", async () => {
    const { visit } = await setUp();
    const answer = await visit("OPTIONS", "/conversations", {
      headers: { origin: "https://shop.example.com", "access-control-request-method": "POST" },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers.get("access-control-allow-headers")).toContain("content-type");
  });
});
