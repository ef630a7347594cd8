// What is remembered of a snooze: written, read and forgotten by whoever holds the locks of its conversations.
import { and, eq, inArray, notExists, sql } from "drizzle-orm";
import type { Transaction } from "../database/connection.ts";
import { snoozed_conversations, snoozes } from "../database/snooze-tables.ts";

export type SnoozeRow = typeof snoozes.$inferSelect;

/** Writes down a snooze of these conversations, instead of the one that each may have had. */
export async function rememberSnooze(
  tx: Transaction,
  snooze: typeof snoozes.$inferInsert,
  conversationIds: number[],
): Promise<SnoozeRow> {
  const [row] = await tx.insert(snoozes).values(snooze).returning();
  if (!row) throw new Error("INSERT answered no snooze");
  await forgetSnoozes(tx, conversationIds);
  await tx
    .insert(snoozed_conversations)
    .values(conversationIds.map((id) => ({ conversation_id: id, snooze_id: row.id })));
  return row;
}

/** Forgets what put these conversations to sleep; a contact's snooze lasts while others of his sleep. */
export async function forgetSnoozes(tx: Transaction, conversationIds: number[]): Promise<void> {
  if (conversationIds.length === 0) return;
  const forgotten = await tx
    .delete(snoozed_conversations)
    .where(inArray(snoozed_conversations.conversation_id, conversationIds))
    .returning({ snoozeId: snoozed_conversations.snooze_id });
  if (forgotten.length === 0) return;
  const ids = [...new Set(forgotten.map(({ snoozeId }) => snoozeId))];
  const sleeping = tx
    .select({ one: sql`1` })
    .from(snoozed_conversations)
    .where(eq(snoozed_conversations.snooze_id, snoozes.id));
  await tx.delete(snoozes).where(and(inArray(snoozes.id, ids), notExists(sleeping)));
}

/** What put each of these conversations to sleep, by the conversation's row. */
export async function recallSnoozes(
  tx: Transaction,
  conversationIds: number[],
): Promise<Map<number, SnoozeRow>> {
  const rows = await tx
    .select({ conversationId: snoozed_conversations.conversation_id, snooze: snoozes })
    .from(snoozed_conversations)
    .innerJoin(snoozes, eq(snoozes.id, snoozed_conversations.snooze_id))
    .where(inArray(snoozed_conversations.conversation_id, conversationIds));
  return new Map(rows.map(({ conversationId, snooze }) => [conversationId, snooze]));
}
