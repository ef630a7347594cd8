import { describe, expect, it, vi } from "vitest";
import { createAgentFake } from "../../client/agent-fake.ts";
import { failure } from "../../protocol/result.ts";
import { createTestClock } from "../test-kit/test-desk.ts";
import { createOutbox } from "./outbox.ts";

async function startOutbox() {
  const clock = createTestClock();
  const fake = createAgentFake({ now: () => clock.now() });
  const conversationId = fake.startConversation({ content: "Hello" });
  const sent: (string | null)[] = [];
  let ids = 0;
  const outbox = createOutbox({
    socket: fake.socket,
    clock,
    createId: () => `echo-${(ids += 1)}`,
    onSent: ({ content }) => void sent.push(content),
  });
  fake.socket.connect();
  await vi.waitFor(() => expect(fake.socket.state).toBe("connected"));
  const send = (content: string) => outbox.send({ conversationId, content, isPrivate: false });
  const stored = () =>
    fake
      .messages(conversationId)
      .filter(({ message_type: type }) => type === "outgoing")
      .map(({ content }) => content);
  return { clock, fake, conversationId, outbox, sent, send, stored };
}

describe("outbox", () => {
  it("shows a message at once and lets it go when the server has stored it", async () => {
    const { outbox, send, stored, sent } = await startOutbox();
    send("Hi");
    expect(outbox.entries.value.map(({ content }) => content)).toEqual(["Hi"]);
    await vi.waitFor(() => expect(outbox.entries.value).toEqual([]));
    expect(stored()).toEqual(["Hi"]);
    expect(sent).toEqual(["Hi"]);
  });

  it("keeps the order of messages that are written faster than they are sent", async () => {
    const { outbox, send, stored } = await startOutbox();
    for (const content of ["one", "two", "three"]) send(content);
    await vi.waitFor(() => expect(outbox.entries.value).toEqual([]));
    expect(stored()).toEqual(["one", "two", "three"]);
  });

  it("sends what was written without a connection once it is back", async () => {
    const { fake, outbox, send, stored } = await startOutbox();
    fake.disconnect();
    send("one");
    send("two");
    expect(outbox.entries.value.every(({ error }) => error === null)).toBe(true);
    fake.reconnect();
    await vi.waitFor(() => expect(outbox.entries.value).toEqual([]));
    expect(stored()).toEqual(["one", "two"]);
  });

  it("sends again when the acknowledgement is lost, and the message is stored once", async () => {
    const { clock, fake, outbox, send, stored } = await startOutbox();
    fake.loseAnswers(true);
    send("Hi");
    await vi.waitFor(() => expect(fake.commands).toHaveLength(1));
    await vi.waitFor(() => {
      clock.advance(2_000);
      expect(fake.commands.length).toBeGreaterThan(1);
    });
    fake.loseAnswers(false);
    await vi.waitFor(() => {
      clock.advance(2_000);
      expect(outbox.entries.value).toEqual([]);
    });
    expect(stored()).toEqual(["Hi"]);
  });

  it("keeps a refused message as failed, sends what follows, and retries on demand", async () => {
    const { fake, outbox, send, stored } = await startOutbox();
    const error = failure("too_many_requests", "slow down").error;
    fake.refuseCommands(error);
    send("one");
    await vi.waitFor(() => expect(outbox.entries.value[0]?.error).toEqual(error));
    fake.refuseCommands(null);
    send("two");
    await vi.waitFor(() => expect(stored()).toEqual(["two"]));
    outbox.retry(outbox.entries.value[0]?.echoId ?? "");
    await vi.waitFor(() => expect(outbox.entries.value).toEqual([]));
    expect(stored()).toEqual(["two", "one"]);
  });

  it("gives the text of a refused message back when it is discarded", async () => {
    const { fake, outbox, send } = await startOutbox();
    fake.refuseCommands(failure("invalid", "no").error);
    send("Hi");
    await vi.waitFor(() => expect(outbox.entries.value[0]?.error).not.toBeNull());
    expect(outbox.discard(outbox.entries.value[0]?.echoId ?? "")).toBe("Hi");
    expect(outbox.entries.value).toEqual([]);
  });

  it("answers what is unsent when it stops, and sends no more", async () => {
    const { fake, outbox, send, stored } = await startOutbox();
    fake.disconnect();
    send("Hi");
    expect(outbox.stop().map(({ content }) => content)).toEqual(["Hi"]);
    fake.reconnect();
    await Promise.resolve();
    expect(stored()).toEqual([]);
  });
});
