// Changing a contact, in the transaction of whoever has a reason to: his conversations show it too.
import { eq, sql } from "drizzle-orm";
import { audienceOf } from "../conversations/records.ts";
import type { Transaction } from "../database/connection.ts";
import { contacts } from "../database/contact-tables.ts";
import { conversations } from "../database/conversation-tables.ts";
import type { Actor, Changes, RecordedEvent } from "../events.ts";
import { mergedFields } from "./fields.ts";
import type { ContactRow, FieldInput } from "./fields.ts";
import { statedChange } from "./stated.ts";

/**
 * Applies an input, and what `more` differs in, to a contact. His name and address show beside each
 * of his conversations, so each of them takes a sequence number. Answers what has happened; nothing
 * if nothing differs.
 */
export async function applyFields(
  tx: Transaction,
  contact: ContactRow,
  input: FieldInput,
  more: Partial<ContactRow> = {},
  actor: Actor = { type: "contact", id: contact.id },
): Promise<RecordedEvent[]> {
  const fields = { ...mergedFields(contact, input), ...more };
  const keys = Object.keys(fields) as (keyof typeof fields)[];
  if (keys.length === 0) return [];
  await tx.update(contacts).set(fields).where(eq(contacts.id, contact.id));
  const changes: Changes = Object.fromEntries(
    keys.map((key) => [key, [contact[key] ?? null, fields[key] ?? null]]),
  );
  const touched = await tx
    .update(conversations)
    .set({ seq: sql`${conversations.seq} + 1` })
    .where(eq(conversations.contact_id, contact.id))
    .returning();
  return [
    {
      name: "contact:updated",
      accountId: contact.account_id,
      contactId: contact.id,
      actor,
      changes,
    },
    ...touched.map((row) => ({
      name: "conversation:updated" as const,
      audience: audienceOf(row),
      actor,
      seq: row.seq,
      changes: { contact: [contact.id, contact.id] } satisfies Changes,
    })),
  ];
}

/** Applies what a browser says of its contact, wherever it belongs. Answers what has happened. */
export async function applyStated(
  tx: Transaction,
  contact: ContactRow,
  input: FieldInput,
): Promise<RecordedEvent[]> {
  return contact.identifier_verified
    ? await applyFields(tx, contact, {}, statedChange(contact, input))
    : await applyFields(tx, contact, input);
}
