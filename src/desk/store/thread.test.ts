import { describe, expect, it, vi } from "vitest";
import { createAgentFake } from "../../client/agent-fake.ts";
import { failure } from "../../protocol/result.ts";
import { createTestClock } from "../test-kit/test-desk.ts";
import { createDiscards } from "./discards.ts";
import { createConversationRecords } from "./records.ts";
import { createThread } from "./thread.ts";
import { createToasts } from "./toasts.ts";

async function openThread(messageCount: number) {
  const fake = createAgentFake();
  const conversationId = fake.startConversation({ content: "m1" });
  for (let number = 2; number <= messageCount; number += 1)
    fake.write(conversationId, `m${number}`);
  const records = createConversationRecords();
  const { rest, socket } = fake;
  const discards = createDiscards({ toasts: createToasts({ clock: createTestClock() }) });
  const thread = createThread({ conversationId, accountId: 1, rest, socket, records, discards });
  const stops = [
    socket.on("message:created", ({ message }) => thread.receive(message)),
    socket.on("message:updated", ({ message }) => thread.receive(message)),
  ];
  socket.connect();
  await vi.waitFor(() => expect(socket.state).toBe("connected"));
  const shown = () => thread.messages.value.map(({ content }) => content);
  return { fake, thread, records, conversationId, shown, stops };
}

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `m${from + index}`);

describe("thread", () => {
  it("loads the latest page, then older ones until there are no more", async () => {
    const { thread, shown } = await openThread(45);
    await thread.load();
    expect(shown()).toEqual(numbered(26, 45));
    expect(thread.hasOlder.value).toBe(true);
    await thread.loadOlder();
    expect(shown()).toEqual(numbered(6, 45));
    await thread.loadOlder();
    expect(shown()).toEqual(numbered(1, 45));
    expect(thread.hasOlder.value).toBe(false);
  });

  it("keeps a message that arrives while the page is on its way", async () => {
    const { fake, thread, conversationId, shown } = await openThread(2);
    const loading = thread.load();
    fake.write(conversationId, "m3");
    await loading;
    expect(shown()).toEqual(["m1", "m2", "m3"]);
  });

  it("fetches what was written while the connection was down", async () => {
    const { fake, thread, conversationId, shown } = await openThread(2);
    await thread.load();
    fake.disconnect();
    fake.write(conversationId, "m3");
    fake.write(conversationId, "m4");
    fake.reconnect();
    await vi.waitFor(() => expect(shown()).toEqual(numbered(1, 4)));
  });

  it("fetches the gap even when new messages are heard before the sync is answered", async () => {
    const { fake, thread, conversationId, shown } = await openThread(2);
    await thread.load();
    fake.disconnect();
    fake.write(conversationId, "m3");
    fake.reconnect();
    fake.write(conversationId, "m4");
    await vi.waitFor(() => expect(shown()).toEqual(numbered(1, 4)));
  });

  it("remembers the gap when the sync fails and the connection is lost again", async () => {
    const { fake, thread, conversationId, shown } = await openThread(2);
    await thread.load();
    fake.disconnect();
    fake.write(conversationId, "m3");
    fake.loseAnswers(true);
    fake.reconnect();
    fake.write(conversationId, "m4");
    await vi.waitFor(() => expect(fake.commands).toHaveLength(1));
    fake.disconnect();
    fake.loseAnswers(false);
    fake.reconnect();
    await vi.waitFor(() => expect(shown()).toEqual(numbered(1, 4)));
  });

  it("starts anew from the latest page when it missed more than a sync answers", async () => {
    const { fake, thread, conversationId, shown } = await openThread(2);
    await thread.load();
    fake.setSyncLimit(5);
    fake.disconnect();
    for (let number = 3; number <= 40; number += 1) fake.write(conversationId, `m${number}`);
    fake.reconnect();
    await vi.waitFor(() => expect(shown()).toEqual(numbered(21, 40)));
    expect(thread.hasOlder.value).toBe(true);
  });

  it("says that a conversation is missing, and loads again after a failure", async () => {
    const { fake, thread, shown } = await openThread(1);
    fake.failNext("listMessages", failure("unreachable", "offline").error);
    await thread.load();
    expect(thread.status.value).toMatchObject({ kind: "failed", error: { code: "unreachable" } });
    await thread.load();
    expect(shown()).toEqual(["m1"]);
    fake.failNext("getConversation", failure("not_found", "gone").error);
    await thread.load();
    expect(thread.status.value).toEqual({ kind: "missing" });
  });
});
