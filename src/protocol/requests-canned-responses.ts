// What may be asked of canned responses (seed 003, rows 18 and 19).
import { z } from "zod";
import { CANNED_RESPONSE_MAX_LENGTH, NAME_MAX_LENGTH } from "./limits.ts";
import { text } from "./request-fields.ts";

export const listCannedResponsesSchema = z.object({
  /** Part of the short code or the content; hits in the short code come first. */
  search: text(NAME_MAX_LENGTH).trim().optional(),
});

export const createCannedResponseSchema = z.object({
  /** What an agent types after `/`: one word. */
  short_code: text(NAME_MAX_LENGTH).trim().regex(/^\S+$/, "must be one word"),
  content: text(CANNED_RESPONSE_MAX_LENGTH).refine(
    (said) => said.trim() !== "",
    "must not be empty",
  ),
});
export type CreateCannedResponse = z.infer<typeof createCannedResponseSchema>;

/** What is missing stays. */
export const updateCannedResponseSchema = createCannedResponseSchema.partial();
export type UpdateCannedResponse = z.infer<typeof updateCannedResponseSchema>;
