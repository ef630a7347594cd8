// Lanes: deliveries of one webhook and conversation wait for each other, and only the first has a time.
import { sql } from "drizzle-orm";
import type { Transaction } from "../database/connection.ts";
import { webhooks } from "../database/webhook-tables.ts";

/**
 * Locks webhooks for the rest of the transaction, and answers them. Whoever adds to their lanes, or takes
 * the first away, does so first, always in this order; else two of them could each leave the lane to the other.
 */
export async function lockWebhooks(tx: Transaction, ids: number[]) {
  const { id, enabled, failing_since } = webhooks;
  return await tx
    .select({ id, enabled, failing_since })
    .from(webhooks)
    .where(sql`${id} = any(${sqlIds(ids)})`)
    .orderBy(id)
    .for("no key update");
}

/** Gives the first pending delivery of each of these lanes its time, where no one has it yet. */
export async function openLanes(
  tx: Transaction,
  webhookIds: number[],
  lanes: string[],
  now: Date,
): Promise<void> {
  await tx.execute(sql`
    update webhook_deliveries set next_attempt_at = ${now.toISOString()}::timestamptz
    where id in (
      select distinct on (d.webhook_id, d.lane) d.id
      from webhook_deliveries d
      where d.state = 'pending' and d.webhook_id = any(${sqlIds(webhookIds)})
        and d.lane = any(${sql.param(lanes)}::text[])
        and not exists (
          select from webhook_deliveries first
          where first.webhook_id = d.webhook_id and first.lane = d.lane
            and first.state = 'pending' and first.next_attempt_at is not null)
      order by d.webhook_id, d.lane, d.event_id, d.event)`);
}

function sqlIds(ids: number[]) {
  return sql`${sql.param(ids)}::bigint[]`;
}
