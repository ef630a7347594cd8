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
import { findDetails } from "./details.ts";
import { conversationRecord, publicConversationRecord, shownMessages } from "./records.ts";
import type { ConversationRow } from "./details.ts";

type Reader = Database | Transaction;
type DetailsDeps = Pick<RoomDeps, "clock"> & { db: Reader };

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
  deps: DetailsDeps,
  where: SQL | undefined,
): Promise<Result<Conversation>> {
  const details = await findDetails(deps, where);
  if (!details) return notFound();
  return success(conversationRecord(details, shownMessages(details)));
}

/** The same with all messages (seed 003, row 34), or the latest of them when that would be too much. */
export async function getWholeConversation(
  deps: DetailsDeps,
  where: SQL | undefined,
): Promise<Result<{ conversation: Conversation; hasOlder: boolean }>> {
  const details = await findDetails(deps, where);
  if (!details) return notFound();
  const { id: conversationId, display_id: displayId } = details.conversation;
  const of = { conversationId, displayId, publicOnly: false };
  const { messages, hasOlder } = await latestMessages(deps.db, of);
  return success({ conversation: conversationRecord(details, messages), hasOlder });
}

/** The conversation of this number as its visitor sees it, with the latest page of messages. */
export async function getPublicConversation(
  deps: DetailsDeps,
  where: SQL | undefined,
): Promise<Result<PublicConversation>> {
  const details = await findDetails(deps, where);
  if (!details) return notFound();
  const { id, display_id } = details.conversation;
  const messages = await listMessages(deps.db, {
    conversationId: id,
    displayId: display_id,
    publicOnly: true,
  });
  return success(publicConversationRecord(details, messages));
}
