// The server's rules as the desk's fake keeps them: what a message changes, what a list holds.
import type { AssigneeType, ConversationSort, ConversationStatus } from "../protocol/lists.ts";
import type { Conversation, ConversationCounts, Message } from "../protocol/records.ts";
import type { FilterCondition } from "../protocol/requests-filters.ts";

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

/** Conversations of a status, the latest activity first, or what wakes next. */
export function ofStatus(
  conversations: Iterable<Conversation>,
  status: ConversationStatus | "all",
  sort?: ConversationSort,
): Conversation[] {
  const found = [...conversations].filter((one) => status === "all" || one.status === status);
  if (sort !== "snoozed_until_asc") {
    return found.toSorted((a, b) => b.last_activity_at - a.last_activity_at || b.id - a.id);
  }
  const wakeOf = ({ snoozed_until: until }: Conversation) => until ?? Number.MAX_SAFE_INTEGER;
  return found.toSorted((a, b) => wakeOf(a) - wakeOf(b) || a.id - b.id);
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

/** Attributes after a change: keys that are missing stay, `null` removes one. */
export function mergedValues(
  before: Record<string, unknown>,
  change: Record<string, unknown>,
): Record<string, unknown> {
  const merged = Object.entries({ ...before, ...change });
  return Object.fromEntries(merged.filter(([, value]) => value !== null));
}

const textOf = (value: unknown) =>
  value == null ? null : typeof value === "string" ? value : JSON.stringify(value);

/** What a filter compares, by the name that it is asked by. */
function answersTo(one: Conversation, key: string): (string | number | null | undefined)[] {
  switch (key) {
    case "status":
      return [one.status];
    case "priority":
      return [one.priority];
    case "inbox_id":
      return [one.inbox_id];
    case "assignee_id":
      return [one.meta.assignee?.id];
    case "team_id":
      return [one.meta.team?.id];
    case "labels":
      return one.labels;
    default:
      return [textOf(one.custom_attributes[key])];
  }
}

/** Whether a conversation fits conditions that are about words and numbers. AND before OR. */
export function fits(one: Conversation, conditions: readonly FilterCondition[]): boolean {
  let isAlternative = true;
  for (const { attribute_key, filter_operator, values, query_operator } of conditions) {
    const held = answersTo(one, attribute_key).filter((value) => value != null);
    const wanted = values.map(String);
    const isOneOf = held.some((value) => wanted.includes(String(value)));
    const isContained = held.some((value) => wanted.some((word) => String(value).includes(word)));
    const answers: Record<string, boolean> = {
      equal_to: isOneOf,
      not_equal_to: !isOneOf,
      contains: isContained,
      does_not_contain: !isContained,
      is_present: held.length > 0,
      is_not_present: held.length === 0,
    };
    isAlternative &&= answers[filter_operator] ?? false;
    if (query_operator?.toUpperCase() !== "OR") continue;
    if (isAlternative) return true;
    isAlternative = true;
  }
  return isAlternative;
}
