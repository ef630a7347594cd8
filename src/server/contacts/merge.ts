// Two contacts who are one person become one, with both histories.
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Contact } from "../../protocol/records-contacts.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import { actorOf } from "../agents/agents.ts";
import { administer } from "../audit/administer.ts";
import { notFound } from "../conversations/find.ts";
import { audienceOf } from "../conversations/records.ts";
import type { Transaction } from "../database/connection.ts";
import { contact_inboxes, contacts } from "../database/contact-tables.ts";
import { conversations } from "../database/conversation-tables.ts";
import { messages } from "../database/message-tables.ts";
import type { Actor, RecordedEvent } from "../events.ts";
import type { RoomDeps } from "../room.ts";
import { contactRecords } from "./agent-records.ts";
import type { ContactRow } from "./fields.ts";
import { statedWith } from "./stated.ts";

type Deps = Pick<RoomDeps, "db" | "events" | "clock" | "config">;
type Moved = { id: number; inboxId: number; verified: boolean };

/**
 * Moves everything of `mergeeId` to `baseId` and removes it: identities, conversations, messages,
 * labels, and whatever the base does not say yet. Two contacts for each of whom the website has
 * vouched under a name of his own stay two.
 * Errors: `not_found`, `invalid` (the same contact twice), `conflict` (both proven).
 */
export async function mergeContacts(
  deps: Deps,
  agent: AgentIdentity,
  baseId: number,
  mergeeId: number,
): Promise<Result<Contact>> {
  if (baseId === mergeeId) return failure("invalid", "A contact cannot be merged with itself");
  return await administer<Contact>(deps, agent, async (tx, { record, note, tell }) => {
    // In the order of ids, so that two merges at once wait instead of blocking each other.
    const rows = await tx
      .select()
      .from(contacts)
      .where(
        and(eq(contacts.account_id, agent.accountId), inArray(contacts.id, [baseId, mergeeId])),
      )
      .orderBy(asc(contacts.id))
      .for("update");
    const base = rows.find((row) => row.id === baseId);
    const mergee = rows.find((row) => row.id === mergeeId);
    if (!base || !mergee) return notFound();
    if (base.identifier_verified && mergee.identifier_verified) {
      return failure("conflict", "Both contacts are proven to be who they are");
    }
    const moved = await moveIdentities(tx, base, mergee);
    for (const event of await moveConversations(tx, base, mergee, actorOf(agent))) record(event);
    const contact = await joinFields(tx, base, mergee);
    record({
      name: "contact:updated",
      accountId: agent.accountId,
      contactId: baseId,
      actor: actorOf(agent),
      changes: { merged_contact_id: [null, mergeeId] },
    });
    const changes = { merged_into: baseId };
    note({ action: "destroy", type: "Contact", id: mergeeId, changes });
    for (const { id: contactInboxId, inboxId, verified } of moved) {
      if (!verified) continue;
      tell({ name: "visitor:verified", contactInboxId, inboxId, contactId: baseId });
    }
    const [joined] = await contactRecords({ ...deps, db: tx }, agent, [contact]);
    if (!joined) throw new Error("a merged contact has vanished");
    return success(joined);
  });
}

async function moveIdentities(
  tx: Transaction,
  base: ContactRow,
  mergee: ContactRow,
): Promise<Moved[]> {
  return await tx
    .update(contact_inboxes)
    .set({ contact_id: base.id })
    .where(eq(contact_inboxes.contact_id, mergee.id))
    .returning({
      id: contact_inboxes.id,
      inboxId: contact_inboxes.inbox_id,
      verified: contact_inboxes.hmac_verified,
    });
}

/** Both contacts' conversations: the base's show what he has gained. */
async function moveConversations(
  tx: Transaction,
  base: ContactRow,
  mergee: ContactRow,
  actor: Actor,
): Promise<RecordedEvent[]> {
  const touched = await tx
    .update(conversations)
    .set({ contact_id: base.id, seq: sql`${conversations.seq} + 1` })
    .where(inArray(conversations.contact_id, [base.id, mergee.id]))
    .returning();
  await tx
    .update(messages)
    .set({ sender_id: base.id })
    .from(conversations)
    .where(
      and(
        eq(conversations.contact_id, base.id),
        eq(messages.conversation_id, conversations.id),
        eq(messages.sender_type, "contact"),
        eq(messages.sender_id, mergee.id),
      ),
    );
  return touched.map((row) => ({
    name: "conversation:updated",
    audience: audienceOf(row),
    actor,
    seq: row.seq,
    changes: { contact: [mergee.id, base.id] },
  }));
}

const latest = (one: Date | null, other: Date | null) =>
  one && other ? new Date(Math.max(one.getTime(), other.getTime())) : (one ?? other);

/** What the base says stands. Of a proven contact and a claim, the proven one's does, and the other's is stated. */
async function joinFields(
  tx: Transaction,
  base: ContactRow,
  mergee: ContactRow,
): Promise<ContactRow> {
  // First, since a proven identifier is unique.
  await tx.delete(contacts).where(eq(contacts.id, mergee.id));
  const [row] = await tx
    .update(contacts)
    .set({
      ...identityOf(base, mergee),
      blocked: base.blocked || mergee.blocked,
      labels: [...new Set([...base.labels, ...mergee.labels])],
      additional_attributes: { ...mergee.additional_attributes, ...base.additional_attributes },
      last_activity_at: latest(base.last_activity_at, mergee.last_activity_at),
    })
    .where(eq(contacts.id, base.id))
    .returning();
  if (!row) throw new Error("a locked contact has vanished");
  return row;
}

/** Who the merged contact is, and what is known and said of him. */
function identityOf(base: ContactRow, mergee: ContactRow): Partial<ContactRow> {
  if (base.identifier_verified || mergee.identifier_verified) {
    const [proven, claim] = base.identifier_verified ? [base, mergee] : [mergee, base];
    const { name, email, phone_number, avatar_url, identifier, custom_attributes } = proven;
    return {
      name,
      email,
      phone_number,
      avatar_url,
      identifier,
      custom_attributes,
      identifier_verified: true,
      stated: statedWith(proven, claim),
    };
  }
  return {
    name: base.name ?? mergee.name,
    email: base.email ?? mergee.email,
    phone_number: base.phone_number ?? mergee.phone_number,
    avatar_url: base.avatar_url ?? mergee.avatar_url,
    identifier: base.identifier ?? mergee.identifier,
    custom_attributes: { ...mergee.custom_attributes, ...base.custom_attributes },
  };
}
