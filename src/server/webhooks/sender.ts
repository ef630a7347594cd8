// Sends what is due: a few lanes at a time, fewer to targets that fail, and none for long. What came of calls
// is written down together, so that a busy chat shares its database with few statements.
import { setImmediate as breathe } from "node:timers/promises";
import type { Config } from "../config.ts";
import type { Log } from "../log.ts";
import type { Outgoing, OutgoingResult } from "../outgoing/outgoing.ts";
import type { RoomDeps } from "../room.ts";
import { PAGE, readDue } from "./due.ts";
import type { DueDelivery, DueLane } from "./due.ts";
import { isDelivered, recordOutcomes } from "./outcome.ts";
import type { Outcome } from "./outcome.ts";
import { signatureOf, validSecrets } from "./secrets.ts";

export interface SenderDeps extends Pick<RoomDeps, "db" | "clock"> {
  config: Pick<Config, "secret">;
  outgoing: Outgoing;
  log: Log;
}

const AT_ONCE = 64;
const AT_ONCE_PER_WEBHOOK = 8;
/** Targets that fail get half of the room, one place each. */
const AT_ONCE_FAILING = 32;
/** Lanes of one webhook that stand by to go as soon as there is room. */
const READY_PER_WEBHOOK = 32;
/** A lane goes on without a look at the database for so long: its webhook may have been changed. */
const LANE_FRESH_MS = 1_000;
const USER_AGENT = "Parlor-Webhooks/1";

export interface Sender {
  /** Writes down what has ended, and begins whatever is due and fits. */
  sendDue(): Promise<void>;
  /** Waits for what is under way, and writes it down. */
  settled(): Promise<void>;
}

/** A lane, until all its outcomes are written down, so that nobody finds it due once more. */
interface Turn {
  due: DueLane;
  isOver: boolean;
  done: Promise<void>;
}

/** @param onSettled something has ended: it wants to be written down, and more may be due */
export function createSender(deps: SenderDeps, onSettled: () => void): Sender {
  const turns = new Set<Turn>();
  const outcomes: Outcome[] = [];
  let ready: DueLane[] = [];
  let isBeginning = false;
  let isStopping = false;

  const underWay = () => [...turns].filter(({ isOver }) => !isOver);

  function hasRoom({ webhook }: DueLane): boolean {
    const all = underWay().map(({ due }) => due.webhook);
    if (all.length >= AT_ONCE) return false;
    const own = all.filter(({ id }) => id === webhook.id).length;
    if (webhook.failing_since === null) return own < AT_ONCE_PER_WEBHOOK;
    return own < 1 && all.filter((other) => other.failing_since).length < AT_ONCE_FAILING;
  }

  function begin(due: DueLane): void {
    const turn: Turn = { due, isOver: false, done: Promise.resolve() };
    turns.add(turn);
    turn.done = take(turn);
  }

  async function take(turn: Turn): Promise<void> {
    await send(turn.due);
    turn.isOver = true;
    void beginReady();
    onSettled();
  }

  /** The next one of a lane goes as soon as the last has arrived. */
  async function send({ webhook, deliveries, readAtMs }: DueLane): Promise<void> {
    for (const [index, delivery] of deliveries.entries()) {
      const isFresh = performance.now() - readAtMs < LANE_FRESH_MS;
      if (index > 0 && (isStopping || !isFresh)) return;
      const outcome = await attempt(deps, delivery, webhook);
      if (!outcome) return;
      outcomes.push(outcome);
      if (!isDelivered(outcome.result)) return;
      onSettled();
    }
  }

  /** One after the other, so that whatever else there is to do comes in between. */
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
    const over = [...turns].filter(({ isOver }) => isOver);
    if (ended.length > 0) await recordOutcomes(deps, ended);
    for (const turn of over) turns.delete(turn);
  }

  async function findReady(): Promise<DueLane[]> {
    const found: DueLane[] = [];
    const full = new Set<number>();
    for (;;) {
      const held = [...[...turns].map(({ due }) => due), ...found];
      const page = await readDue(deps, { held, full: [...full] });
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
      isStopping = true;
      ready = [];
      await Promise.all([...turns].map(({ done }) => done));
      await writeDown();
    },
  };
}

/** Never rejects. Nothing, if nothing was learnt of the target: whoever comes next tries again. */
async function attempt(
  deps: SenderDeps,
  delivery: DueDelivery,
  webhook: DueLane["webhook"],
): Promise<Outcome | undefined> {
  try {
    const startedAt = performance.now();
    const result = await post(deps, delivery, webhook);
    if (!result.ok && result.failure.code === "stopped") return undefined;
    const durationMs = Math.round(performance.now() - startedAt);
    const { id, webhook_id: webhookId, lane, attempts, retry_until: retryUntil } = delivery;
    return { id, webhookId, lane, attempts, retryUntil, result, durationMs };
  } catch (error) {
    deps.log.error({ event: "webhook:attempt_failed", delivery: delivery.id, err: error });
    return undefined;
  }
}

async function post(
  { outgoing, clock, config }: SenderDeps,
  delivery: DueDelivery,
  webhook: DueLane["webhook"],
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
