// The log of deliveries: read, sent again on request, forgotten after a month.
import { and, count, desc, eq, isNotNull, lt, ne, sql } from "drizzle-orm";
import { WEBHOOK_DELIVERIES_PAGE_SIZE } from "../../protocol/limits.ts";
import type { WebhookDelivery } from "../../protocol/records-webhooks.ts";
import type { ListWebhookDeliveries } from "../../protocol/requests-webhooks.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import { webhook_deliveries } from "../database/webhook-tables.ts";
import { unixSeconds } from "../messages/records.ts";
import type { RoomDeps } from "../room.ts";
import { lockWebhooks } from "./lanes.ts";
import { findWebhook } from "./webhooks.ts";
import type { WebhookRoomDeps } from "./webhooks.ts";

type DeliveryRow = typeof webhook_deliveries.$inferSelect;

const KEEP_FOR_MS = 30 * 24 * 3_600_000;
/** Rows that one statement removes, so that none holds others up. */
const PRUNE_BATCH = 5_000;

const secondsOrNull = (time: Date | null) => time && unixSeconds(time);

export function deliveryRecord(row: DeliveryRow): WebhookDelivery {
  return {
    id: row.id,
    webhook_id: row.webhook_id,
    event: row.event,
    state: row.state,
    payload: JSON.parse(row.payload) as Record<string, unknown>,
    attempts: row.attempts,
    created_at: unixSeconds(row.created_at),
    last_attempt_at: secondsOrNull(row.last_attempt_at),
    next_attempt_at: secondsOrNull(row.next_attempt_at),
    duration_ms: row.duration_ms,
    response_status: row.response_status,
    response_body: row.response_body,
    failure: row.failure,
    failure_message: row.failure_message,
  };
}

export interface DeliveryList {
  total: number;
  payload: WebhookDelivery[];
}

/** A page of a webhook's log, the latest event first. Errors: `not_found`. */
export async function listDeliveries(
  { db }: Pick<RoomDeps, "db">,
  accountId: number,
  webhookId: number,
  { state, page }: ListWebhookDeliveries,
): Promise<Result<DeliveryList>> {
  const webhook = await findWebhook({ db }, accountId, webhookId);
  if (!webhook.ok) return webhook;
  const where = and(
    eq(webhook_deliveries.webhook_id, webhookId),
    state && eq(webhook_deliveries.state, state),
  );
  const [counted] = await db.select({ total: count() }).from(webhook_deliveries).where(where);
  const rows = await db
    .select()
    .from(webhook_deliveries)
    .where(where)
    .orderBy(desc(webhook_deliveries.event_id), desc(webhook_deliveries.event))
    .limit(WEBHOOK_DELIVERIES_PAGE_SIZE)
    .offset((page - 1) * WEBHOOK_DELIVERIES_PAGE_SIZE);
  return success({ total: counted?.total ?? 0, payload: rows.map(deliveryRecord) });
}

/**
 * Sends a delivery once more, now, under its id and with its body. One that still waits brings its
 * whole lane forward. Errors: `not_found`, `conflict` (the webhook is switched off).
 */
export async function redeliver(
  { db, clock, wake }: WebhookRoomDeps,
  accountId: number,
  webhookId: number,
  deliveryId: string,
): Promise<Result<WebhookDelivery>> {
  const webhook = await findWebhook({ db }, accountId, webhookId);
  if (!webhook.ok) return webhook;
  if (!webhook.data.enabled) return failure("conflict", "The webhook is switched off");
  const one = and(
    eq(webhook_deliveries.id, deliveryId),
    eq(webhook_deliveries.webhook_id, webhookId),
  );
  const now = clock();
  const row = await db.transaction(async (tx) => {
    await lockWebhooks(tx, [webhookId]);
    const [current] = await tx.select().from(webhook_deliveries).where(one);
    if (!current) return undefined;
    if (current.state === "pending") {
      await tx
        .update(webhook_deliveries)
        .set({ next_attempt_at: now })
        .where(
          and(
            eq(webhook_deliveries.webhook_id, webhookId),
            eq(webhook_deliveries.lane, current.lane),
            eq(webhook_deliveries.state, "pending"),
            isNotNull(webhook_deliveries.next_attempt_at),
          ),
        );
    } else {
      await tx
        .update(webhook_deliveries)
        // Once: whoever asks looks at what comes of it.
        .set({ state: "pending", next_attempt_at: now, retry_until: now })
        .where(one);
    }
    const [changed] = await tx.select().from(webhook_deliveries).where(one);
    return changed;
  });
  if (!row) return failure("not_found", "Resource could not be found");
  wake();
  return success(deliveryRecord(row));
}

/** Forgets deliveries that were settled and are older than 30 days. Answers how many. */
export async function pruneDeliveries({
  db,
  clock,
}: Pick<RoomDeps, "db" | "clock">): Promise<number> {
  const before = new Date(clock().getTime() - KEEP_FOR_MS);
  for (let removed = 0; ;) {
    const old = db
      .select({ id: webhook_deliveries.id })
      .from(webhook_deliveries)
      .where(
        and(lt(webhook_deliveries.created_at, before), ne(webhook_deliveries.state, "pending")),
      )
      .limit(PRUNE_BATCH);
    const { rowCount } = await db
      .delete(webhook_deliveries)
      .where(sql`${webhook_deliveries.id} in (${old})`);
    removed += rowCount ?? 0;
    if ((rowCount ?? 0) < PRUNE_BATCH) return removed;
  }
}
