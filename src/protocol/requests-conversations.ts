// What agents and their tools may ask of conversations beside their status (seed 003, rows 29–33).
import { z } from "zod";
import { conversationPriorities, conversationStatuses } from "./lists.ts";
import { PARTICIPANTS_MAX } from "./limits.ts";
import {
  customAttributesSchema,
  idSchema,
  looseBoolean,
  messageContentSchema,
  snoozeInstant,
  text,
} from "./request-fields.ts";

/** Row 32. The conversation is begun under `source_id`, or under one of the contact's in the inbox. */
export const createConversationSchema = z.object({
  source_id: text(255).nullish(),
  inbox_id: idSchema.nullish(),
  contact_id: idSchema.nullish(),
  additional_attributes: customAttributesSchema.optional(),
  custom_attributes: customAttributesSchema.optional(),
  status: z.enum(conversationStatuses).optional(),
  snoozed_until: snoozeInstant.nullish(),
  assignee_id: idSchema.nullish(),
  team_id: idSchema.nullish(),
  message: z
    .object({ content: messageContentSchema, private: looseBoolean.default(false) })
    .nullish(),
});
export type CreateConversation = z.infer<typeof createConversationSchema>;

/** What is missing stays; custom attributes merge, `null` removes a key. */
export const updateConversationSchema = z.object({
  priority: z.enum([...conversationPriorities, "none"]).nullish(),
  custom_attributes: customAttributesSchema.optional(),
});
export type UpdateConversation = z.infer<typeof updateConversationSchema>;

/** The whole set. */
export const setConversationAttributesSchema = z.object({
  custom_attributes: customAttributesSchema,
});

export const participantsSchema = z.object({
  user_ids: z.preprocess(
    (said) => (said == null ? [] : Array.isArray(said) ? said : [said]),
    z
      .array(idSchema)
      .max(PARTICIPANTS_MAX, `must be at most ${PARTICIPANTS_MAX}`)
      .transform((ids) => [...new Set(ids)]),
  ),
});
