import { describe, expect, it } from "vitest";
import { aVisitorMessage } from "../../client/visitor-fake-records.ts";
import type { Sender } from "../../protocol/records.ts";
import type { OutboxEntry } from "../store/outbox.ts";
import { groupMessages, isMark } from "./group-messages.ts";

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
  days.map(({ groups }) =>
    groups.map((group) => (isMark(group) ? group.text : group.messages.length)),
  );
const messagesOf = (days: ReturnType<typeof groupMessages>) =>
  days.flatMap(({ groups }) => groups.flatMap((group) => (isMark(group) ? [] : group.messages)));

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
      expect(messagesOf(days)).toMatchObject([{ key: "echo-1", text: "waiting" }]);
    }
  });

  it("tell what an agent has seen", () => {
    const messages = [1, 2].map((seq) => aVisitorMessage({ seq, created_at: NOON + seq * 60 }));
    const days = groupMessages(messages, [], { ...options, agentSeenSeq: 1 });
    expect(messagesOf(days).map(({ state }) => state)).toEqual(["seen", "sent"]);
  });

  it("are parted by what happened between them, on the day when it did, and before what waits", () => {
    const mark = (seq: number, seconds: number, text: string) => ({
      key: text,
      seq,
      at: (NOON + seconds) * 1_000,
      text,
    });
    const marks = [mark(5, 86_400, "closed"), mark(1.5, 10, "new"), mark(0, 0, "joined")];
    const messages = [reply(1, 0), reply(2, 20), reply(3, 30)];
    const entry = anEntry({ createdAt: (NOON + 86_500) * 1_000 });
    expect(shape(groupMessages(messages, [entry], { ...options, marks }))).toEqual([
      ["joined", 1, "new", 2],
      ["closed", 1],
    ]);
  });
});
