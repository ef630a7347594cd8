// The form before a chat and the queue: what is asked of whom, and what becomes of the answers.
import { expect, it, vi } from "vitest";
import { aPublicInbox } from "../../client/visitor-fake-records.ts";
import { createVisitorFake } from "../../client/visitor-fake.ts";
import type { PreChatField } from "../../protocol/records-pre-chat.ts";
import { detailsOf, openTab, startConversation } from "../test-kit/chat.ts";
import type { Tab } from "../test-kit/chat.ts";
import { createDates } from "../ui/dates.ts";
import { faultOf } from "../ui/PreChatForm.tsx";
import { presenceInWords } from "../ui/presence.ts";
import { createPreChat } from "./pre-chat.ts";
import { followQueue } from "./queue.ts";

const aField = (more: Partial<PreChatField> = {}): PreChatField => ({
  name: "emailAddress",
  field_type: "standard",
  type: "email",
  label: "",
  placeholder: "",
  required: true,
  values: [],
  ...more,
});
const plan = aField({ name: "plan", field_type: "conversation_attribute", type: "text" });
const aForm = () => ({ message: "", fields: [aField(), plan], consent: null });

async function open(tab?: Tab) {
  const fake = createVisitorFake({ inbox: aPublicInbox({ pre_chat_form: aForm() }) });
  const shown = tab ?? (await openTab({ fake }));
  const told: unknown[] = [];
  const store = createPreChat({
    stores: shown,
    customer: shown.customer,
    storage: shown.storage,
    emit: (name, detail) => void told.push([name, detail]),
    stop: new AbortController().signal,
  });
  return { tab: shown, store, told };
}

it("asks before the first message, and sends the answers with it, once", async () => {
  const { tab, store, told } = await open();
  const key = tab.newThreadKey();
  expect([store.asks(key), store.asks(7)]).toEqual([true, false]);
  store.submit(key, { emailAddress: "vera@example.com", plan: "" }, false);
  expect(store.asks(key)).toBe(false);
  // Names, and nothing of what was said.
  expect(told).toEqual([["prechatSubmit", { fields: ["emailAddress"] }]]);
  tab.chatWindow.show({ name: "thread", key });
  tab.outbox.send(key, "Hello");
  await vi.waitFor(() => expect(tab.thread.peek()).toBeDefined());
  const start = tab.socket.commands.find(({ name }) => name === "conversation:start");
  expect(start?.input).toMatchObject({
    pre_chat: { fields: { emailAddress: "vera@example.com" }, consent: false },
    message: { content: "Hello" },
  });
  expect(tab.storage.keys().filter((one) => one.startsWith("wish:"))).toEqual([]);
});

it("fills in what is known, and asks a verified visitor nothing of whom all is known", async () => {
  const { tab, store } = await open();
  await tab.customer.setInfo({ email: "vera@example.com", fields: { plan: "pro" } });
  expect([store.known(aField()), store.known(plan)]).toEqual(["vera@example.com", "pro"]);
  await tab.customer.ensure();
  expect(store.asks(tab.newThreadKey())).toBe(true);
  const contact = tab.customer.contact.peek();
  if (contact) tab.customer.become({ ...contact, hmac_verified: true });
  expect(store.asks(tab.newThreadKey())).toBe(false);
  if (contact) tab.customer.become({ ...contact, hmac_verified: true, email: null });
  expect(store.asks(tab.newThreadKey())).toBe(true);
});

it("asks again when the server refuses the answers, and keeps the message", async () => {
  const { tab, store } = await open();
  await tab.customer.ensure();
  await vi.waitFor(() => expect(tab.socket.state).toBe("connected"));
  const key = tab.newThreadKey();
  store.submit(key, { emailAddress: "vera@example" }, false);
  tab.socket.failCommands({
    code: "invalid",
    message: "no",
    field: "pre_chat.fields.emailAddress",
  });
  tab.outbox.send(key, "Hello");
  await vi.waitFor(() => expect(store.asks(key)).toBe(true));
  expect(tab.outbox.entries.peek().map(({ content }) => content)).toEqual(["Hello"]);
  tab.socket.failCommands(null);
  store.submit(key, { emailAddress: "vera@example.com" }, false);
  await vi.waitFor(() => expect(tab.outbox.entries.peek()).toEqual([]));
  expect(tab.fake.conversations()).toHaveLength(1);
});

it("knows the place in the queue of the conversation on screen, until somebody takes it", async () => {
  const tab = await openTab();
  const place = followQueue(tab, tab.socket, new AbortController().signal);
  const id = await startConversation(tab);
  tab.fake.setQueuePlace(id, 3, 240);
  expect(place.value).toMatchObject({ position: 3, wait_seconds: 240 });
  tab.fake.setQueuePlace(id, 2);
  expect(place.value).toMatchObject({ position: 2, wait_seconds: null });
  tab.fake.change(id, { assignee: tab.fake.agent });
  expect(place.value).toBeNull();
});

it("goes on in the last conversation where the inbox wants it so", async () => {
  const tab = await openTab({
    fake: createVisitorFake({ inbox: aPublicInbox({ lock_to_single_conversation: true }) }),
  });
  expect(tab.newThreadKey()).toMatch(/^new:/);
  const id = await startConversation(tab);
  expect(tab.newThreadKey()).toBe(id);
});

it("tells the page who types and who has read", async () => {
  const tab = await openTab();
  const id = await startConversation(tab);
  const { fake } = tab;
  fake.setAgentTyping(id, true);
  fake.setAgentTyping(id, true);
  fake.setAgentTyping(id, false);
  const agent = { id: fake.agent.id, name: fake.agent.name, avatarUrl: null };
  expect(detailsOf(tab, "typing")).toEqual([
    { conversationId: id, typing: true, agent },
    { conversationId: id, typing: false, agent },
  ]);
  const seen = { agent_last_seen_seq: 2, agent_last_seen_at: "2026-11-20T12:00:00.000Z" };
  fake.change(id, seen);
  fake.change(id, seen);
  fake.reply(id, "Hi");
  tab.conversations.see(id, 9);
  tab.conversations.see(id, 9);
  expect(detailsOf(tab, "readReceipt")).toEqual([
    { conversationId: id, readBy: "agent", readAt: Date.parse("2026-11-20T12:00:00Z") },
    { conversationId: id, readBy: "visitor", readAt: expect.any(Number) as number },
  ]);
});

it("says what is wrong with an answer", () => {
  const wrong = (type: PreChatField["type"], answer: string | boolean, required = true) =>
    faultOf(aField({ type, required }), answer) !== undefined;
  expect(wrong("email", "vera@example.com")).toBe(false);
  expect(wrong("email", "vera")).toBe(true);
  expect(wrong("email", " ")).toBe(true);
  expect(wrong("email", "", false)).toBe(false);
  expect(wrong("phone", "+49 (30) 12-34")).toBe(false);
  expect(wrong("phone", "call me")).toBe(true);
  expect(wrong("number", "1.5")).toBe(false);
  expect(wrong("percent", "many")).toBe(true);
  expect(wrong("link", "https://example.com")).toBe(false);
  expect(wrong("link", "javascript:alert(1)")).toBe(true);
  expect(wrong("checkbox", false)).toBe(true);
  expect(wrong("checkbox", false, false)).toBe(false);
});

it("says in words who is there, or when", () => {
  const now = new Date(2026, 10, 20, 20).getTime();
  const dates = createDates("en-GB", () => now);
  const words = (availability: "available" | "unavailable", opens?: Date, usual?: number) =>
    presenceInWords(
      {
        availability,
        opening_hours: opens ? { is_open: false, changes_at: [opens.getTime() / 1_000] } : null,
        usual_reply_seconds: usual ?? null,
      },
      dates,
      true,
      now,
    );
  expect(words("available")).toBeUndefined();
  expect(words("available", undefined, 20)).toBe("Usually replies within a minute");
  expect(words("available", undefined, 250)).toBe("Usually replies within 5 minutes");
  expect(words("available", undefined, 4_000)).toBe("Usually replies within 2 hours");
  expect(words("available", undefined, 90_000)).toBe("Usually replies within a day");
  expect(words("unavailable")).toBeUndefined();
  expect(words("unavailable", new Date(2026, 10, 20, 21, 30))).toBe("Back at 21:30");
  expect(words("unavailable", new Date(2026, 10, 21, 9))).toBe("Back tomorrow at 09:00");
  expect(words("unavailable", new Date(2026, 10, 23, 9))).toBe("Back on Monday at 09:00");
  expect(words("unavailable", new Date(2026, 11, 28, 9))).toBe("Back on 28 December at 09:00");
});
