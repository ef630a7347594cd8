// What may be asked of an account and of its log.
import { z } from "zod";
import { NAME_MAX_LENGTH } from "./limits.ts";
import { pageSchema, text } from "./request-fields.ts";

/** What is missing stays. */
export const updateAccountSchema = z.object({
  name: text(NAME_MAX_LENGTH).trim().min(1, "must not be empty").optional(),
});
export type UpdateAccount = z.infer<typeof updateAccountSchema>;

export const listAuditLogsSchema = z.object({ page: pageSchema });
