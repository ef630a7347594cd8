// What comes of an attempt: delivered, tried again later, or parked; and what that says of the webhook.
import { and, eq, gt, isNotNull, sql } from "drizzle-orm";
import type { WebhookSwitchOffReason } from "../../protocol/lists.ts";
import type { Transaction } from "../database/connection.ts";
import { webhook_deliveries, webhooks } from "../database/webhook-tables.ts";
import type { Log } from "../log.ts";
import type { OutgoingResult } from "../outgoing/outgoing.ts";
import type { RoomDeps } from "../room.ts";
import { lockWebhooks, openLanes } from "./lanes.ts";

type Deps = Pick<RoomDeps, "db" | "clock"> & { log: Log; random?: () => number };

const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 3_600_000;
/** A webhook that has failed for so long is switched off. */
const FAILS_FOR_MS = 5 * 24 * 3_600_000;
/** After a shorter failure, the pauses of what waits are short anyway. */
const OUTAGE_MS = 60_000;
const GONE = 410;

export interface Attempt {
  id: string;
  webhookId: number;
  lane: string;
  /** How many there had been before this one. */
  attempts: number;
  retryUntil: Date;
}

/** Doubles from 10 seconds to an hour, less up to a quarter, so that targets are not hit all at once. */
export function pauseAfter(attempts: number, random: () => number = Math.random): number {
  const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempts - 1));
  return Math.round(pause * (1 - random() / 4));
}

export const isDelivered = (result: OutgoingResult): boolean =>
  result.ok && result.answer.status >= 200 && result.answer.status < 300;

/** Writes down what came of an attempt, and lets the next of its lane go when this one is settled. */
export async function recordOutcome(
  { db, clock, log, random }: Deps,
  attempt: Attempt,
  result: OutgoingResult,
  durationMs: number,
): Promise<void> {
  const now = clock();
  const attempts = attempt.attempts + 1;
  const delivered = isDelivered(result);
  const parked = !delivered && now >= attempt.retryUntil;
  const pauseMs = pauseAfter(attempts, random);
  await db.transaction(async (tx) => {
    await lockWebhooks(tx, [attempt.webhookId]);
    const updated = await tx
      .update(webhook_deliveries)
      .set({
        ...answerColumns(result),
        attempts,
        duration_ms: durationMs,
        last_attempt_at: now,
        state: delivered ? "delivered" : parked ? "parked" : "pending",
        next_attempt_at: delivered || parked ? null : new Date(now.getTime() + pauseMs),
      })
      // Else it was settled meanwhile: its webhook deleted, switched off, or in another process's hands.
      .where(
        and(
          eq(webhook_deliveries.id, attempt.id),
          eq(webhook_deliveries.state, "pending"),
          eq(webhook_deliveries.attempts, attempt.attempts),
        ),
      )
      .returning({ id: webhook_deliveries.id });
    if (updated.length === 0) return;
    if (delivered) await recover(tx, attempt.webhookId, now);
    else await fail(tx, attempt.webhookId, result, now, log);
    if (delivered || parked) await openLanes(tx, [attempt.webhookId], [attempt.lane], now);
  });
}

function answerColumns(result: OutgoingResult) {
  return result.ok
    ? {
        response_status: result.answer.status,
        response_body: result.answer.body,
        failure: null,
        failure_message: null,
      }
    : {
        response_status: null,
        response_body: null,
        failure: result.failure.code,
        failure_message: result.failure.message,
      };
}

/** It answers again: after an outage, whatever waits need not wait longer. */
async function recover(tx: Transaction, webhookId: number, now: Date): Promise<void> {
  const [before] = await tx
    .select({ failingSince: webhooks.failing_since })
    .from(webhooks)
    .where(eq(webhooks.id, webhookId));
  if (!before?.failingSince) return;
  await tx.update(webhooks).set({ failing_since: null }).where(eq(webhooks.id, webhookId));
  if (now.getTime() - before.failingSince.getTime() < OUTAGE_MS) return;
  await tx
    .update(webhook_deliveries)
    .set({ next_attempt_at: now })
    .where(
      and(
        eq(webhook_deliveries.webhook_id, webhookId),
        eq(webhook_deliveries.state, "pending"),
        isNotNull(webhook_deliveries.next_attempt_at),
        gt(webhook_deliveries.next_attempt_at, now),
      ),
    );
}

async function fail(
  tx: Transaction,
  webhookId: number,
  result: OutgoingResult,
  now: Date,
  log: Log,
): Promise<void> {
  const [row] = await tx
    .update(webhooks)
    .set({
      failing_since: sql`coalesce(${webhooks.failing_since}, ${now.toISOString()}::timestamptz)`,
    })
    .where(eq(webhooks.id, webhookId))
    .returning({ failingSince: webhooks.failing_since });
  if (!row?.failingSince) return;
  const reason: WebhookSwitchOffReason | undefined =
    result.ok && result.answer.status === GONE
      ? "gone"
      : now.getTime() - row.failingSince.getTime() >= FAILS_FOR_MS
        ? "failing"
        : undefined;
  if (!reason) return;
  log.warn({ event: "webhook:switched_off", webhook: webhookId, reason });
  await tx
    .update(webhooks)
    .set({ enabled: false, switched_off_at: now, switched_off_reason: reason })
    .where(eq(webhooks.id, webhookId));
  await parkPending(tx, webhookId);
}

/** Gives up what a webhook still waits for: nobody listens any more. The caller holds its lock. */
export async function parkPending(tx: Transaction, webhookId: number): Promise<void> {
  await tx
    .update(webhook_deliveries)
    .set({ state: "parked", next_attempt_at: null })
    .where(
      and(eq(webhook_deliveries.webhook_id, webhookId), eq(webhook_deliveries.state, "pending")),
    );
}
