// What no message has any more, or never had: out of the storage, then out of the table.
import { and, eq, inArray, isNotNull, isNull, lt, or } from "drizzle-orm";
import type { Transaction } from "../database/connection.ts";
import { attachments } from "../database/attachment-tables.ts";
import type { RoomDeps } from "../room.ts";
import { keysOf } from "./records.ts";
import type { FileStorage } from "./storage.ts";

/** How long an upload waits for its message: an outbox may be offline for a long weekend. */
export const UPLOAD_WAITS_MS = 7 * 24 * 3_600_000;
const BATCH = 50;

/**
 * Has the files of what has just been removed swept up, once `tx` commits: of conversations that are
 * gone, and those of a message that `letGo` was called for.
 */
export async function sweepSoon({ jobs }: Pick<RoomDeps, "jobs">, tx: Transaction): Promise<void> {
  await jobs.enqueue(tx, "attachments:sweep", {}, { key: "attachments:sweep" });
}

/** Takes a message's files from it; from the commit on, nobody can open them. */
export async function letGo(
  deps: Pick<RoomDeps, "jobs">,
  tx: Transaction,
  messageId: number,
  attachmentIds: number[],
): Promise<void> {
  if (attachmentIds.length === 0) return;
  await tx
    .update(attachments)
    .set({ conversation_id: null })
    .where(and(inArray(attachments.id, attachmentIds), eq(attachments.message_id, messageId)));
  await sweepSoon(deps, tx);
}

/** Says what the job does. It may be done again, and by several processes at once. */
export function handleSweeping({
  db,
  jobs,
  clock,
  storage,
}: Pick<RoomDeps, "db" | "jobs" | "clock"> & { storage: FileStorage }): void {
  /** Answers whether there may be more. */
  const sweepSome = () =>
    db.transaction(async (tx) => {
      const staleAt = new Date(clock().getTime() - UPLOAD_WAITS_MS);
      const rows = await tx
        .select()
        .from(attachments)
        .where(
          and(
            isNull(attachments.conversation_id),
            or(isNotNull(attachments.attached_at), lt(attachments.created_at, staleAt)),
          ),
        )
        .limit(BATCH)
        // A message that takes one of them at this moment waits, and finds it gone.
        .for("update", { skipLocked: true });
      if (rows.length === 0) return false;
      await storage.remove(rows.flatMap(keysOf));
      await tx.delete(attachments).where(
        inArray(
          attachments.id,
          rows.map(({ id }) => id),
        ),
      );
      return rows.length === BATCH;
    });
  jobs.handle("attachments:sweep", async (_payload, { signal }) => {
    while (await sweepSome()) signal.throwIfAborted();
  });
  jobs.repeatDaily("attachments:sweep", "03:41");
}
