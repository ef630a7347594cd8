// Logging out, or in as somebody else, in one tab of a browser: what the other tabs make of it.
import { expect, it, vi } from "vitest";
import type { Core } from "../core.ts";
import { openTab } from "../test-kit/chat.ts";
import { createMemoryStorage } from "../store/storage.ts";
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
  const core = { ...two, page: window, emit } as unknown as Core;
  const follow = () => followOtherTabs(core, reset, stopping.signal);
  const changes = () => told.filter(({ name }) => name === "identityChange");
  return { one, two, reset, follow, changes, stop: () => stopping.abort() };
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
