// From committed events to deliveries: every event once, in order, none skipped.
import { createHash } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import type { WebhookEvent } from "../../protocol/lists.ts";
import type { Transaction } from "../database/connection.ts";
import type { webhook_deliveries } from "../database/webhook-tables.ts";
import { webhooks } from "../database/webhook-tables.ts";
import type { RoomDeps } from "../room.ts";
import {
  hasEventsBeyond,
  isFarBehind,
  moveCursor,
  readCursor,
  readEvents,
  readHorizon,
} from "./cursor.ts";
import { lockWebhooks, openLanes } from "./lanes.ts";
import { laneOf, webhookEventsOf } from "./meaning.ts";
import type { EventRow } from "./meaning.ts";
import { payloadOf } from "./payloads.ts";
import { readSubjects } from "./subjects.ts";
import type { Subject } from "./subjects.ts";

type Deps = Pick<RoomDeps, "db" | "clock">;
type NewDelivery = typeof webhook_deliveries.$inferInsert;
type Listener = Awaited<ReturnType<typeof readListeners>>[number];

const BATCH_SIZE = 200;
/** A delivery that has failed for this long is parked. */
const RETRY_FOR_MS = 24 * 3_600_000;

export interface Dispatched {
  /** How many deliveries came of it. */
  stored: number;
  /** There may be others to read already. */
  more: boolean;
  /** Some have been committed, but an older transaction may still bring others before them. */
  waiting: boolean;
}

/**
 * Turns the next events into deliveries. An event is read when every transaction that began before
 * its own has ended: nothing can appear behind the cursor later. Its deliveries and the cursor move
 * together, so that a process may die at any point.
 */
export async function dispatchEvents(deps: Deps): Promise<Dispatched> {
  const { db, clock } = deps;
  const listeners = await readListeners(db);
  // Whoever comes to listen wants no event from before; the cursor may stay where it is.
  if (listeners.length === 0) return { stored: 0, more: false, waiting: false };
  const cursor = await readCursor(db);
  const horizon = await readHorizon(db);
  const since = new Date(Math.min(...listeners.map(({ enabledAt }) => enabledAt.getTime())));
  const rows = await readEvents(db, cursor, { horizon, since, limit: BATCH_SIZE });
  const waiting = await hasEventsBeyond(db, horizon);
  const last = rows.at(-1);
  if (!last) {
    if (isFarBehind(cursor, horizon)) {
      const next = { transactionId: horizon, eventId: 0 };
      await db.transaction((tx) => moveCursor(tx, cursor, next));
    }
    return { stored: 0, more: false, waiting };
  }
  const deliveries = await deliveriesFor(deps, rows, listeners);
  const stored = await db.transaction(async (tx) => {
    // What a crash of the database forgets is read again: no message waits for it.
    await tx.execute(sql`set local synchronous_commit = off`);
    const next = { transactionId: last.transaction_id, eventId: last.id };
    // Else another process has taken over, and these are its to tell.
    const isMine = await moveCursor(tx, cursor, next);
    return isMine && deliveries.length > 0 ? await store(tx, deliveries, clock()) : 0;
  });
  return { stored, more: rows.length === BATCH_SIZE, waiting };
}

async function readListeners(db: Deps["db"]) {
  return await db
    .select({
      id: webhooks.id,
      accountId: webhooks.account_id,
      inboxId: webhooks.inbox_id,
      subscriptions: webhooks.subscriptions,
      nonce: webhooks.secret_nonce,
      enabledAt: webhooks.enabled_at,
    })
    .from(webhooks)
    .where(eq(webhooks.enabled, true));
}

async function deliveriesFor(
  deps: Deps,
  rows: EventRow[],
  listeners: Listener[],
): Promise<NewDelivery[]> {
  const told = rows.flatMap((row) => {
    const events = webhookEventsOf(row);
    const interested = listeners.filter(
      ({ accountId, subscriptions, enabledAt }) =>
        accountId === row.account_id &&
        enabledAt <= row.created_at &&
        events.some((event) => subscriptions.includes(event)),
    );
    return interested.length > 0 ? [{ row, events, interested }] : [];
  });
  const subjectOf = await readSubjects(
    deps,
    told.map(({ row }) => row),
  );
  const now = deps.clock();
  return told.flatMap(({ row, events, interested }) => {
    const subject = subjectOf(row);
    return subject ? compose(subject, events, interested, now) : [];
  });
}

function compose(
  subject: Subject,
  events: WebhookEvent[],
  interested: Listener[],
  now: Date,
): NewDelivery[] {
  const { row } = subject;
  return events.flatMap((event) => {
    const payload = payloadOf(event, subject);
    if (!payload) return [];
    const body = JSON.stringify(payload);
    return (
      interested
        .filter(({ subscriptions }) => subscriptions.includes(event))
        // Contacts belong to no inbox: only webhooks of the whole account hear of them.
        .filter(({ inboxId }) => inboxId === null || inboxId === subject.inbox?.id)
        .map(({ id, nonce }) => ({
          id: deliveryId(nonce, row.id, event),
          webhook_id: id,
          event_id: row.id,
          event,
          lane: laneOf(row),
          payload: body,
          retry_until: new Date(now.getTime() + RETRY_FOR_MS),
          created_at: now,
        }))
    );
  });
}

/** The same when it is made once more, after a crash of the database: a UUID of version 8. */
function deliveryId(nonce: string, eventId: number, event: WebhookEvent): string {
  const bytes = createHash("sha256").update(`${nonce} ${eventId} ${event}`).digest();
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString("hex", 0, 16);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

async function store(tx: Transaction, deliveries: NewDelivery[], now: Date): Promise<number> {
  const ids = [...new Set(deliveries.map((delivery) => delivery.webhook_id))];
  // One may have been switched off or deleted since it was read.
  const rows = await lockWebhooks(tx, ids);
  const present = new Set(rows.filter(({ enabled }) => enabled).map(({ id }) => id));
  const wanted = deliveries.filter((delivery) => present.has(delivery.webhook_id));
  if (wanted.length === 0) return 0;
  // As one parameter: it takes longer to write a parameter for each value than to carry the statement out.
  await tx.execute(sql`
    insert into webhook_deliveries (id, webhook_id, event_id, event, lane, payload, retry_until, created_at)
    select * from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as r (id uuid, webhook_id bigint,
      event_id bigint, event text, lane text, payload text, retry_until timestamptz, created_at timestamptz)
    on conflict do nothing`);
  const lanes = [...new Set(wanted.map((delivery) => delivery.lane))];
  await openLanes(tx, [...present], lanes, now);
  return wanted.length;
}
