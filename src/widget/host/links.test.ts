// Share links, made and followed, over the chat's stores on the fake server.
import { afterEach, expect, it, vi } from "vitest";
import type { Core } from "../core.ts";
import { detailsOf, openTab, startConversation } from "../test-kit/chat.ts";
import { watchDeepLinks } from "../browser/deep-links.ts";
import { createHostEvents } from "./events.ts";
import { getShareLink, openDeepLink } from "./links.ts";

afterEach(() => history.replaceState(null, "", "/"));

async function openPage(options: Parameters<typeof openTab>[0] = {}) {
  const report = (error: unknown) => {
    throw error;
  };
  const events = createHostEvents({
    target: new EventTarget(),
    now: Date.now,
    newId: () => "id",
    report,
  });
  const tab = await openTab({ ...options, emit: events.emit });
  const core = {
    ...tab,
    page: window,
    rest: tab.fake.rest,
    emit: events.emit,
    baseUrl: "https://chat.example",
  } as unknown as Core;
  const links = { core, on: events.on, stores: async () => tab };
  const follow = async (fragment: string) => {
    location.hash = fragment;
    await openDeepLink(links, fragment);
  };
  const draft = () => {
    const view = tab.chatWindow.view.peek();
    return view.name === "thread" ? tab.drafts.get(view.key) : undefined;
  };
  return {
    ...tab,
    events,
    follow,
    draft,
    share: (given?: unknown) => getShareLink(links, given),
  };
}

it("a link is the hosted page, with what it asks for behind the #, where no server hears it", async () => {
  const { share } = await openPage();
  const plain = await share();
  expect(plain).toMatch(/^https:\/\/chat\.example\/chat\/[\w-]+$/);
  expect(await share({ text: "A & B?", team: 3, agentId: 5 })).toBe(
    `${plain}#chat/new?text=A+%26+B%3F&team=3&agent=5`,
  );
  await expect(share({ text: 5 })).rejects.toMatchObject({ code: "invalid" });
  await expect(share({ team: "sales" })).rejects.toMatchObject({ code: "invalid" });
  await expect(share({ conversation: 1 })).rejects.toMatchObject({ code: "not_found" });
});

it("a link to a conversation is this page, and leads back to it", async () => {
  const { share, follow, chatWindow, fake, ...tab } = await openPage();
  const id = await startConversation({ ...tab, chatWindow, fake });
  history.replaceState({ router: 1 }, "", "/order?id=5");
  const link = await share({ conversation: id });
  expect(link).toMatch(/\/order\?id=5#chat\/open\?link=/);
  await expect(share({ conversation: 999 })).rejects.toMatchObject({ code: "not_found" });
  chatWindow.close("button");
  chatWindow.show({ name: "home" });
  const entries = history.length;
  history.replaceState({ router: 1 }, "", link);
  await follow(new URL(link).hash);
  expect(chatWindow.view.peek()).toEqual({ name: "thread", key: id });
  expect(detailsOf({ ...tab, chatWindow, fake }, "chatMaximize").at(-1)).toMatchObject({
    reason: "deepLink",
  });
  expect(location.pathname + location.search + location.hash).toBe("/order?id=5");
  expect(history.state).toEqual({ router: 1 });
  expect(history.length).toBe(entries);
});

it("somebody else's link opens the chat, and nothing of the other's, until he proves who he is", async () => {
  const { fake, follow, chatWindow, events, customer } = await openPage();
  await customer.ensure();
  const refused = vi.fn();
  events.on("error", refused);
  await follow("#chat/open?link=link-to-1");
  expect(chatWindow.state.peek()).toBe("maximized");
  expect(chatWindow.view.peek()).toEqual({ name: "home" });
  expect(refused.mock.calls).toMatchObject([[{ detail: { code: "not_found" } }]]);
  const source = customer.contact.peek()?.source_id ?? "";
  const answered = { ok: true, data: { id: 7 } } as const;
  const post = vi.spyOn(fake.rest, "post").mockResolvedValue(answered);
  events.emit("identityChange", { contactId: 1, verified: true, previousContactId: null });
  await vi.waitFor(() => expect(chatWindow.view.peek()).toEqual({ name: "thread", key: 7 }));
  expect(post.mock.calls[0]?.[0]).toContain(source);
});

it("a text stands in the field and is not sent, however hostile; and never over what the visitor wrote", async () => {
  const { fake, follow, draft, drafts, newThreadKey } = await openPage();
  const hostile = `<img src=x onerror=alert(1)>\u0000\u202Egnp.exe\u0007\nline`;
  await follow(`#chat/new?text=${encodeURIComponent(hostile)}&send=true`);
  expect(draft()).toBe("<img src=x onerror=alert(1)>gnp.exe\nline");
  await follow(`#chat/new?text=${"x".repeat(9_000)}`);
  expect(draft()).toContain("onerror");
  drafts.set(newThreadKey(), "");
  await follow(`#chat/new?text=${"x".repeat(9_000)}`);
  expect(draft()).toHaveLength(2_000);
  drafts.set(newThreadKey(), "");
  for (const broken of ["#chat/new?text=%E0%A4%A", "#chat/new?text", "#chat/new", "#chat/other"]) {
    await follow(broken);
    expect(location.hash).toBe("");
  }
  expect(fake.conversations()).toEqual([]);
});

it("a team and an agent go with the start of the conversation that the link began, and no other", async () => {
  const { follow, chatWindow, outbox, socket, customer, ...tab } = await openPage();
  await customer.ensure();
  await vi.waitFor(() => expect(socket.state).toBe("connected"));
  const send = vi.spyOn(socket, "send");
  await follow("#chat/new?team=3&agent=5");
  const view = chatWindow.view.peek();
  if (view.name === "thread") outbox.send(view.key, "Hello");
  await vi.waitFor(() => expect(outbox.entries.peek()).toEqual([]));
  const starts = () => send.mock.calls.filter(([name]) => name === "conversation:start");
  expect(starts()[0]?.[1]).toMatchObject({ team_id: 3, assignee_id: 5 });
  expect(tab.storage.keys().filter((key) => key.startsWith("wish:"))).toEqual([]);
  await follow("#chat/new?team=-1&agent=x");
  outbox.send(tab.newThreadKey(), "Hello");
  await vi.waitFor(() => expect(outbox.entries.peek()).toEqual([]));
  expect(starts()[1]?.[1]).not.toHaveProperty("team_id");
});

it("addresses of the chat are followed at once and as they come; others are the page's", () => {
  const stopping = new AbortController();
  const navigation = new EventTarget();
  const followed: string[] = [];
  history.replaceState(null, "", "/#chat");
  const page = Object.assign(Object.create(window) as Window, {
    navigation,
    document,
    addEventListener: window.addEventListener.bind(window),
  });
  watchDeepLinks(page, stopping.signal, (fragment) => followed.push(fragment));
  const navigate = (url: string, hashChange = true) => {
    const event = new Event("navigate", { cancelable: true });
    navigation.dispatchEvent(Object.assign(event, { hashChange, destination: { url } }));
    return event.defaultPrevented;
  };
  history.replaceState(null, "", "/");
  window.dispatchEvent(new Event("click"));
  expect(navigate("http://localhost/#chat/new?text=a#b")).toBe(true);
  expect(navigate("http://localhost/#chatroom")).toBe(false);
  expect(navigate("http://localhost/other#chat", false)).toBe(false);
  history.replaceState(null, "", "/#chat/new");
  expect(navigate("http://localhost/other", false)).toBe(false);
  window.dispatchEvent(new Event("hashchange"));
  stopping.abort();
  expect(navigate("http://localhost/#chat")).toBe(false);
  expect(followed).toEqual(["#chat", "#chat/new?text=a#b", "#chat/new"]);
});
