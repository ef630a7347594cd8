// What a waiting visitor hears: his place in the queue, and what an administrator changes of his inbox.
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { asVisitor } from "../test-kit/call.ts";
import { aConversationAccount } from "../test-kit/conversations.ts";
import { connectVisitor } from "../test-kit/sockets.ts";

let app: TestApp;
const clock = { now: new Date("2026-11-20T12:00:00Z") };
beforeAll(async () => {
  app = await openTestApp({ clock: () => clock.now });
});
afterAll(() => app.close());

it("a visitor hears how many wait before him, until somebody takes his conversation", async () => {
  const { inbox, start, work, agent, visitor, visit } = await aConversationAccount(app, clock);
  const first = await start("first");
  const second = await start("second");
  const late = await app.build.aVisitor(inbox);
  const widget = await connectVisitor(app.url, late.pubsubToken);
  clock.now = new Date(clock.now.getTime() + 1_000);
  const started = await widget.send("conversation:start", {
    echo_id: "c",
    message: { content: "third", echo_id: "m" },
  });
  if (!started.ok) throw new Error(started.error.message);
  const { id } = started.data;
  const place = { conversation_id: id };
  expect(await widget.hears("queue:moved")).toEqual({
    ...place,
    position: 3,
    wait_seconds: null,
  });
  await work("POST", `/conversations/${first}/assignments`, { body: { assignee_id: agent.id } });
  await widget.hears("queue:moved", ({ position }) => position === 2);
  // A reply ends the wait as well, taken or not.
  await work("POST", `/conversations/${second}/messages`, { body: { content: "Hi" } });
  await widget.hears("queue:moved", ({ position }) => position === 1);
  expect(await widget.send("queue:look", place)).toEqual({
    ok: true,
    // Two were taken since, but how fast that is was measured before.
    data: { ...place, position: 1, wait_seconds: null },
  });
  await work("POST", `/conversations/${id}/toggle_status`, { body: { status: "resolved" } });
  await widget.hears("queue:moved", ({ position }) => position === null);
  // Of others' conversations, nobody learns anything.
  const other = await widget.send("queue:look", { conversation_id: first });
  expect(other).toMatchObject({ ok: false, error: { code: "not_found" } });
  expect(widget.heard.every(({ data }) => JSON.stringify(data).includes(`${id}`))).toBe(true);
  expect((await visit("GET", `/conversations/${second}`)).status).toBe(200);
  expect(visitor.id).not.toBe(late.id);
});

it("the wait follows from the place and from how fast the queue moves, and is no promise where it stands still", async () => {
  const { start, work, agent, visitor } = await aConversationAccount(app, clock);
  const widget = await connectVisitor(app.url, visitor.pubsubToken);
  const ids: number[] = [];
  for (let i = 0; i < 9; i += 1) ids.push(await start(`question ${i}`));
  const look = async (index: number) => {
    // Longer than a pace is remembered.
    clock.now = new Date(clock.now.getTime() + 121_000);
    const place = await widget.send("queue:look", { conversation_id: ids[index] ?? 0 });
    if (!place.ok) throw new Error(place.error.message);
    return place.data;
  };
  const take = (index: number) =>
    work("POST", `/conversations/${ids[index]}/assignments`, { body: { assignee_id: agent.id } });
  expect(await look(8)).toMatchObject({ position: 9, wait_seconds: null });
  for (const index of [0, 1, 2]) {
    await take(index);
    clock.now = new Date(clock.now.getTime() + 59_000);
  }
  // Three within 298 seconds.
  expect(await look(8)).toMatchObject({ position: 6, wait_seconds: 596 });
  expect(await look(3)).toMatchObject({ position: 1 });
  clock.now = new Date(clock.now.getTime() + 3_600_000);
  expect(await look(8)).toMatchObject({ position: 6, wait_seconds: null });
});

it("who is behind the fiftieth is told that many wait before him", async () => {
  const { start, visitor, inbox } = await aConversationAccount(app, clock);
  const widget = await connectVisitor(app.url, visitor.pubsubToken);
  const last = await start("Is anybody there?");
  await app.db.execute(sql`
    insert into conversations
      (account_id, display_id, inbox_id, contact_id, contact_inbox_id, status, waiting_since)
    select account_id, display_id + n, inbox_id, contact_id, contact_inbox_id, status,
      waiting_since - interval '1 minute'
    from conversations, generate_series(1, 50) n where inbox_id = ${inbox.id}`);
  expect(await widget.send("queue:look", { conversation_id: last })).toMatchObject({
    data: { position: 51 },
  });
});

it("a visitor hears what an administrator changes of the inbox, and nobody else's", async () => {
  const { inbox, visitor, rule } = await aConversationAccount(app, clock);
  const other = await aConversationAccount(app, clock);
  const widget = await connectVisitor(app.url, visitor.pubsubToken);
  const elsewhere = await connectVisitor(app.url, other.visitor.pubsubToken);
  await rule("PATCH", `/inboxes/${inbox.id}`, {
    body: { working_hours_enabled: true, working_hours: [], out_of_office_message: "secret" },
  });
  const heard = await widget.hears("inbox:updated");
  expect(heard).toMatchObject({
    identifier: inbox.token,
    availability: "unavailable",
    opening_hours: { is_open: false, changes_at: [] },
  });
  expect(JSON.stringify(heard)).not.toContain("secret");
  await other.rule("PATCH", `/inboxes/${other.inbox.id}`, { body: { name: "Other" } });
  const own = await elsewhere.hears("inbox:updated");
  expect(own.name).toBe("Other");
  expect(elsewhere.heard.filter(({ name }) => name === "inbox:updated")).toHaveLength(1);
});

it("a visitor finds the words of his own conversations, and of nobody else's", async () => {
  const { inbox, start, visit, work } = await aConversationAccount(app, clock);
  const id = await start("Where is my blue umbrella?");
  await work("POST", `/conversations/${id}/messages`, {
    body: { content: "The umbrella is here" },
  });
  await work("POST", `/conversations/${id}/messages`, {
    body: { content: "umbrella thief, I think", private: true },
  });
  const stranger = asVisitor(app.url, await app.build.aVisitor(inbox));
  await stranger("POST", "/conversations", {
    body: { message: { content: "my umbrella, too", echo_id: "m" } },
  });
  const found = async (words: string) =>
    (await visit("GET", `/search?q=${encodeURIComponent(words)}`)).body.map(
      (message: { content: string; conversation_id: number }) => {
        expect(message.conversation_id).toBe(id);
        return message.content;
      },
    );
  expect(await found("UMBREL")).toEqual(["The umbrella is here", "Where is my blue umbrella?"]);
  expect(await found("umbrella blue")).toEqual(["Where is my blue umbrella?"]);
  expect(await found("' | !")).toEqual([]);
  expect((await visit("GET", "/search?q=%20")).status).toBe(422);
});
