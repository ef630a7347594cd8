// Presence: an agent is there while one of his desks is connected, and a moment longer.
// It stands in the database, so that every process says the same and a dead process's agents lapse.
import { inArray, sql } from "drizzle-orm";
import { users } from "../database/tables.ts";
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
  const until = new Date(clock().getTime() + lastsMs);
  const present = await db
    .select({ id: users.id })
    .from(users)
    .where(sql`${inArray(users.id, userIds)} and ${users.connected_until} is not null`);
  await db.update(users).set({ connected_until: until }).where(inArray(users.id, userIds));
  const known = new Set(present.map((user) => user.id));
  for (const userId of userIds) {
    if (!known.has(userId)) events.publish({ name: "agent:presence_changed", userId });
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
