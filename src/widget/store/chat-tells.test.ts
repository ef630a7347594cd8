// What the chat tells the server of its visitor, and the page of his conversation.
import { describe, expect, it, vi } from "vitest";
import { detailsOf, openTab, startConversation } from "../test-kit/chat.ts";
import type { Tab } from "../test-kit/chat.ts";
import type { VisitorEventMap } from "../../protocol/socket.ts";
import type { EventName } from "./events.ts";
import { createMemoryStorage } from "./storage.ts";

type Created = Parameters<VisitorEventMap["message:created"]>[0];

describe("what the server is told of the visitor", () => {
  it("is each number that he has read, once, whatever a late list still counts; and again if it was lost", async () => {
    const tab = await openTab();
    const id = await startConversation(tab);
    const { seq } = tab.fake.reply(id, "Yes?");
    const send = vi.spyOn(tab.socket, "send");
    const told = () => send.mock.calls.filter(([name]) => name === "conversation:see");
    tab.conversations.see(id, seq);
    const known = tab.conversations.get(id);
    if (known) tab.conversations.put({ ...known, unread_count: 1, contact_last_seen_seq: 0 });
    tab.conversations.see(id, seq);
    expect(told()).toEqual([["conversation:see", { conversation_id: id, seq }]]);
    expect(tab.conversations.get(id)?.unread_count).toBe(0);
    // Every answer that is under way has come.
    const settled = () => new Promise((resolve) => setTimeout(resolve));
    await settled();
    const next = tab.fake.reply(id, "Still there?").seq;
    send.mockResolvedValueOnce({ ok: false, error: { code: "unreachable", message: "" } });
    tab.conversations.see(id, next);
    await settled();
    tab.fake.change(id, { unread_count: 1 });
    tab.conversations.see(id, next);
    expect(told().map(([, input]) => (input as { seq: number }).seq)).toEqual([seq, next, next]);
  });

  it("is that he has opened the chat, once there is a contact; not that it was open already", async () => {
    const tab = await openTab();
    const post = vi.spyOn(tab.fake.rest, "post");
    tab.chatWindow.open("launcher");
    expect(post).not.toHaveBeenCalled();
    await tab.customer.ensure();
    tab.chatWindow.close("button");
    tab.chatWindow.open("restore");
    tab.chatWindow.close("button");
    tab.chatWindow.open("proactive");
    expect(post.mock.calls).toEqual([
      [
        expect.stringContaining(`/contacts/${tab.customer.contact.peek()?.source_id}/events`),
        { name: "webwidget.triggered", event_info: { reason: "proactive" } },
      ],
    ]);
  });
});

it("the page hears which team a conversation belongs to when an agent is given it", async () => {
  const tab = await openTab();
  const id = await startConversation(tab);
  const team = { id: 3, name: "sales" };
  tab.fake.change(id, { assignee: tab.fake.agent, team });
  await vi.waitFor(() => expect(detailsOf(tab, "agentAssign")).toMatchObject([{ team }]));
  tab.fake.change(id, { assignee: { ...tab.fake.agent, id: 99 } });
  await vi.waitFor(() =>
    expect(detailsOf(tab, "agentAssign")[1]).toMatchObject({
      kind: "transferred",
      previousAgent: { id: tab.fake.agent.id },
    }),
  );
});

describe("whose doing it was", () => {
  const of = (tab: Tab, name: EventName) => tab.told.filter((one) => one.name === name);

  it("an end is the visitor's in his other tab too, the page's own where it asked, and Parlor's where nobody did", async () => {
    const storage = createMemoryStorage();
    const tab = await openTab({ storage });
    const id = await startConversation(tab);
    const other = await openTab({ fake: tab.fake, storage });
    await vi.waitFor(() => expect(other.connection.state.peek()).toBe("connected"));
    await vi.waitFor(() => expect(other.conversations.get(id)).toBeDefined());
    await tab.conversations.resolve(id);
    tab.fake.change(id, { status: "open" });
    await tab.conversations.resolve(id, "api");
    tab.fake.change(id, { status: "open" });
    tab.fake.change(id, { status: "resolved", resolved_after_ms: 90_000 });
    tab.fake.change(id, { status: "open" });
    tab.fake.change(id, { status: "resolved", resolved_by: "system" });
    expect(of(tab, "chatClosed")).toMatchObject([
      { local: true, source: "visitor", detail: { closedBy: "visitor" } },
      { local: true, source: "api", detail: { closedBy: "visitor" } },
      { local: false, source: "agent", detail: { closedBy: "agent", durationMs: 90_000 } },
      { local: false, source: "system", detail: { closedBy: "system" } },
    ]);
    expect(of(other, "chatClosed").slice(0, 2)).toMatchObject([
      { local: false, source: "visitor", detail: { closedBy: "visitor" } },
      { local: false, source: "visitor", detail: { closedBy: "visitor" } },
    ]);
  });

  it("a conversation that an agent begins is his, and has him from the start", async () => {
    const tab = await openTab();
    await startConversation(tab);
    tab.told.length = 0;
    const id = tab.fake.begin({ assignee: tab.fake.agent, assignee_waited_ms: 0 });
    expect(of(tab, "chatStarted")).toMatchObject([
      { source: "agent", local: false, detail: { conversationId: id, startedBy: "agent" } },
    ]);
    const given = { conversationId: id, kind: "assigned", previousAgent: null, waitMs: 0 };
    expect(of(tab, "agentAssign")).toMatchObject([{ source: "agent", detail: given }]);
  });

  it("waiting is what the server has counted", async () => {
    const tab = await openTab();
    const id = await startConversation(tab);
    tab.fake.change(id, { assignee: tab.fake.agent, assignee_waited_ms: 42_500 });
    tab.fake.change(id, { assignee: null });
    expect(detailsOf(tab, "agentAssign")).toMatchObject([{ waitMs: 42_500 }, { waitMs: null }]);
  });

  it("what Parlor says by itself is a bot's, and what an agent says is his", async () => {
    const tab = await openTab();
    const id = await startConversation(tab);
    tab.fake.reply(id, "We are closed.", { message_type: "template", sender: null });
    tab.fake.reply(id, "But I am here.");
    expect(of(tab, "messageReceived")).toMatchObject([
      { source: "bot", local: false, detail: { text: "We are closed.", agent: null } },
      { source: "agent", local: false, detail: { agent: { name: tab.fake.agent.name } } },
    ]);
  });

  it("what the page sends is its own until the server has it", async () => {
    const tab = await openTab();
    tab.outbox.send(tab.newThreadKey(), "Hello", "api");
    await vi.waitFor(() => expect(of(tab, "chatStarted")).toHaveLength(1));
    const names = ["chatInitiated", "messageSent", "messageSent", "chatStarted"];
    const own = tab.told.filter(({ name }) => names.includes(name));
    expect(own.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
    expect(own.map(({ source, local }) => [source, local])).toEqual(own.map(() => ["api", true]));
  });

  it("what is read in this tab is not read in another, and none is left when the page takes the chat away", async () => {
    const storage = createMemoryStorage();
    const tab = await openTab({ storage });
    const id = await startConversation(tab);
    const other = await openTab({ fake: tab.fake, storage });
    await vi.waitFor(() => expect(other.conversations.get(id)).toBeDefined());
    const { seq } = tab.fake.reply(id, "Hi!");
    tab.conversations.see(id, seq);
    await vi.waitFor(() => expect(of(other, "unreadCountChange")).toHaveLength(2));
    const read = { count: 0, byConversation: {} };
    expect(of(tab, "unreadCountChange")).toMatchObject([
      { local: false, source: "system", detail: { count: 1, byConversation: { [id]: 1 } } },
      { local: true, source: "visitor", detail: read },
    ]);
    expect(of(other, "unreadCountChange")[1]).toMatchObject({ local: false, detail: read });
    tab.fake.reply(id, "Still there?");
    tab.stop();
    expect(of(tab, "unreadCountChange").at(-1)).toMatchObject({ local: true, detail: read });
  });

  it("a message that the line brings twice is told once, in the tab that wrote it and in another", async () => {
    const tab = await openTab();
    const id = await startConversation(tab);
    const other = await openTab({ fake: tab.fake, storage: tab.storage });
    await vi.waitFor(() => expect(other.conversations.get(id)).toBeDefined());
    for (const { socket } of [tab, other]) {
      const twice = vi.fn((event: Created) => {
        if (twice.mock.calls.length % 2 === 1) socket.emit("message:created", event);
      });
      socket.on("message:created", twice);
    }
    tab.fake.reply(id, "Hi!");
    tab.outbox.send(id, "Hello again");
    const sent = () => of(other, "messageSent").map(({ detail }) => detail);
    await vi.waitFor(() => expect(sent()).toMatchObject([{ state: "sent" }]));
    for (const one of [tab, other]) expect(of(one, "messageReceived")).toHaveLength(1);
    expect(of(tab, "messageSent").map(({ detail }) => detail)).toMatchObject([
      { state: "queued" },
      { state: "sent" },
      { state: "queued" },
      { state: "sent" },
    ]);
  });
});
