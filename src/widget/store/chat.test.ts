import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { detailsOf, openTab, startConversation, textsOf } from "../test-kit/chat.ts";
import { createMemoryStorage } from "./storage.ts";

const unreachable = { code: "unreachable", message: "no network" } as const;

beforeEach(() => void vi.useFakeTimers({ shouldAdvanceTime: true }));
afterEach(() => void vi.useRealTimers());

describe("starting a conversation", () => {
  it("creates the contact, connects and shows the conversation under its number", async () => {
    const tab = await openTab();
    expect(tab.fake.contacts()).toEqual([]);
    const id = await startConversation(tab, "Where is my order?");
    expect(tab.chatWindow.view.peek()).toEqual({ name: "thread", key: id });
    expect(textsOf(tab)).toEqual(["Where is my order?"]);
    expect(tab.outbox.entries.peek()).toEqual([]);
    expect(tab.conversations.list.peek().map((one) => one.id)).toEqual([id]);
  });

  it("tells the page once that it was meant, and once that it has begun", async () => {
    const tab = await openTab();
    const conversationId = await startConversation(tab);
    const [intent] = detailsOf(tab, "chatInitiated") as { echoId: string }[];
    expect(detailsOf(tab, "chatInitiated")).toHaveLength(1);
    expect(detailsOf(tab, "chatStarted")).toEqual([
      { conversationId, echoId: intent?.echoId, startedBy: "visitor" },
    ]);
  });

  it("sends with the contact what the page said about the customer", async () => {
    const tab = await openTab();
    await tab.customer.setInfo({ name: "Mary", company: "Acme", fields: { plan: "pro" } });
    await startConversation(tab);
    expect(tab.fake.contacts()).toMatchObject([
      { name: "Mary", custom_attributes: { company: "Acme", plan: "pro" } },
    ]);
  });

  it("starts one conversation only when the answer is lost", async () => {
    const tab = await openTab();
    tab.socket.loseAnswers(true);
    tab.outbox.send(tab.newThreadKey(), "Hello");
    await vi.waitFor(() => expect(tab.fake.conversations()).toHaveLength(1));
    tab.socket.loseAnswers(false);
    await vi.waitFor(() => expect(tab.outbox.entries.peek()).toEqual([]), 5_000);
    expect(tab.fake.conversations()).toHaveLength(1);
    expect(tab.fake.messages(tab.fake.conversations()[0]?.id ?? 0)).toHaveLength(1);
  });

  it("keeps the order of what was written before the server answered", async () => {
    const tab = await openTab();
    const key = tab.newThreadKey();
    tab.chatWindow.show({ name: "thread", key });
    for (const text of ["one", "two", "three"]) tab.outbox.send(key, text);
    await vi.waitFor(() => expect(textsOf(tab)).toEqual(["one", "two", "three"]), 5_000);
    expect(tab.fake.conversations()).toHaveLength(1);
  });
});

describe("what the server tells", () => {
  it("shows replies, counts them as unread and forgets the count when they are seen", async () => {
    const tab = await openTab();
    const id = await startConversation(tab);
    tab.fake.reply(id, "Hi!");
    await vi.waitFor(() => expect(textsOf(tab)).toEqual(["Hello", "Hi!"]));
    expect(tab.conversations.unreadByConversation.peek()).toEqual({ [id]: 1 });
    tab.conversations.see(id, 2);
    expect(tab.conversations.unreadByConversation.peek()).toEqual({});
    await vi.waitFor(() => expect(tab.fake.conversations()[0]?.unread_count).toBe(0));
  });

  it("tells of what is read in quick succession once, and again when it was too much", async () => {
    const tab = await openTab();
    const id = await startConversation(tab);
    const seqs = Array.from({ length: 9 }, (_, i) => tab.fake.reply(id, `${i}`).seq);
    tab.socket.commands.length = 0;
    tab.socket.failCommands({ code: "too_many_requests", message: "", retryAfterSeconds: 1 });
    for (const seq of seqs) tab.conversations.see(id, seq);
    await vi.advanceTimersByTimeAsync(100);
    tab.socket.failCommands(null);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(tab.fake.conversations()[0]?.unread_count).toBe(0);
    expect(tab.fake.conversations()[0]?.contact_last_seen_seq).toBe(seqs.at(-1));
    const told = tab.socket.commands.filter(({ name }) => name === "conversation:see");
    expect(told).toHaveLength(2);
  });

  it("shows what happened while the line was down", async () => {
    const tab = await openTab();
    const id = await startConversation(tab);
    tab.socket.cut();
    tab.fake.reply(id, "missed");
    tab.fake.change(id, { assignee: tab.fake.agent });
    tab.socket.mend();
    await vi.waitFor(() => expect(textsOf(tab)).toEqual(["Hello", "missed"]));
    expect(tab.conversations.get(id)?.assignee?.name).toBe(tab.fake.agent.name);
    expect(detailsOf(tab, "agentAssign")).toMatchObject([
      { conversationId: id, agent: { name: tab.fake.agent.name }, kind: "assigned" },
    ]);
  });

  it("fetches the conversation anew when more was missed than one sync answers", async () => {
    const tab = await openTab();
    const id = await startConversation(tab);
    tab.fake.syncLimit = 2;
    tab.socket.cut();
    for (const text of ["a", "b", "c", "d"]) tab.fake.reply(id, text);
    tab.socket.mend();
    await vi.waitFor(() => expect(textsOf(tab)).toEqual(["Hello", "a", "b", "c", "d"]));
  });

  it("asks again when a number is missing, as for a private note", async () => {
    const tab = await openTab();
    const id = await startConversation(tab);
    await vi.advanceTimersByTimeAsync(10);
    tab.socket.commands.length = 0;
    tab.fake.hide(id);
    tab.fake.reply(id, "after the note");
    await vi.waitFor(() => expect(textsOf(tab)).toEqual(["Hello", "after the note"]));
    await vi.advanceTimersByTimeAsync(10);
    expect(tab.socket.commands.map(({ name }) => name)).toEqual(["conversation:sync"]);
    tab.fake.reply(id, "and on");
    await vi.advanceTimersByTimeAsync(10);
    expect(tab.socket.commands).toHaveLength(1);
  });

  it("shows a changed message in its place", async () => {
    const tab = await openTab();
    const id = await startConversation(tab);
    const reply = tab.fake.reply(id, "Helo");
    tab.fake.reply(id, "next");
    tab.fake.edit(reply, "Hello");
    await vi.waitFor(() => expect(textsOf(tab)).toEqual(["Hello", "Hello", "next"]));
  });

  it("loads older pages in front of what is there", async () => {
    const storage = createMemoryStorage();
    const first = await openTab({ storage });
    const id = await startConversation(first, "0");
    for (let i = 1; i < 30; i += 1) first.fake.reply(id, String(i));
    const tab = await openTab({ fake: first.fake, storage });
    tab.chatWindow.show({ name: "thread", key: id });
    await vi.waitFor(() => expect(textsOf(tab)).toHaveLength(20));
    expect(tab.thread.peek()?.hasOlder.peek()).toBe(true);
    await tab.thread.peek()?.loadOlder();
    expect(textsOf(tab)).toEqual(Array.from({ length: 30 }, (_, i) => String(i)));
    expect(tab.thread.peek()?.hasOlder.peek()).toBe(false);
  });

  it("shows what lies around a message far back, goes on from there to the latest, and back to it at once", async () => {
    const storage = createMemoryStorage();
    const first = await openTab({ storage });
    const id = await startConversation(first, "0");
    const sent = Array.from({ length: 300 }, (_, i) => first.fake.reply(id, String(i + 1)));
    const numbers = (from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, i) => String(from + i));
    const tab = await openTab({ fake: first.fake, storage });
    tab.chatWindow.show({ name: "thread", key: id });
    const thread = tab.threadOf(id);
    const visit = async (at: number) =>
      expect(await thread.visit(sent[at - 1] as never)).toBeNull();
    await visit(50);
    expect(textsOf(tab)).toEqual(numbers(30, 150));
    tab.fake.reply(id, "301");
    await vi.advanceTimersByTimeAsync(10);
    expect(textsOf(tab)).toEqual(numbers(30, 150));
    await thread.loadNewer();
    await thread.loadOlder();
    expect(textsOf(tab)).toEqual(numbers(10, 250));
    await vi.advanceTimersByTimeAsync(10);
    await thread.loadNewer();
    expect(textsOf(tab)).toEqual(numbers(10, 301));
    expect(thread.hasNewer.peek()).toBe(false);
    await visit(5);
    expect(textsOf(tab)).toEqual(numbers(0, 105));
    expect([thread.hasOlder.peek(), thread.hasNewer.peek()]).toEqual([false, true]);
    thread.leave();
    await vi.waitFor(() => expect(textsOf(tab)).toEqual(numbers(282, 301)));
    expect([thread.hasOlder.peek(), thread.hasNewer.peek()]).toEqual([true, false]);
    tab.fake.failRest(unreachable);
    expect(await thread.visit(sent[0] as never)).toMatchObject({ code: "unreachable" });
    expect(textsOf(tab)).toHaveLength(20);
  });

  it("forgets that somebody types when it is not repeated", async () => {
    const tab = await openTab();
    const id = await startConversation(tab);
    tab.fake.setAgentTyping(id, true);
    expect(tab.typing.byConversation.peek().get(id)?.name).toBe(tab.fake.agent.name);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(tab.typing.byConversation.peek().size).toBe(0);
  });

  it("tells the server of typing at most every three seconds", async () => {
    const tab = await openTab();
    const id = await startConversation(tab);
    tab.socket.commands.length = 0;
    for (let i = 0; i < 5; i += 1) tab.typing.set(id, true);
    await vi.advanceTimersByTimeAsync(3_100);
    tab.typing.set(id, true);
    tab.typing.set(id, false);
    await vi.advanceTimersByTimeAsync(10);
    const typing = tab.socket.commands.map(({ input }) => (input as { typing: boolean }).typing);
    expect(typing).toEqual([true, true, false]);
  });

  it("tells the page who closed the chat", async () => {
    const tab = await openTab();
    const id = await startConversation(tab);
    await tab.conversations.resolve(id);
    tab.outbox.send(id, "not yet");
    await vi.waitFor(() => expect(tab.conversations.get(id)?.status).toBe("open"));
    tab.fake.change(id, { status: "resolved" });
    expect(detailsOf(tab, "chatClosed")).toMatchObject([
      { closedBy: "visitor" },
      { closedBy: "agent" },
    ]);
  });
});

describe("two tabs", () => {
  it("show the same conversation, and only the one that started it says so locally", async () => {
    const storage = createMemoryStorage();
    const first = await openTab({ storage });
    await startConversation(first, "one");
    const second = await openTab({ fake: first.fake, storage });
    await vi.waitFor(() => expect(second.connection.state.peek()).toBe("connected"));
    const id = await startConversation(first, "two");
    expect(second.conversations.get(id)?.messages.at(-1)?.content).toBe("two");
    expect(second.told.filter(({ name }) => name === "chatStarted")).toMatchObject([
      { detail: { conversationId: id }, local: false },
    ]);
  });
});

describe("a server that has forgotten the visitor", () => {
  it("is met anew, quietly, with what waits to be sent and what is known of the person", async () => {
    const tab = await openTab();
    await tab.customer.setInfo({ name: "Mary" });
    const id = await startConversation(tab);
    tab.socket.cut();
    tab.outbox.send(id, "still here");
    tab.fake.forgetContacts();
    tab.socket.mend();
    await vi.waitFor(() => expect(tab.fake.conversations()).toHaveLength(1), 5_000);
    expect(tab.fake.conversations()[0]?.messages[0]?.content).toBe("still here");
    expect(tab.fake.contacts()).toMatchObject([{ name: "Mary" }]);
    expect(tab.connection.refusal.peek()).toBeNull();
  });
});
