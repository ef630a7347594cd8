// From a file's row to what travels of it.
import type { Attachment, Upload } from "../../protocol/records-attachments.ts";
import { filePaths } from "../../protocol/paths.ts";
import type { attachments } from "../database/attachment-tables.ts";
import type { KeptAttachment } from "../database/message-tables.ts";

export type AttachmentRow = typeof attachments.$inferSelect;

type Described = Pick<
  AttachmentRow,
  "file_type" | "file_name" | "content_type" | "file_size" | "width" | "height"
>;

const described = (row: Described): Described => ({
  file_type: row.file_type,
  file_name: row.file_name,
  content_type: row.content_type,
  file_size: row.file_size,
  width: row.width,
  height: row.height,
});

export const uploadRecord = (row: AttachmentRow): Upload => ({
  upload_id: row.token,
  ...described(row),
});

/** What the message's own row keeps of it. */
export const keptAttachment = (row: AttachmentRow): KeptAttachment => ({
  id: row.id,
  token: row.token,
  ...described(row),
  has_thumbnail: row.has_thumbnail,
});

/** @param publicUrl where browsers reach the server, without a slash at the end */
export function attachmentRecord(kept: KeptAttachment, publicUrl: string): Attachment {
  return {
    id: kept.id,
    ...described(kept),
    data_url: publicUrl + filePaths.file(kept.token, kept.file_name),
    thumb_url: kept.has_thumbnail ? publicUrl + filePaths.thumbnail(kept.token) : null,
  };
}

export const thumbnailKey = (storageKey: string) => `${storageKey}.thumb`;

/** Everything that the storage holds of it. */
export const keysOf = (row: Pick<AttachmentRow, "storage_key" | "has_thumbnail">): string[] =>
  row.has_thumbnail ? [row.storage_key, thumbnailKey(row.storage_key)] : [row.storage_key];
