// Files as a server in memory would make them of uploads.
import type { Attachment, Upload } from "../protocol/records-attachments.ts";

/** The file that an upload becomes; its name is the upload's. */
export function anAttachment(uploadId: string): Attachment {
  return {
    id: 1,
    file_type: "file",
    file_name: `${uploadId}.txt`,
    content_type: "text/plain",
    file_size: 4,
    width: null,
    height: null,
    data_url: `http://parlor.test/attachments/${uploadId}/${uploadId}.txt`,
    thumb_url: null,
  };
}

/** What the server answers to a file. */
export const anUpload = (file: File): Upload => ({
  upload_id: file.name,
  file_type: "file",
  file_name: file.name,
  content_type: "text/plain",
  file_size: file.size,
  width: null,
  height: null,
});
