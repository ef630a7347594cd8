import { signal } from "../signals.ts";
import { expect, it, vi } from "vitest";
import type { Chat, Core } from "../core.ts";
import { openTab } from "../test-kit/chat.ts";
import { createHostEvents } from "./events.ts";
import { callMethod } from "./methods.ts";

/** A page whose chat is there, and the means to call a method by name. */
async function openPage() {
  const events = createHostEvents({
    target: new EventTarget(),
    now: Date.now,
    newId: () => "id",
    report: (error) => {
      throw error;
    },
  });
  const tab = await openTab({ emit: events.emit });
  const reload = vi.fn<() => void>();
  const reset = vi.fn<() => void>();
  const attach = vi.fn<() => void>();
  const stores = { ...tab };
  const chat: Chat = { unreadCount: signal(0), stores, reload, stop: () => undefined };
  const core = { ...tab, page: window, rest: tab.fake.rest, emit: events.emit };
  const call = async (name: string, ...args: unknown[]) =>
    callMethod(
      {
        core: core as unknown as Core,
        on: events.on,
        load: async () => undefined,
        chat: () => chat,
        reset,
        attach,
      },
      name,
      args,
    );
  return { ...tab, events, call, reload, reset, attach };
}

it("startChat opens a new conversation with the text in the field, and sends nothing", async () => {
  const { call, chatWindow, drafts, fake } = await openPage();
  expect(await call("startChat", { text: "Hello" })).toEqual({
    conversationId: null,
    echoId: null,
  });
  const view = chatWindow.view.peek();
  expect(chatWindow.state.peek()).toBe("maximized");
  expect(view.name === "thread" && drafts.get(view.key)).toBe("Hello");
  expect(fake.conversations()).toEqual([]);
});

it("startChat and setLocale refuse what is not valid before anything has happened", async () => {
  const { call, chatWindow, settings } = await openPage();
  await expect(call("startChat", { fields: "pro" })).rejects.toMatchObject({ code: "invalid" });
  await expect(call("startChat", { text: 5 })).rejects.toMatchObject({ code: "invalid" });
  await expect(call("setLocale", "klingon spoken here")).rejects.toMatchObject({ code: "invalid" });
  expect(chatWindow.state.peek()).toBe("minimized");
  expect(settings.locale.peek()).toBe("en");
});

it("sendMessage rejects with the server's own reason", async () => {
  const { call, socket, customer, connection } = await openPage();
  await customer.ensure();
  await vi.waitFor(() => expect(connection.state.peek()).toBe("connected"));
  socket.failCommands({ code: "forbidden", message: "" });
  await expect(call("sendMessage", "Hello")).rejects.toMatchObject({ code: "forbidden" });
});

it("a view is chosen by name: the conversations, or the one that is going on", async () => {
  const { call, chatWindow } = await openPage();
  const { conversationId } = (await call("sendMessage", "Hello")) as { conversationId: number };
  await call("showView", { view: "thread" });
  expect(chatWindow.view.peek()).toEqual({ name: "thread", key: conversationId });
  await call("showView", { view: "home" });
  expect(chatWindow.view.peek()).toEqual({ name: "home" });
  await call("showView", {});
  await expect(call("showView", { view: "moon" })).rejects.toMatchObject({ code: "invalid" });
});

it("page says where the visitor is, and has the chat look whether it belongs there", async () => {
  const { call, attach, customer } = await openPage();
  await call("page", { title: "Tents" });
  expect(attach).toHaveBeenCalledOnce();
  expect(customer.info.peek().fields).toMatchObject({ page_title: "Tents" });
});

it("startChat sends when it is told to, says so as the page's doing, and answers once the server has it", async () => {
  const { call, fake, events } = await openPage();
  const initiated = vi.fn();
  events.on("chatInitiated", initiated);
  const fields = { plan: "pro" };
  const sent = await call("startChat", { text: "Hello", send: true, fields });
  const [conversation] = fake.conversations();
  expect(sent).toEqual({ conversationId: conversation?.id, echoId: expect.any(String) as string });
  expect(fake.contacts()[0]?.custom_attributes).toEqual({ plan: "pro" });
  expect(initiated.mock.calls[0]?.[0]).toMatchObject({ source: "api", detail: { origin: "api" } });
});

it("sendMessage and prefill go on in the conversation on screen, or in the one that is named", async () => {
  const { call, fake, drafts, chatWindow } = await openPage();
  const { conversationId } = (await call("sendMessage", "First")) as { conversationId: number };
  await call("sendMessage", { text: "Second", conversation: conversationId });
  expect(fake.messages(conversationId).map(({ content }) => content)).toEqual(["First", "Second"]);
  await call("prefill", "Third");
  expect(chatWindow.view.peek()).toEqual({ name: "thread", key: conversationId });
  expect(drafts.get(conversationId)).toBe("Third");
  await expect(call("sendMessage", " ")).rejects.toMatchObject({ code: "invalid" });
  await expect(call("sendMessage", { text: "x", conversation: 99 })).rejects.toMatchObject({
    code: "not_found",
  });
});

it("openConversation, listConversations, search and endChat speak of the visitor's own", async () => {
  const { call, fake, chatWindow } = await openPage();
  const { conversationId } = (await call("sendMessage", "Where is my tent?")) as {
    conversationId: number;
  };
  fake.reply(conversationId, "The **Tent** is on its way");
  chatWindow.show({ name: "home" });
  await call("openConversation", conversationId);
  expect(chatWindow.view.peek()).toEqual({ name: "thread", key: conversationId });
  await expect(call("openConversation", 99)).rejects.toMatchObject({ code: "not_found" });
  expect(await call("listConversations")).toMatchObject([
    {
      id: conversationId,
      status: "open",
      unreadCount: 1,
      lastMessage: "The **Tent** is on its way",
    },
  ]);
  expect(await call("search", "TENT")).toMatchObject([
    { conversationId, text: "The **Tent** is on its way" },
    { conversationId, text: "Where is my tent?" },
  ]);
  expect(await call("search", "nothing of the kind")).toEqual([]);
  expect(await call("endChat")).toMatchObject({ id: conversationId, status: "resolved" });
  chatWindow.show({ name: "home" });
  await expect(call("endChat")).rejects.toMatchObject({ code: "not_found" });
});

it("getAvailability asks the server who is there", async () => {
  const { call, fake } = await openPage();
  expect(await call("getAvailability")).toEqual({
    state: "available",
    availableCount: 1,
    agents: [{ id: 1, name: fake.agent.name, avatarUrl: null, state: "available" }],
  });
  fake.failRest({ code: "unreachable", message: "offline" });
  await expect(call("getAvailability")).rejects.toMatchObject({ code: "unreachable" });
});

it("page and track are kept as fields until there is a contact, and reach him then", async () => {
  const { call, customer, fake } = await openPage();
  await call("page", { url: "https://shop.example/tents", title: "Tents" });
  await call("track", "added to cart", { price: 5 });
  expect(fake.contacts()).toEqual([]);
  expect(customer.info.peek().fields).toMatchObject({ page_title: "Tents" });
  await call("sendMessage", "Hello");
  expect(fake.contacts()[0]?.custom_attributes).toMatchObject({
    page_url: "https://shop.example/tents",
    "event_added to cart": { data: { price: 5 } },
  });
});

it("setLocale, setConsent and reloadUI act at once", async () => {
  const { call, settings, events, reload } = await openPage();
  const heard: unknown[] = [];
  events.on("reloadUI", ({ detail }: { detail: unknown }) => heard.push(detail));
  await call("setLocale", "pt-BR");
  expect(settings.locale.peek()).toBe("pt-BR");
  await expect(call("setLocale", 5)).rejects.toMatchObject({ code: "invalid" });
  await call("setConsent", "denied");
  await call("setConsent", "denied");
  expect(settings.host.peek().consent).toBe("denied");
  await expect(call("setConsent", "perhaps")).rejects.toMatchObject({ code: "invalid" });
  await call("reloadUI");
  expect(reload).toHaveBeenCalledOnce();
  expect(heard).toEqual([{ durationMs: expect.any(Number) as number }]);
});
