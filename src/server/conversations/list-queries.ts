// The queries of lists: which conversations are on a page, and how many there are.
import { and, asc, desc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { CONVERSATIONS_PAGE_SIZE } from "../../protocol/limits.ts";
import type { AssigneeType, ConversationSort } from "../../protocol/lists.ts";
import type { ListConversations } from "../../protocol/requests.ts";
import { conversations, priorityRank } from "../database/conversation-tables.ts";
import { literal } from "../database/frequent.ts";
import { conversationsThat } from "./details.ts";

/** What a list asks for, beside its page. */
export interface ListFilter extends Pick<ListConversations, "status" | "assignee_type"> {
  accountId: number;
  userId: number;
  /** Undefined: every inbox of the account. */
  inboxIds: number[] | undefined;
  /** The latest activity first, unless told. */
  sortBy?: ConversationSort | undefined;
  /** Whatever else must be true: labels, words, a filter's conditions. */
  also?: SQL | undefined;
}

function filtered(filter: Omit<ListFilter, "assignee_type">): SQL | undefined {
  return and(
    eq(conversations.account_id, filter.accountId),
    filter.status === "all" ? undefined : sql`${conversations.status} = ${literal(filter.status)}`,
    filter.inboxIds === undefined ? undefined : inInboxes(filter.inboxIds),
    filter.also,
  );
}

const { last_activity_at, display_id, id, waiting_since, priority, snoozed_until } = conversations;
const rank = sql.raw(priorityRank);

/** As the indexes are ordered; where one cannot be, the few with a value come first. */
const orders: Record<ConversationSort, SQL[]> = {
  last_activity_at_desc: [desc(last_activity_at), desc(id)],
  last_activity_at_asc: [asc(last_activity_at), asc(id)],
  created_at_desc: [desc(display_id)],
  created_at_asc: [asc(display_id)],
  priority_desc: [asc(rank), desc(last_activity_at), desc(id)],
  priority_asc: [sql`${priority} is null`, desc(rank), desc(last_activity_at), desc(id)],
  waiting_since_asc: [asc(waiting_since), asc(id)],
  waiting_since_desc: [sql`${waiting_since} desc nulls last`, desc(id)],
  snoozed_until_asc: [asc(snoozed_until), asc(id)],
};

/** One is asked for by itself: an index has his in order. */
function inInboxes(ids: number[]): SQL {
  const [only] = ids;
  if (only === undefined) return sql`false`;
  return ids.length === 1
    ? eq(conversations.inbox_id, only)
    : sql`${conversations.inbox_id} = any(${sql.param(ids)}::bigint[])`;
}

function assignedTo(type: AssigneeType, userId: number): SQL | undefined {
  switch (type) {
    case "me":
      return eq(conversations.assignee_id, userId);
    case "unassigned":
      return isNull(conversations.assignee_id);
    case "assigned":
      return isNotNull(conversations.assignee_id);
    case "all":
      return undefined;
  }
}

/** Whole conversations of one page: finds its rows in an index, already in order. */
export function pageOf(filter: ListFilter, page: number): SQL {
  const where = and(filtered(filter), assignedTo(filter.assignee_type, filter.userId));
  const order = sql.join(orders[filter.sortBy ?? "last_activity_at_desc"], sql`, `);
  const offset = (page - 1) * CONVERSATIONS_PAGE_SIZE;
  return sql`${conversationsThat(where)} order by ${order} limit ${sql.raw(`${CONVERSATIONS_PAGE_SIZE}`)}
    ${offset === 0 ? undefined : sql`offset ${offset}`}`;
}

/** The three counts that give all four, by one reading: of an index alone, unless labels or words are asked for. */
export function countsOf(filter: Omit<ListFilter, "assignee_type">): SQL {
  const count = (type: AssigneeType) =>
    sql`count(*) filter (where ${assignedTo(type, filter.userId)})`;
  return sql`select count(*) as "all", ${count("me")} as mine, ${count("unassigned")} as unassigned
    from ${conversations} where ${filtered(filter)}`;
}
