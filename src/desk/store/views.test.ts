import { describe, expect, it } from "vitest";
import { createAgentFake } from "../../client/agent-fake.ts";
import { aConversation, anAgent } from "../../client/agent-fake-records.ts";
import { conversationStatuses } from "../../protocol/lists.ts";
import {
  compareByActivity,
  countOf,
  isInView,
  orderOf,
  viewNames,
  viewQuestions,
} from "./views.ts";

describe("views", () => {
  it("hold the conversations, the order and the counts that the server answers", async () => {
    let now = 1_760_000_000_000;
    const fake = createAgentFake({ now: () => now });
    const assignees = [null, fake.profile, anAgent({ id: 2 })];
    // The first one waits for a reply, those after it wake the later the earlier they came.
    let wakesAt: number | null = null;
    for (const status of conversationStatuses) {
      for (const assignee of assignees) {
        const id = fake.startConversation({ content: "Hello" });
        const meta = { ...fake.conversation(id).meta, assignee };
        fake.change(id, { status, meta, snoozed_until: status === "snoozed" ? wakesAt : null });
        wakesAt = (wakesAt ?? now) - 10;
        now += 10;
      }
    }
    const all = await fake.rest.listConversations(1, { status: "all" });
    const everything = all.ok ? all.data.data.payload : [];
    expect(everything).toHaveLength(12);

    for (const view of viewNames) {
      const answer = await fake.rest.listConversations(1, viewQuestions[view]);
      if (!answer.ok) throw new Error(answer.error.message);
      const { payload, meta } = answer.data.data;
      const shown = everything
        .toReversed()
        .filter((one) => isInView(one, view, fake.profile.id))
        .toSorted(orderOf(view));
      expect(shown.map(({ id }) => id)).toEqual(payload.map(({ id }) => id));
      expect(countOf(view, meta)).toBe(payload.length);
    }
  });

  it("put the newer of two conversations with the same activity first", () => {
    const older = aConversation({ id: 4 });
    const newer = aConversation({ id: 5 });
    expect([older, newer].toSorted(compareByActivity)).toEqual([newer, older]);
  });
});
