// How long the visitors of an inbox usually wait for a first answer: measured, and remembered for a while.
import { sql } from "drizzle-orm";
import type { RoomDeps } from "../room.ts";

export interface UsualReplies {
  /** The median of the last days' latest; null: too few to tell. */
  seconds(inboxId: number): Promise<number | null>;
}

const REMEMBERED_MS = 5 * 60_000;
const INBOXES_MAX = 1_000;
const LATEST_MAX = 100;
const FEWEST = 5;
const DAYS = 7;

/** Creates what one process remembers of it. */
export function createUsualReplies({ db, clock }: Pick<RoomDeps, "db" | "clock">): UsualReplies {
  const known = new Map<number, { until: number; seconds: Promise<number | null> }>();

  async function measure(inboxId: number, now: Date): Promise<number | null> {
    // Ranges of one index, each with an end: as cheap with a million conversations.
    const latest = (status: "open" | "resolved") => sql`(
      select created_at, first_reply_created_at from conversations
      where inbox_id = ${inboxId} and status = ${status}
      order by last_activity_at desc limit ${LATEST_MAX})`;
    const { rows } = await db.execute<{ seconds: string | null }>(sql`
      select case when count(*) >= ${FEWEST} then percentile_cont(0.5) within group (
        order by extract(epoch from first_reply_created_at - created_at)) end as seconds
      from (${latest("open")} union all ${latest("resolved")}) latest
      where first_reply_created_at > created_at
        and created_at > ${now.toISOString()}::timestamptz - make_interval(days => ${DAYS})`);
    const seconds = rows[0]?.seconds ?? null;
    return seconds === null ? null : Math.round(Number(seconds));
  }

  return {
    seconds(inboxId) {
      const now = clock();
      const found = known.get(inboxId);
      if (found && found.until > now.getTime()) return found.seconds;
      const seconds = measure(inboxId, now);
      // A failure is told to those who wait for it, and not remembered.
      seconds.catch(() => known.delete(inboxId));
      const [oldest] = known.keys();
      if (known.size >= INBOXES_MAX && oldest !== undefined) known.delete(oldest);
      known.set(inboxId, { until: now.getTime() + REMEMBERED_MS, seconds });
      return seconds;
    },
  };
}
