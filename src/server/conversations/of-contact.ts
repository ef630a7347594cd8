// A contact's conversations, as far as an agent may see them (seed 003, row 24).
import { and, count, desc, eq, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Conversation } from "../../protocol/records.ts";
import type { ListPage } from "../../protocol/request-fields.ts";
import { success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import { mayBeSeenBy } from "../agents/agents.ts";
import type { Database } from "../database/connection.ts";
import { contacts } from "../database/contact-tables.ts";
import { conversations } from "../database/conversation-tables.ts";
import type { RoomDeps } from "../room.ts";
import { notFound } from "./find.ts";
import { listedRecord } from "./lists.ts";
import { conversationsThat, readDetails } from "./details.ts";

const ofContact = (db: Database, agent: AgentIdentity, contactId: number) =>
  and(eq(conversations.contact_id, contactId), mayBeSeenBy(db, agent));

/** Whole conversations of one page, the latest activity first. */
export const contactConversationsPage = (
  db: Database,
  agent: AgentIdentity,
  contactId: number,
  { page, per_page: perPage }: ListPage,
): SQL =>
  sql`${conversationsThat(ofContact(db, agent, contactId))}
    order by ${desc(conversations.last_activity_at)}, ${desc(conversations.id)}
    limit ${perPage} offset ${(page - 1) * perPage}`;

/** One page, the latest activity first, and how many there are. Errors: `not_found` (the contact). */
export async function listContactConversations(
  { db, clock }: Pick<RoomDeps, "db" | "clock">,
  agent: AgentIdentity,
  contactId: number,
  page: ListPage,
): Promise<Result<{ total: number; conversations: Conversation[] }>> {
  const [contact] = await db
    .select({ id: contacts.id })
    .from(contacts)
    .where(and(eq(contacts.account_id, agent.accountId), eq(contacts.id, contactId)));
  if (!contact) return notFound();
  const [[counted], found] = await Promise.all([
    db
      .select({ total: count() })
      .from(conversations)
      .where(ofContact(db, agent, contactId)),
    readDetails(db, {
      now: clock(),
      of: contactConversationsPage(db, agent, contactId, page),
    }),
  ]);
  return success({ total: counted?.total ?? 0, conversations: found.map(listedRecord) });
}
