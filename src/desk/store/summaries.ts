// What all that the desk knows comes to: how much waits, and whether there is anything at all.
import { computed } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import type { Conversation } from "../../protocol/records.ts";
import type { ConversationList } from "./conversation-list.ts";
import type { Counts } from "./counts.ts";
import type { ConversationRecords } from "./records.ts";

interface Deps {
  agentId: number;
  records: ConversationRecords;
  counts: Counts;
  list: ReadonlySignal<ConversationList>;
}

export function createSummaries({ agentId, records, counts, list }: Deps) {
  /** Unread conversations that wait for this agent: their own, and nobody's. */
  const unreadCount = computed(() => {
    const isMine = ({ meta }: Conversation) => !meta.assignee || meta.assignee.id === agentId;
    return [...records.all.value.values()].filter(
      (one) => one.status === "open" && one.unread_count > 0 && isMine(one),
    ).length;
  });

  /** The account has no conversation at all. */
  const isFirstRun = computed(() => {
    const { open, resolved, snoozed } = counts.byStatus.value;
    return (
      records.all.value.size === 0 &&
      list.value.status.value.kind === "ready" &&
      [open, resolved, snoozed].every((count) => count?.all_count === 0)
    );
  });

  return { unreadCount, isFirstRun };
}
