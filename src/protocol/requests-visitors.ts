// What visitors may ask (seed 003, rows 85–92), over REST or the socket.
import { z } from "zod";
import { saysNothing, saysSomething } from "./requests-attachments.ts";
import {
  FORM_ITEMS_MAX,
  IDENTITY_TOKEN_MAX_LENGTH,
  NAME_MAX_LENGTH,
  WIDGET_TEXT_MAX_LENGTH,
} from "./limits.ts";
import {
  customAttributesSchema,
  echoIdSchema,
  emailSchema,
  idSchema,
  jsonText,
  messageParts,
  text,
  webUrl,
} from "./request-fields.ts";

const name = text(NAME_MAX_LENGTH).trim();
const seqSchema = z.int().min(0);

export const createContactSchema = z.object({
  identifier: text(NAME_MAX_LENGTH).min(1).optional(),
  identifier_hash: text(128).optional(),
  /** A JWT of the website's server, in place of both. */
  identity_token: text(IDENTITY_TOKEN_MAX_LENGTH).optional(),
  email: emailSchema.nullish(),
  name: name.nullish(),
  phone_number: text(64).trim().nullish(),
  avatar_url: webUrl.nullish(),
  custom_attributes: customAttributesSchema.optional(),
});
export type CreateContact = z.infer<typeof createContactSchema>;

/** What an identity token may say of its subject, in the words that JWTs have for it (OpenID Connect) or in ours. */
export const signedFieldsSchema = createContactSchema
  .pick({ email: true, name: true, phone_number: true, avatar_url: true, custom_attributes: true })
  .extend({ picture: webUrl.nullish() })
  .transform(({ picture, ...fields }) =>
    picture === undefined ? fields : { avatar_url: picture, ...fields },
  );
export type SignedFields = z.infer<typeof signedFieldsSchema>;

/** A key that is `null` is cleared, one that is missing stays; custom attributes merge the same way. */
export const updateContactSchema = createContactSchema.partial();
export type UpdateContact = z.infer<typeof updateContactSchema>;

/** Answers to the form before a chat, by its fields' names; an empty one is none. */
export const preChatAnswersSchema = z.object({
  fields: z.record(
    text(NAME_MAX_LENGTH),
    z.union([text(WIDGET_TEXT_MAX_LENGTH), z.number(), z.boolean(), z.null()]),
  ),
  consent: z.boolean().optional(),
});
export type PreChatAnswers = z.infer<typeof preChatAnswersSchema>;

const wishedId = z.coerce.number<number>().int().min(1).max(Number.MAX_SAFE_INTEGER);

/** `echo_id` makes the call safe to repeat; `message` is stored in the same transaction. */
export const startConversationSchema = z.object({
  custom_attributes: customAttributesSchema.optional(),
  echo_id: echoIdSchema.optional(),
  /** Answers to the inbox's form; they are the contact's and the conversation's from then on. */
  pre_chat: preChatAnswersSchema.optional(),
  message: z
    .object({ ...messageParts, echo_id: echoIdSchema })
    .refine(saysSomething, saysNothing)
    .optional(),
  /** Wishes of a share link: whom the account does not have (any more) is nobody's fault, and ignored. */
  team_id: wishedId.optional(),
  assignee_id: wishedId.optional(),
});
export type StartConversation = z.infer<typeof startConversationSchema>;

export const createIncomingMessageSchema = z
  .object({ ...messageParts, echo_id: echoIdSchema.optional() })
  .refine(saysSomething, saysNothing);

/**
 * Row 92: the answer to a message that asks. What may stand in it, the message says: the server checks
 * it against its items.
 */
export const updateIncomingMessageSchema = z.object({
  submitted_values: jsonText(
    z.union([z.record(z.string(), z.unknown()), z.array(z.unknown()).max(FORM_ITEMS_MAX)]),
  ),
});
export type UpdateIncomingMessage = z.infer<typeof updateIncomingMessageSchema>;

export const openLinkSchema = z.object({ link: z.string().min(1).max(256) });

export const toggleTypingSchema = z.object({ typing_status: z.enum(["on", "off"]) });
export const updateLastSeenSchema = z.object({ seq: seqSchema.optional() });
export const listIncomingMessagesSchema = z.object({
  before: idSchema.optional(),
  after: idSchema.optional(),
});

/** Words that a message of one's own conversations must hold. */
export const searchMessagesSchema = z.object({ q: text(NAME_MAX_LENGTH).trim().min(1) });
