// Presence: an agent is there while one of his desks is connected, and a moment longer.
// It stands in the database, so that every process says the same and a dead process's agents lapse.
import { eq, inArray, sql } from "drizzle-orm";
import { users } from "../database/account-tables.ts";
import type { RoomDeps } from "../room.ts";

/** How often the process of a connected desk renews its agents' presence. */
export const PRESENCE_RENEW_MS = 8_000;
/** How long an agent without a renewal still counts as there: a reload must not blink. */
export const PRESENCE_LASTS_MS = 20_000;

type Deps = Pick<RoomDeps, "db" | "events" | "clock">;

/** Renews the presence of these users, and tells of those who were away. */
export async function renewPresence(
  { db, events, clock }: Deps,
  userIds: number[],
  lastsMs: number = PRESENCE_LASTS_MS,
): Promise<void> {
  if (userIds.length === 0) return;
  const now = clock();
  const until = new Date(now.getTime() + lastsMs);
  const before = db
    .select({ id: users.id, connected_until: users.connected_until })
    .from(users)
    .where(inArray(users.id, userIds))
    .orderBy(users.id)
    .for("no key update")
    .as("before");
  // One statement: of several processes that renew at once only the first finds the agent away.
  const renewed = await db
    .update(users)
    .set({ connected_until: until })
    .from(before)
    .where(eq(users.id, before.id))
    .returning({ id: users.id, previously: before.connected_until });
  for (const { id, previously } of renewed) {
    if (!previously || previously < now) {
      events.publish({ name: "agent:presence_changed", userId: id });
    }
  }
}

/** Ends the presences that nobody has renewed. Exactly one process ends each, and tells. */
export async function lapsePresence({ db, events, clock }: Deps): Promise<void> {
  const lapsed = await db
    .update(users)
    .set({ connected_until: null })
    .where(sql`${users.connected_until} < ${clock().toISOString()}::timestamptz`)
    .returning({ id: users.id });
  for (const { id } of lapsed) events.publish({ name: "agent:presence_changed", userId: id });
}
