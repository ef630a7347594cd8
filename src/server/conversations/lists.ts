// Lists of conversations: the agents' views with their counts, and a visitor's own.
import { and, asc, desc, eq, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { AssigneeType, ConversationSort } from "../../protocol/lists.ts";
import { CONVERSATIONS_PAGE_SIZE } from "../../protocol/limits.ts";
import type {
  Conversation,
  ConversationCounts,
  PublicConversation,
} from "../../protocol/records.ts";
import type { ListConversations } from "../../protocol/requests.ts";
import type { VisitorIdentity } from "../contacts/visitors.ts";
import type { Database } from "../database/connection.ts";
import { conversations, priorityRank } from "../database/conversation-tables.ts";
import type { RoomDeps } from "../room.ts";
import { isVisitors } from "./find.ts";
import {
  conversationRecord,
  publicConversationRecord,
  readDetails,
  shownMessages,
} from "./records.ts";

/** A visitor's list ends here: the latest ones. */
const VISITOR_LIST_MAX = 100;

/** What a list asks for, beside its page. `inboxIds` undefined means every inbox of the account. */
export interface ListFilter extends Pick<ListConversations, "status" | "assignee_type"> {
  accountId: number;
  userId: number;
  inboxIds: number[] | undefined;
  /** The latest activity first, unless told. */
  sortBy?: ConversationSort | undefined;
  /** What is searched for, as a `tsquery`; part of `also`. */
  words?: string | null;
  /** Whatever else must be true: labels, words, a filter's conditions. */
  also?: SQL | undefined;
}

function filtered(filter: Omit<ListFilter, "assignee_type">): SQL | undefined {
  return and(
    eq(conversations.account_id, filter.accountId),
    filter.status === "all" ? undefined : eq(conversations.status, filter.status),
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

function inInboxes(ids: number[]): SQL {
  if (ids.length === 0) return sql`false`;
  const [only] = ids;
  return ids.length === 1 && only !== undefined
    ? eq(conversations.inbox_id, only)
    : inArray(conversations.inbox_id, ids);
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

/** The ids of one page: finds its rows in an index, already in order. */
export function pageQuery(db: Database, filter: ListFilter, page: number) {
  return db
    .select({ id: conversations.id })
    .from(conversations)
    .where(and(filtered(filter), assignedTo(filter.assignee_type, filter.userId)))
    .orderBy(...orders[filter.sortBy ?? "last_activity_at_desc"])
    .limit(CONVERSATIONS_PAGE_SIZE)
    .offset((page - 1) * CONVERSATIONS_PAGE_SIZE);
}

/** The three counts that give all four, by one reading: of an index alone, unless labels or words are asked for. */
export function countsQuery(db: Database, filter: Omit<ListFilter, "assignee_type">) {
  const count = (type: AssigneeType) =>
    sql<number>`count(*) filter (where ${assignedTo(type, filter.userId) ?? sql`true`})`.mapWith(
      Number,
    );
  return db
    .select({ mine: count("me"), unassigned: count("unassigned"), all: count("all") })
    .from(conversations)
    .where(filtered(filter));
}

/** Counts of what the filter finds, by assignee (seed 003, row 30). */
export async function countConversations(
  db: Database,
  filter: Omit<ListFilter, "assignee_type">,
): Promise<ConversationCounts> {
  const [row] = await countsQuery(db, filter);
  const { mine = 0, unassigned = 0, all = 0 } = row ?? {};
  return {
    mine_count: mine,
    assigned_count: all - unassigned,
    unassigned_count: unassigned,
    all_count: all,
  };
}

interface ConversationPage<Found> {
  counts: ConversationCounts;
  /** How many the whole list holds. */
  total: number;
  /** What is on this page, in its order. */
  payload: Found;
}

/** Counts what the filter finds, and meanwhile reads by their ids those of it that are on a page of 25. */
export async function readPage<Found>(
  db: Database,
  filter: ListFilter,
  page: number,
  read: (ids: number[]) => Promise<Found>,
): Promise<ConversationPage<Found>> {
  const [counts, payload] = await Promise.all([
    countConversations(db, filter),
    pageQuery(db, filter, page).then((rows) => read(rows.map((row) => row.id))),
  ]);
  const totals = {
    me: counts.mine_count,
    unassigned: counts.unassigned_count,
    assigned: counts.assigned_count,
    all: counts.all_count,
  };
  return { counts, total: totals[filter.assignee_type], payload };
}

/** One page of what the filter finds (seed 003, row 31). */
export async function listConversations(
  deps: Pick<RoomDeps, "db" | "clock">,
  filter: ListFilter,
  page: number,
): Promise<ConversationPage<Conversation[]>> {
  return await readPage(deps.db, filter, page, (ids) => loadConversations(deps, ids));
}

/** The records of these rows as agents see them, in this order. */
export async function loadConversations(
  { db, clock }: Pick<RoomDeps, "db" | "clock">,
  ids: number[],
): Promise<Conversation[]> {
  const byId = await readDetails(db, clock(), ids);
  return ids.flatMap((id) => {
    const details = byId.get(id);
    return details ? [conversationRecord(details, shownMessages(details))] : [];
  });
}

/** The ids of a visitor's conversations, the latest activity first. */
export function visitorPageQuery(db: Database, visitor: VisitorIdentity) {
  return db
    .select({ id: conversations.id })
    .from(conversations)
    .where(isVisitors(visitor))
    .orderBy(desc(conversations.last_activity_at), desc(conversations.id))
    .limit(VISITOR_LIST_MAX);
}

/** A visitor's conversations, the latest activity first, each with its last public message. */
export async function listPublicConversations(
  { db, clock }: Pick<RoomDeps, "db" | "clock">,
  visitor: VisitorIdentity,
): Promise<PublicConversation[]> {
  const ids = (await visitorPageQuery(db, visitor)).map((row) => row.id);
  const byId = await readDetails(db, clock(), ids, "last_public_message_id");
  return ids.flatMap((id) => {
    const details = byId.get(id);
    return details ? [publicConversationRecord(details, shownMessages(details))] : [];
  });
}
