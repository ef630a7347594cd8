// Keeps the presence of the agents whose desks are connected to this process.
import {
  PRESENCE_LASTS_MS,
  PRESENCE_RENEW_MS,
  lapsePresence,
  renewPresence,
} from "../agents/presence.ts";
import { describeError } from "../describe-error.ts";
import type { Log } from "../log.ts";
import type { RoomDeps } from "../room.ts";

export interface Presence {
  connected(userId: number): void;
  disconnected(userId: number): void;
  stop(): Promise<void>;
}

export interface PresenceTimings {
  renewMs: number;
  lastsMs: number;
}

export const presenceTimings: PresenceTimings = {
  renewMs: PRESENCE_RENEW_MS,
  lastsMs: PRESENCE_LASTS_MS,
};

/** Starts renewing; `stop` ends it and waits for what is under way. */
export function createPresence(
  deps: Pick<RoomDeps, "db" | "events" | "clock"> & { log: Log },
  timings: PresenceTimings,
): Presence {
  const sockets = new Map<number, number>();
  let last = Promise.resolve();

  function run(work: () => Promise<void>): void {
    last = last.then(work).catch((error: unknown) => {
      deps.log.warn({ event: "presence:failed", error: describeError(error) }, "presence failed");
    });
  }

  const timer = setInterval(
    () =>
      run(async () => {
        await renewPresence(deps, [...sockets.keys()], timings.lastsMs);
        await lapsePresence(deps);
      }),
    timings.renewMs,
  );
  timer.unref();

  return {
    connected(userId) {
      sockets.set(userId, (sockets.get(userId) ?? 0) + 1);
      run(() => renewPresence(deps, [userId], timings.lastsMs));
    },
    disconnected(userId) {
      const rest = (sockets.get(userId) ?? 1) - 1;
      if (rest > 0) sockets.set(userId, rest);
      else sockets.delete(userId);
    },
    async stop() {
      clearInterval(timer);
      await last;
    },
  };
}
