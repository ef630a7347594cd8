// How a message names the files that were uploaded for it.
import { z } from "zod";
import { ATTACHMENTS_MAX } from "./limits.ts";

/** What an upload was answered; a form's files have become such names before anybody looks. */
export const uploadIdsSchema = z
  .array(z.string().regex(/^[\w-]{32}$/, "must name an upload"))
  .max(ATTACHMENTS_MAX, `must be at most ${ATTACHMENTS_MAX}`)
  .refine((ids) => new Set(ids).size === ids.length, "must not repeat an upload");

/** The body of an upload, once its file has been taken. */
export const createUploadSchema = z.object({
  attachments: uploadIdsSchema.length(1, "must be one file"),
});

/** A message has words, files or both. */
export function saysSomething(message: {
  content?: string | null | undefined;
  attachments?: string[] | undefined;
}): boolean {
  return Boolean(message.content?.trim()) || (message.attachments ?? []).length > 0;
}
export const saysNothing = { path: ["content"], message: "must not be empty" };
