// A contact's conversations, as far as an agent may see them (seed 003, row 24).
import { and, desc, eq } from "drizzle-orm";
import type { Conversation } from "../../protocol/records.ts";
import { success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import { mayBeSeenBy } from "../agents/agents.ts";
import type { Database } from "../database/connection.ts";
import { contacts, conversations } from "../database/tables.ts";
import type { RoomDeps } from "../room.ts";
import { notFound } from "./find.ts";
import { loadConversations } from "./lists.ts";

/** The list ends here: the latest ones. */
const LIST_MAX = 100;

export function contactConversationsQuery(db: Database, agent: AgentIdentity, contactId: number) {
  return db
    .select({ id: conversations.id })
    .from(conversations)
    .where(and(eq(conversations.contact_id, contactId), mayBeSeenBy(db, agent)))
    .orderBy(desc(conversations.last_activity_at))
    .limit(LIST_MAX);
}

/** The latest activity first. Errors: `not_found` (the contact). */
export async function listContactConversations(
  { db, clock }: Pick<RoomDeps, "db" | "clock">,
  agent: AgentIdentity,
  contactId: number,
): Promise<Result<Conversation[]>> {
  const [contact] = await db
    .select({ id: contacts.id })
    .from(contacts)
    .where(and(eq(contacts.account_id, agent.accountId), eq(contacts.id, contactId)));
  if (!contact) return notFound();
  const ids = await contactConversationsQuery(db, agent, contactId);
  return success(
    await loadConversations(
      { db, clock },
      ids.map((row) => row.id),
    ),
  );
}
