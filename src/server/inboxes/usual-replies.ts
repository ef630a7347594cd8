// How long the visitors of an inbox usually wait for a first answer, and how fast its queue moves now: measured, and
// remembered for a while.
import { sql } from "drizzle-orm";
import type { RoomDeps } from "../room.ts";

export interface UsualReplies {
  /** The median of the last days' latest; null: too few to tell. */
  seconds(inboxId: number): Promise<number | null>;
  /** From one conversation that is taken out of the queue to the next, in the last hour; null: too few to tell. */
  secondsPerPlace(inboxId: number): Promise<number | null>;
}

interface Pace {
  seconds: number | null;
  secondsPerPlace: number | null;
}

const REMEMBERED_MS = 2 * 60_000;
const INBOXES_MAX = 1_000;
const LATEST_MAX = 100;
const FEWEST = 5;
const FEWEST_TAKEN = 2;
const DAYS = 7;

/** Creates what one process remembers of it. */
export function createUsualReplies({ db, clock }: Pick<RoomDeps, "db" | "clock">): UsualReplies {
  const known = new Map<number, { until: number; pace: Promise<Pace> }>();

  async function measure(inboxId: number, now: Date): Promise<Pace> {
    // Ranges of one index, each with an end: as cheap with a million conversations.
    const latest = (status: "open" | "resolved") => sql`(
      select created_at, first_reply_created_at, least(first_reply_created_at, assigned_at) as taken_at
      from conversations
      where inbox_id = ${inboxId} and status = ${status}
      order by last_activity_at desc limit ${LATEST_MAX})`;
    const at = sql`${now.toISOString()}::timestamptz`;
    const { rows } = await db.execute<Record<keyof Pace, string | null>>(sql`
      with latest as (${latest("open")} union all ${latest("resolved")})
      select
        (select case when count(*) >= ${FEWEST} then percentile_cont(0.5) within group (
            order by extract(epoch from first_reply_created_at - created_at)) end
          from latest where first_reply_created_at > created_at
          and created_at > ${at} - make_interval(days => ${DAYS})) as seconds,
        (select case when count(*) >= ${FEWEST_TAKEN}
            then extract(epoch from ${at} - min(taken_at)) / count(*) end
          from latest where taken_at > ${at} - interval '1 hour') as "secondsPerPlace"`);
    const numberOf = (text: string | null | undefined) => (text == null ? null : Number(text));
    const seconds = numberOf(rows[0]?.seconds);
    return {
      seconds: seconds && Math.round(seconds),
      secondsPerPlace: numberOf(rows[0]?.secondsPerPlace),
    };
  }

  function paceOf(inboxId: number): Promise<Pace> {
    const now = clock();
    const found = known.get(inboxId);
    if (found && found.until > now.getTime()) return found.pace;
    const pace = measure(inboxId, now);
    // A failure is told to those who wait for it, and not remembered.
    pace.catch(() => known.delete(inboxId));
    const [oldest] = known.keys();
    if (known.size >= INBOXES_MAX && oldest !== undefined) known.delete(oldest);
    known.set(inboxId, { until: now.getTime() + REMEMBERED_MS, pace });
    return pace;
  }

  return {
    seconds: async (inboxId) => (await paceOf(inboxId)).seconds,
    secondsPerPlace: async (inboxId) => (await paceOf(inboxId)).secondsPerPlace,
  };
}
