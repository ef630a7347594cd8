import { expect, test, vi } from "vitest";
import type { Parlor } from "./index.ts";
import { stub } from "./stub.ts";
import { openChatPage } from "./test-kit/chat-page.ts";

/** Runs the stub as the page's inline script. */
function runStub(): Parlor {
  const script = document.createElement("script");
  script.textContent = stub;
  document.head.append(script);
  if (!window.Parlor) throw new Error("the stub made no window.Parlor");
  return window.Parlor;
}

/** Adds the documented tag and waits until it has run. */
async function loadChat(serverUrl: string): Promise<void> {
  const script = document.createElement("script");
  script.async = true;
  script.src = `${serverUrl}/widget.js`;
  const loaded = new Promise((resolve) => script.addEventListener("load", resolve));
  document.head.append(script);
  await loaded;
}

test("the stub is one line of less than 400 bytes", () => {
  expect(new TextEncoder().encode(stub).length).toBeLessThan(400);
  expect(stub).not.toContain("\n");
});

test("every method can be called before the script has come, and answers what the chat answers", async () => {
  const { options } = await openChatPage();
  const early = runStub();
  early.push({ inbox: options.inbox });
  const answers = Promise.all([early.setVisibility("hidden"), early.getVisibility()]);
  const { ready } = early;
  await loadChat(options.serverUrl);
  await expect(answers).resolves.toEqual(["hidden", "hidden"]);
  await expect(ready).resolves.toBeDefined();
  expect(window.Parlor?.v).toBe(1);
  await expect(early.getVisibility()).resolves.toBe("hidden");
});

test("handlers of the stub hear events until they unsubscribe, before the script or after", async () => {
  const { options, chat } = await openChatPage();
  const early = runStub();
  const [stays, never, ends] = [vi.fn(), vi.fn(), vi.fn()];
  early.onUnreadCountChange(stays);
  early.on("unreadCountChange", never)();
  const stop = early.onUnreadCountChange(ends);
  await loadChat(options.serverUrl);
  chat().emit("unreadCountChange", { count: 1, byConversation: {} });
  stop();
  chat().emit("unreadCountChange", { count: 2, byConversation: {} });
  expect(stays).toHaveBeenCalledTimes(2);
  expect(ends).toHaveBeenCalledTimes(1);
  expect(never).not.toHaveBeenCalled();
});

test("a failure is told to who awaits it, and to nobody else", async () => {
  const { options } = await openChatPage();
  const early = runStub();
  // Vitest fails a run in which a rejection is handled by nobody.
  void early.setVisibility("gone" as "hidden");
  const awaited = early.setVisibility("gone" as "hidden");
  await loadChat(options.serverUrl);
  await expect(awaited).rejects.toMatchObject({ code: "invalid" });
});

test("the stub may be awaited by mistake, and leaves a chat that is there alone", async () => {
  const { options } = await openChatPage();
  const early = runStub();
  expect(await (early as unknown as Promise<unknown>)).toBe(early);
  await loadChat(options.serverUrl);
  expect(runStub()).toBe(early);
});
