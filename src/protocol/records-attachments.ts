// Files that travel with messages: as a message shows them, as an upload is named, and what an inbox takes.
import { z } from "zod";
import { fileTypes } from "./lists.ts";

const described = {
  /** What it is, by its content: only what is `image` may be shown as a picture. */
  file_type: z.enum(fileTypes),
  /** Without folders, control characters or anything else that could pass for another name. */
  file_name: z.string(),
  /** By its content; what the sender called it is not believed. */
  content_type: z.string(),
  file_size: z.int(),
  /** Of an image, in pixels as it is seen; null of anything else. */
  width: z.int().nullable(),
  height: z.int().nullable(),
};

/** One file of a message. Its address is a secret of the conversation, and downloads it. */
export const attachmentSchema = z.object({
  id: z.int(),
  ...described,
  data_url: z.string(),
  /** A small picture of an image. */
  thumb_url: z.string().nullable(),
});
export type Attachment = z.infer<typeof attachmentSchema>;

/** A file that the server holds and no message has yet: whoever sent it names it in his next one. */
export const uploadSchema = z.object({ upload_id: z.string(), ...described });
export type Upload = z.infer<typeof uploadSchema>;

/** What an inbox takes: of one file, of one message, and which kinds. */
export const attachmentLimitsSchema = z.object({
  max_bytes: z.int(),
  max_count: z.int(),
  kinds: z.array(z.enum(fileTypes)),
});
export type AttachmentLimits = z.infer<typeof attachmentLimitsSchema>;
