// What agents and their tools may ask of contacts (seed 003, rows 20–26).
import { z } from "zod";
import {
  CONTACT_CONVERSATIONS_PAGE_MAX,
  CONVERSATIONS_PAGE_SIZE,
  NAME_MAX_LENGTH,
} from "./limits.ts";
import {
  avatarSchema,
  customAttributesSchema,
  idSchema,
  labelsSchema,
  looseBoolean,
  pageSchema,
  text,
} from "./request-fields.ts";
import { createContactSchema } from "./requests-visitors.ts";

/** A form that was left empty clears the field. */
const blankIsNull = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === "" ? null : value), schema);

/**
 * Who knows a source id speaks as its visitor: one that a client chooses must be as hard to guess as
 * ours are.
 */
const sourceId = z
  .string()
  .regex(/^[\w-]{16,128}$/, "must be 16 to 128 letters, digits, hyphens or underscores");

const { name, email, phone_number, avatar_url } = createContactSchema.shape;

/** A key that is `null` or empty is cleared, one that is missing stays; attributes merge the same way. */
export const updateAgentsContactSchema = z.object({
  name: blankIsNull(name),
  email: blankIsNull(email),
  phone_number: blankIsNull(phone_number),
  avatar_url: blankIsNull(avatar_url),
  avatar: avatarSchema,
  identifier: blankIsNull(text(NAME_MAX_LENGTH).trim().nullish()),
  custom_attributes: customAttributesSchema.optional(),
  additional_attributes: customAttributesSchema.optional(),
  blocked: looseBoolean.optional(),
});
export type UpdateAgentsContact = z.infer<typeof updateAgentsContactSchema>;

export const createAgentsContactSchema = updateAgentsContactSchema.extend({
  inbox_id: blankIsNull(idSchema.nullish()),
  source_id: blankIsNull(sourceId.nullish()),
});
export type CreateAgentsContact = z.infer<typeof createAgentsContactSchema>;

export const createContactInboxSchema = z.object({
  inbox_id: idSchema,
  source_id: blankIsNull(sourceId.nullish()),
});

const columns = ["name", "email", "phone_number", "last_activity_at", "created_at"] as const;
export type ContactSortColumn = (typeof columns)[number];

/** `-` in front: the other way round. */
const sort = z.enum([...columns, ...columns.map((column) => `-${column}` as const)]);
export type ContactSort = z.infer<typeof sort>;

export const listContactsSchema = z.object({
  sort: sort.default("-last_activity_at"),
  page: pageSchema,
  include_contact_inboxes: looseBoolean.default(true),
});
export type ListContacts = z.infer<typeof listContactsSchema>;

export const searchContactsSchema = listContactsSchema.extend({
  q: text(NAME_MAX_LENGTH).trim().default(""),
});

export const mergeContactsSchema = z.object({
  base_contact_id: idSchema,
  mergee_contact_id: idSchema,
});

export const listContactConversationsSchema = z.object({
  page: pageSchema,
  per_page: z.coerce
    .number()
    .int()
    .min(1)
    .max(CONTACT_CONVERSATIONS_PAGE_MAX)
    .default(CONVERSATIONS_PAGE_SIZE),
});

/** The whole set. */
export const setLabelsSchema = z.object({ labels: labelsSchema });
