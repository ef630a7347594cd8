// What is due: the first delivery of each lane whose time has come, and those that may follow it at once.
import { and, asc, eq, isNotNull, lte, notInArray, sql } from "drizzle-orm";
import { webhook_deliveries, webhooks } from "../database/webhook-tables.ts";
import type { RoomDeps } from "../room.ts";

/** Lanes that are read together. */
export const PAGE = 64;
/** Deliveries of a lane that are read together. */
const IN_A_ROW = 8;

export type DueDelivery = typeof webhook_deliveries.$inferSelect;

/** Deliveries of one webhook and lane, to be sent one after the other. */
export interface DueLane {
  webhook: typeof webhooks.$inferSelect;
  deliveries: [DueDelivery, ...DueDelivery[]];
  /** On the clock of `performance`. */
  readAtMs: number;
}

interface Except {
  /** Lanes that somebody sees to. */
  held: DueLane[];
  /** Webhooks that are busy enough. */
  full: number[];
}

/** The lanes that are due, the one that has waited longest first; those of failing webhooks with one delivery. */
export async function readDue(
  { db, clock }: Pick<RoomDeps, "db" | "clock">,
  { held, full }: Except,
): Promise<DueLane[]> {
  const { id, webhook_id, lane, event_id, event, state, next_attempt_at } = webhook_deliveries;
  const heldIds = held.map(({ webhook }) => webhook.id);
  const heldLanes = held.map(({ deliveries }) => deliveries[0].lane);
  const isHeld = sql`(${webhook_id}, ${lane}) in (
    select * from unnest(${sql.param(heldIds)}::bigint[], ${sql.param(heldLanes)}::text[]))`;
  const firsts = db
    .select({ id, webhook_id, lane, event_id, event, next_attempt_at })
    .from(webhook_deliveries)
    .where(
      and(
        eq(state, "pending"),
        isNotNull(next_attempt_at),
        lte(next_attempt_at, clock()),
        held.length > 0 ? sql`not ${isHeld}` : undefined,
        full.length > 0 ? notInArray(webhook_id, full) : undefined,
      ),
    )
    .orderBy(asc(next_attempt_at))
    .limit(PAGE)
    .as("first");
  const run = db
    .select({ id })
    .from(webhook_deliveries)
    .where(
      and(
        eq(webhook_id, firsts.webhook_id),
        eq(lane, firsts.lane),
        eq(state, "pending"),
        sql`(${event_id}, ${event}) >= (${firsts.event_id}, ${firsts.event})`,
      ),
    )
    .orderBy(asc(event_id), asc(event))
    .limit(IN_A_ROW)
    .as("run");
  const readAtMs = performance.now();
  const rows = await db
    .select({ first: firsts.id, delivery: webhook_deliveries, webhook: webhooks })
    .from(firsts)
    .innerJoin(webhooks, eq(webhooks.id, firsts.webhook_id))
    .innerJoinLateral(run, sql`true`)
    .innerJoin(webhook_deliveries, eq(id, run.id))
    .orderBy(asc(firsts.next_attempt_at), asc(firsts.id), asc(event_id), asc(event));
  return lanesOf(rows, readAtMs);
}

interface DueRow {
  /** Whose row it follows. */
  first: string;
  delivery: DueDelivery;
  webhook: DueLane["webhook"];
}

/** Of a lane in which several have a time, because somebody sent one again by hand, one goes alone. */
function lanesOf(rows: DueRow[], readAtMs: number): DueLane[] {
  const lanes = new Map<string, DueLane & { first: string; isClosed: boolean }>();
  for (const { first, delivery, webhook } of rows) {
    const key = `${webhook.id} ${delivery.lane}`;
    const lane = lanes.get(key);
    if (!lane) {
      const isClosed = webhook.failing_since !== null;
      lanes.set(key, { webhook, deliveries: [delivery], readAtMs, first, isClosed });
    } else if (lane.first === first && !lane.isClosed) {
      lane.isClosed = delivery.next_attempt_at !== null;
      if (!lane.isClosed) lane.deliveries.push(delivery);
    }
  }
  return [...lanes.values()];
}
