// What may be asked of teams (seed 003, rows 66–72).
import { z } from "zod";
import { NAME_MAX_LENGTH, WIDGET_TEXT_MAX_LENGTH } from "./limits.ts";
import { looseBoolean, text } from "./request-fields.ts";
import { userIdsSchema } from "./requests-inboxes.ts";

export const createTeamSchema = z.object({
  name: text(NAME_MAX_LENGTH).trim().toLowerCase().min(1, "must not be empty"),
  description: text(WIDGET_TEXT_MAX_LENGTH).trim().optional(),
  allow_auto_assign: looseBoolean.optional(),
});
export type CreateTeam = z.infer<typeof createTeamSchema>;

/** What is missing stays. */
export const updateTeamSchema = createTeamSchema.partial();
export type UpdateTeam = z.infer<typeof updateTeamSchema>;

export const teamMembersSchema = z.object({ user_ids: userIdsSchema });
