// Deleting a message (seed 003, row 60): its content is gone everywhere, its place is not.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { messageSchema } from "../../protocol/records.ts";
import { messages } from "../database/message-tables.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { aVisitorAndAgent } from "../test-kit/conversations.ts";
import { connectAgent, connectVisitor } from "../test-kit/sockets.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

async function setUp() {
  const people = await aVisitorAndAgent(app, { name: "Vera" });
  const id = (await people.visit("POST", "/conversations")).body.id as number;
  return { ...people, id, path: `/conversations/${id}/messages` };
}

const tombstone = {
  content: "This message was deleted",
  content_type: "text",
  content_attributes: { deleted: true },
  attachments: [],
};

it("leaves a tombstone, tells both sides, and a sync brings it", async () => {
  const { work, visit, id, path, agent, visitor } = await setUp();
  const content = "My card is **4111 1111 1111 1111**";
  const sent = (await visit("POST", path, { body: { content, echo_id: "e1" } })).body;
  const desk = await connectAgent(app.url, agent.pubsubToken);
  const widget = await connectVisitor(app.url, visitor.pubsubToken);
  const answer = await work("DELETE", `${path}/${sent.id}`);
  expect(answer.status).toBe(200);
  expect(messageSchema.strict().parse(answer.body)).toMatchObject({
    ...tombstone,
    id: sent.id,
    seq: sent.seq,
    changed_seq: sent.seq + 1,
  });
  for (const heard of [
    await desk.hears("message:updated"),
    await widget.hears("message:updated"),
  ]) {
    expect(heard.message).toEqual(answer.body);
  }
  const synced = await widget.send("conversation:sync", {
    conversation_id: id,
    after_seq: sent.seq,
  });
  expect(synced).toMatchObject({ ok: true, data: { messages: [tombstone] } });
  expect((await visit("GET", path)).body).toEqual([answer.body]);
  const [stored] = await app.db.select().from(messages).where(eq(messages.id, sent.id));
  expect(JSON.stringify(stored)).not.toContain("4111");
  const search = await work("GET", "/conversations?q=4111");
  expect(search.body.data.payload).toEqual([]);
});

it("changes nothing the second time", async () => {
  const { work, path } = await setUp();
  const sent = (await work("POST", path, { body: { content: "Oops" } })).body;
  const first = await work("DELETE", `${path}/${sent.id}`);
  const second = await work("DELETE", `${path}/${sent.id}`);
  expect(second).toMatchObject({ status: 200, body: first.body });
});

it("does not tell the visitor of a note", async () => {
  const { work, path, agent, visitor, visit } = await setUp();
  const note = (await work("POST", path, { body: { content: "Note", private: true } })).body;
  const desk = await connectAgent(app.url, agent.pubsubToken);
  const widget = await connectVisitor(app.url, visitor.pubsubToken);
  await work("DELETE", `${path}/${note.id}`);
  await desk.hears("message:updated");
  await work("POST", path, { body: { content: "After" } });
  await widget.hears("message:created");
  expect(widget.heard.map(({ name }) => name)).not.toContain("message:updated");
  expect((await visit("GET", path)).body).toHaveLength(1);
});

it("finds nothing in other conversations, other accounts, or under no number", async () => {
  const { work, path } = await setUp();
  const other = await setUp();
  const sent = (await other.work("POST", other.path, { body: { content: "Hi" } })).body;
  expect((await work("DELETE", `${path}/${sent.id}`)).status).toBe(404);
  for (const word of ["0", "x", "99999999", "1e3"]) {
    expect((await work("DELETE", `${path}/${word}`)).status).toBe(404);
  }
  expect((await other.work("GET", other.path)).body[0].content).toBe("Hi");
});

it("keeps the lines about the conversation itself", async () => {
  const { work, id, path } = await setUp();
  await work("POST", `/conversations/${id}/toggle_status`, { body: { status: "resolved" } });
  const [line] = (await work("GET", path)).body;
  expect((await work("DELETE", `${path}/${line.id}`)).status).toBe(422);
});
