// A message takes the files that were uploaded for it: all of them, in its transaction, or it is not sent.
import { and, eq, inArray } from "drizzle-orm";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import { attachments } from "../database/attachment-tables.ts";
import type { Database } from "../database/connection.ts";
import type { KeptAttachment } from "../database/message-tables.ts";
import { inboxes } from "../database/inbox-tables.ts";
import { messages } from "../database/message-tables.ts";
import { waitsFrom } from "./attachments.ts";
import type { Uploader } from "./attachments.ts";
import { keptAttachment } from "./records.ts";

/**
 * Gives uploads to a message that this very transaction has stored; answers them as it keeps them.
 * Errors: `invalid` (one of them is not there, somebody else's or taken; too many for the inbox).
 */
export async function claimUploads(
  tx: Pick<Database, "select" | "update">,
  uploader: Uploader,
  uploadIds: string[],
  message: { id: number; conversationId: number },
  now: Date,
): Promise<Result<KeptAttachment[]>> {
  const [inbox] = await tx
    .select({ max: inboxes.attachment_max_count })
    .from(inboxes)
    .where(eq(inboxes.id, uploader.inboxId));
  const max = inbox?.max ?? 0;
  if (uploadIds.length > max) {
    return failure("invalid", `must be at most ${max}`, { field: "attachments" });
  }
  const taken = await tx
    .update(attachments)
    .set({ message_id: message.id, conversation_id: message.conversationId, attached_at: now })
    .where(and(waitsFrom(uploader), inArray(attachments.token, uploadIds)))
    .returning();
  const rows = uploadIds.flatMap((id) => taken.find(({ token }) => token === id) ?? []);
  if (rows.length < uploadIds.length) {
    return failure("invalid", "must name uploads that wait", { field: "attachments" });
  }
  const kept = rows.map(keptAttachment);
  await tx.update(messages).set({ attachments: kept }).where(eq(messages.id, message.id));
  return success(kept);
}
