// What agents may ask: the bodies and queries of the application API (seed 003), which the socket shares.
import { z } from "zod";
import { saysNothing, saysSomething } from "./requests-attachments.ts";
import {
  assigneeTypes,
  availabilities,
  conversationPriorities,
  conversationSorts,
  conversationStatuses,
  sentContentTypes,
} from "./lists.ts";
import { EMAIL_MAX_LENGTH, NAME_MAX_LENGTH, PASSWORD_MAX_LENGTH } from "./limits.ts";
import {
  echoIdSchema,
  idSchema,
  jsonText,
  labelsSchema,
  looseBoolean,
  messageParts,
  pageSchema,
  snoozeInstant,
  text,
} from "./request-fields.ts";

export const signInSchema = z.object({
  email: text(EMAIL_MAX_LENGTH).trim().toLowerCase().min(1),
  password: text(PASSWORD_MAX_LENGTH).min(1),
});

export const setAvailabilitySchema = z.object({
  /** `online` is a synonym of `available`. */
  availability: z.preprocess((v) => (v === "online" ? "available" : v), z.enum(availabilities)),
});

const statusOrAll = z.enum([...conversationStatuses, "all"]);

export const listConversationsSchema = z.object({
  assignee_type: z.enum(assigneeTypes).default("all"),
  status: statusOrAll.default("open"),
  inbox_id: idSchema.optional(),
  /** Words that one message must hold; a search looks through every status. */
  q: text(NAME_MAX_LENGTH).trim().optional(),
  /** Any of them. */
  labels: labelsSchema.optional(),
  team_id: idSchema.optional(),
  sort_by: z.enum(conversationSorts).default("last_activity_at_desc"),
  page: pageSchema,
});
export type ListConversations = z.infer<typeof listConversationsSchema>;

/** With both: from `after`, this one too, to before `before`. */
export const listMessagesSchema = z.object({
  before: idSchema.optional(),
  after: idSchema.optional(),
});

/** `last`: as lists of conversations show it, with the last message that is not an activity. */
export const getConversationSchema = z.object({
  messages: z.enum(["all", "last"]).default("all"),
});

/** What a message is beside its text; the server checks the attributes by their type. */
export const richContentFields = {
  content_type: z.enum(sentContentTypes).default("text"),
  content_attributes: jsonText(z.record(z.string(), z.unknown())).default({}),
};

export const createMessageSchema = z
  .object({
    ...messageParts,
    message_type: z.literal("outgoing").default("outgoing"),
    private: looseBoolean.default(false),
    echo_id: echoIdSchema.optional(),
    ...richContentFields,
  })
  .refine(saysSomething, saysNothing);
export type CreateMessage = z.infer<typeof createMessageSchema>;

const idOrNobody = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).nullable();

/** `null` or 0 unassigns; with an `assignee_id`, the team is not looked at. */
export const assignConversationSchema = z.object({
  assignee_id: idOrNobody.optional(),
  team_id: idOrNobody.optional(),
});
export type AssignConversation = z.infer<typeof assignConversationSchema>;

export const toggleStatusSchema = z.object({
  status: z.enum(conversationStatuses).optional(),
  snoozed_until: snoozeInstant.nullish(),
});
export type ToggleStatus = z.infer<typeof toggleStatusSchema>;

export const togglePrioritySchema = z.object({
  priority: z.enum([...conversationPriorities, "none"]).nullish(),
});
