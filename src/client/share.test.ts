import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import type { PublicContact } from "../protocol/records.ts";
import { createLocksFake } from "./locks-fake.ts";
import { createSharedSocket } from "./share.ts";
import type { TabsPage } from "./share.ts";
import { createVisitorFake } from "./visitor-fake.ts";
import type { VisitorSocket } from "./visitor-transport.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

/** A browser whose tabs can be frozen: they hear nothing then, and say nothing. */
async function openBrowser() {
  const fake = createVisitorFake();
  const created = await fake.rest.createContact({});
  if (!created.ok) throw new Error(created.error.message);
  const contact: PublicContact = created.data;
  const locks = createLocksFake();
  const place = crypto.randomUUID();

  function openTab(options: { page?: TabsPage; name?: string; load?: () => Promise<never> } = {}) {
    let isFrozen = false;
    class Channel extends BroadcastChannel {
      override set onmessage(hear: ((event: MessageEvent) => void) | null) {
        // oxlint-disable-next-line unicorn/prefer-add-event-listener -- the one that tabs use
        super.onmessage = (event) => isFrozen || hear?.call(this, event as never);
      }
    }
    const own = fake.openSocket(() => contact.pubsub_token);
    const page = options.page ?? { navigator: { locks }, BroadcastChannel: Channel };
    const socket: VisitorSocket = createSharedSocket({
      own,
      page,
      name: () => place + (options.name ?? contact.pubsub_token),
      load: options.load ?? (() => import("./tabs.ts")),
    });
    const states: string[] = [];
    const heard: string[] = [];
    socket.onState((state) => states.push(state));
    socket.on("message:created", ({ message }) => heard.push(message.content ?? ""));
    onTestFinished(() => socket.close());
    return { own, socket, states, heard, freeze: (is: boolean) => void (isFrozen = is) };
  }
  type Tab = ReturnType<typeof openTab>;
  const connected = (tab: Tab) =>
    vi.waitFor(() => expect(tab.socket.state).toBe("connected"), { timeout: 4_000, interval: 5 });
  async function openConnected(...args: Parameters<typeof openTab>): Promise<Tab> {
    const tab = openTab(...args);
    tab.socket.connect();
    await connected(tab);
    return tab;
  }
  async function start(tab: Tab): Promise<number> {
    const message = { content: "Hello", echo_id: crypto.randomUUID() };
    const result = await tab.socket.send("conversation:start", { message });
    if (!result.ok) throw new Error(result.error.message);
    return result.data.id;
  }
  return { fake, openTab, openConnected, connected, start };
}

describe("several tabs", () => {
  it("share one connection: each commands, each hears", async () => {
    const { fake, openConnected, start } = await openBrowser();
    const tabs = [await openConnected(), await openConnected(), await openConnected()] as const;
    expect(tabs.map(({ own }) => own.state)).toEqual(["connected", "idle", "idle"]);
    const id = await start(tabs[2]);
    fake.reply(id, "Hi there");
    for (const { heard } of tabs) await vi.waitFor(() => expect(heard).toContain("Hi there"));
  });

  it("send a message once that two of them hold", async () => {
    const { openConnected, start } = await openBrowser();
    const tabs = [await openConnected(), await openConnected(), await openConnected()] as const;
    const message = { conversation_id: await start(tabs[0]), content: "Me", echo_id: "echo" };
    const answers = await Promise.all(
      tabs.map(({ socket }) => socket.send("message:send", message)),
    );
    expect(new Set(answers.map((answer) => answer.ok && answer.data.id)).size).toBe(1);
    const sent = tabs[0].own.commands.filter(({ name }) => name === "message:send");
    expect(sent).toHaveLength(1);
  });

  it("have the next one lead when the first is closed, and know that they may have missed something", async () => {
    const { fake, openConnected, connected, start } = await openBrowser();
    const [first, second, third] = [
      await openConnected(),
      await openConnected(),
      await openConnected(),
    ];
    const id = await start(second);
    first.socket.close();
    await vi.waitFor(() => expect(second.own.state).toBe("connected"));
    for (const tab of [second, third]) {
      await connected(tab);
      expect(tab.states).toEqual(["connecting", "connected", "connecting", "connected"]);
    }
    fake.reply(id, "Still here");
    for (const { heard } of [second, third]) {
      await vi.waitFor(() => expect(heard).toEqual(["Hello", "Still here"]));
    }
    expect(first.heard).not.toContain("Still here");
  });

  it("take the connection from one that does not answer, which follows when it wakes", async () => {
    const { openConnected, connected, start } = await openBrowser();
    const [first, second] = [await openConnected(), await openConnected()];
    const id = await start(second);
    first.freeze(true);
    const lost = second.socket.send("conversation:see", { conversation_id: id, seq: 1 });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await lost).toMatchObject({ error: { code: "unreachable" } });
    await vi.waitFor(() => expect(second.own.state).toBe("connected"));
    await connected(second);
    first.freeze(false);
    first.socket.nudge();
    await connected(first);
    expect(first.own.state).toBe("idle");
  });

  it("tell of the line's state: cut for one is cut for all", async () => {
    const { openConnected, connected } = await openBrowser();
    const [first, second] = [await openConnected(), await openConnected()];
    first.own.cut();
    await vi.waitFor(() => expect(second.socket.state).toBe("connecting"));
    expect(await second.socket.send("conversation:list", {})).toMatchObject({
      error: { code: "unreachable" },
    });
    first.own.mend();
    await connected(second);
  });

  it("of two identities never share", async () => {
    const { openConnected } = await openBrowser();
    const tabs = [await openConnected(), await openConnected({ name: "somebody else" })];
    expect(tabs.map(({ own }) => own.state)).toEqual(["connected", "connected"]);
  });
});

describe("a tab has its own connection", () => {
  it("where the browser has no locks, forbids them, or has no channels", async () => {
    const { openConnected } = await openBrowser();
    const forbidden = { request: () => Promise.reject(new DOMException("no", "SecurityError")) };
    const pages: TabsPage[] = [
      { navigator: {}, BroadcastChannel },
      { navigator: { locks: forbidden }, BroadcastChannel },
      { navigator: { locks: createLocksFake() } },
    ];
    for (const page of pages) {
      const { own } = await openConnected({ page });
      expect(own.state).toBe("connected");
    }
  });

  it("where what it takes to share does not load", async () => {
    const { openConnected } = await openBrowser();
    await openConnected();
    const second = await openConnected({ load: () => Promise.reject(new Error("offline")) });
    expect(second.own.state).toBe("connected");
  });
});
