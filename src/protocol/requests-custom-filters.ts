// What may be asked of saved filters (seed 003, rows 41–44).
import { z } from "zod";
import { NAME_MAX_LENGTH } from "./limits.ts";
import { customFilterTypes } from "./lists.ts";
import { customAttributesSchema, text } from "./request-fields.ts";

const type = z.enum(customFilterTypes);

export const listCustomFiltersSchema = z.object({ filter_type: type.default("conversation") });

/** The seed names the kind `type` in the body, and `filter_type` in the query; either may come in either. */
const fields = z.object({
  name: text(NAME_MAX_LENGTH).trim().min(1, "must not be empty"),
  type: type.optional(),
  filter_type: type.optional(),
  /** Kept as it is, like a set of attributes. */
  query: customAttributesSchema,
});

export const createCustomFilterSchema = fields;
export type CreateCustomFilter = z.infer<typeof createCustomFilterSchema>;

export const createCustomFilterQuerySchema = z.object({ filter_type: type.optional() });

/** What is missing stays. */
export const updateCustomFilterSchema = fields.partial();
export type UpdateCustomFilter = z.infer<typeof updateCustomFilterSchema>;
