// The queue of an inbox: open conversations that nobody has taken and whose contact waits, the first one first.
import { and, asc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { QUEUE_TOLD_MAX } from "../../protocol/limits.ts";
import { success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { QueuePlace } from "../../protocol/socket.ts";
import type { VisitorIdentity } from "../contacts/visitors.ts";
import type { Database } from "../database/connection.ts";
import { conversations } from "../database/conversation-tables.ts";
import type { Audience } from "../events.ts";
import type { RoomDeps } from "../room.ts";
import { findConversation, ofVisitor } from "./find.ts";
import { audienceOf } from "./records.ts";

/** How long it may take from a place in the queue. */
export const waitFrom = (position: number, secondsPerPlace: number | null): number | null =>
  secondsPerPlace && Math.round(position * secondsPerPlace);

/** Those at the head of an inbox's queue, in their order: a range of an index, read to its limit. */
export async function listQueue(db: Database, inboxId: number): Promise<Audience[]> {
  const { id, account_id, inbox_id, contact_id, contact_inbox_id, display_id } = conversations;
  const { assignee_id, participant_ids } = conversations;
  const rows = await db
    .select({
      id,
      account_id,
      inbox_id,
      contact_id,
      contact_inbox_id,
      display_id,
      assignee_id,
      participant_ids,
    })
    .from(conversations)
    .where(
      and(
        eq(inbox_id, inboxId),
        // As the index says it.
        sql`${conversations.status} = 'open'`,
        isNull(conversations.assignee_id),
        isNotNull(conversations.waiting_since),
      ),
    )
    .orderBy(asc(conversations.waiting_since), asc(id))
    .limit(QUEUE_TOLD_MAX);
  return rows.map(audienceOf);
}

/** Where a visitor's conversation stands. Errors: `not_found`. */
export async function findQueuePlace(
  { db, usualReplies }: Pick<RoomDeps, "db" | "usualReplies">,
  visitor: VisitorIdentity,
  displayId: number,
): Promise<Result<QueuePlace>> {
  const found = await findConversation(db, ofVisitor(visitor, displayId));
  if (!found.ok) return found;
  const queue = await listQueue(db, found.data.inbox_id);
  const { id, status, assignee_id, waiting_since, inbox_id } = found.data;
  const index = queue.findIndex(({ conversationId }) => conversationId === id);
  const isWaiting = status === "open" && assignee_id === null && waiting_since !== null;
  const isFar = index === -1 && isWaiting && queue.length >= QUEUE_TOLD_MAX;
  const position = isFar ? QUEUE_TOLD_MAX + 1 : index + 1;
  if (position === 0)
    return success({ conversation_id: displayId, position: null, wait_seconds: null });
  const wait_seconds = waitFrom(position, await usualReplies.secondsPerPlace(inbox_id));
  return success({ conversation_id: displayId, position, wait_seconds });
}
