// Logging out, or in as somebody else, in one tab of a browser: what the other tabs make of it.
import { signal } from "../signals.ts";
import { expect, it, vi } from "vitest";
import type { VisitorFake } from "../../client/visitor-fake.ts";
import type { Core } from "../core.ts";
import { createHostEvents } from "../host/events.ts";
import type { ParlorEvent } from "../host/events.ts";
import { coreOf, openTab } from "../test-kit/chat.ts";
import { createMemoryStorage } from "../store/storage.ts";
import type { KeyValueStorage } from "../store/storage.ts";
import { followOtherTabs } from "./other-tabs.ts";

const stored = (key: string | null) =>
  window.dispatchEvent(Object.assign(new Event("storage"), { key }));

async function openTwo() {
  const storage = createMemoryStorage();
  const one = await openTab({ storage });
  const two = await openTab({ storage, fake: one.fake });
  const stopping = new AbortController();
  const reset = vi.fn<() => void>();
  const told = two.told;
  const emit = (name: never, detail: unknown, origin: { local?: boolean } = {}) =>
    void told.push({ name, detail, local: origin.local ?? true });
  const on = () => () => undefined;
  const core = { ...two, page: window, emit, on, kept: { prefix: "parlor:x:" } } as unknown as Core;
  const follow = () => followOtherTabs(core, reset, stopping.signal);
  const changes = () => told.filter(({ name }) => name === "identityChange");
  return {
    one,
    two,
    reset,
    follow,
    changes,
    told: (wanted: string) => told.filter(({ name }) => name === wanted),
    stop: () => stopping.abort(),
  };
}

it("whom one tab makes is everybody's at once, and nothing on screen is taken away", async () => {
  const { one, two, reset, follow, stop } = await openTwo();
  follow();
  await one.customer.ensure();
  stored("parlor:inbox:contact");
  expect(two.customer.contact.peek()).toEqual(one.customer.contact.peek());
  expect(reset).not.toHaveBeenCalled();
  stop();
});

it("who is forgotten in one tab is forgotten in all, with what is on screen; and told once, as another tab's doing", async () => {
  const { one, two, reset, follow, changes, stop } = await openTwo();
  await one.customer.ensure();
  follow();
  expect(two.customer.contact.peek()).not.toBeNull();
  two.chatWindow.show({ name: "thread", key: 5 });
  one.customer.become(null);
  stored("parlor:inbox:window");
  expect(reset).not.toHaveBeenCalled();
  stored("parlor:inbox:contact");
  stored(null);
  expect(two.customer.contact.peek()).toBeNull();
  expect(two.chatWindow.view.peek()).toEqual({ name: "home" });
  expect(reset).toHaveBeenCalledTimes(1);
  expect(changes().at(-1)).toMatchObject({ local: false, detail: { contactId: null } });
  stop();
  await one.customer.ensure();
  stored("parlor:inbox:contact");
  expect(two.customer.contact.peek()).toBeNull();
});

it("what another tab has learned of the same person is known here, and told as another tab's doing", async () => {
  const { one, two, reset, follow, told, stop } = await openTwo();
  await one.customer.ensure();
  follow();
  await one.customer.setInfo({ name: "Ada", fields: { plan: "gold" } });
  stored("parlor:inbox:contact");
  stored("parlor:inbox:contact");
  expect(two.customer.info.peek()).toMatchObject({ name: "Ada", fields: { plan: "gold" } });
  expect(told("customerInfoChange")).toMatchObject([{ local: false, detail: { name: "Ada" } }]);
  expect(reset).not.toHaveBeenCalled();
  stop();
});

/** A page of a browser whose tabs have a channel, and its public events. */
async function openPageOf(storage: KeyValueStorage, fake?: VisitorFake) {
  const events = createHostEvents({
    target: new EventTarget(),
    now: Date.now,
    newId: () => "id",
    report: (error) => {
      throw error;
    },
  });
  const tab = await openTab({ storage, emit: events.emit, ...(fake ? { fake } : {}) });
  const page = Object.assign(new EventTarget(), { BroadcastChannel }) as unknown as Window;
  const stopping = new AbortController();
  const core: Core = { ...coreOf(tab, signal(false)), page, emit: events.emit, on: events.on };
  followOtherTabs(core, () => undefined, stopping.signal);
  const heard: [string, boolean, unknown][] = [];
  for (const name of ["csatSubmit", "prechatSubmit", "readReceipt", "consentChange"]) {
    events.on(name, ({ type, local, detail }: ParlorEvent) => heard.push([type, local, detail]));
  }
  return { ...tab, emit: events.emit, heard, stop: () => stopping.abort() };
}

it("the visitor's doings are told in his other tabs, each once, and in nobody else's", async () => {
  const storage = createMemoryStorage();
  const one = await openPageOf(storage);
  await one.customer.ensure();
  const two = await openPageOf(storage, one.fake);
  const stranger = await openPageOf(createMemoryStorage(), one.fake);
  // Each has its channel.
  await import("../browser/tell-tabs.ts");
  await new Promise((resolve) => setTimeout(resolve));
  const csat = { conversationId: 1, messageId: 2, rating: 5 };
  const read = { conversationId: 1, readBy: "visitor", readAt: 1 } as const;
  one.emit("csatSubmit", csat, { source: "visitor" });
  one.emit("prechatSubmit", { fields: ["name"] }, { source: "visitor" });
  // What the server has told everybody is not told again.
  one.emit("readReceipt", { ...read, readBy: "agent" }, { source: "agent", local: false });
  one.emit("readReceipt", read, { source: "visitor" });
  await vi.waitFor(() =>
    expect(two.heard).toEqual([
      ["csatSubmit", false, csat],
      ["prechatSubmit", false, { fields: ["name"] }],
      ["readReceipt", false, read],
    ]),
  );
  expect(stranger.heard).toEqual([]);
  expect(one.heard.map(([, local]) => local)).toEqual([true, true, false, true]);
  for (const page of [one, two, stranger]) page.stop();
});
