// What an administrator changes of an inbox.
import { and, eq, sql } from "drizzle-orm";
import type { Inbox } from "../../protocol/records.ts";
import type { UpdateInbox } from "../../protocol/requests-inboxes.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import { inboxes } from "../database/tables.ts";
import type { RoomDeps } from "../room.ts";
import { inboxRecord } from "./inboxes.ts";

/** Changes what is given; a setting that is `null` is forgotten. Errors: `not_found` (also: another account's). */
export async function updateInbox(
  { db, config }: Pick<RoomDeps, "db" | "config">,
  accountId: number,
  inboxId: number,
  { settings }: UpdateInbox,
): Promise<Result<Inbox>> {
  const own = and(eq(inboxes.account_id, accountId), eq(inboxes.id, inboxId));
  const [row] =
    settings === undefined
      ? await db.select().from(inboxes).where(own)
      : await db
          .update(inboxes)
          .set({
            settings: sql`jsonb_strip_nulls(${inboxes.settings} || ${JSON.stringify(settings)}::jsonb)`,
          })
          .where(own)
          .returning();
  return row
    ? success(inboxRecord(row, config.publicUrl))
    : failure("not_found", "Resource could not be found");
}
