// A visitor's browser and an agent's desk without their views: real stores on the real wire, each behind
// a network of its own.
import { signal } from "@preact/signals";
import { WebSocket } from "ws";
import { startFaultProxy } from "../../e2e/kit/fault-proxy.ts";
import { createAgentRest } from "../client/agent-rest.ts";
import { createRest } from "../client/rest.ts";
import { createLeanSocket } from "../client/lean-socket.ts";
import { createLocksFake } from "../client/locks-fake.ts";
import { createSharedSocket } from "../client/share.ts";
import { createSocket } from "../client/socket.ts";
import type { AgentSocket } from "../client/agent-transport.ts";
import type { VisitorSocket } from "../client/visitor-transport.ts";
import { createVisitorRest } from "../client/visitor-rest.ts";
import { createDesk } from "../desk/store/desk.ts";
import { createMemoryStorage as createTextStorage } from "../desk/test-kit/test-desk.ts";
import { createTestRouter } from "../desk/test-kit/test-desk.ts";
import { AGENT_NAMESPACE, VISITOR_NAMESPACE } from "../protocol/path-parts.ts";
import type { PublicInbox } from "../protocol/records.ts";
import { createBrowserFetch } from "../server/test-kit/browser-fetch.ts";
import type { TestAgent, TestApp, TestVisitor } from "../server/test-kit/app.ts";
import { createChatStores } from "../widget/store/chat.ts";
import { createChatWindow } from "../widget/store/chat-window.ts";
import { createCustomerStore } from "../widget/store/customer.ts";
import { createInboxStore } from "../widget/store/inbox.ts";
import { createMemoryStorage } from "../widget/store/storage.ts";
import type { KeyValueStorage } from "../widget/store/storage.ts";

const clock = {
  now: () => Date.now(),
  after(delayMs: number, run: () => void) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

/** What lies on the device; each tab hears, a moment later, what the others write. */
function createDevice() {
  const shared = createMemoryStorage();
  const tabs: (() => void)[] = [];
  function open(reread: () => void): KeyValueStorage {
    tabs.push(reread);
    const tell = () => {
      for (const hear of tabs) if (hear !== reread) setTimeout(hear);
    };
    return {
      ...shared,
      set(key, value) {
        shared.set(key, value);
        tell();
      },
      remove(key) {
        shared.remove(key);
        tell();
      },
    };
  }
  return { open, set: (key: string, value: string) => shared.set(key, value) };
}

/** Two tabs of one browser that knows who its visitor is, each with his conversation on screen: they share one line. */
export async function openWidget(app: TestApp, visitor: TestVisitor, conversationId: number) {
  const network = await startFaultProxy(app.url);
  const rest = createVisitorRest(createRest({ baseUrl: network.url }), visitor.inbox.token);
  const device = createDevice();
  const contact = { source_id: visitor.sourceId, pubsub_token: visitor.pubsubToken };
  device.set("contact", JSON.stringify({ ...contact, id: visitor.id, custom_attributes: {} }));
  const page = { navigator: { locks: createLocksFake() }, BroadcastChannel };
  const emit = () => {};

  async function openTab(name: string) {
    const storage = device.open(() => stores.reread());
    const inbox = createInboxStore({
      value: signal<PublicInbox | null>(null),
      rest,
      emit,
      stop: new AbortController().signal,
    });
    const customer = createCustomerStore({ rest, storage, emit });
    const chatWindow = createChatWindow({ emit, now: clock.now });
    chatWindow.show({ name: "thread", key: conversationId });
    const own: VisitorSocket = createLeanSocket({
      baseUrl: network.url,
      namespace: VISITOR_NAMESPACE,
      pubsubToken: () => visitor.pubsubToken,
      // What a browser tells by `close` alone.
      openWebSocket: (url) => new WebSocket(url).on("error", () => {}) as never,
    });
    const socket = createSharedSocket({
      own,
      page,
      name: () => `${network.url} ${visitor.pubsubToken}`,
      load: () => import("../client/tabs.ts"),
    });
    let ids = 0;
    const stores = createChatStores({
      rest,
      socket,
      storage,
      inbox,
      customer,
      chatWindow,
      emit,
      now: clock.now,
      newId: () => `${name}-${(ids += 1)}`,
    });
    await inbox.load();
    return stores;
  }
  const tabs = [await openTab("first"), await openTab("second")] as const;
  const stop = async () => {
    for (const tab of tabs) tab.stop();
    await network.stop();
  };
  const notice = () => {
    for (const { connection } of tabs) {
      connection.open();
      connection.nudge();
    }
  };
  return { tabs, network, notice, stop };
}

/** The desk's stores of a signed-in agent, with the conversation open. */
export async function openDesk(app: TestApp, agent: TestAgent, conversationId: number) {
  const network = await startFaultProxy(app.url);
  let socket: AgentSocket | undefined;
  let ids = 0;
  const desk = createDesk({
    rest: createAgentRest({
      baseUrl: network.url,
      fetch: createBrowserFetch(app.config.publicUrl),
    }),
    createSocket(pubsubToken) {
      socket = createSocket({
        baseUrl: network.url,
        namespace: AGENT_NAMESPACE,
        pubsubToken: () => pubsubToken,
      });
      return socket;
    },
    router: createTestRouter(`/desk/conversations/${conversationId}?view=all`),
    clock,
    createId: () => `desk-${(ids += 1)}`,
    isAttentive: signal(false),
    tabStorage: createTextStorage(),
    browserStorage: createTextStorage(),
    isWide: signal(true),
  });
  const stop = async () => {
    desk.stop();
    await network.stop();
  };
  await desk.session.signIn({ email: agent.email, password: agent.password });
  const { workspace } = desk;
  if (!workspace.value || !socket) throw new Error("not signed in");
  const { value } = workspace;
  const notice = () => socket?.nudge();
  return { ...value, network, notice, stop };
}

export type Widget = Awaited<ReturnType<typeof openWidget>>;
export type Desk = Awaited<ReturnType<typeof openDesk>>;
