// Sends what is due: a few at a time, fewer to targets that fail, and none for long.
import { and, asc, eq, isNotNull, lte, notInArray } from "drizzle-orm";
import { webhook_deliveries, webhooks } from "../database/webhook-tables.ts";
import type { Log } from "../log.ts";
import type { Outgoing, OutgoingResult } from "../outgoing/outgoing.ts";
import type { RoomDeps } from "../room.ts";
import { createGate } from "./gate.ts";
import type { Gate } from "./gate.ts";
import { recordOutcome } from "./outcome.ts";
import { signatureOf, validSecrets } from "./secrets.ts";

export interface SenderDeps extends Pick<RoomDeps, "db" | "clock" | "config"> {
  outgoing: Outgoing;
  log: Log;
}

const AT_ONCE = 64;
const AT_ONCE_PER_WEBHOOK = 8;
/** Targets that fail get half of the room, one place each. */
const AT_ONCE_FAILING = 32;
/** Of the connections that chat and webhooks share; calls themselves need none. */
const CONNECTIONS = 2;
const USER_AGENT = "Parlor-Webhooks/1";

export interface Sender {
  /** Begins whatever is due and fits. */
  sendDue(): Promise<void>;
  /** Waits for what is under way. */
  settled(): Promise<void>;
}

interface InFlight {
  webhookId: number;
  isFailing: boolean;
  done: Promise<void>;
}

/** @param onSettled something has ended: more may be due, or fit */
export function createSender(deps: SenderDeps, onSettled: () => void): Sender {
  const inFlight = new Map<string, InFlight>();
  const gate = createGate(CONNECTIONS);

  function hasRoom(webhookId: number, isFailing: boolean): boolean {
    const all = [...inFlight.values()];
    const own = all.filter((one) => one.webhookId === webhookId).length;
    if (!isFailing) return own < AT_ONCE_PER_WEBHOOK;
    return own < 1 && all.filter((one) => one.isFailing).length < AT_ONCE_FAILING;
  }

  return {
    async sendDue() {
      const full = new Set<number>();
      while (inFlight.size < AT_ONCE) {
        const due = await readDue(deps, [...inFlight.keys()], [...full]);
        if (due.length === 0) return;
        for (const { id, webhookId, failingSince } of due) {
          const isFailing = failingSince !== null;
          if (inFlight.size >= AT_ONCE) return;
          if (!hasRoom(webhookId, isFailing)) {
            full.add(webhookId);
            continue;
          }
          const done = attempt(deps, gate, id).finally(() => {
            inFlight.delete(id);
            onSettled();
          });
          inFlight.set(id, { webhookId, isFailing, done });
        }
      }
    },
    async settled() {
      await Promise.all([...inFlight.values()].map((one) => one.done));
    },
  };
}

async function readDue({ db, clock }: SenderDeps, inFlight: string[], full: number[]) {
  return await db
    .select({
      id: webhook_deliveries.id,
      webhookId: webhook_deliveries.webhook_id,
      failingSince: webhooks.failing_since,
    })
    .from(webhook_deliveries)
    .innerJoin(webhooks, eq(webhooks.id, webhook_deliveries.webhook_id))
    .where(
      and(
        eq(webhook_deliveries.state, "pending"),
        isNotNull(webhook_deliveries.next_attempt_at),
        lte(webhook_deliveries.next_attempt_at, clock()),
        inFlight.length > 0 ? notInArray(webhook_deliveries.id, inFlight) : undefined,
        full.length > 0 ? notInArray(webhook_deliveries.webhook_id, full) : undefined,
      ),
    )
    .orderBy(asc(webhook_deliveries.next_attempt_at))
    .limit(AT_ONCE);
}

/** Never rejects: what cannot be written down is attempted again, under the same id. */
async function attempt(deps: SenderDeps, gate: Gate, id: string): Promise<void> {
  try {
    const found = await gate(() => readAttempt(deps, id));
    if (!found) return;
    const { delivery, webhook } = found;
    const startedAt = performance.now();
    const result = await send(deps, delivery, webhook);
    // Nothing was learnt of the target: whoever comes next tries again.
    if (!result.ok && result.failure.code === "stopped") return;
    const { webhook_id: webhookId, lane, attempts, retry_until: retryUntil } = delivery;
    const durationMs = Math.round(performance.now() - startedAt);
    const one = { id, webhookId, lane, attempts, retryUntil };
    await gate(() => recordOutcome(deps, one, result, durationMs));
  } catch (error) {
    deps.log.error({ event: "webhook:attempt_failed", delivery: id, err: error });
  }
}

/** Nothing, if it was settled since it was found to be due. */
async function readAttempt({ db }: SenderDeps, id: string) {
  const [row] = await db
    .select({ delivery: webhook_deliveries, webhook: webhooks })
    .from(webhook_deliveries)
    .innerJoin(webhooks, eq(webhooks.id, webhook_deliveries.webhook_id))
    .where(and(eq(webhook_deliveries.id, id), eq(webhook_deliveries.state, "pending")));
  return row;
}

async function send(
  { outgoing, clock, config }: SenderDeps,
  delivery: typeof webhook_deliveries.$inferSelect,
  webhook: typeof webhooks.$inferSelect,
): Promise<OutgoingResult> {
  const now = clock();
  const timestamp = Math.floor(now.getTime() / 1000);
  const secrets = validSecrets(config.secret, webhook, now);
  return await outgoing.post({
    url: webhook.url,
    headers: {
      "content-type": "application/json",
      "user-agent": USER_AGENT,
      "x-parlor-delivery": delivery.id,
      "x-parlor-event": delivery.event,
      "x-parlor-timestamp": String(timestamp),
      "x-parlor-signature": signatureOf(secrets, timestamp, delivery.payload),
    },
    body: delivery.payload,
  });
}
