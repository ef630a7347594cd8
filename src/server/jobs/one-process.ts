// Runs something on exactly one of the processes that share a database, and elsewhere when that one is gone.
import type { Pool } from "pg";
import type { Log } from "../log.ts";
import { openSession } from "./session.ts";
import type { Session } from "./session.ts";

const RETRY_EVERY_MS = 1_000;

export interface Running {
  /** There is something to do. */
  wake(): void;
  stop(): Promise<void>;
}

export interface OneProcess {
  /** Wakes it, in whichever process it runs. */
  wake(): void;
  stop(): Promise<void>;
}

export interface OneProcessOptions {
  pool: Pool;
  log: Log;
  /** Names it: an advisory lock that no other user of the database takes, and a channel. */
  lock: number;
  channel: string;
  start: () => Running;
}

/** Wakes over the network at most this often; the one who runs it looks by itself now and then. */
const NOTIFY_EVERY_MS = 100;
/** A hint: it need not wait for the disk, where messages would wait behind it. */
const NOTIFY = "select set_config('synchronous_commit', 'off', true), pg_notify($1, '')";

/**
 * Who holds the lock runs it. The lock lives as long as its connection: a process that is killed or
 * cut off loses it, and another one takes over within a second or two.
 */
export function runOnOneProcess({
  pool,
  log,
  lock,
  channel,
  start,
}: OneProcessOptions): OneProcess {
  let session: Session | undefined;
  let running: Running | undefined;
  let ending = Promise.resolve();
  let retryTimer: NodeJS.Timeout | undefined;
  let notifyTimer: NodeJS.Timeout | undefined;
  let stopped = false;
  let trying = tryToRun();

  async function tryToRun(): Promise<void> {
    try {
      await ending;
      session ??= await openSession(pool, lost);
      const { rows } = await session.query<{ mine: boolean }>(
        "select pg_try_advisory_lock($1) as mine",
        [lock],
      );
      if (stopped) return;
      if (!rows[0]?.mine) return again();
      await session.listen(channel, () => running?.wake());
      log.info({ event: "one-process:begun", channel });
      running = start();
    } catch (error) {
      log.warn({ event: "one-process:failed", channel, err: error });
      again();
    }
  }

  function again(): void {
    if (stopped) return;
    retryTimer = setTimeout(() => {
      trying = tryToRun();
    }, RETRY_EVERY_MS);
  }

  function lost(): void {
    session = undefined;
    if (!running) return;
    log.warn({ event: "one-process:lost", channel });
    ending = running.stop();
    running = undefined;
    again();
  }

  return {
    wake() {
      if (running) return running.wake();
      if (stopped) return;
      notifyTimer ??= setTimeout(() => {
        notifyTimer = undefined;
        pool.query(NOTIFY, [channel]).catch(() => {});
      }, NOTIFY_EVERY_MS);
    },
    async stop() {
      stopped = true;
      clearTimeout(retryTimer);
      clearTimeout(notifyTimer);
      await trying;
      await ending;
      await running?.stop();
      running = undefined;
      session?.close();
    },
  };
}
