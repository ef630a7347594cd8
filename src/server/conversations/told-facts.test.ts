// What a conversation's visitor may know of who began it and who ended it, who answers and since when he does.
import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { aConversationAccount } from "../test-kit/conversations.ts";
import { connectVisitor } from "../test-kit/sockets.ts";

let app: TestApp;
const clock = { now: new Date() };
beforeAll(async () => {
  app = await openTestApp({ clock: () => clock.now });
});
afterAll(() => app.close());

const pass = (ms: number) => (clock.now = new Date(clock.now.getTime() + ms));

const seconds = () => Math.floor(clock.now.getTime() / 1_000);

async function setUp() {
  const world = await aConversationAccount(app, clock);
  const { work, visit, visitor } = world;
  const facts = async (id: number) => {
    const { started_by, resolved_by, resolved_after_ms, assignee_waited_ms } = (
      await visit("GET", `/conversations/${id}`)
    ).body;
    return { started_by, resolved_by, resolved_after_ms, assignee_waited_ms };
  };
  const assign = (id: number, assignee_id: number | null) =>
    work("POST", `/conversations/${id}/assignments`, { body: { assignee_id } });
  const toggle = (id: number, status: string) =>
    work("POST", `/conversations/${id}/toggle_status`, { body: { status } });
  const browser = await connectVisitor(app.url, visitor.pubsubToken);
  return { ...world, facts, assign, toggle, browser };
}

it("the wait for an agent ends when he is given the conversation, by the server's clock; after an answer, nobody waits", async () => {
  const { start, facts, assign, agent, administrator, rule, browser } = await setUp();
  const id = await start("Is anybody there?");
  expect(await facts(id)).toEqual({
    started_by: "contact",
    resolved_by: null,
    resolved_after_ms: null,
    assignee_waited_ms: null,
  });
  pass(42_500);
  await assign(id, agent.id);
  pass(10_000);
  expect(await facts(id)).toMatchObject({ assignee_waited_ms: 42_500 });
  const heard = await browser.hears("conversation:updated");
  expect(heard.assignee_waited_ms).toBe(42_500);
  await assign(id, agent.id);
  expect(await facts(id)).toMatchObject({ assignee_waited_ms: 42_500 });
  await rule("POST", `/conversations/${id}/messages`, { body: { content: "Yes." } });
  pass(5_000);
  await assign(id, administrator.id);
  expect(await facts(id)).toMatchObject({ assignee_waited_ms: 0 });
  await assign(id, null);
  expect(await facts(id)).toMatchObject({ assignee_waited_ms: null });
});

it("the end tells who has ended it and after how long, and nobody once it is open again", async () => {
  const { start, facts, toggle, visit } = await setUp();
  const id = await start("Hello");
  pass(90_250);
  await toggle(id, "resolved");
  pass(1_000);
  await toggle(id, "resolved");
  expect(await facts(id)).toMatchObject({ resolved_by: "user", resolved_after_ms: 90_250 });
  await toggle(id, "open");
  expect(await facts(id)).toMatchObject({ resolved_by: null, resolved_after_ms: null });
  await visit("POST", `/conversations/${id}/toggle_status`);
  expect(await facts(id)).toMatchObject({ resolved_by: "contact", resolved_after_ms: 91_250 });
  await visit("POST", `/conversations/${id}/messages`, { body: { content: "One more thing" } });
  expect(await facts(id)).toMatchObject({ resolved_by: null, resolved_after_ms: null });
});

it("one that an agent begins says so, with him as its agent from the start", async () => {
  const { work, visit, visitor, inbox, agent, facts, browser } = await setUp();
  const answer = await work("POST", "/conversations", {
    body: { source_id: visitor.sourceId, inbox_id: inbox.id, assignee_id: agent.id },
  });
  expect(await facts(answer.body.id)).toMatchObject({ started_by: "user", assignee_waited_ms: 0 });
  const { body } = await visit("GET", `/conversations/${answer.body.id}`);
  expect(body).toMatchObject({ assigned_seq: 1, assigned_at: seconds() });
  expect(await browser.hears("conversation:created")).toMatchObject({
    started_by: "user",
    assignee: { id: agent.id },
  });
});

it("being given to somebody and the end have their places between the messages, kept while they are so", async () => {
  const { start, visit, rule, assign, toggle, agent, administrator } = await setUp();
  const id = await start("Hello");
  const places = async () => {
    const { seq, assigned_seq, assigned_at, resolved_seq } = (
      await visit("GET", `/conversations/${id}`)
    ).body;
    return { seq, assigned_seq, assigned_at, resolved_seq };
  };
  const nowhere = { assigned_seq: null, assigned_at: null, resolved_seq: null };
  const { seq } = await places();
  expect(await places()).toMatchObject(nowhere);
  pass(5_000);
  await assign(id, agent.id);
  const first = { assigned_seq: seq + 1, assigned_at: seconds() };
  pass(5_000);
  await assign(id, agent.id);
  await rule("POST", `/conversations/${id}/messages`, { body: { content: "Hi" } });
  expect(await places()).toMatchObject(first);
  await assign(id, administrator.id);
  const second = await places();
  expect(second.assigned_at).toBe(seconds());
  expect(second.assigned_seq).toBeGreaterThan(first.assigned_seq);
  await toggle(id, "resolved");
  const over = await places();
  expect(over).toMatchObject({ assigned_seq: second.assigned_seq, resolved_seq: second.seq + 1 });
  await visit("POST", `/conversations/${id}/messages`, { body: { content: "One more thing" } });
  expect(await places()).toMatchObject({ assigned_seq: second.assigned_seq, resolved_seq: null });
  await assign(id, null);
  expect(await places()).toMatchObject(nowhere);
});
