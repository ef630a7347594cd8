// The tree beside a message's text: the same on every way that a message takes.
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { messageSchema } from "../../protocol/records.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { aVisitorAndAgent } from "../test-kit/conversations.ts";
import { connectAgent, connectVisitor } from "../test-kit/sockets.ts";
import { attacks } from "./rich-text/attack-corpus.ts";
import { parseRichText } from "./rich-text/parse.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const content = "Look **here**: [our page](https://a.test/x)";
const tree = [
  {
    type: "paragraph",
    children: [
      "Look ",
      { type: "bold", children: ["here"] },
      ": ",
      { type: "link", href: "https://a.test/x", destination: "a.test", children: ["our page"] },
    ],
  },
];

async function setUp() {
  const people = await aVisitorAndAgent(app);
  const started = await people.visit("POST", "/conversations");
  return { ...people, id: started.body.id as number };
}

it("travels with a visitor's message in the answer, to the agent's socket and in history", async () => {
  const { agent, visit, work, id } = await setUp();
  const desk = await connectAgent(app.url, agent.pubsubToken);
  const path = `/conversations/${id}/messages`;
  const sent = await visit("POST", path, { body: { content, echo_id: "e1" } });
  expect(sent.body).toMatchObject({ content, content_tree: tree });
  expect((await desk.hears("message:created")).message).toMatchObject(sent.body);
  expect((await visit("GET", path)).body).toEqual([sent.body]);
  const again = await visit("POST", path, { body: { content, echo_id: "e1" } });
  expect(again.body).toEqual(sent.body);
  const seen = await work("GET", path);
  expect(JSON.stringify(seen.body)).toContain(JSON.stringify(tree));
});

it("travels with an agent's reply sent by socket, and with a private note", async () => {
  const { agent, visitor, id } = await setUp();
  const desk = await connectAgent(app.url, agent.pubsubToken);
  const widget = await connectVisitor(app.url, visitor.pubsubToken);
  const reply = { conversation_id: id, content, echo_id: "a1" };
  const sent = await desk.send("message:send", reply);
  expect(sent).toMatchObject({ ok: true, data: { content_tree: tree } });
  expect((await widget.hears("message:created")).message).toMatchObject({ content_tree: tree });
  const note = await desk.send("message:send", { ...reply, echo_id: "a2", private: true });
  expect(note).toMatchObject({ ok: true, data: { private: true, content_tree: tree } });
});

it("comes with the message that starts a conversation", async () => {
  const { visit } = await setUp();
  const started = await visit("POST", "/conversations", {
    body: { message: { content, echo_id: "m1" } },
  });
  expect(started.body.messages).toMatchObject([{ content, content_tree: tree }]);
});

it("is left out where the text says as much", async () => {
  const { visit, id } = await setUp();
  const path = `/conversations/${id}/messages`;
  const sent = await visit("POST", path, { body: { content: "Hello,\n\n2*3*4?" } });
  expect(sent.body).not.toHaveProperty("content_tree");
  expect((await visit("GET", path)).body[0]).not.toHaveProperty("content_tree");
});

it("cannot outlive its text", async () => {
  const { visit, id } = await setUp();
  const { body } = await visit("POST", `/conversations/${id}/messages`, { body: { content } });
  const erase = app.db.execute(sql`update messages set content = null where id = ${body.id}`);
  await expect(erase).rejects.toMatchObject({ cause: { constraint: "messages_content_tree" } });
});

it("of every attack is stored and answered as it was read", { timeout: 60_000 }, async () => {
  const { visit, id } = await setUp();
  for (const { name, text } of attacks) {
    const tree = parseRichText(text);
    // The door refuses what is no text.
    if (!tree || /[\p{Surrogate}\0]/u.test(text)) continue;
    const { status, body } = await visit("POST", `/conversations/${id}/messages`, {
      body: { content: text },
    });
    expect(status, name).toBe(200);
    expect(messageSchema.parse(body).content_tree, name).toEqual(tree);
  }
});
