// A visitor's tab for tests: the chat's stores on the fake server, with what they told the page.
import { signal } from "../signals.ts";
import { vi } from "vitest";
import { createVisitorFake } from "../../client/visitor-fake.ts";
import type { VisitorFake } from "../../client/visitor-fake.ts";
import type { PublicInbox } from "../../protocol/records.ts";
import type { Core } from "../core.ts";
import { createChatStores } from "../store/chat.ts";
import { createChatWindow } from "../store/chat-window.ts";
import { createCustomerStore } from "../store/customer.ts";
import type { Emit, EventName, EventSource } from "../store/events.ts";
import { createInboxStore } from "../store/inbox.ts";
import { createSettings } from "../store/settings.ts";
import { createMemoryStorage } from "../store/storage.ts";
import type { KeyValueStorage } from "../store/storage.ts";

export interface Told {
  name: EventName;
  detail: unknown;
  local: boolean;
  source?: EventSource;
}

/** Opens a tab. Tabs of one browser share `storage`, and of one world `fake`. */
export async function openTab(
  options: { fake?: VisitorFake; storage?: KeyValueStorage; isCut?: boolean; emit?: Emit } = {},
) {
  const { fake = createVisitorFake(), storage = createMemoryStorage() } = options;
  const told: Told[] = [];
  const emit: Emit = (name, detail, origin = {}) => {
    const { local = true, source = "system" } = origin;
    told.push({ name, detail, local, source });
    options.emit?.(name, detail, origin);
  };
  let ids = 0;
  const tab = Math.random().toString(36).slice(2, 6);
  const value = signal<PublicInbox | null>(null);
  const inbox = createInboxStore({
    value,
    rest: fake.rest,
    emit,
    stop: new AbortController().signal,
  });
  const customer = createCustomerStore({ rest: fake.rest, storage, emit });
  const chatWindow = createChatWindow({ emit, now: () => performance.now() });
  const settings = createSettings({ inbox: value, language: "en" });
  const socket = fake.openSocket(() => customer.contact.peek()?.pubsub_token ?? "");
  if (options.isCut) socket.cut();
  const stores = createChatStores({
    rest: fake.rest,
    socket,
    storage,
    inbox,
    customer,
    chatWindow,
    emit,
    now: Date.now,
    newId: () => `${tab}-${(ids += 1)}`,
  });
  await inbox.load();
  return { ...stores, fake, storage, socket, customer, settings, told };
}

export type Tab = Awaited<ReturnType<typeof openTab>>;

/** Starts a conversation and waits until the server has it; answers its number. */
export async function startConversation(tab: Tab, content = "Hello"): Promise<number> {
  const key = tab.newThreadKey();
  tab.chatWindow.show({ name: "thread", key });
  tab.outbox.send(key, content);
  return vi.waitFor(() => {
    const id = tab.thread.peek()?.id;
    if (id === undefined) throw new Error("not started yet");
    return id;
  });
}

/** What the thread on screen says, in order. */
export const textsOf = (tab: Tab): (string | null)[] =>
  (tab.thread.peek()?.messages.peek() ?? []).map(({ content }) => content);

export const detailsOf = (tab: Tab, name: EventName): unknown[] =>
  tab.told.filter((event) => event.name === name).map(({ detail }) => detail);

/** What the first stage hands over, of this tab. */
export const coreOf = (tab: Tab, isPhone: Core["isPhone"]): Core => ({
  ...tab,
  page: window,
  root: document.createElement("div").attachShadow({ mode: "open" }),
  baseUrl: "https://chat.test",
  inboxId: "inbox",
  request: () => Promise.reject(new Error("a view asks its stores")),
  rest: tab.fake.rest,
  identityRefusal: signal(null),
  kept: {
    prefix: "parlor:test:",
    storage: tab.storage,
    tabStorage: createMemoryStorage(),
    hasOpened: signal(true),
    consentAtStart: undefined,
  },
  emit: () => undefined,
  on: () => () => undefined,
  isPhone,
  addStyle: () => () => undefined,
  styleCards: () => undefined,
});
