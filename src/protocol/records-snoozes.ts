// The record of a snooze: what sleeps, until when, with which note and for whom (seed 000).
import { z } from "zod";
import { snoozeObjects } from "./lists.ts";

/** Whole seconds since 1970, UTC. */
const unixSeconds = z.int();

export const snoozeSchema = z.object({
  id: z.int(),
  account_id: z.int(),
  object_type: z.enum(snoozeObjects),
  /** The conversation's number within the account, or the contact's id. */
  object_id: z.int(),
  contact_id: z.int(),
  /** Those that sleep, by their numbers, as far as the agent who asks may see them. */
  conversation_ids: z.array(z.int()),
  /** Null: until the contact replies. */
  snoozed_until: unixSeconds.nullable(),
  message: z.string().nullable(),
  /** Who has made it; null when he is gone. */
  created_by: z.int().nullable(),
  /** Whom it goes to when it wakes: the first of them who may still see it. */
  users: z.array(z.object({ id: z.int(), name: z.string(), email: z.string() })),
  created_at: unixSeconds,
});
export type Snooze = z.infer<typeof snoozeSchema>;
