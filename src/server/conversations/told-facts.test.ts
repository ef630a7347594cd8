// What a conversation's visitor may know of who began it and who ended it, and how long he waited for its agent.
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
  const { work, visitor, inbox, agent, facts, browser } = await setUp();
  const answer = await work("POST", "/conversations", {
    body: { source_id: visitor.sourceId, inbox_id: inbox.id, assignee_id: agent.id },
  });
  expect(await facts(answer.body.id)).toMatchObject({ started_by: "user", assignee_waited_ms: 0 });
  expect(await browser.hears("conversation:created")).toMatchObject({
    started_by: "user",
    assignee: { id: agent.id },
  });
});
