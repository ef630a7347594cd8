// Lists of conversations: the agents' views with their counts, and a visitor's own.
import { desc, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type {
  Conversation,
  ConversationCounts,
  PublicConversation,
} from "../../protocol/records.ts";
import type { VisitorIdentity } from "../contacts/visitors.ts";
import type { Database } from "../database/connection.ts";
import { conversations } from "../database/conversation-tables.ts";
import { ask } from "../database/frequent.ts";
import type { RoomDeps } from "../room.ts";
import { isVisitors } from "./find.ts";
import { countsOf, pageOf } from "./list-queries.ts";
import type { ListFilter } from "./list-queries.ts";
import { conversationsThat, readDetails } from "./details.ts";
import { conversationRecord, publicConversationRecord, shownMessages } from "./records.ts";
import type { ConversationDetails } from "./details.ts";

/** A visitor's list ends here: the latest ones. */
const VISITOR_LIST_MAX = 100;

/** Counts of what the filter finds, by assignee (seed 003, row 30). */
export async function countConversations(
  db: Database,
  filter: Omit<ListFilter, "assignee_type">,
): Promise<ConversationCounts> {
  const [row] = await ask<{ all: number; mine: number; unassigned: number }>(db, countsOf(filter));
  const { mine = 0, unassigned = 0, all = 0 } = row ?? {};
  return {
    mine_count: mine,
    assigned_count: all - unassigned,
    unassigned_count: unassigned,
    all_count: all,
  };
}

export interface ConversationPage<Found> {
  counts: ConversationCounts;
  /** How many the whole list holds. */
  total: number;
  /** What is on this page, in its order. */
  payload: Found[];
}

/**
 * Reads a page of 25 of what the filter finds, and counts it meanwhile.
 * @param beside the one message to read with each: what follows `from`
 */
export async function readPage(
  { db, clock }: Pick<RoomDeps, "db" | "clock">,
  filter: ListFilter,
  page: number,
  beside?: SQL,
): Promise<ConversationPage<ConversationDetails>> {
  // The counts first: they take longer, and the page is taken apart meanwhile.
  const [counts, payload] = await Promise.all([
    countConversations(db, filter),
    readDetails(db, { now: clock(), of: pageOf(filter, page), ...(beside && { beside }) }),
  ]);
  const totals = {
    me: counts.mine_count,
    unassigned: counts.unassigned_count,
    assigned: counts.assigned_count,
    all: counts.all_count,
  };
  return { counts, total: totals[filter.assignee_type], payload };
}

/** A conversation in a list: with the message that lists show. */
export const listedRecord = (details: ConversationDetails): Conversation =>
  conversationRecord(details, shownMessages(details));

/** One page of what the filter finds (seed 003, row 31). */
export async function listConversations(
  deps: Pick<RoomDeps, "db" | "clock">,
  filter: ListFilter,
  page: number,
): Promise<ConversationPage<Conversation>> {
  const found = await readPage(deps, filter, page);
  return { ...found, payload: found.payload.map(listedRecord) };
}

/** A visitor's conversations as he finds them, the latest activity first. */
export const visitorPage = (visitor: VisitorIdentity): SQL =>
  sql`${conversationsThat(isVisitors(visitor))}
    order by ${desc(conversations.last_activity_at)}, ${desc(conversations.id)}
    limit ${sql.raw(`${VISITOR_LIST_MAX}`)}`;

/** A visitor's conversations, the latest activity first, each with its last public message. */
export async function listPublicConversations(
  { db, clock }: Pick<RoomDeps, "db" | "clock">,
  visitor: VisitorIdentity,
): Promise<PublicConversation[]> {
  const shown = "last_public_message_id";
  const found = await readDetails(db, { now: clock(), of: visitorPage(visitor), shown });
  return found.map((details) => publicConversationRecord(details, shownMessages(details)));
}
