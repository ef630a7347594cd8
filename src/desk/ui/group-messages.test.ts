import { describe, expect, it } from "vitest";
import { aMessage } from "../../client/agent-fake-records.ts";
import { groupMessages } from "./group-messages.ts";
import type { ThreadItem } from "./group-messages.ts";

const self = { type: "user", id: 1, name: "Alan Turing", avatar_url: null } as const;
const grace = { type: "user", id: 2, name: "Grace Hopper", avatar_url: null } as const;
const noon = new Date(2025, 5, 1, 12).getTime() / 1000;

/** Each message a minute after the one before. */
const thread = (...parts: Partial<Parameters<typeof aMessage>[0]>[]) =>
  parts.map((part, index) =>
    aMessage({ id: index + 1, seq: index + 1, created_at: noon + index * 60, ...part }),
  );
const draw = (items: ThreadItem[]) =>
  items.map((item) => (item.kind === "group" ? item.bubbles.length : item.kind));

describe("grouping messages", () => {
  it("puts messages of one sender within minutes together, and no others", () => {
    const messages = thread(
      {},
      {},
      { message_type: "outgoing", sender: self },
      { message_type: "outgoing", sender: grace },
      { message_type: "outgoing", sender: grace, private: true },
      { message_type: "outgoing", sender: grace, private: true, created_at: noon + 3_600 },
    );
    const items = groupMessages({ messages, outbox: [], self, seenSeq: null });
    expect(draw(items)).toEqual(["day", 2, 1, 1, 1, 1]);
  });

  it("divides days, and draws activities as lines of their own", () => {
    const messages = thread(
      {},
      { message_type: "activity", sender: null, content: "Assigned" },
      { created_at: noon + 86_400 },
    );
    const items = groupMessages({ messages, outbox: [], self, seenSeq: null });
    expect(draw(items)).toEqual(["day", 1, "activity", "day", 1]);
  });

  it("draws the line of new messages once, before the first that came from the contact", () => {
    const messages = thread({}, { message_type: "outgoing", sender: self }, {}, {});
    const items = groupMessages({ messages, outbox: [], self, seenSeq: 1 });
    expect(draw(items)).toEqual(["day", 1, 1, "new", 2]);
    expect(draw(groupMessages({ messages, outbox: [], self, seenSeq: 0 }))).not.toContain("new");
  });

  it("draws a message on its way after the others, under the key that it keeps when stored", () => {
    const entry = {
      echoId: "echo-1",
      conversationId: 1,
      content: "Hi",
      isPrivate: false,
      createdAt: noon * 1000 + 60_000,
      error: null,
    };
    const keysOf = (items: ThreadItem[]) => items.map(({ key }) => key);
    const before = groupMessages({ messages: thread({}), outbox: [entry], self, seenSeq: null });
    const stored = { message_type: "outgoing", sender: self, echo_id: "echo-1" } as const;
    const after = groupMessages({ messages: thread({}, stored), outbox: [], self, seenSeq: null });
    expect(keysOf(before)).toEqual(keysOf(after));
  });
});
