// The queries of lists: which conversations are on a page, and how many there are.
import { and, asc, desc, eq, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import type { Placeholder, SQL } from "drizzle-orm";
import { CONVERSATIONS_PAGE_SIZE } from "../../protocol/limits.ts";
import type { AssigneeType, ConversationSort } from "../../protocol/lists.ts";
import type { ListConversations } from "../../protocol/requests.ts";
import type { Database } from "../database/connection.ts";
import { conversations, priorityRank } from "../database/conversation-tables.ts";
import { prepared } from "../database/prepared.ts";

/** Of a query that is prepared, what is told when it runs. */
type Told<Value> = Value | Placeholder;

/** What a list asks for, beside its page. `inboxIds` undefined means every inbox of the account. */
export interface ListFilter extends ListQuestion {
  accountId: number;
  userId: number;
  inboxIds: number[] | undefined;
}

interface ListQuestion extends Pick<ListConversations, "status" | "assignee_type"> {
  accountId: Told<number>;
  userId: Told<number>;
  inboxIds: Told<number[]> | Told<number>[] | undefined;
  /** The latest activity first, unless told. */
  sortBy?: ConversationSort | undefined;
  /** What is searched for, as a `tsquery`; part of `also`. */
  words?: string | null;
  /** Whatever else must be true: labels, words, a filter's conditions. */
  also?: SQL | undefined;
}

function filtered(filter: Omit<ListQuestion, "assignee_type">): SQL | undefined {
  return and(
    eq(conversations.account_id, filter.accountId),
    filter.status === "all" ? undefined : eq(conversations.status, filter.status),
    filter.inboxIds === undefined ? undefined : inInboxes(filter.inboxIds),
    filter.also,
  );
}

const { last_activity_at, display_id, id, waiting_since, priority, snoozed_until } = conversations;
const rank = sql.raw(priorityRank);
const usualOrder = "last_activity_at_desc";

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

function inInboxes(ids: Told<number[]> | Told<number>[]): SQL {
  if (!Array.isArray(ids)) return sql`${conversations.inbox_id} = any(${ids}::bigint[])`;
  if (ids.length === 0) return sql`false`;
  const [only] = ids;
  return ids.length === 1 && only !== undefined
    ? eq(conversations.inbox_id, only)
    : inArray(conversations.inbox_id, ids);
}

function assignedTo(type: AssigneeType, userId: Told<number>): SQL | undefined {
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

/** The ids of one page: finds its rows in an index, already in order. */
export function pageQuery(db: Database, filter: ListQuestion, offset: Told<number>) {
  return db
    .select({ id: conversations.id })
    .from(conversations)
    .where(and(filtered(filter), assignedTo(filter.assignee_type, filter.userId)))
    .orderBy(...orders[filter.sortBy ?? usualOrder])
    .limit(CONVERSATIONS_PAGE_SIZE)
    .offset(offset);
}

/** The three counts that give all four, by one reading: of an index alone, unless labels or words are asked for. */
export function countsQuery(db: Database, filter: Omit<ListQuestion, "assignee_type">) {
  const count = (type: AssigneeType) =>
    sql<number>`count(*) filter (where ${assignedTo(type, filter.userId) ?? sql`true`})`.mapWith(
      Number,
    );
  return db
    .select({ mine: count("me"), unassigned: count("unassigned"), all: count("all") })
    .from(conversations)
    .where(filtered(filter));
}

const told = (name: string) => sql.placeholder(name);

/**
 * A list that asks for no more than desks do all day, as a query for all that ask the same: its name, the
 * question, and what this one tells. Undefined for others: they are too many, and their plans depend on what
 * they look for.
 */
function usual(filter: Omit<ListFilter, "assignee_type"> & Partial<ListFilter>) {
  const { accountId, userId, inboxIds, status, sortBy = usualOrder, also } = filter;
  if (also || sortBy !== usualOrder || inboxIds?.length === 0) return undefined;
  const [of, question] =
    inboxIds === undefined
      ? ["all", undefined]
      : inboxIds.length === 1
        ? ["one", [told("inboxId")]]
        : ["many", told("inboxIds")];
  return {
    name: `conversations_${status}_of_${of}_inboxes`,
    question: {
      ...filter,
      accountId: told("accountId"),
      userId: told("userId"),
      inboxIds: question,
    },
    values: { accountId, userId, inboxIds, inboxId: inboxIds?.[0] },
  };
}

/** The ids of one page, in its order. */
export function findIds(db: Database, filter: ListFilter, page: number): Promise<{ id: number }[]> {
  const offset = (page - 1) * CONVERSATIONS_PAGE_SIZE;
  const found = usual(filter);
  if (!found) return pageQuery(db, filter, offset).execute();
  const question = { ...found.question, assignee_type: filter.assignee_type };
  return prepared(db, `${found.name}_${filter.assignee_type}`, (name) =>
    pageQuery(db, question, told("offset")).prepare(name),
  ).execute({ ...found.values, offset });
}

/** The counts that give all others. */
export function findCounts(db: Database, filter: Omit<ListFilter, "assignee_type">) {
  const found = usual(filter);
  if (!found) return countsQuery(db, filter).execute();
  return prepared(db, `count_${found.name}`, (name) =>
    countsQuery(db, found.question).prepare(name),
  ).execute(found.values);
}
