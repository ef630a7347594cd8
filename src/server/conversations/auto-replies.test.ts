// What a visitor is told while nobody is there, once in each conversation.
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { aConversationAccount } from "../test-kit/conversations.ts";
import { connectAgent, connectVisitor } from "../test-kit/sockets.ts";

let app: TestApp;
/** Of what is said after an answer, on a busy machine. */
const soon = { timeout: 10_000 };
const clock = { now: new Date("2026-11-20T12:00:00Z") };
beforeAll(async () => {
  app = await openTestApp({ clock: () => clock.now });
});
afterAll(() => app.close());

async function setUp(settings: object) {
  const world = await aConversationAccount(app, clock);
  const set = await world.rule("PATCH", `/inboxes/${world.inbox.id}`, { body: settings });
  expect(set.status).toBe(200);
  const write = (id: number, content: string) =>
    world.visit("POST", `/conversations/${id}/messages`, { body: { content } });
  const said = async (id: number) =>
    (await world.visit("GET", `/conversations/${id}/messages`)).body.map(
      ({ content, message_type }: { content: string; message_type: string }) =>
        message_type === "template" ? `: ${content}` : content,
    ) as string[];
  const widget = await connectVisitor(app.url, world.visitor.pubsubToken);
  return { ...world, write, said, widget };
}
const closed = { working_hours_enabled: true, working_hours: [], out_of_office_message: "Away." };

it("who writes out of hours is told so once, and again in another conversation only", async () => {
  const { start, write, said, widget, visit } = await setUp(closed);
  const id = await start("Hello?");
  const heard = await widget.hears("message:created", (e) => e.message.message_type === "template");
  expect(heard).toMatchObject({
    message: { content: "Away.", sender: null, content_attributes: { code: "out_of_office" } },
    conversation: { unread_count: 1 },
  });
  await write(id, "Anybody?");
  const other = await start("Really nobody?");
  await vi.waitFor(
    async () => expect(await said(other)).toEqual(["Really nobody?", ": Away."]),
    soon,
  );
  expect(await said(id)).toEqual(["Hello?", ": Away.", "Anybody?"]);
  const last = (await visit("GET", "/conversations")).body[0].messages[0];
  expect(last.content).toBe("Away.");
});

it("nothing is said within the hours, nor to who is muted or blocked", async () => {
  const always = [0, 1, 2, 3, 4, 5, 6].map((day_of_week) => ({ day_of_week, open_all_day: true }));
  const { inbox, start, write, said, rule, work, visitor } = await setUp({
    ...closed,
    working_hours: always,
  });
  const id = await start("Hello?");
  await rule("POST", `/conversations/${id}/mute`);
  const shut = await rule("PATCH", `/inboxes/${inbox.id}`, { body: { working_hours: [] } });
  expect(shut.body.working_hours[1].closed_all_day).toBe(true);
  await write(id, "Muted");
  await rule("PATCH", `/contacts/${visitor.id}`, { body: { blocked: true } });
  await start("Blocked");
  await rule("PATCH", `/contacts/${visitor.id}`, { body: { blocked: false } });
  const heard = await start("Heard");
  await vi.waitFor(async () => expect(await said(heard)).toContain(": Away."), soon);
  const all = (await work("GET", "/conversations?status=all")).body.data.payload;
  expect(all.length).toBeGreaterThan(0);
  expect(await said(id)).toEqual(["Hello?", "Muted"]);
  await rule("POST", `/conversations/${id}/unmute`);
  await write(id, "Unmuted");
  const told = ["Hello?", "Muted", "Unmuted", ": Away."];
  await vi.waitFor(async () => expect(await said(id)).toEqual(told), soon);
});

it("who writes while no agent is there is told so once, unless the hours say more", async () => {
  const { agent, start, write, said, rule, inbox } = await setUp({
    channel: { agent_away_message: "We will be back." },
  });
  const id = await start("Hello?");
  await vi.waitFor(
    async () => expect(await said(id)).toEqual(["Hello?", ": We will be back."]),
    soon,
  );
  await write(id, "Well?");
  await rule("PATCH", `/inboxes/${inbox.id}`, { body: closed });
  const late = await start("Late");
  await vi.waitFor(async () => expect(await said(late)).toEqual(["Late", ": Away."]), soon);
  // What is another reason is told where the first one has been.
  await write(id, "Now?");
  const both = ["Hello?", ": We will be back.", "Well?", "Now?", ": Away."];
  await vi.waitFor(async () => expect(await said(id)).toEqual(both), soon);
  await rule("PATCH", `/inboxes/${inbox.id}`, { body: { working_hours_enabled: false } });
  const desk = await connectAgent(app.url, agent.pubsubToken);
  await vi.waitFor(async () => {
    const { body } = await rule("GET", "/agents");
    const ada = body.find((one: { id: number }) => one.id === agent.id);
    expect(ada.availability_status).toBe("available");
  }, soon);
  const answered = await start("Anybody?");
  await desk.hears("message:created", ({ message }) => message.content === "Anybody?");
  // Somebody else's conversation, which is told something, shows that this one was looked at.
  await rule("PATCH", `/inboxes/${inbox.id}`, { body: { working_hours_enabled: true } });
  const closedAgain = await start("Closed?");
  await vi.waitFor(async () => expect(await said(closedAgain)).toContain(": Away."), soon);
  expect(await said(answered)).toEqual(["Anybody?"]);
  expect(await said(id)).toEqual(both);
});

it("who cannot be reached is asked for an e-mail address, which becomes the contact's", async () => {
  const { start, said, visit, widget, work, inbox } = await setUp({ enable_email_collect: true });
  const id = await start("Hello?");
  const { message } = await widget.hears(
    "message:created",
    (e) => e.message.content_type === "input_email",
  );
  const answered = await visit("PATCH", `/conversations/${id}/messages/${message.id}`, {
    body: { submitted_values: { email: "vera@example.com" } },
  });
  expect(answered.status).toBe(200);
  const { meta } = (await work("GET", `/conversations/${id}`)).body;
  expect(meta.sender.email).toBe("vera@example.com");
  // Known now: nobody asks him again, while others are asked.
  const second = await start("Another question");
  const other = await app.build.aVisitor(inbox);
  const stranger = await connectVisitor(app.url, other.pubsubToken);
  await stranger.send("conversation:start", {
    echo_id: "c",
    message: { content: "Hi", echo_id: "m" },
  });
  await stranger.hears("message:created", (e) => e.message.content_type === "input_email");
  expect(await said(second)).toEqual(["Another question"]);
});
