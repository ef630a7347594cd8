// Two actors: what a visitor and an agent hear of each other over their sockets.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SYNC_MESSAGES_MAX } from "../../protocol/limits.ts";
import { messages } from "../database/message-tables.ts";
import { openTestApp, startTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { asAgent, asVisitor } from "../test-kit/call.ts";
import { connectAgent, connectVisitor } from "../test-kit/sockets.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

async function aConversation(on: TestApp = app) {
  const account = await on.build.anAccount();
  const inbox = await on.build.anInbox(account);
  const agent = await on.build.anAgent(account, { name: "Ada", inboxes: [inbox] });
  const visitor = await on.build.aVisitor(inbox, { name: "Vera" });
  const desk = await connectAgent(on.url, agent.pubsubToken);
  const widget = await connectVisitor(on.url, visitor.pubsubToken);
  const started = await widget.send("conversation:start", {
    echo_id: "c1",
    message: { content: "Hello", echo_id: "m1" },
  });
  if (!started.ok) throw new Error(started.error.message);
  const id = started.data.id;
  const work = asAgent(on.url, agent);
  return { account, inbox, agent, visitor, desk, widget, id, started: started.data, work };
}

describe("a conversation over sockets", () => {
  it("tells the agent of the visitor's first message and the visitor of the reply", async () => {
    const { desk, widget, id } = await aConversation();
    expect(await desk.hears("conversation:created")).toMatchObject({
      id,
      status: "open",
      unread_count: 1,
      messages: [{ content: "Hello", sender: { type: "contact", name: "Vera" } }],
      meta: { sender: { name: "Vera" }, assignee: null },
    });
    const sent = await desk.send("message:send", {
      conversation_id: id,
      content: "Hi Vera",
      echo_id: "a1",
    });
    expect(sent).toMatchObject({ ok: true, data: { content: "Hi Vera", echo_id: "a1" } });
    const heard = await widget.hears("message:created", (e) => e.message.content === "Hi Vera");
    expect(heard).toMatchObject({
      message: { message_type: "outgoing", sender: { type: "user", name: "Ada" } },
      conversation: { id, unread_count: 1 },
    });
  });

  it("brings a visitor's message to every desk of the inbox and his other tabs", async () => {
    const { inbox, account, visitor, desk, widget, id } = await aConversation();
    const colleague = await app.build.anAgent(account, { name: "Bob", inboxes: [inbox] });
    const second = await connectAgent(app.url, colleague.pubsubToken);
    const tab = await connectVisitor(app.url, visitor.pubsubToken);
    const sent = await widget.send("message:send", {
      conversation_id: id,
      content: "Are you there?",
      echo_id: "m2",
    });
    for (const listener of [desk, second]) {
      const heard = await listener.hears("message:created", (e) => e.message.echo_id === "m2");
      expect(sent).toEqual({ ok: true, data: heard.message });
      expect(heard.conversation).toMatchObject({ id, unread_count: 2, status: "open" });
    }
    expect((await tab.hears("message:created")).message.echo_id).toBe("m2");
  });

  it("tells both sides of an assignment, the visitor with the agent's name", async () => {
    const { desk, widget, id, agent, work } = await aConversation();
    await work("POST", `/conversations/${id}/assignments`, { body: { assignee_id: agent.id } });
    const seen = await widget.hears("conversation:updated", (e) => e.assignee !== null);
    expect(seen.assignee).toEqual({
      id: agent.id,
      name: "Ada",
      avatar_url: null,
      availability_status: "available",
    });
    await desk.hears("conversation:updated", (e) => e.meta.assignee?.id === agent.id);
    const line = await desk.hears("message:created", (e) => e.message.message_type === "activity");
    expect(line.message.content_attributes).toMatchObject({ code: "assignee_self" });
  });

  it("tells agents when the visitor ends the chat, and opens it with his next message", async () => {
    const { desk, widget, id } = await aConversation();
    const ended = await widget.send("conversation:resolve", { conversation_id: id });
    expect(ended).toMatchObject({ ok: true, data: { id, status: "resolved" } });
    await desk.hears("conversation:updated", (e) => e.status === "resolved");
    await widget.send("message:send", { conversation_id: id, content: "one more", echo_id: "m2" });
    const heard = await desk.hears("message:created", (e) => e.message.echo_id === "m2");
    expect(heard.conversation.status).toBe("open");
  });

  it("tells the other side that everything is seen", async () => {
    const { desk, widget, id } = await aConversation();
    await desk.send("conversation:see", { conversation_id: id, seq: 2 });
    const seen = await widget.hears("conversation:updated", (e) => e.agent_last_seen_seq === 2);
    expect(seen.agent_last_seen_at).not.toBeNull();
    await desk.hears("conversation:updated", (e) => e.unread_count === 0);
  });

  it("shows agents at once what a visitor changes of his contact", async () => {
    const { desk, visitor } = await aConversation();
    await asVisitor(app.url, visitor)("PATCH", "", { body: { name: "Vera Vogel" } });
    const heard = await desk.hears(
      "conversation:updated",
      (e) => e.meta.sender.name === "Vera Vogel",
    );
    expect(heard.meta.sender.id).toBe(visitor.id);
  });
});

describe("typing", () => {
  it("shows on the other side, with who it is, and stops with the connection", async () => {
    const { desk, widget, id, agent, visitor } = await aConversation();
    await widget.send("typing:set", { conversation_id: id, typing: true });
    expect(await desk.hears("typing:changed")).toEqual({
      conversation_id: id,
      typing: true,
      private: false,
      sender: { type: "contact", id: visitor.id, name: "Vera", avatar_url: null },
    });
    await desk.send("typing:set", { conversation_id: id, typing: true });
    expect(await widget.hears("typing:changed")).toEqual({
      conversation_id: id,
      typing: true,
      sender: { type: "user", id: agent.id, name: "Ada", avatar_url: null },
    });
    widget.socket.disconnect();
    await desk.hears("typing:changed", (e) => !e.typing);
    expect(desk.heard.filter((e) => e.name === "typing:changed")).toHaveLength(2);
  });

  it("shows a visitor's typing over REST, too", async () => {
    const { desk, id, visitor } = await aConversation();
    const body = { typing_status: "on" };
    await asVisitor(app.url, visitor)("POST", `/conversations/${id}/toggle_typing`, { body });
    expect((await desk.hears("typing:changed")).typing).toBe(true);
  });
});

describe("catching up", () => {
  it("answers what came after a number, and nothing when there is nothing", async () => {
    const { desk, widget, id, started } = await aConversation();
    widget.socket.disconnect();
    await desk.send("message:send", { conversation_id: id, content: "missed", echo_id: "a1" });
    await desk.send("message:send", { conversation_id: id, content: "too", echo_id: "a2" });
    widget.socket.connect();
    const missed = await widget.send("conversation:sync", {
      conversation_id: id,
      after_seq: started.seq,
    });
    expect(missed).toMatchObject({
      ok: true,
      data: {
        conversation: { id, unread_count: 2 },
        messages: [{ content: "missed" }, { content: "too" }],
        complete: true,
      },
    });
    const seq = missed.ok ? missed.data.conversation.seq : 0;
    const nothing = await widget.send("conversation:sync", { conversation_id: id, after_seq: seq });
    expect(nothing).toMatchObject({ ok: true, data: { messages: [], complete: true } });
  });

  it("says so when there is more than one answer holds", async () => {
    const { widget, desk, account, id } = await aConversation();
    const [first] = await app.db.select().from(messages).where(eq(messages.account_id, account));
    await app.db.insert(messages).values(
      Array.from({ length: SYNC_MESSAGES_MAX }, (_, index) => ({
        account_id: account,
        conversation_id: first?.conversation_id ?? 0,
        seq: index + 3,
        changed_seq: index + 3,
        message_type: "outgoing" as const,
        content: `message ${index}`,
        sender_type: "system" as const,
      })),
    );
    const all = { conversation_id: id, after_seq: 0 };
    const some = { conversation_id: id, after_seq: 2 };
    const complete = (is: boolean) => ({ ok: true, data: { complete: is } });
    expect(await widget.send("conversation:sync", all)).toMatchObject(complete(false));
    expect(await widget.send("conversation:sync", some)).toMatchObject(complete(true));
    expect(await desk.send("conversation:sync", all)).toMatchObject(complete(false));
    expect(await desk.send("conversation:sync", some)).toMatchObject(complete(true));
  });
});

describe("bad commands", () => {
  it("are answered with the field that is wrong and change nothing", async () => {
    const { widget, desk, id } = await aConversation();
    const wrong: [string, unknown, string][] = [
      ["message:send", undefined, ""],
      ["message:send", null, ""],
      ["message:send", { conversation_id: id, echo_id: "x" }, "content"],
      ["message:send", { conversation_id: id, content: "x" }, "echo_id"],
      ["message:send", { conversation_id: id, content: "a\u0000", echo_id: "x" }, "content"],
      ["message:send", { conversation_id: "1", content: "a", echo_id: "x" }, "conversation_id"],
      [
        "message:send",
        { conversation_id: id, content: "x".repeat(150_001), echo_id: "x" },
        "content",
      ],
      ["conversation:sync", { conversation_id: 2 ** 60, after_seq: 0 }, "conversation_id"],
      ["conversation:see", { conversation_id: id, seq: -1 }, "seq"],
    ];
    for (const socket of [widget.socket, desk.socket]) {
      for (const [name, input, field] of wrong) {
        const answer: unknown = await socket.timeout(5_000).emitWithAck(name, input);
        expect(answer).toMatchObject({ ok: false, error: { code: "invalid", field } });
      }
    }
    const page = await widget.send("conversation:sync", { conversation_id: id, after_seq: 0 });
    expect(page).toMatchObject({ ok: true, data: { messages: [{ content: "Hello" }] } });
  });

  it("that nobody knows are ignored, and so is a missing acknowledgement", async () => {
    const { widget, desk, id } = await aConversation();
    widget.socket.emit("conversation:delete", { conversation_id: id });
    widget.socket.emit("constructor", {});
    widget.socket.emit("message:send", { conversation_id: id, content: "quiet", echo_id: "q" });
    await desk.hears("message:created", (e) => e.message.echo_id === "q");
    expect(widget.socket.connected).toBe(true);
  });

  it("that come too fast are refused with the time to wait", async () => {
    const slow = await startTestApp({ limits: { commandsPerSecond: 2 } });
    const { widget, id } = await aConversation(slow);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        widget.send("conversation:see", { conversation_id: id, seq: 1 }),
      ),
    );
    const refused = answers.filter((answer) => !answer.ok);
    expect(refused.length).toBeGreaterThan(3);
    expect(refused[0]).toMatchObject({
      error: { code: "too_many_requests", retryAfterSeconds: 1 },
    });
    expect(answers[0]?.ok).toBe(true);
  });
});
