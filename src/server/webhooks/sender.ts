// Sends what is due: a few at a time, fewer to targets that fail, and none for long. What came of them is
// written down together, so that a busy chat shares its database with few statements.
import { setImmediate as breathe } from "node:timers/promises";
import { and, asc, eq, isNotNull, lte, notInArray } from "drizzle-orm";
import { webhook_deliveries, webhooks } from "../database/webhook-tables.ts";
import type { Log } from "../log.ts";
import type { Outgoing, OutgoingResult } from "../outgoing/outgoing.ts";
import type { RoomDeps } from "../room.ts";
import { recordOutcomes } from "./outcome.ts";
import type { Outcome } from "./outcome.ts";
import { signatureOf, validSecrets } from "./secrets.ts";

export interface SenderDeps extends Pick<RoomDeps, "db" | "clock" | "config"> {
  outgoing: Outgoing;
  log: Log;
}

const AT_ONCE = 64;
const AT_ONCE_PER_WEBHOOK = 8;
/** Targets that fail get half of the room, one place each. */
const AT_ONCE_FAILING = 32;
/** Of one webhook, what stands by to go as soon as there is room. */
const READY_PER_WEBHOOK = 32;
const PAGE = 64;
const USER_AGENT = "Parlor-Webhooks/1";

export interface Sender {
  /** Writes down what has ended, and begins whatever is due and fits. */
  sendDue(): Promise<void>;
  /** Waits for what is under way, and writes it down. */
  settled(): Promise<void>;
}

type Due = Awaited<ReturnType<typeof readDue>>[number];

/** Until its outcome is written down, so that nobody finds it due once more. */
interface Call {
  webhookId: number;
  isFailing: boolean;
  isOver: boolean;
  done: Promise<void>;
}

/** @param onSettled something has ended: it wants to be written down, and more may be due */
export function createSender(deps: SenderDeps, onSettled: () => void): Sender {
  const calls = new Map<string, Call>();
  const outcomes: Outcome[] = [];
  let ready: Due[] = [];
  let isBeginning = false;

  const underWay = () => [...calls.values()].filter((call) => !call.isOver);

  function hasRoom({ webhook }: Due): boolean {
    const all = underWay();
    if (all.length >= AT_ONCE) return false;
    const own = all.filter((call) => call.webhookId === webhook.id).length;
    if (webhook.failing_since === null) return own < AT_ONCE_PER_WEBHOOK;
    return own < 1 && all.filter((call) => call.isFailing).length < AT_ONCE_FAILING;
  }

  async function call({ delivery, webhook }: Due): Promise<void> {
    const outcome = await attempt(deps, delivery, webhook);
    const over = calls.get(delivery.id);
    if (over) over.isOver = true;
    if (outcome) outcomes.push(outcome);
    else calls.delete(delivery.id);
    void beginReady();
    onSettled();
  }

  function begin(due: Due): void {
    const { id: webhookId, failing_since: failingSince } = due.webhook;
    const isFailing = failingSince !== null;
    calls.set(due.delivery.id, { webhookId, isFailing, isOver: false, done: call(due) });
  }

  /** One after the other, so that whatever the chat has to do comes in between. */
  async function beginReady(): Promise<void> {
    if (isBeginning) return;
    isBeginning = true;
    for (let next = ready.find(hasRoom); next; next = ready.find(hasRoom)) {
      ready.splice(ready.indexOf(next), 1);
      begin(next);
      await breathe();
    }
    isBeginning = false;
  }

  async function writeDown(): Promise<void> {
    const ended = outcomes.splice(0);
    if (ended.length === 0) return;
    await recordOutcomes(deps, ended);
    for (const { id } of ended) calls.delete(id);
  }

  async function findReady(): Promise<Due[]> {
    const found: Due[] = [];
    const full = new Set<number>();
    for (;;) {
      const skip = [...calls.keys(), ...found.map(({ delivery }) => delivery.id)];
      const page = await readDue(deps, skip, [...full]);
      for (const due of page) {
        const { id, failing_since: failingSince } = due.webhook;
        const own = found.filter(({ webhook }) => webhook.id === id).length;
        const fits = failingSince === null ? own < READY_PER_WEBHOOK : own === 0 && hasRoom(due);
        if (fits) found.push(due);
        else full.add(id);
      }
      const isAll = page.length < PAGE || found.length >= PAGE;
      if (isAll) return found;
    }
  }

  return {
    async sendDue() {
      await writeDown();
      ready = [];
      if (underWay().length < AT_ONCE) ready = await findReady();
      void beginReady();
    },
    async settled() {
      ready = [];
      await Promise.all([...calls.values()].map((call) => call.done));
      await writeDown();
    },
  };
}

async function readDue({ db, clock }: SenderDeps, skip: string[], full: number[]) {
  return await db
    .select({ delivery: webhook_deliveries, webhook: webhooks })
    .from(webhook_deliveries)
    .innerJoin(webhooks, eq(webhooks.id, webhook_deliveries.webhook_id))
    .where(
      and(
        eq(webhook_deliveries.state, "pending"),
        isNotNull(webhook_deliveries.next_attempt_at),
        lte(webhook_deliveries.next_attempt_at, clock()),
        skip.length > 0 ? notInArray(webhook_deliveries.id, skip) : undefined,
        full.length > 0 ? notInArray(webhook_deliveries.webhook_id, full) : undefined,
      ),
    )
    .orderBy(asc(webhook_deliveries.next_attempt_at))
    .limit(PAGE);
}

/** Never rejects. Nothing, if nothing was learnt of the target: whoever comes next tries again. */
async function attempt(
  deps: SenderDeps,
  delivery: Due["delivery"],
  webhook: Due["webhook"],
): Promise<Outcome | undefined> {
  try {
    const startedAt = performance.now();
    const result = await send(deps, delivery, webhook);
    if (!result.ok && result.failure.code === "stopped") return undefined;
    const durationMs = Math.round(performance.now() - startedAt);
    const { id, webhook_id: webhookId, lane, attempts, retry_until: retryUntil } = delivery;
    return { id, webhookId, lane, attempts, retryUntil, result, durationMs };
  } catch (error) {
    deps.log.error({ event: "webhook:attempt_failed", delivery: delivery.id, err: error });
    return undefined;
  }
}

async function send(
  { outgoing, clock, config }: SenderDeps,
  delivery: Due["delivery"],
  webhook: Due["webhook"],
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
