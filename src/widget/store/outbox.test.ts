import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createVisitorFake } from "../../client/visitor-fake.ts";
import { openTab, startConversation, textsOf } from "../test-kit/chat.ts";
import type { Upload } from "../../protocol/records-attachments.ts";
import { createMemoryStorage } from "./storage.ts";

const unreachable = { code: "unreachable", message: "no network" } as const;

beforeEach(() => void vi.useFakeTimers({ shouldAdvanceTime: true }));
afterEach(() => void vi.useRealTimers());

describe("the outbox", () => {
  it("sends what was written offline as soon as the line is back, in order and once", async () => {
    const tab = await openTab();
    const id = await startConversation(tab);
    tab.socket.cut();
    tab.outbox.send(id, "one");
    tab.outbox.send(id, "two");
    await vi.advanceTimersByTimeAsync(3_000);
    expect(tab.outbox.entries.peek().map(({ state }) => state)).toEqual(["sending", "sending"]);
    tab.socket.mend();
    await vi.waitFor(() => expect(textsOf(tab)).toEqual(["Hello", "one", "two"]));
    expect(tab.outbox.entries.peek()).toEqual([]);
  });

  it("survives a reload of the page", async () => {
    const storage = createMemoryStorage();
    const fake = createVisitorFake();
    const before = await openTab({ fake, storage });
    const id = await startConversation(before);
    before.socket.cut();
    before.outbox.send(id, "written in a tunnel");
    before.stop();
    const after = await openTab({ fake, storage });
    await vi.waitFor(() => expect(after.outbox.entries.peek()).toEqual([]));
    expect(fake.messages(id).map(({ content }) => content)).toEqual([
      "Hello",
      "written in a tunnel",
    ]);
  });

  it("delivers a first message that was written without a network, after a reload", async () => {
    const storage = createMemoryStorage();
    const fake = createVisitorFake();
    fake.failRest(unreachable);
    const before = await openTab({ fake, storage });
    before.outbox.send(before.newThreadKey(), "Anybody there?");
    await vi.advanceTimersByTimeAsync(100);
    before.stop();
    fake.failRest(null);
    await openTab({ fake, storage });
    await vi.waitFor(() => expect(fake.conversations()).toHaveLength(1));
    expect(fake.conversations()[0]?.messages[0]?.content).toBe("Anybody there?");
  });

  it("sends once when two tabs hold the same message", async () => {
    const storage = createMemoryStorage();
    const fake = createVisitorFake();
    const first = await openTab({ fake, storage });
    const id = await startConversation(first);
    first.socket.cut();
    first.outbox.send(id, "only once");
    const second = await openTab({ fake, storage });
    first.socket.mend();
    await vi.waitFor(() => {
      expect(first.outbox.entries.peek()).toEqual([]);
      expect(second.outbox.entries.peek()).toEqual([]);
    });
    expect(fake.messages(id).map(({ content }) => content)).toEqual(["Hello", "only once"]);
    expect(storage.keys().filter((key) => key.startsWith("outbox:"))).toEqual([]);
  });

  it("marks a refused message as failed, keeps the others going, and retries or discards on demand", async () => {
    const tab = await openTab();
    const id = await startConversation(tab);
    tab.socket.failCommands({ code: "invalid", message: "is too long" });
    tab.outbox.send(id, "bad");
    await vi.waitFor(() =>
      expect(tab.outbox.entries.peek()).toMatchObject([{ state: "failed", code: "invalid" }]),
    );
    tab.socket.failCommands(null);
    tab.outbox.send(id, "good");
    await vi.waitFor(() => expect(textsOf(tab)).toEqual(["Hello", "good"]));
    const echoId = tab.outbox.entries.peek()[0]?.echo_id ?? "";
    tab.outbox.retry(echoId);
    await vi.waitFor(() => expect(textsOf(tab)).toEqual(["Hello", "good", "bad"]));
    expect(tab.outbox.entries.peek()).toEqual([]);
  });

  it("waits as long as a server asks that is told too much", async () => {
    const tab = await openTab();
    const id = await startConversation(tab);
    tab.socket.failCommands({ code: "too_many_requests", message: "", retryAfterSeconds: 20 });
    tab.outbox.send(id, "patience");
    await vi.advanceTimersByTimeAsync(100);
    tab.socket.failCommands(null);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(textsOf(tab)).toEqual(["Hello"]);
    await vi.advanceTimersByTimeAsync(11_000);
    expect(textsOf(tab)).toEqual(["Hello", "patience"]);
  });

  it("tries again when the server stumbles, and asks the visitor when it goes on stumbling", async () => {
    const tab = await openTab();
    const id = await startConversation(tab);
    tab.socket.failCommands({ code: "internal", message: "" });
    tab.outbox.send(id, "a hiccup");
    await vi.advanceTimersByTimeAsync(5_000);
    expect(tab.outbox.entries.peek()).toMatchObject([{ state: "sending" }]);
    tab.socket.failCommands(null);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(textsOf(tab)).toEqual(["Hello", "a hiccup"]);
    tab.socket.failCommands({ code: "internal", message: "" });
    tab.outbox.send(id, "stuck");
    await vi.advanceTimersByTimeAsync(90_000);
    expect(tab.outbox.entries.peek()).toMatchObject([{ state: "failed", code: "internal" }]);
    tab.outbox.retry(tab.outbox.entries.peek()[0]?.echo_id ?? "");
    await vi.advanceTimersByTimeAsync(100);
    expect(tab.outbox.entries.peek()).toMatchObject([{ state: "sending" }]);
    tab.socket.failCommands(null);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(textsOf(tab)).toEqual(["Hello", "a hiccup", "stuck"]);
  });

  it("offers to send without its files a message whose files the server has no longer", async () => {
    const tab = await openTab();
    const id = await startConversation(tab);
    const failure = { code: "invalid", message: "must name uploads that wait" } as const;
    tab.socket.failCommands({ ...failure, field: "attachments" });
    const file = { upload_id: "old", file_name: "a.txt", file_size: 1 } as Upload;
    const echoId = tab.outbox.send(id, "see the file", "visitor", [file]);
    await vi.waitFor(() =>
      expect(tab.outbox.entries.peek()).toMatchObject([{ state: "failed", field: "attachments" }]),
    );
    tab.socket.failCommands(null);
    tab.outbox.retry(echoId, true);
    await vi.waitFor(() => expect(textsOf(tab)).toEqual(["Hello", "see the file"]));
    expect(tab.fake.messages(id).at(-1)?.attachments).toEqual([]);
  });

  it("sends what a tab has written that died before the server had it, without a new connection", async () => {
    const storage = createMemoryStorage();
    const first = await openTab({ storage });
    const id = await startConversation(first);
    const second = await openTab({ fake: first.fake, storage });
    await vi.waitFor(() => expect(second.connection.state.peek()).toBe("connected"));
    first.socket.cut();
    first.outbox.send(id, "last words");
    first.stop();
    second.reread();
    expect(second.outbox.entries.peek()).toMatchObject([{ content: "last words" }]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(second.outbox.entries.peek()).toEqual([]);
    expect(first.fake.messages(id).map(({ content }) => content)).toEqual(["Hello", "last words"]);
  });

  it("forgets a discarded message on the device as well", async () => {
    const tab = await openTab();
    const id = await startConversation(tab);
    tab.socket.failCommands({ code: "invalid", message: "" });
    tab.outbox.send(id, "never mind");
    await vi.waitFor(() => expect(tab.outbox.entries.peek()[0]?.state).toBe("failed"));
    tab.socket.failCommands(null);
    tab.outbox.discard(tab.outbox.entries.peek()[0]?.echo_id ?? "");
    expect(tab.storage.keys().filter((key) => key.startsWith("outbox:"))).toEqual([]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(tab.fake.messages(id)).toHaveLength(1);
  });
});
