// Conversations that agents and their tools begin, as seed 003 prints them, row 32.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { conversationSchema } from "../../protocol/records.ts";
import { conversations } from "../database/conversation-tables.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { aConversationAccount } from "../test-kit/conversations.ts";
import { connectVisitor } from "../test-kit/sockets.ts";

let app: TestApp;
const clock = { now: new Date("2026-05-04T10:00:00.000Z") };
beforeAll(async () => {
  app = await openTestApp({ clock: () => clock.now });
});
afterAll(() => app.close());

const setUp = () => aConversationAccount(app, clock);

describe("creating (row 32)", () => {
  it("begins with the agent's message under a source id, as the seed asks and prints", async () => {
    const { work, inbox, agent, visitor, visit } = await setUp();
    const widget = await connectVisitor(app.url, visitor.pubsubToken);
    const answer = await work("POST", "/conversations", {
      body: {
        source_id: visitor.sourceId,
        inbox_id: String(inbox.id),
        contact_id: String(visitor.id),
        additional_attributes: { browser_language: "en" },
        custom_attributes: { attribute_key: "attribute_value", priority_conversation_number: 3 },
        status: "open",
        assignee_id: String(agent.id),
        message: {
          content: "Hello **there**",
          template_params: { name: "sample_issue_resolution", category: "UTILITY" },
        },
      },
    });
    expect(answer.status).toBe(200);
    expect(conversationSchema.strict().parse(answer.body)).toMatchObject({
      status: "open",
      custom_attributes: { priority_conversation_number: 3 },
      additional_attributes: { browser_language: "en" },
      messages: [{ content: "Hello **there**", message_type: "outgoing" }],
      meta: { assignee: { id: agent.id }, sender: { id: visitor.id } },
    });
    const heard = await widget.hears("message:created");
    expect(heard).toMatchObject({ message: { content: "Hello **there**" } });
    expect(heard.conversation.unread_count).toBe(1);
    const [seen] = (await visit("GET", "/conversations")).body;
    expect(seen).toMatchObject({ id: answer.body.id, unread_count: 1 });
  });

  it("gives the contact an identity when he has none", async () => {
    const { work, inbox } = await setUp();
    const contact = await work("POST", "/contacts", { body: { email: "a@example.com" } });
    const body = { contact_id: contact.body.id, inbox_id: inbox.id };
    const first = await work("POST", "/conversations", { body });
    const second = await work("POST", "/conversations", { body });
    expect([first.status, second.status]).toEqual([200, 200]);
    const { contact_inboxes } = (await work("GET", `/contacts/${contact.body.id}`)).body.payload
      .contact;
    expect(contact_inboxes).toHaveLength(1);
  });

  it("refuses what does not fit, and then starts nothing", async () => {
    const { account, work, inbox, visitor } = await setUp();
    const other = await app.build.aVisitor(inbox);
    const closed = await app.build.anInbox(account);
    const elsewhere = await setUp();
    const contact_id = visitor.id;
    const inbox_id = inbox.id;
    const cases: [Record<string, unknown>, number, string?][] = [
      [{}, 422],
      [{ inbox_id }, 422],
      [{ source_id: "nobody-has-this-source-id" }, 404],
      [{ source_id: other.sourceId, inbox_id, contact_id }, 422, "source_id should be unique"],
      [{ contact_id, inbox_id: closed.id }, 401, "You are not authorized to do this action"],
      [{ contact_id, inbox_id: elsewhere.inbox.id }, 404],
      [{ contact_id: elsewhere.visitor.id, inbox_id }, 404],
      [{ source_id: elsewhere.visitor.sourceId }, 404],
      [{ contact_id, inbox_id, assignee_id: elsewhere.agent.id }, 404],
      [{ contact_id, inbox_id, team_id: 999_999 }, 404],
      [{ contact_id, inbox_id, status: "closed" }, 422],
      [{ contact_id, inbox_id, status: "snoozed", snoozed_until: 1 }, 422],
      [{ contact_id, inbox_id, message: { content: "" } }, 422],
      [{ contact_id, inbox_id, source_id: "short" }, 422],
    ];
    for (const [body, status, error] of cases) {
      const answer = await work("POST", "/conversations", { body });
      expect([body, answer.status]).toEqual([body, status]);
      if (error) expect(answer.body.error).toBe(error);
    }
    const rows = await app.db
      .select()
      .from(conversations)
      .where(eq(conversations.account_id, account));
    expect(rows).toEqual([]);
  });

  it("is resolved from the start with a blocked contact", async () => {
    const { work, inbox, visitor } = await setUp();
    await work("POST", `/contacts/${visitor.id}/block`);
    const body = { contact_id: visitor.id, inbox_id: inbox.id };
    expect((await work("POST", "/conversations", { body })).body.status).toBe("resolved");
  });
});
