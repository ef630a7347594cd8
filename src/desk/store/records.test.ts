import { describe, expect, it } from "vitest";
import { aConversation, aMessage } from "../../client/agent-fake-records.ts";
import { createConversationRecords } from "./records.ts";

const idsOf = ({ all }: ReturnType<typeof createConversationRecords>) => [...all.value.keys()];

describe("conversation records", () => {
  it("keep what is newer than what was fetched", () => {
    const records = createConversationRecords();
    records.put([aConversation({ seq: 5, status: "resolved" })]);
    records.put([aConversation({ seq: 4, status: "open" })]);
    records.update(aConversation({ seq: 3, status: "pending" }));
    expect(records.all.value.get(1)?.status).toBe("resolved");
  });

  it("take what a record fetched before a message says and the message does not", () => {
    const records = createConversationRecords();
    records.put([aConversation({ seq: 1, labels: [], status: "resolved" })]);
    const { messages: _, ...state } = aConversation({ seq: 4, status: "open" });
    const { labels: __, ...told } = state;
    records.applyMessage(told, aMessage({ seq: 4, content: "Hello" }));
    records.put([aConversation({ seq: 3, labels: ["vip"], status: "resolved" })]);
    expect(records.all.value.get(1)).toMatchObject({ labels: ["vip"], status: "open", seq: 4 });
    expect(records.all.value.get(1)?.messages[0]?.content).toBe("Hello");
  });

  it("forget on replacing what was not heard of since, and keep what was", () => {
    const records = createConversationRecords();
    records.put([aConversation({ id: 1 }), aConversation({ id: 2 })]);
    const mark = records.mark();
    records.put([aConversation({ id: 3 })]);
    records.update(aConversation({ id: 2, seq: 9 }));
    records.replace([aConversation({ id: 4 })], mark);
    expect(new Set(idsOf(records))).toEqual(new Set([2, 3, 4]));
    expect(records.all.value.get(2)?.seq).toBe(9);
  });

  it("show a message in the list unless it is an activity or an older one", () => {
    const records = createConversationRecords();
    records.put([aConversation({ seq: 1 })]);
    const { messages: _, ...state } = aConversation({ seq: 2 });
    records.applyMessage(state, aMessage({ seq: 2, content: "second" }));
    records.applyMessage(state, aMessage({ seq: 1, content: "first" }));
    records.applyMessage(state, aMessage({ seq: 3, message_type: "activity" }));
    expect(records.all.value.get(1)?.messages[0]?.content).toBe("second");
  });

  it("show a proposal until it is withdrawn", () => {
    const records = createConversationRecords();
    records.put([aConversation({ status: "open" })]);
    const proposal = records.propose(1, { status: "resolved" });
    expect(records.all.value.get(1)?.status).toBe("resolved");
    proposal.withdraw();
    expect(records.all.value.get(1)?.status).toBe("open");
  });

  it("keep a confirmed proposal, but not over a change that came after it", () => {
    const records = createConversationRecords();
    records.put([aConversation({ status: "open", seq: 1 })]);
    const first = records.propose(1, { status: "resolved" });
    first.keep();
    expect(records.all.value.get(1)?.status).toBe("resolved");
    const second = records.propose(1, { status: "open" });
    records.update(aConversation({ status: "snoozed", seq: 3 }));
    second.keep();
    expect(records.all.value.get(1)?.status).toBe("snoozed");
  });
});
