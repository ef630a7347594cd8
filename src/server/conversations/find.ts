// Finding the one conversation that somebody names, if it is his to see.
import { and, eq } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { failure, success } from "../../protocol/result.ts";
import type { Conversation, PublicConversation } from "../../protocol/records.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import { mayBeSeenBy } from "../agents/agents.ts";
import type { VisitorIdentity } from "../contacts/visitors.ts";
import type { Database, Transaction } from "../database/connection.ts";
import { conversations } from "../database/conversation-tables.ts";
import { teams } from "../database/account-tables.ts";
import { latestMessages, listMessages } from "../messages/queries.ts";
import type { RoomDeps } from "../room.ts";
import {
  conversationRecord,
  detailsOf,
  publicConversationRecord,
  selectDetails,
  shownMessages,
} from "./records.ts";
import type { ConversationRow } from "./records.ts";

type Reader = Database | Transaction;

export const notFound = () => failure("not_found", "Resource could not be found");

/** Condition: the conversation of this number, if this agent may see it. */
export function ofAgent(db: Reader, agent: AgentIdentity, displayId: number): SQL | undefined {
  return and(
    eq(conversations.account_id, agent.accountId),
    eq(conversations.display_id, displayId),
    mayBeSeenBy(db, agent),
  );
}

/**
 * Condition: the conversations that this visitor may see. An unverified visitor sees those begun
 * under his own source id. A verified one sees all of his contact's in this inbox, from whatever
 * browser; not in other inboxes of the account, whose websites signed nothing.
 */
export function isVisitors(visitor: VisitorIdentity): SQL | undefined {
  if (!visitor.verified) return eq(conversations.contact_inbox_id, visitor.contactInboxId);
  return and(
    eq(conversations.contact_id, visitor.contactId),
    eq(conversations.inbox_id, visitor.inboxId),
  );
}

export function ofVisitor(visitor: VisitorIdentity, displayId: number): SQL | undefined {
  return and(
    eq(conversations.account_id, visitor.accountId),
    eq(conversations.display_id, displayId),
    isVisitors(visitor),
  );
}

/** Whether the account has this team. */
export async function isTeamOf(db: Reader, accountId: number, teamId: number): Promise<boolean> {
  const [row] = await db
    .select({ id: teams.id })
    .from(teams)
    .where(and(eq(teams.account_id, accountId), eq(teams.id, teamId)));
  return row !== undefined;
}

/** The row that a condition names. */
export async function findConversation(
  db: Reader,
  where: SQL | undefined,
): Promise<Result<ConversationRow>> {
  const [row] = await db.select().from(conversations).where(where);
  return row ? success(row) : notFound();
}

/** The conversation of this number as agents see it, with the last message as lists show it. */
export async function getConversation(
  { db, clock }: Pick<RoomDeps, "clock"> & { db: Reader },
  where: SQL | undefined,
): Promise<Result<Conversation>> {
  const [row] = await selectDetails(db, clock()).where(where);
  if (!row) return notFound();
  const details = detailsOf(row);
  return success(conversationRecord(details, shownMessages(details)));
}

/** The same with all messages (seed 003, row 34), or the latest of them when that would be too much. */
export async function getWholeConversation(
  { db, clock }: Pick<RoomDeps, "clock"> & { db: Reader },
  where: SQL | undefined,
): Promise<Result<{ conversation: Conversation; hasOlder: boolean }>> {
  const [row] = await selectDetails(db, clock()).where(where);
  if (!row) return notFound();
  const { id: conversationId, display_id: displayId } = row.conversation;
  const of = { conversationId, displayId, publicOnly: false };
  const { messages, hasOlder } = await latestMessages(db, of);
  return success({ conversation: conversationRecord(detailsOf(row), messages), hasOlder });
}

/** The conversation of this number as its visitor sees it, with the latest page of messages. */
export async function getPublicConversation(
  { db, clock }: Pick<RoomDeps, "clock"> & { db: Reader },
  where: SQL | undefined,
): Promise<Result<PublicConversation>> {
  const [row] = await selectDetails(db, clock()).where(where);
  if (!row) return notFound();
  const { id, display_id } = row.conversation;
  const messages = await listMessages(db, {
    conversationId: id,
    displayId: display_id,
    publicOnly: true,
  });
  return success(publicConversationRecord(detailsOf(row), messages));
}
