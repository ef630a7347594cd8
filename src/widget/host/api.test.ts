import { signal } from "../signals.ts";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createVisitorFake } from "../../client/visitor-fake.ts";
import { createChatWindow } from "../store/chat-window.ts";
import { createCustomerStore } from "../store/customer.ts";
import { createSettings } from "../store/settings.ts";
import { createMemoryStorage } from "../store/storage.ts";
import type { Standing } from "./api.ts";
import { openTab } from "../test-kit/chat.ts";
import { callMethod } from "./customer-info.ts";
import { createHostEvents } from "./events.ts";
import type { ParlorEvent } from "./events.ts";
import { installParlor } from "./install.ts";
import type { Parlor } from "./parlor.ts";

type Holder = { Parlor?: Parlor | unknown[] };

/** Loads the script on a page whose queue holds `queue`. */
function load(queue?: unknown[], dataset: Record<string, string> = { inbox: "token" }) {
  const page = window as unknown as Holder;
  if (queue) page.Parlor = queue;
  const reported: unknown[] = [];
  const report = (error: unknown) => void reported.push(error);
  let ids = 0;
  const newId = () => String((ids += 1));
  const events = createHostEvents({ target: window, now: () => 5, newId, report });
  const settings = createSettings({ inbox: signal(null), language: "de-AT" });
  const chatWindow = createChatWindow({ emit: events.emit, now: () => 0 });
  const started: string[] = [];
  const stop = vi.fn<() => void>();
  const fake = createVisitorFake();
  const script = document.createElement("script");
  Object.assign(script.dataset, dataset);
  const install = () =>
    installParlor(window, script, {
      events,
      settings,
      chatWindow,
      report,
      start(inbox, onReady): Standing {
        started.push(inbox);
        onReady({ ok: true, data: null });
        const customer = createCustomerStore({
          rest: fake.rest,
          storage: createMemoryStorage(),
          emit: events.emit,
        });
        const running = Promise.resolve({
          unreadCount: signal(3),
          shown: async () => undefined,
          call: async (name: string, args: unknown[]) =>
            name === "setCustomerInfo"
              ? callMethod({ core: { customer } }, name, args)
              : [name, args],
        });
        return { running, begin: () => undefined, stop };
      },
    });
  install();
  const parlor = page.Parlor as Parlor;
  return { parlor, install, reported, started, stop, events, settings, chatWindow };
}

beforeEach(() => void delete (window as unknown as Holder).Parlor);
afterEach(() => void delete (window as unknown as Holder).Parlor);

describe("the queue before the script has loaded", () => {
  it("is drained in order, and stays the same object", async () => {
    const order: string[] = [];
    const queue: unknown[] = [
      () => order.push("first"),
      ["on", "chatMaximize", () => order.push("maximized")],
      ["maximize"],
      () => order.push("last"),
    ];
    const { parlor } = load(queue);
    expect(parlor).toBe(queue);
    expect(order).toEqual(["first", "maximized", "last"]);
    parlor.push(() => order.push("at once"));
    expect(order.at(-1)).toBe("at once");
  });

  it("takes settings, which win over the tag's, and starts the inbox only after them", async () => {
    const { settings, started, parlor } = load(
      [{ greeting: "Hi", widgetAppearance: { radius: 4 } }],
      {
        inbox: "token",
        greeting: "Hello",
        color: "#ABC",
      },
    );
    expect(started).toEqual([]);
    await parlor.ready;
    expect(started).toEqual(["token"]);
    expect(settings.title.peek()).toBe("Hi");
    expect(settings.host.peek().widgetAppearance).toEqual({ radius: 4, color: "#aabbcc" });
  });

  it("goes on after a handler that throws, which is reported to the page", () => {
    const after = vi.fn<() => void>();
    const { reported } = load([
      () => {
        throw new Error("of the page");
      },
      after,
    ]);
    expect(after).toHaveBeenCalledOnce();
    expect(reported).toEqual([new Error("of the page")]);
  });

  it("is left alone when the script loads twice", async () => {
    const { parlor, install, started } = load();
    install();
    await parlor.ready;
    expect((window as unknown as Holder).Parlor).toBe(parlor);
    expect(started).toEqual(["token"]);
  });
});

describe("methods", () => {
  it("open and close the chat, and say so once each", async () => {
    const { parlor } = load();
    const heard: ParlorEvent[] = [];
    parlor.onChatMaximize((event) => void heard.push(event));
    parlor.onChatMinimize((event) => void heard.push(event));
    expect(await parlor.maximize()).toBe("maximized");
    expect(await parlor.maximize()).toBe("maximized");
    expect(await parlor.toggle()).toBe("minimized");
    expect(heard).toMatchObject([
      {
        type: "chatMaximize",
        v: 1,
        at: 5,
        local: true,
        source: "api",
        detail: { reason: "api", view: "home", conversationId: null },
      },
      { type: "chatMinimize", detail: { reason: "api", conversationId: null } },
    ]);
  });

  it("hide an open chat by closing it", async () => {
    const { parlor, chatWindow } = load();
    await parlor.maximize();
    const closed = vi.fn<(event: ParlorEvent) => void>();
    parlor.on("chatMinimize", closed);
    expect(await parlor.hide()).toBe("hidden");
    expect(chatWindow.state.peek()).toBe("minimized");
    expect(closed.mock.calls[0]?.[0]).toMatchObject({ detail: { reason: "hidden" } });
    expect(await parlor.getVisibility()).toBe("hidden");
  });

  it("reject what they do not understand, with a code", async () => {
    const { parlor } = load();
    await expect(parlor.setWindowState("huge" as never)).rejects.toMatchObject({
      name: "ParlorError",
      code: "invalid",
    });
    await expect(parlor.updateSettings({ visibility: "maybe" as never })).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringContaining("visibility") as string,
    });
    await expect(parlor.setCustomerInfo({ name: 5 as never })).rejects.toMatchObject({
      code: "invalid",
    });
  });

  it("merge what is said of the customer, clear by null, and answer what is known", async () => {
    const { parlor } = load();
    await parlor.setCustomerInfo({ name: "Mary", company: "Acme", fields: { plan: "pro" } });
    expect(await parlor.setCustomerInfo({ company: null, fields: { seats: 3 } })).toMatchObject({
      contactId: null,
      name: "Mary",
      company: null,
      fields: { plan: "pro", seats: 3 },
    });
  });

  it("wait for the inbox when they come early", async () => {
    const { parlor } = load([], {});
    const info = parlor.setCustomerInfo({ name: "Mary" });
    parlor.push({ inbox: "later" });
    expect(await info).toMatchObject({ name: "Mary" });
  });

  it("leave nothing behind after destroy", async () => {
    const { parlor, stop } = load();
    await parlor.ready;
    const destroyed = vi.fn<() => void>();
    parlor.onDestroyed(destroyed);
    await parlor.destroy();
    expect(stop).toHaveBeenCalledOnce();
    expect(destroyed).toHaveBeenCalledOnce();
    expect("Parlor" in window).toBe(false);
    await expect(parlor.maximize()).rejects.toMatchObject({ code: "destroyed" });
  });

  it("start the inbox that was named last, when one is shut down in the same breath", async () => {
    const { parlor, started } = load([], {});
    parlor.push({ inbox: "first" });
    void parlor.shutdown();
    parlor.push({ inbox: "second" });
    await parlor.ready;
    expect(started).toEqual(["second"]);
  });

  it("name each setting that is not valid in an event of its own, with the reason", async () => {
    const { parlor } = load();
    const told: unknown[] = [];
    parlor.onError(({ detail }) => void told.push(detail));
    const refused = parlor.updateSettings({
      consent: "maybe" as never,
      widgetAppearance: { color: "red", radius: 4 },
    });
    await expect(refused).rejects.toMatchObject({ code: "invalid" });
    expect(told).toEqual(
      [
        {
          code: "invalid",
          setting: "widgetAppearance.color",
          message: "widgetAppearance.color must be a colour such as #1f5eff",
        },
        {
          code: "invalid",
          setting: "consent",
          message: 'consent must be "granted" or "pending" or "denied"',
        },
      ].toReversed(),
    );
  });

  it("name handlers of events that there are not, and what is no method", async () => {
    const { parlor } = load();
    const told: unknown[] = [];
    parlor.onError(({ detail }) => void told.push(detail.setting));
    const on = {
      chatMaximise: () => undefined,
      chatMaximize: () => undefined,
    };
    await expect(parlor.updateSettings({ on })).rejects.toMatchObject({
      message: "on.chatMaximise is no event",
    });
    await expect(parlor.updateSettings("greeting" as never)).rejects.toMatchObject({
      message: "settings must be an object",
    });
    await expect(parlor.updateSettings({ on: { ready: "yes" as never } })).rejects.toMatchObject({
      message: "on.ready must be a function",
    });
    parlor.push(["maximise"] as never);
    const none = parlor.on("ready", 5 as never);
    expect(none).not.toThrow();
    await vi.waitFor(() => expect(told).toHaveLength(5));
    expect(told).toEqual(["on.chatMaximise", "settings", "on.ready", "push.maximise", "on.ready"]);
  });

  it("name the missing inbox, unless one comes in the same breath", async () => {
    const { parlor } = load([], {});
    const blockers = [expect.objectContaining({ code: "inbox_missing" }) as unknown];
    expect(await parlor.diagnose()).toEqual({ ok: false, blockers });
    const asked = parlor.diagnose();
    parlor.push({ inbox: "late" });
    expect(await asked).toEqual(["diagnose", []]);
    await parlor.shutdown();
    expect(await parlor.diagnose()).toEqual({ ok: false, blockers });
  });

  it("that want a chat are refused where the page has named no inbox, or has taken it off", async () => {
    const { parlor } = load([], {});
    const missing = { code: "inbox_missing" };
    await expect(parlor.maximize()).rejects.toMatchObject(missing);
    await expect(parlor.setCustomerInfo({ name: "Mary" })).rejects.toMatchObject(missing);
    const early = parlor.search("wool");
    parlor.push({ inbox: "late" });
    expect(await early).toEqual(["search", ["wool"]]);
    const waiting = parlor.search("felt");
    await parlor.shutdown();
    await expect(waiting).rejects.toMatchObject(missing);
    await expect(parlor.search("felt")).rejects.toMatchObject(missing);
  });

  it("open the chat at a view, which is chosen before anybody sees it", async () => {
    const { parlor } = load();
    const open = vi.fn<(event: ParlorEvent) => void>();
    parlor.onChatMaximize(open);
    expect(await parlor.setWindowState("maximized", { view: "home" })).toBe("maximized");
    expect(open).toHaveBeenCalledOnce();
  });

  it("that load on use wait for the inbox and are told by name", async () => {
    const { parlor } = load([["reloadUI"]]);
    expect(await parlor.openConversation(5)).toEqual(["openConversation", [5]]);
  });

  it("start again after shutdown", async () => {
    const { parlor, started, stop } = load();
    await parlor.ready;
    await parlor.shutdown();
    expect(stop).toHaveBeenCalledOnce();
    expect(await parlor.getUnreadCount()).toBe(0);
    parlor.push({ inbox: "another" });
    await vi.waitFor(() => expect(started).toEqual(["token", "another"]));
    expect(await parlor.getUnreadCount()).toBe(3);
  });
});

describe("events", () => {
  it("reach every handler though one throws, and the window without anybody's text", () => {
    const { events, reported } = load();
    const heard: unknown[] = [];
    const onWindow = (event: Event) => heard.push((event as CustomEvent).detail);
    window.addEventListener("parlor:message-received", onWindow);
    events.on("messageReceived", () => {
      throw new Error("of the page");
    });
    events.on("messageReceived", (event: ParlorEvent) => heard.push(event.detail));
    const detail = { conversationId: 1, messageId: 2, text: "secret", agent: null };
    events.emit("messageReceived", detail, { source: "agent", local: false });
    window.removeEventListener("parlor:message-received", onWindow);
    expect(reported).toEqual([new Error("of the page")]);
    expect(heard[0]).toEqual(detail);
    expect(heard[1]).toMatchObject({ type: "messageReceived", conversationId: 1, local: false });
    expect(heard[1]).not.toHaveProperty("text");
  });

  it("tell the window which facts of the customer have changed, and none of them", async () => {
    const { events } = load();
    const heard: unknown[] = [];
    const onWindow = (event: Event) => heard.push((event as CustomEvent).detail);
    window.addEventListener("parlor:customer-info-change", onWindow);
    events.on("customerInfoChange", (event: ParlorEvent) => heard.push(event.detail));
    const { customer } = await openTab({ emit: events.emit });
    await customer.setInfo({ name: "Ada", email: null, fields: { plan: "gold" } });
    await customer.setInfo({ name: "Ada" });
    window.removeEventListener("parlor:customer-info-change", onWindow);
    expect(heard).toHaveLength(2);
    expect(heard[0]).toMatchObject({ name: "Ada", fields: { plan: "gold" } });
    expect(heard[1]).toEqual({
      id: expect.any(String) as string,
      type: "customerInfoChange",
      at: expect.any(Number) as number,
      v: 1,
      source: "api",
      local: true,
      changed: ["name", "fields"],
    });
  });

  it("tell the latest state to a late subscriber, unless it declines", async () => {
    const { events } = load();
    events.emit("visibilityChange", { visibility: "hidden" });
    const late = vi.fn<() => void>();
    const declined = vi.fn<() => void>();
    events.on("visibilityChange", late);
    events.on("visibilityChange", declined, { replay: false });
    await Promise.resolve();
    expect(late).toHaveBeenCalledOnce();
    expect(declined).not.toHaveBeenCalled();
  });

  it("tell a late subscriber the team's state, whatever an agent has done since", async () => {
    const { events } = load();
    const team = { state: "unavailable", previous: null, availableCount: 0 } as const;
    events.emit("agentStateChange", { scope: "team", ...team });
    events.emit("agentStateChange", { scope: "agent", ...team, state: "available" });
    const late = vi.fn<(event: ParlorEvent) => void>();
    events.on("agentStateChange", late);
    await Promise.resolve();
    expect(late.mock.calls.map(([event]) => event.detail)).toEqual([{ scope: "team", ...team }]);
  });

  it("are not heard after unsubscribing, aborting, off or once", () => {
    const { events } = load();
    const handlers = Array.from({ length: 4 }, () => vi.fn<() => void>());
    const [stopped, aborted, off, once] = handlers;
    const abort = new AbortController();
    events.on("destroyed", stopped)();
    events.on("destroyed", aborted, { signal: abort.signal });
    events.on("destroyed", off);
    events.on("destroyed", once, { once: true });
    abort.abort();
    events.off("destroyed", off);
    events.emit("destroyed", {});
    events.emit("destroyed", {});
    expect(handlers.map((handler) => handler.mock.calls.length)).toEqual([0, 0, 0, 1]);
  });

  it("leave nothing with a signal that outlives the handler", () => {
    const { events } = load();
    const { signal } = new AbortController();
    const removed = vi.spyOn(signal, "removeEventListener");
    const handler = vi.fn<() => void>();
    events.on("destroyed", handler, { signal })();
    events.on("destroyed", handler, { signal });
    events.off("destroyed", handler);
    events.on("destroyed", handler, { signal, once: true });
    events.emit("destroyed", {});
    expect(removed).toHaveBeenCalledTimes(3);
  });

  it("choose the words of the visitor's language from a map", () => {
    const { settings } = load([{ greeting: { en: "Hello", de: "Hallo" } }]);
    expect(settings.title.peek()).toBe("Hallo");
  });
});
