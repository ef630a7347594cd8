// Tells those who wait how far they have come, a moment after somebody before them was taken.
import { describeError } from "../describe-error.ts";
import type { Audience, DomainEvent, MessageChanged } from "../events.ts";
import type { Log } from "../log.ts";
import type { RoomDeps } from "../room.ts";
import { listQueue, waitFrom } from "./queue.ts";

/** Many may be taken within it: those who wait hear of it once. */
const TELL_AFTER_MS = 300;

export interface QueueNews {
  /** Resolves when nothing is under way. */
  stop(): Promise<void>;
}

/** A reply ends the wait; the first message, or one after a reply, begins it. */
function endsOrBeginsWait({ message, state }: MessageChanged): boolean {
  if (message.message_type === "outgoing") return !message.private;
  return message.message_type === "incoming" && message.created_at === state.agents.waiting_since;
}

/** The inbox whose queue this event may have changed. */
function inboxOf(event: DomainEvent): number | undefined {
  if (event.name === "message:created") {
    return endsOrBeginsWait(event) ? event.audience.inboxId : undefined;
  }
  if (event.name === "conversation:updated") {
    const moves = "status" in event.changes || "assignee_id" in event.changes;
    return moves ? event.audience.inboxId : undefined;
  }
  const isOther = event.name !== "conversation:created" && event.name !== "conversation:deleted";
  return isOther ? undefined : event.audience.inboxId;
}

/** Starts to follow the events. What is told is remembered in this process: told twice does no harm. */
export function createQueueNews({
  db,
  events,
  usualReplies,
  log,
}: Pick<RoomDeps, "db" | "events" | "usualReplies"> & { log: Log }): QueueNews {
  const told = new Map<number, Map<number, { audience: Audience; position: number }>>();
  const timers = new Map<number, NodeJS.Timeout>();
  const telling = new Set<Promise<void>>();

  async function tell(inboxId: number): Promise<void> {
    const before = told.get(inboxId);
    const queue = await listQueue(db, inboxId);
    const now = new Map(
      queue.map((audience, index) => [audience.conversationId, { audience, position: index + 1 }]),
    );
    if (now.size > 0) told.set(inboxId, now);
    else told.delete(inboxId);
    const secondsPerPlace = now.size > 0 ? await usualReplies.secondsPerPlace(inboxId) : null;
    for (const [id, { audience, position }] of now) {
      if (before?.get(id)?.position === position) continue;
      const waitSeconds = waitFrom(position, secondsPerPlace);
      events.publish({ name: "queue:moved", audience, position, waitSeconds });
    }
    for (const [id, { audience }] of before ?? []) {
      if (now.has(id)) continue;
      events.publish({ name: "queue:moved", audience, position: null, waitSeconds: null });
    }
  }

  function tellSoon(inboxId: number): void {
    if (timers.has(inboxId)) return;
    const timer = setTimeout(() => {
      timers.delete(inboxId);
      const work = tell(inboxId)
        .catch((error: unknown) =>
          log.error({ event: "queue_news:failed", error: describeError(error) }),
        )
        .finally(() => telling.delete(work));
      telling.add(work);
    }, TELL_AFTER_MS);
    timer.unref();
    timers.set(inboxId, timer);
  }

  const unsubscribe = events.subscribe((event) => {
    const inboxId = inboxOf(event);
    if (inboxId !== undefined) tellSoon(inboxId);
  });

  return {
    async stop() {
      unsubscribe();
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.all(telling);
    },
  };
}
