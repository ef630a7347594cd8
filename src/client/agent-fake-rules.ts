// The server's rules as the desk's fake keeps them: what a message changes, what a list holds.
import type { AssigneeType, ConversationStatus } from "../protocol/lists.ts";
import type { Conversation, ConversationCounts, Message } from "../protocol/records.ts";

/** A conversation after one more message. */
export function withMessage(before: Conversation, message: Message): Conversation {
  const { message_type: type, seq, created_at: at } = message;
  if (type === "activity") return { ...before, seq };
  if (message.private) return { ...before, seq, messages: [message] };
  const moved = {
    ...before,
    seq,
    messages: [message],
    last_activity_at: at,
    timestamp: new Date(at * 1000).toISOString(),
  };
  if (type === "incoming") {
    const isAsleep = before.status === "resolved" || before.status === "snoozed";
    return {
      ...moved,
      status: isAsleep ? "open" : before.status,
      snoozed_until: isAsleep ? null : before.snoozed_until,
      unread_count: before.unread_count + 1,
      waiting_since: before.waiting_since ?? at,
    };
  }
  return {
    ...moved,
    unread_count: 0,
    agent_last_seen_seq: seq,
    waiting_since: null,
    first_reply_created_at: before.first_reply_created_at ?? at,
  };
}

/** Conversations of a status, the latest activity first. */
export function ofStatus(
  conversations: Iterable<Conversation>,
  status: ConversationStatus | "all",
): Conversation[] {
  return [...conversations]
    .filter((one) => status === "all" || one.status === status)
    .toSorted((a, b) => b.last_activity_at - a.last_activity_at || b.id - a.id);
}

export function isAssigned(conversation: Conversation, type: AssigneeType, me: number): boolean {
  const { assignee } = conversation.meta;
  if (type === "me") return assignee?.id === me;
  return type === "all" || (assignee === null) === (type === "unassigned");
}

export function countsOf(listed: readonly Conversation[], me: number): ConversationCounts {
  const count = (type: AssigneeType) => listed.filter((one) => isAssigned(one, type, me)).length;
  return {
    mine_count: count("me"),
    assigned_count: count("assigned"),
    unassigned_count: count("unassigned"),
    all_count: listed.length,
  };
}
