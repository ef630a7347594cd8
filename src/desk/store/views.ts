// The desk's views: what each asks the server for, and the same question put to one conversation.
import type { AssigneeType, ConversationSort, ConversationStatus } from "../../protocol/lists.ts";
import type { Conversation, ConversationCounts } from "../../protocol/records.ts";

export const viewNames = ["open", "mine", "unassigned", "snoozed", "resolved", "all"] as const;
export type ViewName = (typeof viewNames)[number];

export interface ViewQuestion {
  assignee_type: AssigneeType;
  status: ConversationStatus | "all";
  /** Else by activity, the latest first. */
  sort_by?: ConversationSort;
}

export const viewQuestions: Record<ViewName, ViewQuestion> = {
  open: { assignee_type: "all", status: "open" },
  mine: { assignee_type: "me", status: "open" },
  unassigned: { assignee_type: "unassigned", status: "open" },
  // What wakes next is what somebody who looks here wants to know.
  snoozed: { assignee_type: "all", status: "snoozed", sort_by: "snoozed_until_asc" },
  resolved: { assignee_type: "all", status: "resolved" },
  all: { assignee_type: "all", status: "all" },
};

const countNames = {
  me: "mine_count",
  unassigned: "unassigned_count",
  assigned: "assigned_count",
  all: "all_count",
} as const satisfies Record<AssigneeType, keyof ConversationCounts>;

/** Which of the four counts of its status a view shows. */
export function countOf(view: ViewName, counts: ConversationCounts): number {
  return counts[countNames[viewQuestions[view].assignee_type]];
}

const assigneeMatches: Record<
  AssigneeType,
  (assigneeId: number | null, agentId: number) => boolean
> = {
  me: (assigneeId, agentId) => assigneeId === agentId,
  unassigned: (assigneeId) => assigneeId === null,
  assigned: (assigneeId) => assigneeId !== null,
  all: () => true,
};

/** True when the server would list this conversation in the view for that agent. */
export function isInView(conversation: Conversation, view: ViewName, agentId: number): boolean {
  const { assignee_type, status } = viewQuestions[view];
  const assigneeId = conversation.meta.assignee?.id ?? null;
  return (
    (status === "all" || conversation.status === status) &&
    assigneeMatches[assignee_type](assigneeId, agentId)
  );
}

export type ListPosition = Pick<Conversation, "timestamp" | "id" | "snoozed_until">;

/** The server's order: latest activity first, and of two at once the newer conversation. */
export function compareByActivity(a: ListPosition, b: ListPosition): number {
  if (a.timestamp === b.timestamp) return b.id - a.id;
  return a.timestamp < b.timestamp ? 1 : -1;
}

/** What wakes first, and at the end what waits for a reply. */
function compareByWake(a: ListPosition, b: ListPosition): number {
  const [first, second] = [a.snoozed_until ?? Infinity, b.snoozed_until ?? Infinity];
  return first === second ? a.id - b.id : first - second;
}

/** The order in which the server lists a view. */
export const orderOf = (view: ViewName) =>
  viewQuestions[view].sort_by === "snoozed_until_asc" ? compareByWake : compareByActivity;
