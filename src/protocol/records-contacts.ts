// The records of contacts as agents see them (seed 003, rows 20–26).
import { z } from "zod";
import { conversationSchema, inboxSchema, statedSchema } from "./records.ts";

const attributes = z.record(z.string(), z.unknown());
/** Whole seconds since 1970, UTC. */
const unixSeconds = z.int();

/** An identity of a contact in one inbox. */
export const contactInboxSchema = z.object({ source_id: z.string(), inbox: inboxSchema });
export type ContactInbox = z.infer<typeof contactInboxSchema>;

export const contactSchema = z.object({
  id: z.int(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  phone_number: z.string().nullable(),
  identifier: z.string().nullable(),
  thumbnail: z.string().nullable(),
  blocked: z.boolean(),
  labels: z.array(z.string()),
  additional_attributes: attributes,
  custom_attributes: attributes,
  stated: statedSchema,
  /** He has done something within the last five minutes. */
  availability_status: z.enum(["online", "offline"]),
  last_activity_at: unixSeconds.nullable(),
  created_at: unixSeconds,
  /** Missing when the caller asked for none. */
  contact_inboxes: z.array(contactInboxSchema).optional(),
});
export type Contact = z.infer<typeof contactSchema>;

/** How the seed wraps every contact. `contact_inbox` is the one that creating him has made. */
export const contactEnvelopeSchema = z.object({
  id: z.int(),
  availability_status: contactSchema.shape.availability_status,
  payload: z.object({ contact: contactSchema, contact_inbox: contactInboxSchema.optional() }),
});
export type ContactEnvelope = z.infer<typeof contactEnvelopeSchema>;

/** Row 25. */
export const contactSearchSchema = z.object({
  meta: z.object({ count: z.int(), current_page: z.int() }),
  payload: z.array(contactEnvelopeSchema),
});

export const labelListSchema = z.object({ payload: z.array(z.string()) });

export const contactConversationsSchema = z.array(conversationSchema);
