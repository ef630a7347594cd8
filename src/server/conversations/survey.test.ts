// The question for a rating after a conversation: when it is asked, of whom, and what becomes of the answer.
import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { aConversationAccount } from "../test-kit/conversations.ts";
import { connectAgent, connectVisitor } from "../test-kit/sockets.ts";

let app: TestApp;
const clock = { now: new Date() };
beforeAll(async () => {
  app = await openTestApp({ clock: () => clock.now });
});
afterAll(() => app.close());

interface Said {
  id: number;
  seq: number;
  content_type: string;
  message_type: string;
}

async function setUp(settings: object = { csat_survey_enabled: true }) {
  const world = await aConversationAccount(app, clock);
  const stored = await world.rule("PATCH", `/inboxes/${world.inbox.id}`, { body: settings });
  expect(stored.status).toBe(200);
  const surveys = async (id: number) => {
    const listed = await world.work("GET", `/conversations/${id}/messages`);
    return (listed.body as Said[]).filter(({ content_type }) => content_type === "input_csat");
  };
  const toggle = (id: number, status: string) =>
    world.work("POST", `/conversations/${id}/toggle_status`, { body: { status } });
  return { ...world, surveys, toggle };
}

it("asks once, after the conversation was resolved, and both sides hear of it", async () => {
  const { start, surveys, toggle, visitor, agent, visit, work } = await setUp();
  const id = await start("Hello");
  const browser = await connectVisitor(app.url, visitor.pubsubToken);
  const desk = await connectAgent(app.url, agent.pubsubToken);
  await toggle(id, "resolved");
  // Word of the first message may come as late as this.
  const { message, conversation } = await browser.hears(
    "message:created",
    (event) => event.message.content_type === "input_csat",
  );
  expect(message).toMatchObject({
    message_type: "template",
    content_attributes: {},
    sender: null,
  });
  expect(conversation).toMatchObject({ status: "resolved", unread_count: 1, seq: message.seq });
  await desk.hears("message:created", (event) => event.message.id === message.id);
  const own = await visit("GET", `/conversations/${id}`);
  expect(own.body).toMatchObject({ csat_requested: true, seq: message.seq });
  expect((await work("GET", `/conversations/${id}`)).body.messages.at(-1).id).toBe(message.id);

  const rated = await visit("PATCH", `/conversations/${id}/messages/${message.id}`, {
    body: { submitted_values: { csat_survey_response: { rating: 4, feedback_message: "Good" } } },
  });
  expect(rated.status).toBe(200);
  const heard = await desk.hears("message:updated");
  expect(heard.message.content_attributes).toEqual({
    submitted_values: { csat_survey_response: { rating: 4, feedback_message: "Good" } },
  });
  expect(heard.conversation.status).toBe("resolved");

  await toggle(id, "open");
  await toggle(id, "resolved");
  expect(await surveys(id)).toHaveLength(1);
});

it("asks the visitor who ends the conversation himself, after the line that says so", async () => {
  const { start, surveys, visit, work } = await setUp();
  const id = await start("Hello");
  const ended = await visit("POST", `/conversations/${id}/toggle_status`);
  expect(ended.body).toMatchObject({ status: "resolved", csat_requested: true });
  const listed = (await work("GET", `/conversations/${id}/messages`)).body as Said[];
  expect(listed.map(({ message_type }) => message_type)).toEqual([
    "incoming",
    "activity",
    "template",
  ]);
  const seqs = listed.map(({ seq }) => seq);
  expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
  expect(new Set(seqs).size).toBe(3);
  expect(await surveys(id)).toHaveLength(1);
});

it("asks nobody where the inbox does not want it, or there is nobody to ask", async () => {
  const off = await setUp({ csat_survey_enabled: false });
  const hidden = await setUp({
    csat_survey_enabled: true,
    settings: { features: { csat: false } },
  });
  for (const { start, toggle, surveys, visit } of [off, hidden]) {
    const id = await start("Hello");
    await toggle(id, "resolved");
    expect(await surveys(id)).toEqual([]);
    expect((await visit("GET", `/conversations/${id}`)).body.csat_requested).toBe(false);
  }
  const { start, toggle, surveys, work, visitor } = await setUp();
  // Begun by a program: only an agent has written.
  const silent = await start();
  await work("POST", `/conversations/${silent}/messages`, { body: { content: "Are you there?" } });
  await toggle(silent, "resolved");
  const muted = await start("Buy this");
  await work("POST", `/conversations/${muted}/mute`, { body: {} });
  const blocked = await start("Buy that");
  await work("POST", `/contacts/${visitor.id}/block`, { body: {} });
  await toggle(blocked, "resolved");
  for (const id of [silent, muted, blocked]) expect(await surveys(id)).toEqual([]);
});
