import { expect, expectTypeOf, test, vi } from "vitest";
import { createParlor } from "./create-parlor.ts";
import { ParlorError } from "./error.ts";
import type { Parlor } from "./index.ts";
import { openChatPage } from "./test-kit/chat-page.ts";

const rejection = async (promise: Promise<unknown>): Promise<ParlorError> => {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ParlorError)) throw new Error(`no ParlorError: ${String(error)}`);
  return error;
};

test("calls made before the script has come are done in order and answer what the chat answers", async () => {
  const { options, chat } = await openChatPage();
  const parlor = createParlor(options);
  const answers = await Promise.all([
    parlor.setVisibility("hidden"),
    parlor.getVisibility(),
    parlor.show(),
    parlor.getVisibility(),
    parlor.setCustomerInfo({ name: "Ada" }),
  ]);
  expect(answers.slice(0, 4)).toEqual(["hidden", "hidden", "shown", "shown"]);
  expect(answers[4]).toMatchObject({ name: "Ada", verified: false });
  expect(chat().started).toEqual(["wool"]);
});

test("ready resolves once the server has described the inbox", async () => {
  const { options, chat } = await openChatPage();
  const parlor = createParlor(options);
  await parlor.ready;
  expect(chat().runningCount()).toBe(1);
});

test("settings reach the chat without what only the loader needs", async () => {
  const { options, chat } = await openChatPage();
  const onError = vi.fn();
  const parlor = createParlor({
    ...options,
    nonce: "r4nd0m",
    greeting: "Hello",
    widgetAppearance: { color: "#0a7d5a" },
    on: { error: onError },
  });
  await parlor.ready;
  expect(chat().settings.host.value).toEqual({
    inbox: "wool",
    greeting: "Hello",
    widgetAppearance: { color: "#0a7d5a" },
  });
  expect(onError).not.toHaveBeenCalled();
});

test("the script's tag carries the nonce, stands once for any number of callers, and goes when it is done", async () => {
  const { options, scripts, server, chat } = await openChatPage();
  const first = createParlor({ ...options, nonce: "r4nd0m" });
  const second = createParlor(options);
  const [script] = scripts();
  expect(scripts()).toHaveLength(1);
  expect(script?.nonce).toBe("r4nd0m");
  expect(script?.async).toBe(true);
  await Promise.all([first.ready, second.ready]);
  expect(scripts()).toHaveLength(0);
  expect(server.requestCount()).toBe(1);
  expect(chat().started).toEqual(["wool"]);
});

test("a chat that is already on the page is used, not loaded again", async () => {
  const { options, server, chat } = await openChatPage();
  await createParlor(options).ready;
  const later = createParlor(options);
  await expect(later.getVisibility()).resolves.toBe("shown");
  expect(server.requestCount()).toBe(1);
  expect(chat().runningCount()).toBe(1);
});

test("what the page has pushed by itself is done as well", async () => {
  const { options } = await openChatPage();
  const seen: string[] = [];
  Object.assign(window, { Parlor: [() => seen.push("before")] });
  const parlor = createParlor(options);
  window.Parlor?.push(() => seen.push("after"));
  await parlor.ready;
  expect(seen).toEqual(["before", "after"]);
});

test("handlers subscribed early hear events, and not after they unsubscribed", async () => {
  const { options, chat } = await openChatPage();
  const parlor = createParlor(options);
  const [stays, stopped, off, once] = [vi.fn(), vi.fn(), vi.fn(), vi.fn()];
  const leaving = new AbortController();
  parlor.onUnreadCountChange(stays);
  parlor.onUnreadCountChange(vi.fn(), { signal: leaving.signal });
  const stop = parlor.on("unreadCountChange", stopped);
  parlor.on("unreadCountChange", off);
  parlor.once("unreadCountChange", once);
  stop();
  parlor.off("unreadCountChange", off);
  await parlor.ready;
  chat().emit("unreadCountChange", { count: 1, byConversation: {} });
  chat().emit("unreadCountChange", { count: 2, byConversation: {} });
  expect(stays.mock.calls.map(([event]) => event.detail.count)).toEqual([1, 2]);
  expect(once).toHaveBeenCalledTimes(1);
  expect(stopped).not.toHaveBeenCalled();
  expect(off).not.toHaveBeenCalled();
});

test("a subscription made early is ended late by the same function", async () => {
  const { options, chat } = await openChatPage();
  const handler = vi.fn();
  const parlor = createParlor(options);
  const stop = parlor.onChatMaximize(handler);
  await parlor.ready;
  stop();
  await parlor.maximize();
  expect(handler).not.toHaveBeenCalled();
  expect(chat().runningCount()).toBe(1);
});

test("push takes settings, functions and calls, early and late", async () => {
  const { options, chat } = await openChatPage();
  const parlor = createParlor(options);
  const seen: unknown[] = [];
  parlor.push({ greeting: "Hi" }, ["setVisibility", "hidden"], (api) => seen.push(api === parlor));
  await parlor.ready;
  expect(await parlor.getVisibility()).toBe("hidden");
  expect(chat().settings.host.value.greeting).toBe("Hi");
  parlor.push((api) => seen.push(api === parlor));
  expect(seen).toEqual([true, true]);
});

test("a failure of the chat arrives as this package's ParlorError", async () => {
  const { options } = await openChatPage();
  const parlor = createParlor(options);
  const error = await rejection(parlor.setVisibility("gone" as "hidden"));
  expect(error.code).toBe("invalid");
  expect(error.message).toContain('must be "shown" or "hidden"');
});

test("a method that the server's script does not have yet is told as unsupported", async () => {
  const { options } = await openChatPage();
  const parlor = createParlor(options);
  await parlor.ready;
  delete (window.Parlor as Partial<Parlor>).setColorScheme;
  expect((await rejection(parlor.setColorScheme("dark"))).code).toBe("unsupported");
});

test("without the server, calls and ready reject as unreachable, error is heard, and no tag is left", async () => {
  const { options, server, scripts } = await openChatPage();
  server.setBroken(true);
  const onError = vi.fn();
  const parlor = createParlor({ ...options, on: { error: onError } });
  const { ready } = parlor;
  const call = parlor.maximize();
  expect((await rejection(call)).code).toBe("unreachable");
  expect((await rejection(ready)).message).toContain(server.url);
  expect(onError).toHaveBeenCalledTimes(1);
  expect(onError.mock.calls[0]?.[0]).toMatchObject({
    type: "error",
    detail: { code: "unreachable" },
  });
  expect(scripts()).toHaveLength(0);
});

test("a script that is something else is told as unreachable", async () => {
  const { options } = await openChatPage();
  window.arrive = undefined;
  const error = await rejection(createParlor(options).maximize());
  expect(error.code).toBe("unreachable");
  expect(error.message).toContain("is not Parlor's script");
});

test("the next call after a failure tries again, with settings and handlers kept", async () => {
  const { options, server, chat } = await openChatPage();
  server.setBroken(true);
  const onMaximize = vi.fn();
  const parlor = createParlor({ ...options, greeting: "Hello", on: { chatMaximize: onMaximize } });
  await rejection(parlor.getVisibility());
  server.setBroken(false);
  await expect(parlor.maximize()).resolves.toBe("maximized");
  await parlor.ready;
  expect(chat().started).toEqual(["wool"]);
  expect(chat().settings.host.value.greeting).toBe("Hello");
  expect(onMaximize).toHaveBeenCalledTimes(1);
});

test("a policy violation of the script is told as blocked", async () => {
  const { options, server } = await openChatPage();
  server.setBroken(true);
  const parlor = createParlor(options);
  const call = parlor.maximize();
  document.dispatchEvent(
    Object.assign(new Event("securitypolicyviolation"), {
      blockedURI: `${server.url}/widget.js`,
      effectiveDirective: "script-src-elem",
    }),
  );
  const error = await rejection(call);
  expect(error.code).toBe("blocked");
  expect(error.message).toContain("script-src-elem");
});

test("shutdown before the script has come keeps the chat from starting, and it can start again", async () => {
  const { options, chat } = await openChatPage();
  const parlor = createParlor(options);
  await parlor.shutdown();
  await parlor.getVisibility();
  expect(chat().started).toEqual([]);
  await parlor.updateSettings({ inbox: "wool" });
  await parlor.ready;
  expect(chat().runningCount()).toBe(1);
});

test("starting, ending and starting at once leaves one chat", async () => {
  const { options, chat, server } = await openChatPage();
  void createParlor(options).shutdown();
  const parlor = createParlor(options);
  await parlor.ready;
  expect(chat().started).toEqual(["wool"]);
  expect(server.requestCount()).toBe(1);
});

test("destroy leaves no global and no tag, rejects what follows, and the page may begin anew", async () => {
  const { options, global, scripts, server, chat } = await openChatPage();
  const parlor = createParlor(options);
  await parlor.ready;
  await parlor.destroy();
  expect(global()).toBeUndefined();
  expect(scripts()).toHaveLength(0);
  expect(chat().runningCount()).toBe(0);
  expect((await rejection(parlor.maximize())).code).toBe("destroyed");
  await createParlor(options).ready;
  expect(chat().runningCount()).toBe(1);
  expect(server.requestCount()).toBe(2);
});

test("destroy before the script has come rejects what waits and takes the chat away when it comes", async () => {
  const { options, global, scripts, chat } = await openChatPage();
  const parlor = createParlor(options);
  const call = parlor.maximize();
  await parlor.destroy();
  expect((await rejection(call)).code).toBe("destroyed");
  await vi.waitFor(() => expect(scripts()).toHaveLength(0));
  await vi.waitFor(() => expect(global()).toBeUndefined());
  expect(chat().started).toEqual([]);
});

test("mounting, destroying and mounting again before the script has come leaves the second alone", async () => {
  const { options, chat, server } = await openChatPage();
  void createParlor(options).destroy();
  const parlor = createParlor(options);
  await parlor.ready;
  await expect(parlor.getVisibility()).resolves.toBe("shown");
  expect(chat().runningCount()).toBe(1);
  expect(server.requestCount()).toBe(1);
});

test("the object has every member of the live API, and no other", async () => {
  const { options } = await openChatPage();
  const parlor = createParlor(options);
  await parlor.ready;
  const live = window.Parlor as unknown as Record<string, unknown>;
  const kinds = (from: Record<string, unknown>) =>
    Object.fromEntries(Object.keys(from).map((name) => [name, typeof from[name]]));
  expect(kinds({ ...parlor })).toEqual(kinds(live));
  expectTypeOf(parlor).toEqualTypeOf<NonNullable<Window["Parlor"]>>();
});
