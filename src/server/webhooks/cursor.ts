// How far the events have been read, and which of them can be read now.
import { and, asc, count, eq, sql } from "drizzle-orm";
import type { Database, Transaction } from "../database/connection.ts";
import { events } from "../database/event-tables.ts";
import { webhook_cursor } from "../database/webhook-tables.ts";
import type { EventRow } from "./meaning.ts";

/** Held by the one process that looks whether this database was restored. */
const ADOPTION_LOCK = 7_201_512;

/** Up to here, events have become deliveries; in order of their transactions, then of their ids. */
export interface Cursor {
  transactionId: string;
  eventId: number;
}

/** The cursor; before the first event, if nobody has read yet. */
export async function readCursor(db: Database | Transaction): Promise<Cursor> {
  const [row] = await db.select().from(webhook_cursor);
  if (row) return { transactionId: row.transaction_id, eventId: row.event_id };
  const first: Cursor = { transactionId: "0", eventId: 0 };
  await db
    .insert(webhook_cursor)
    .values({ id: 1, transaction_id: first.transactionId, event_id: first.eventId })
    .onConflictDoNothing();
  return first;
}

/** Moves the cursor if it still stands where it was read; whoever comes second is told `false`. */
export async function moveCursor(tx: Transaction, from: Cursor, to: Cursor): Promise<boolean> {
  const moved = await tx
    .update(webhook_cursor)
    .set({ transaction_id: to.transactionId, event_id: to.eventId })
    .where(
      and(
        eq(webhook_cursor.transaction_id, from.transactionId),
        eq(webhook_cursor.event_id, from.eventId),
      ),
    )
    .returning();
  return moved.length > 0;
}

/** The oldest transaction that has not ended: whatever comes before it is complete. */
export async function readHorizon(db: Database): Promise<string> {
  const { rows } = await db.execute<{ horizon: string }>(
    sql`select pg_snapshot_xmin(pg_current_snapshot())::text as horizon`,
  );
  return rows[0]?.horizon ?? "0";
}

/** The next events between the cursor and the horizon, those from before `since` left out. */
export async function readEvents(
  db: Database,
  { transactionId, eventId }: Cursor,
  { horizon, since, limit }: { horizon: string; since: Date; limit: number },
): Promise<EventRow[]> {
  return await db
    .select()
    .from(events)
    .where(
      sql`(${events.transaction_id}, ${events.id}) > (${transactionId}::xid8, ${eventId}::bigint)
        and ${events.transaction_id} < ${horizon}::xid8
        and ${events.created_at} >= ${since.toISOString()}::timestamptz`,
    )
    .orderBy(asc(events.transaction_id), asc(events.id))
    .limit(limit);
}

/** Whether so much lies between them that it is not worth reading again. */
export function isFarBehind({ transactionId }: Cursor, horizon: string): boolean {
  return BigInt(horizon) - BigInt(transactionId) > 1_000n;
}

/** Whether somebody has committed an event that an older transaction still holds back. */
export async function hasEventsBeyond(db: Database, horizon: string): Promise<boolean> {
  const rows = await db
    .select({ id: events.id })
    .from(events)
    .where(sql`${events.transaction_id} >= ${horizon}::xid8`)
    .limit(1);
  return rows.length > 0;
}

/**
 * A database that was dumped and restored counts its transactions anew, and what it had counted
 * before seems to lie in the future. Events that were read become old, the others as new as now.
 * To be called before this process writes an event: a new one looks like an old one that was read.
 */
export async function adoptRestoredEvents(db: Database): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${ADOPTION_LOCK})`);
    const cursor = await readCursor(tx);
    const fromFuture = sql`${events.transaction_id} >= pg_snapshot_xmax(pg_current_snapshot())`;
    const [found] = await tx.select({ count: count() }).from(events).where(fromFuture).limit(1);
    const { rows } = await tx.execute<{ ahead: boolean }>(
      sql`select ${cursor.transactionId}::xid8 >= pg_snapshot_xmax(pg_current_snapshot()) as ahead`,
    );
    const isAhead = rows[0]?.ahead === true;
    if (!isAhead && !found?.count) return;
    await tx.execute(sql`set local statement_timeout = 0`);
    const isUnread = sql`(transaction_id, id) > (${cursor.transactionId}::xid8, ${cursor.eventId}::bigint)`;
    await tx.execute(sql`
      update events set transaction_id = case when ${isUnread} then pg_current_xact_id() else '0' end
      where ${isAhead ? sql`transaction_id > '0' or ${isUnread}` : fromFuture}`);
    if (isAhead) {
      await tx.execute(
        sql`update webhook_cursor set transaction_id = pg_current_xact_id(), event_id = 0`,
      );
    }
  });
}
