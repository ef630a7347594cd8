// Lists of conversations: the agents' views with their counts, and a visitor's own.
import { desc } from "drizzle-orm";
import type {
  Conversation,
  ConversationCounts,
  PublicConversation,
} from "../../protocol/records.ts";
import type { VisitorIdentity } from "../contacts/visitors.ts";
import type { Database } from "../database/connection.ts";
import { conversations } from "../database/conversation-tables.ts";
import type { RoomDeps } from "../room.ts";
import { isVisitors } from "./find.ts";
import { findCounts, findIds } from "./list-queries.ts";
import type { ListFilter } from "./list-queries.ts";
import {
  conversationRecord,
  publicConversationRecord,
  readDetails,
  shownMessages,
} from "./records.ts";

/** A visitor's list ends here: the latest ones. */
const VISITOR_LIST_MAX = 100;

/** Counts of what the filter finds, by assignee (seed 003, row 30). */
export async function countConversations(
  db: Database,
  filter: Omit<ListFilter, "assignee_type">,
): Promise<ConversationCounts> {
  const [row] = await findCounts(db, filter);
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
    findIds(db, filter, page).then((rows) => read(rows.map((row) => row.id))),
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
