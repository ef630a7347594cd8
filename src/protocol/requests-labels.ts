// What may be asked of an account's labels.
import { z } from "zod";
import { LABEL_MAX_LENGTH, WIDGET_TEXT_MAX_LENGTH } from "./limits.ts";
import { looseBoolean, text } from "./request-fields.ts";

export const createLabelSchema = z.object({
  /** A list of labels may be one text with commas, so none holds one. */
  title: text(LABEL_MAX_LENGTH)
    .trim()
    .toLowerCase()
    .regex(/^[^,]+$/, "must not be empty or hold a comma"),
  description: text(WIDGET_TEXT_MAX_LENGTH).trim().optional(),
  color: z
    .string()
    .regex(/^#([\da-f]{3}|[\da-f]{6})$/i, "must be a colour such as #1f93ff")
    .optional(),
  show_on_sidebar: looseBoolean.optional(),
});
export type CreateLabel = z.infer<typeof createLabelSchema>;

/** What is missing stays. */
export const updateLabelSchema = createLabelSchema.partial();
export type UpdateLabel = z.infer<typeof updateLabelSchema>;
