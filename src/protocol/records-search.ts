// What a search of messages finds: each conversation with its latest message that has the words, or with its
// last one where its contact has them.
import { z } from "zod";
import { conversationSchema, messageSchema } from "./records.ts";
import { NAME_MAX_LENGTH } from "./limits.ts";
import { pageSchema, text } from "./request-fields.ts";

export const searchMessagesSchema = z.object({
  /** Words, or beginnings of words, that one message must hold, or the contact's name, address or number. */
  q: text(NAME_MAX_LENGTH).trim().min(1, "must not be empty"),
  page: pageSchema,
});

/** The latest activity first. */
export const messageSearchSchema = z.object({
  meta: z.object({ count: z.int(), current_page: z.int() }),
  payload: z.array(z.object({ conversation: conversationSchema, message: messageSchema })),
});
export type MessageSearch = z.infer<typeof messageSearchSchema>;
