// What may be asked of snoozes.
import { z } from "zod";
import { SNOOZE_MESSAGE_MAX_LENGTH, SNOOZE_OWNERS_MAX } from "./limits.ts";
import { snoozeObjects } from "./lists.ts";
import { idSchema } from "./request-fields.ts";

/** Seconds since 1970; null: until the contact replies. */
const until = z.coerce.number().int().min(0).max(253_402_300_799).nullish();

const message = z
  .string()
  .trim()
  .max(
    SNOOZE_MESSAGE_MAX_LENGTH,
    `is too long (maximum is ${SNOOZE_MESSAGE_MAX_LENGTH} characters)`,
  )
  .refine((value) => !value.includes("\u0000"), "must not contain a null character")
  .refine((value) => !/\p{Surrogate}/u.test(value), "must be well-formed Unicode")
  .nullish();

const userIds = z.preprocess(
  (said) => (said === null || said === "" ? [] : Array.isArray(said) ? said : [said]),
  z
    .array(idSchema)
    .max(SNOOZE_OWNERS_MAX, `must be at most ${SNOOZE_OWNERS_MAX}`)
    .transform((ids) => [...new Set(ids)]),
);

export const createSnoozeSchema = z.object({
  object_type: z.enum(snoozeObjects).default("conversation"),
  object_id: idSchema,
  snoozed_until: until,
  message,
  user_ids: userIds.optional(),
});

/** What is missing stays. */
export const updateSnoozeSchema = z.object({
  snoozed_until: until,
  message,
  user_ids: userIds.optional(),
});

export const listSnoozesSchema = z.object({
  object_type: z.enum(snoozeObjects).optional(),
  /** Only what keeps this conversation asleep, by its number; a contact's snooze may be it. */
  conversation_id: idSchema.optional(),
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
});
export type ListSnoozes = z.infer<typeof listSnoozesSchema>;
