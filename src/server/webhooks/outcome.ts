// What comes of attempts: delivered, tried again later, or parked; and what that says of the webhook.
import { and, eq, gt, isNotNull, sql } from "drizzle-orm";
import type { WebhookDeliveryState, WebhookSwitchOffReason } from "../../protocol/lists.ts";
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

/** A call that has ended, and of which delivery it was. */
export interface Outcome {
  id: string;
  webhookId: number;
  lane: string;
  /** How many there had been before this one. */
  attempts: number;
  retryUntil: Date;
  result: OutgoingResult;
  durationMs: number;
}

/** Doubles from 10 seconds to an hour, less up to a quarter, so that targets are not hit all at once. */
export function pauseAfter(attempts: number, random: () => number = Math.random): number {
  const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempts - 1));
  return Math.round(pause * (1 - random() / 4));
}

export const isDelivered = (result: OutgoingResult): boolean =>
  result.ok && result.answer.status >= 200 && result.answer.status < 300;

/**
 * Writes down what came of calls, in their order, and lets the next of each lane go when the first is
 * settled. Never rejects: a delivery whose outcome cannot be written down is attempted again.
 */
export async function recordOutcomes(deps: Deps, outcomes: Outcome[]): Promise<void> {
  try {
    await record(deps, outcomes);
  } catch (error) {
    const deliveries = outcomes.map(({ id }) => id);
    deps.log.error({ event: "webhook:outcomes_not_written", deliveries, err: error });
    if (outcomes.length === 1) return;
    // What is wrong with one of them must not keep the others from being written down.
    for (const outcome of outcomes) await recordOutcomes(deps, [outcome]);
  }
}

async function record({ db, clock, log, random }: Deps, outcomes: Outcome[]): Promise<void> {
  const now = clock();
  const ids = [...new Set(outcomes.map(({ webhookId }) => webhookId))];
  const rows = outcomes.map((outcome) => rowOf(outcome, now, random));
  await db.transaction(async (tx) => {
    // What a crash of the database forgets is attempted again, under the same ids: no message waits for it.
    await tx.execute(sql`set local synchronous_commit = off`);
    const locked = await lockWebhooks(tx, ids);
    const written = await update(tx, rows, now);
    const counted = outcomes.filter(({ id }) => written.has(id));
    /** Since when they have failed, of those that do. */
    const failing = new Map(
      locked.flatMap(({ id, failing_since: since }) => (since ? [[id, since] as const] : [])),
    );
    for (const { webhookId, result } of counted) {
      const since = failing.get(webhookId);
      if (isDelivered(result)) {
        if (since) await recover(tx, webhookId, since, now);
        failing.delete(webhookId);
      } else {
        if (!since)
          await tx.update(webhooks).set({ failing_since: now }).where(eq(webhooks.id, webhookId));
        failing.set(webhookId, since ?? now);
        await switchOff(tx, webhookId, reasonToStop(result, since ?? now, now), now, log);
      }
    }
    const settled = counted.filter(({ id }) => written.get(id) !== "pending");
    const lanes = [...new Set(settled.map(({ lane }) => lane))];
    if (lanes.length > 0) await openLanes(tx, ids, lanes, now);
  });
}

function rowOf(outcome: Outcome, now: Date, random?: () => number) {
  const { id, result, retryUntil, durationMs: duration_ms } = outcome;
  const attempts = outcome.attempts + 1;
  const isOver = isDelivered(result) || now >= retryUntil;
  const nextAttemptAt = new Date(now.getTime() + pauseAfter(attempts, random));
  return {
    id,
    attempts,
    duration_ms,
    state: isDelivered(result) ? "delivered" : isOver ? "parked" : "pending",
    next_attempt_at: isOver ? null : nextAttemptAt.toISOString(),
    ...answerColumns(result),
  };
}

/**
 * Answers the states of those that were changed. Others were settled meanwhile: their webhook deleted,
 * switched off, or in another process's hands.
 */
async function update(
  tx: Transaction,
  rows: ReturnType<typeof rowOf>[],
  now: Date,
): Promise<Map<string, WebhookDeliveryState>> {
  const changed = await tx.execute<{ id: string; state: WebhookDeliveryState }>(sql`
    update webhook_deliveries d set attempts = r.attempts, duration_ms = r.duration_ms,
      state = r.state, next_attempt_at = r.next_attempt_at, last_attempt_at = ${now.toISOString()},
      response_status = r.response_status, response_body = r.response_body,
      failure = r.failure, failure_message = r.failure_message
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, attempts int, duration_ms int,
      state text, next_attempt_at timestamptz, response_status int, response_body text, failure text,
      failure_message text)
    where d.id = r.id and d.state = 'pending' and d.attempts = r.attempts - 1
    returning d.id, d.state`);
  return new Map(changed.rows.map(({ id, state }) => [id, state]));
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
async function recover(tx: Transaction, webhookId: number, since: Date, now: Date): Promise<void> {
  await tx.update(webhooks).set({ failing_since: null }).where(eq(webhooks.id, webhookId));
  if (now.getTime() - since.getTime() < OUTAGE_MS) return;
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

function reasonToStop(
  result: OutgoingResult,
  since: Date,
  now: Date,
): WebhookSwitchOffReason | undefined {
  if (result.ok && result.answer.status === GONE) return "gone";
  return now.getTime() - since.getTime() >= FAILS_FOR_MS ? "failing" : undefined;
}

async function switchOff(
  tx: Transaction,
  webhookId: number,
  reason: WebhookSwitchOffReason | undefined,
  now: Date,
  log: Log,
): Promise<void> {
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
