// The client API as seed 003 prints it, rows 85–89, and what was added around it.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { publicPaths } from "../../protocol/paths.ts";
import { publicContactSchema, publicConversationSchema } from "../../protocol/records.ts";
import { conversations } from "../database/conversation-tables.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { call } from "../test-kit/call.ts";
import { aVisitorAndAgent } from "../test-kit/conversations.ts";

let app: TestApp;
let now = new Date();
beforeAll(async () => {
  app = await openTestApp({ clock: () => now });
});
afterAll(() => app.close());

async function setUp() {
  now = new Date();
  return await aVisitorAndAgent(app);
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
