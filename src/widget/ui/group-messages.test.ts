import { describe, expect, it } from "vitest";
import { aVisitorMessage } from "../../client/visitor-fake-records.ts";
import type { Sender } from "../../protocol/records.ts";
import type { OutboxEntry } from "../store/outbox.ts";
import { groupMessages } from "./group-messages.ts";

const NOON = 1_795_176_000;
const ada: Sender = { type: "user", id: 1, name: "Ada", avatar_url: null };
const grace = { ...ada, id: 2, name: "Grace" };
const options = {
  agentSeenSeq: 0,
  dayKey: (at: number) => new Date(at).toISOString().slice(0, 10),
};
const reply = (seq: number, seconds: number, sender = ada) =>
  aVisitorMessage({ seq, message_type: "outgoing", sender, created_at: NOON + seconds });
const anEntry = (more: Partial<OutboxEntry> = {}): OutboxEntry => ({
  echo_id: "echo-1",
  thread: 1,
  content: "waiting",
  createdAt: NOON * 1_000,
  state: "sending",
  ...more,
});
const shape = (days: ReturnType<typeof groupMessages>) =>
  days.map(({ groups }) => groups.map(({ messages }) => messages.length));

describe("groups of messages", () => {
  it("hold what one person wrote within one minute", () => {
    const messages = [reply(1, 0), reply(2, 20), reply(3, 65), reply(4, 70, grace)];
    expect(shape(groupMessages(messages, [], options))).toEqual([[2, 1, 1]]);
  });

  it("start anew with a new day", () => {
    const messages = [reply(1, 0), reply(2, 86_400)];
    expect(shape(groupMessages(messages, [], options))).toEqual([[1], [1]]);
  });

  it("end after a message that was not sent", () => {
    const entries = [
      anEntry({ echo_id: "a", state: "failed", code: "invalid" }),
      anEntry({ echo_id: "b" }),
    ];
    expect(shape(groupMessages([], entries, options))).toEqual([[1, 1]]);
  });

  it("show a message once, under the same key, before and after the server has it", () => {
    const before = groupMessages([], [anEntry()], options);
    const sent = aVisitorMessage({ echo_id: "echo-1", content: "waiting" });
    const between = groupMessages([sent], [anEntry()], options);
    const after = groupMessages([sent], [], options);
    for (const days of [before, between, after]) {
      expect(
        days.flatMap(({ groups }) => groups.flatMap(({ messages }) => messages)),
      ).toMatchObject([{ key: "echo-1", text: "waiting" }]);
    }
  });

  it("tell what an agent has seen", () => {
    const messages = [1, 2].map((seq) => aVisitorMessage({ seq, created_at: NOON + seq * 60 }));
    const [day] = groupMessages(messages, [], { ...options, agentSeenSeq: 1 });
    expect(day?.groups.map((group) => group.messages[0]?.state)).toEqual(["seen", "sent"]);
  });
});
