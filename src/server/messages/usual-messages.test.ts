// A rush: what many visitors send at once is stored together, and each for himself.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { conversations } from "../database/conversation-tables.ts";
import { events } from "../database/event-tables.ts";
import { messages } from "../database/message-tables.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { asAgent, asVisitor } from "../test-kit/call.ts";
import { connectAgent } from "../test-kit/sockets.ts";

let app: TestApp;
const now = new Date("2026-05-04T10:00:00.000Z");
beforeAll(async () => {
  app = await openTestApp({ clock: () => now });
});
afterAll(() => app.close());

describe("many who write at once", () => {
  it("are all heard, each in his own conversation, repeated and refused ones among them", async () => {
    const account = await app.build.anAccount();
    const inbox = await app.build.anInbox(account);
    const agent = await app.build.anAgent(account, { inboxes: [inbox] });
    const visitors = await Promise.all(
      Array.from({ length: 30 }, async (_, index) => {
        const visitor = await app.build.aVisitor(inbox, { name: `Visitor ${index}` });
        const visit = asVisitor(app.url, visitor);
        return { visit, id: (await visit("POST", "/conversations")).body.id as number };
      }),
    );
    const desk = await connectAgent(app.url, agent.pubsubToken);
    const isIncoming = (event: { data: unknown }) =>
      (event.data as { message?: { message_type: string } }).message?.message_type === "incoming";
    const work = asAgent(app.url, agent);
    await work("POST", `/conversations/${visitors[0]?.id}/toggle_status`);
    // What a list of texts must not take for its own punctuation, and a tree beside the text.
    const textOf = (round: number, id: number) => `**${round}** of ${id}: NULL {"a",b} \\ 'c' \n`;
    const rounds = [1, 2, 2, 3];
    const answers = await Promise.all(
      rounds.flatMap((round) =>
        visitors.map(({ visit, id }) =>
          visit("POST", `/conversations/${id}/messages`, {
            body: { content: textOf(round, id), echo_id: `e${round}` },
          }),
        ),
      ),
    );
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
    const foreign = await visitors[1]?.visit("POST", `/conversations/${visitors[2]?.id}/messages`, {
      body: { content: "not mine" },
    });
    expect(foreign?.status).toBe(404);
    for (const { id } of visitors) {
      const { body } = await work("GET", `/conversations/${id}/messages`);
      const incoming = (body as { message_type: string; content: string; sender: object }[]).filter(
        (message) => message.message_type === "incoming",
      );
      expect(incoming.map((message) => message.content).toSorted()).toEqual(
        [1, 2, 3].map((round) => textOf(round, id)),
      );
      const name = `Visitor ${visitors.findIndex((visitor) => visitor.id === id)}`;
      expect(incoming[0]?.sender).toMatchObject({ name });
      expect(incoming.every((message) => "content_tree" in message)).toBe(true);
    }
    await vi.waitFor(() => expect(desk.heard.filter(isIncoming)).toHaveLength(90));
    const rows = await app.db
      .select()
      .from(conversations)
      .where(eq(conversations.account_id, account));
    for (const row of rows) {
      const [last] = await app.db
        .select()
        .from(messages)
        .where(eq(messages.id, row.last_message_id ?? 0));
      expect(last?.seq).toBe(row.seq);
      expect(row).toMatchObject({ agent_unread_count: 3, status: "open" });
    }
    const recorded = await app.db.select().from(events).where(eq(events.account_id, account));
    expect(
      recorded.filter((event) => event.actor_type === "contact" && event.message_id),
    ).toHaveLength(90);
  });
});
