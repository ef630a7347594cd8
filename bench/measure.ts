// The measurements, the same for every contender.
import { setTimeout as wait } from "node:timers/promises";
import type { Contender, Talker } from "./contender.ts";

const CONTENT_LENGTH = 120;
const LATE_MESSAGE_TIMEOUT_MS = 30_000;
const IDLE_BATCH = 100;

/** A message of the length that people write, different from every other. */
function contentOf(number: number): string {
  return `${number} `.padEnd(CONTENT_LENGTH, "Is the blue one still in stock? ");
}

export interface Line {
  talkers: Talker[];
  /** Sends by one talker; resolves with the milliseconds until the agent had it. */
  timeOne(talker: Talker): Promise<number>;
  /** Sends one after each pause, by the talkers in turn, however long answers take; resolves as `timeOne`. */
  timeMany(pausesMs: readonly number[]): Promise<number[]>;
  /** Keeps every talker sending for so long; resolves with messages per second that reached the agent. */
  countMany(durationMs: number): Promise<number>;
}

/** Connects one agent and some visitors; both measurements run over these connections. */
export async function openLine(contender: Contender, talkerCount: number): Promise<Line> {
  const waiting = new Map<string, () => void>();
  let number = 0;
  await contender.connectAgent((content) => {
    waiting.get(content)?.();
    waiting.delete(content);
  });
  const talkers = await contender.connectTalkers(talkerCount);

  /** Resolves when the message is acknowledged and the agent has it. */
  async function deliver(talker: Talker, onHeard: () => void): Promise<void> {
    number += 1;
    const content = contentOf(number);
    const heard = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`${contender.name}: a message never reached the agent`)),
        LATE_MESSAGE_TIMEOUT_MS,
      );
      waiting.set(content, () => {
        clearTimeout(timer);
        onHeard();
        resolve();
      });
    });
    await Promise.all([talker.send(content), heard]);
  }

  async function timeOne(talker: Talker): Promise<number> {
    const startedAt = performance.now();
    let heardAt = startedAt;
    await deliver(talker, () => (heardAt = performance.now()));
    return heardAt - startedAt;
  }

  return {
    talkers,
    timeOne,
    async timeMany(pausesMs) {
      const times: Promise<number>[] = [];
      let dueAt = performance.now();
      for (const [index, pauseMs] of pausesMs.entries()) {
        dueAt += pauseMs;
        await wait(dueAt - performance.now());
        const talker = talkers[index % talkers.length];
        if (talker) times.push(timeOne(talker));
      }
      return await Promise.all(times);
    },
    async countMany(durationMs) {
      const endsAt = performance.now() + durationMs;
      let delivered = 0;
      const startedAt = performance.now();
      await Promise.all(
        talkers.map(async (talker) => {
          while (performance.now() < endsAt) await deliver(talker, () => (delivered += 1));
        }),
      );
      return (delivered * 1000) / (performance.now() - startedAt);
    },
  };
}

/**
 * Pauses between messages of people who do not know of each other (a Poisson process), the same for
 * every contender: a rate that does not drop where answers are slow.
 */
export function pausesOf(count: number, perSecond: number, seed: number): number[] {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return (-Math.log(state / 2_147_483_647) * 1000) / perSecond;
  });
}

export interface IdleCost {
  rssBytes: number;
  heapBytes: number;
}

/** What each of `count` connections that say nothing adds to the server's memory. */
export async function measureIdle(contender: Contender, count: number): Promise<IdleCost> {
  // The first connections load code and fill caches that the others share.
  await contender.connectIdle(IDLE_BATCH);
  const before = await contender.memory();
  for (let opened = 0; opened < count; opened += IDLE_BATCH) {
    await contender.connectIdle(Math.min(IDLE_BATCH, count - opened));
  }
  // What the handshakes left in flight is no part of an idle connection.
  await wait(1_000);
  const after = await contender.memory();
  contender.disconnect();
  return {
    rssBytes: (after.rss - before.rss) / count,
    heapBytes: (after.heapUsed - before.heapUsed) / count,
  };
}
