// A browser becomes a verified contact: its conversations move to him, with everything it has written.
import { and, eq, getTableColumns, ne, notExists, sql } from "drizzle-orm";
import type { Transaction } from "../database/connection.ts";
import { contact_inboxes, contacts } from "../database/contact-tables.ts";
import { conversations } from "../database/conversation-tables.ts";
import { messages } from "../database/message-tables.ts";
import type { Changes, RecordedEvent } from "../events.ts";
import { audienceOf } from "../conversations/records.ts";
import type { ContactRow } from "./fields.ts";
import { statedWith } from "./stated.ts";
import type { VisitorIdentity } from "./visitors.ts";

/** The contact whom the website has vouched for; two browsers at once get the same. */
export async function findOrCreateVerified(
  tx: Transaction,
  accountId: number,
  identifier: string,
): Promise<{ contact: ContactRow; isNew: boolean }> {
  const [row] = await tx
    .insert(contacts)
    .values({ account_id: accountId, identifier, identifier_verified: true })
    .onConflictDoUpdate({
      target: [contacts.account_id, contacts.identifier],
      targetWhere: sql`identifier_verified`,
      // Changes nothing, but answers and locks the row that is there.
      set: { identifier },
    })
    // A row that was there carries this transaction's lock.
    .returning({ ...getTableColumns(contacts), isNew: sql<boolean>`contacts.xmax = 0` });
  if (!row) throw new Error("INSERT answered no contact");
  const { isNew, ...contact } = row;
  return { contact, isNew };
}

/** Told once for each contact. */
export function contactCreated({ id, account_id }: ContactRow): RecordedEvent {
  return {
    name: "contact:created",
    accountId: account_id,
    contactId: id,
    actor: { type: "contact", id },
    changes: {},
  };
}

export interface Verified {
  contact: ContactRow;
  events: RecordedEvent[];
}

/**
 * Joins a visitor who was anonymous with the verified contact of `identifier`. What was said of the anonymous one,
 * who is then gone, is what the contact states.
 */
export async function verifyVisitor(
  tx: Transaction,
  visitor: VisitorIdentity,
  before: ContactRow,
  identifier: string,
): Promise<Verified> {
  const { contact, isNew } = await findOrCreateVerified(tx, visitor.accountId, identifier);
  await tx
    .update(contact_inboxes)
    .set({ contact_id: contact.id, hmac_verified: true })
    .where(eq(contact_inboxes.id, visitor.contactInboxId));
  const moved = await tx
    .update(conversations)
    .set({ contact_id: contact.id, seq: sql`${conversations.seq} + 1` })
    .where(eq(conversations.contact_inbox_id, visitor.contactInboxId))
    .returning();
  await moveMessages(tx, visitor.contactInboxId, before.id, contact.id);
  const filled = await takeOver(tx, contact, before);
  await removeIfAlone(tx, before.id);
  const actor = { type: "contact", id: contact.id } as const;
  const movedEvents = moved.map((row) => ({
    name: "conversation:updated" as const,
    audience: audienceOf(row),
    actor,
    seq: row.seq,
    changes: { contact_id: [before.id, contact.id] } satisfies Changes,
  }));
  return {
    contact: filled,
    events: isNew ? [contactCreated(contact), ...movedEvents] : movedEvents,
  };
}

/**
 * The sender is part of what makes an echo id unique: a repeated send must still find the first.
 * That the contact's messages are the new contact's goes without an event of each: in every
 * conversation, what a contact has sent is from the conversation's contact.
 */
async function moveMessages(
  tx: Transaction,
  contactInboxId: number,
  fromId: number,
  toId: number,
): Promise<void> {
  await tx
    .update(messages)
    .set({ sender_id: toId })
    .from(conversations)
    .where(
      and(
        eq(conversations.contact_inbox_id, contactInboxId),
        eq(messages.conversation_id, conversations.id),
        eq(messages.sender_type, "contact"),
        eq(messages.sender_id, fromId),
      ),
    );
}

/** Nothing that a browser has claimed becomes a fact by its proving who it is: it stays what he states. */
async function takeOver(
  tx: Transaction,
  contact: ContactRow,
  before: ContactRow,
): Promise<ContactRow> {
  // What is somebody else's, for whom an agent has vouched, stays his.
  if (before.identifier_verified) return contact;
  const [row] = await tx
    .update(contacts)
    .set({
      stated: statedWith(contact, before),
      // Proving who one is must not be a way out.
      blocked: contact.blocked || before.blocked,
      labels: [...new Set([...contact.labels, ...before.labels])],
      additional_attributes: { ...before.additional_attributes, ...contact.additional_attributes },
    })
    .where(eq(contacts.id, contact.id))
    .returning();
  if (!row) throw new Error("a locked contact has vanished");
  return row;
}

async function removeIfAlone(tx: Transaction, contactId: number): Promise<void> {
  const otherBrowsers = tx
    .select({ one: sql`1` })
    .from(contact_inboxes)
    .where(eq(contact_inboxes.contact_id, contactId));
  const otherConversations = tx
    .select({ one: sql`1` })
    .from(conversations)
    .where(eq(conversations.contact_id, contactId));
  await tx
    .delete(contacts)
    .where(
      and(
        eq(contacts.id, contactId),
        ne(contacts.identifier_verified, true),
        notExists(otherBrowsers),
        notExists(otherConversations),
      ),
    );
}
