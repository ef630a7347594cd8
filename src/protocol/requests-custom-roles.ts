// What may be asked of custom roles.
import { z } from "zod";
import { NAME_MAX_LENGTH, WIDGET_TEXT_MAX_LENGTH } from "./limits.ts";
import { permissions } from "./lists.ts";
import { text } from "./request-fields.ts";

export const createCustomRoleSchema = z.object({
  name: text(NAME_MAX_LENGTH).trim().min(1, "must not be empty"),
  description: text(WIDGET_TEXT_MAX_LENGTH).trim().nullish(),
  /** Kept in the list's order, each once. */
  permissions: z
    .array(z.enum(permissions))
    .transform((held) => permissions.filter((one) => held.includes(one))),
});
export type CreateCustomRole = z.input<typeof createCustomRoleSchema>;

/** What is missing stays. */
export const updateCustomRoleSchema = createCustomRoleSchema.partial();
export type UpdateCustomRole = z.infer<typeof updateCustomRoleSchema>;
