// All files of a conversation, for whoever tells it elsewhere, such as a transcript.
import { and, asc, eq, sql } from "drizzle-orm";
import type { Attachment } from "../../protocol/records-attachments.ts";
import { messages } from "../database/message-tables.ts";
import type { RoomDeps } from "../room.ts";
import { attachmentRecord } from "./records.ts";

/**
 * The files of a conversation, in its order, each with the message that brought it.
 * @param conversationId the row's id, not the number that APIs show
 * @param publicOnly without those of private notes
 */
export async function listConversationAttachments(
  { db, config }: Pick<RoomDeps, "db" | "config">,
  { conversationId, publicOnly }: { conversationId: number; publicOnly: boolean },
): Promise<(Attachment & { message_id: number })[]> {
  const rows = await db
    .select({ id: messages.id, kept: messages.attachments })
    .from(messages)
    .where(
      and(
        eq(messages.conversation_id, conversationId),
        sql`${messages.attachments} is not null`,
        publicOnly ? eq(messages.private, false) : undefined,
      ),
    )
    .orderBy(asc(messages.seq));
  return rows.flatMap(({ id, kept }) =>
    (kept ?? []).map((one) => ({ message_id: id, ...attachmentRecord(one, config.publicUrl) })),
  );
}
