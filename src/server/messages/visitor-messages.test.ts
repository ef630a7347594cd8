// Messages in the client API as seed 003 prints it, rows 90–92.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { messageSchema } from "../../protocol/records.ts";
import { conversations } from "../database/conversation-tables.ts";
import { messages } from "../database/message-tables.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { asVisitor } from "../test-kit/call.ts";
import { aVisitorAndAgent } from "../test-kit/conversations.ts";
import { documentedRequest } from "../test-kit/documented-examples.ts";

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

describe("messages (rows 90–92)", () => {
  it("creates an incoming message with the seed's example, as JSON, form or multipart", async () => {
    const { visit } = await setUp();
    const { id } = (await visit("POST", "/conversations")).body;
    const multipart = new FormData();
    multipart.set("content", "string");
    multipart.set("echo_id", "multipart");
    const bodies = [
      documentedRequest(90),
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
