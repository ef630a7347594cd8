// The application API as seed 003 prints it, rows 27, 30, 31, 34–36, 58 and 59.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { conversationSchema, messageSchema } from "../../protocol/records.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { asAgent, asVisitor } from "../test-kit/call.ts";

let app: TestApp;
let now = new Date();
beforeAll(async () => {
  app = await openTestApp({ clock: () => now });
});
afterAll(() => app.close());

async function setUp() {
  const account = await app.build.anAccount();
  const inbox = await app.build.anInbox(account);
  const agent = await app.build.anAgent(account, { name: "Ada", inboxes: [inbox] });
  const administrator = await app.build.anAgent(account, { name: "Root", role: "administrator" });
  const visitor = await app.build.aVisitor(inbox, { name: "Vera", email: "v@example.com" });
  const visit = asVisitor(app.url, visitor);
  const start = async () => (await visit("POST", "/conversations")).body.id as number;
  return {
    account,
    inbox,
    agent,
    administrator,
    visitor,
    visit,
    start,
    work: asAgent(app.url, agent),
    rule: asAgent(app.url, administrator),
  };
}

const lines = (body: { message_type: string; content: string }[]) =>
  body.filter((message) => message.message_type === "activity").map((message) => message.content);

describe("the list (rows 30 and 31)", () => {
  it("answers 25 a page in the documented envelope, with totals and links in headers", async () => {
    const { start, rule, inbox } = await setUp();
    for (let index = 0; index < 27; index += 1) {
      now = new Date(now.getTime() + 1_000);
      await start();
    }
    const first = await rule("GET", "/conversations");
    expect(first.status).toBe(200);
    expect(first.body.data.meta).toEqual({
      mine_count: 0,
      assigned_count: 0,
      unassigned_count: 27,
      all_count: 27,
    });
    const ids = first.body.data.payload.map((row: { id: number }) => row.id);
    expect(ids).toEqual(Array.from({ length: 25 }, (_, index) => 27 - index));
    for (const row of first.body.data.payload) conversationSchema.strict().parse(row);
    expect(first.headers.get("total-count")).toBe("27");
    expect(first.headers.get("link")).toMatch(
      /<\/api\/v1\/.*page=2>; rel="next".*page=2>; rel="last"/,
    );
    const second = await rule("GET", `/conversations?page=2&inbox_id=${inbox.id}`);
    expect(second.body.data.payload).toHaveLength(2);
    expect(second.headers.get("link")).toContain("page=1&inbox_id=");
    expect((await rule("GET", "/conversations?page=3")).body.data.payload).toEqual([]);
  });

  it("finds by assignee and status, and counts whatever the assignee", async () => {
    const { start, work, agent, administrator } = await setUp();
    const [mine, his, nobodys, resolved] = [
      await start(),
      await start(),
      await start(),
      await start(),
    ];
    const assign = (id: number, assignee_id: number) =>
      work("POST", `/conversations/${id}/assignments`, { body: { assignee_id } });
    await assign(mine, agent.id);
    await assign(his, administrator.id);
    await work("POST", `/conversations/${resolved}/toggle_status`);
    const ids = async (query: string) => {
      const { data } = (await work("GET", `/conversations?${query}`)).body;
      return data.payload.map((row: { id: number }) => row.id).toSorted();
    };
    expect(await ids("assignee_type=me")).toEqual([mine]);
    expect(await ids("assignee_type=assigned")).toEqual([mine, his]);
    expect(await ids("assignee_type=unassigned")).toEqual([nobodys]);
    expect(await ids("status=resolved")).toEqual([resolved]);
    expect(await ids("status=all")).toEqual([mine, his, nobodys, resolved]);
    const counts = { mine_count: 1, assigned_count: 2, unassigned_count: 1, all_count: 3 };
    expect((await work("GET", "/conversations/meta")).body).toEqual({ meta: counts });
    const list = await work("GET", "/conversations?assignee_type=me");
    expect(list.body.data.meta).toEqual(counts);
    expect(list.headers.get("total-count")).toBe("1");
  });
});

describe("details (row 34)", () => {
  it("answers the conversation with its contact and last message", async () => {
    const { start, visit, work, account, inbox, visitor } = await setUp();
    const id = await start();
    await visit("POST", `/conversations/${id}/messages`, { body: { content: "Hi" } });
    const found = await work("GET", `/conversations/${id}/`);
    expect(conversationSchema.strict().parse(found.body)).toMatchObject({
      id,
      account_id: account,
      inbox_id: inbox.id,
      status: "open",
      unread_count: 1,
      messages: [{ content: "Hi", sender: { id: visitor.id, name: "Vera" } }],
      meta: {
        sender: { id: visitor.id, name: "Vera", email: "v@example.com", channel: "web_widget" },
        assignee: null,
      },
    });
  });

  it("marks what agents have seen", async () => {
    const { start, visit, work } = await setUp();
    const id = await start();
    await visit("POST", `/conversations/${id}/messages`, { body: { content: "one" } });
    await visit("POST", `/conversations/${id}/messages`, { body: { content: "two" } });
    const path = `/conversations/${id}/update_last_seen`;
    expect((await work("POST", path, { body: { seq: 2 } })).body).toMatchObject({
      unread_count: 1,
    });
    expect((await work("POST", path)).body).toMatchObject({ unread_count: 0 });
    const back = await work("POST", path, { body: { seq: 1 } });
    expect(back.body.agent_last_seen_seq).toBeGreaterThanOrEqual(3);
  });
});

describe("assignment (row 27)", () => {
  it("answers the agent, or null for nobody, and writes a line of it", async () => {
    const { start, work, agent, administrator } = await setUp();
    const id = await start();
    const assign = (assignee_id: unknown) =>
      work("POST", `/conversations/${id}/assignments`, { body: { assignee_id } });
    expect((await assign(administrator.id)).body).toMatchObject({
      id: administrator.id,
      name: "Root",
    });
    expect((await assign(administrator.id)).status).toBe(200);
    expect((await assign(String(agent.id))).body).toMatchObject({ id: agent.id });
    expect(await assign(null)).toMatchObject({ status: 200, body: null });
    expect(await assign(0)).toMatchObject({ status: 200, body: null });
    const messages = (await work("GET", `/conversations/${id}/messages`)).body;
    expect(lines(messages)).toEqual([
      "Assigned to Root by Ada",
      "Ada took the conversation",
      "Conversation was unassigned by Ada",
    ]);
  });

  it("answers 404 for agents who cannot see the inbox or belong elsewhere", async () => {
    const { start, work, account } = await setUp();
    const id = await start();
    const outsider = await app.build.anAgent(account);
    const stranger = await app.build.anAgent(await app.build.anAccount());
    for (const assignee of [outsider, stranger]) {
      const body = { assignee_id: assignee.id };
      const answer = await work("POST", `/conversations/${id}/assignments`, { body });
      expect(answer).toMatchObject({
        status: 404,
        body: { error: "Resource could not be found", code: "not_found" },
      });
    }
  });
});

describe("status (row 35)", () => {
  it("flips without a status: open to resolved, everything else to open", async () => {
    const { start, rule } = await setUp();
    const id = await start();
    const toggle = async (body?: unknown) =>
      (await rule("POST", `/conversations/${id}/toggle_status`, { body })).body;
    expect(await toggle()).toEqual({
      meta: {},
      payload: { success: true, current_status: "resolved", conversation_id: id },
    });
    expect((await toggle()).payload.current_status).toBe("open");
    for (const status of ["pending", "snoozed"]) {
      expect((await toggle({ status })).payload.current_status).toBe(status);
      expect((await toggle()).payload.current_status).toBe("open");
    }
    const messages = (await rule("GET", `/conversations/${id}/messages`)).body;
    expect(lines(messages)[0]).toBe("Conversation was resolved by Root");
  });

  it("snoozes until a time, or until the contact replies, and forgets the time on waking", async () => {
    const { start, work } = await setUp();
    const id = await start();
    const toggle = async (body?: unknown) =>
      (await work("POST", `/conversations/${id}/toggle_status`, { body })).body.payload;
    const until = Math.floor(now.getTime() / 1000) + 3_600;
    expect(await toggle({ status: "snoozed", snoozed_until: until })).toMatchObject({
      current_status: "snoozed",
      snoozed_until: until,
    });
    expect(await toggle({ status: "snoozed" })).toMatchObject({ snoozed_until: null });
    expect(await toggle({ status: "open" })).not.toHaveProperty("snoozed_until");
    const found = await work("GET", `/conversations/${id}`);
    expect(found.body).toMatchObject({ status: "open", snoozed_until: null });
  });

  it("makes the agent who opens it the assignee, but not an administrator", async () => {
    const { start, work, rule, agent } = await setUp();
    const id = await start();
    const assignee = async () => (await work("GET", `/conversations/${id}`)).body.meta.assignee;
    await rule("POST", `/conversations/${id}/toggle_status`);
    await rule("POST", `/conversations/${id}/toggle_status`);
    expect(await assignee()).toBeNull();
    await work("POST", `/conversations/${id}/toggle_status`);
    await work("POST", `/conversations/${id}/toggle_status`);
    expect(await assignee()).toMatchObject({ id: agent.id });
  });

  it("sets and clears the priority (row 36)", async () => {
    const { start, work } = await setUp();
    const id = await start();
    const set = (priority: unknown) =>
      work("POST", `/conversations/${id}/toggle_priority`, { body: { priority } });
    expect(await set("urgent")).toMatchObject({ status: 200, body: "" });
    expect((await work("GET", `/conversations/${id}`)).body.priority).toBe("urgent");
    await set("none");
    expect((await work("GET", `/conversations/${id}`)).body.priority).toBeNull();
  });
});

describe("messages (rows 58 and 59)", () => {
  it("creates with the seed's names as JSON, form or multipart, private as the text true", async () => {
    const { start, work } = await setUp();
    const id = await start();
    const multipart = new FormData();
    multipart.set("content", "string");
    multipart.set("private", "true");
    const bodies: [unknown, boolean][] = [
      [{ content: "string", message_type: "outgoing", private: false, echo_id: "e" }, false],
      [new URLSearchParams({ content: "string", private: "true" }), true],
      [multipart, true],
    ];
    for (const [body, isPrivate] of bodies) {
      const sent = await work("POST", `/conversations/${id}/messages`, { body });
      expect(messageSchema.strict().parse(sent.body)).toMatchObject({
        content: "string",
        private: isPrivate,
        message_type: "outgoing",
        conversation_id: id,
        sender: { type: "user", name: "Ada" },
      });
    }
    const list = await work("GET", `/conversations/${id}/messages`);
    expect(list.body).toHaveLength(3);
    expect(list.body[0].echo_id).toBe("e");
  });
});
