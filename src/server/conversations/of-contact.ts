// A contact's conversations, as far as an agent may see them (seed 003, row 24).
import { and, count, desc, eq } from "drizzle-orm";
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
import { loadConversations } from "./lists.ts";

const ofContact = (db: Database, agent: AgentIdentity, contactId: number) =>
  and(eq(conversations.contact_id, contactId), mayBeSeenBy(db, agent));

export function contactConversationsQuery(
  db: Database,
  agent: AgentIdentity,
  contactId: number,
  { page, per_page: perPage }: ListPage,
) {
  return db
    .select({ id: conversations.id })
    .from(conversations)
    .where(ofContact(db, agent, contactId))
    .orderBy(desc(conversations.last_activity_at), desc(conversations.id))
    .limit(perPage)
    .offset((page - 1) * perPage);
}

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
  const [[counted], ids] = await Promise.all([
    db
      .select({ total: count() })
      .from(conversations)
      .where(ofContact(db, agent, contactId)),
    contactConversationsQuery(db, agent, contactId, page),
  ]);
  const found = await loadConversations(
    { db, clock },
    ids.map((row) => row.id),
  );
  return success({ total: counted?.total ?? 0, conversations: found });
}
