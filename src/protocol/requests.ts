// What may be asked: the bodies and queries of the REST doors, shared with the socket where it asks the same.
import { z } from "zod";
import { saysNothing, saysSomething, uploadIdsSchema } from "./requests-attachments.ts";
import {
  assigneeTypes,
  availabilities,
  conversationPriorities,
  conversationSorts,
  conversationStatuses,
  sentContentTypes,
} from "./lists.ts";
import {
  ATTRIBUTES_MAX_BYTES,
  ATTRIBUTES_MAX_KEYS,
  ECHO_ID_MAX_LENGTH,
  EMAIL_MAX_LENGTH,
  FORM_ITEMS_MAX,
  IDENTITY_TOKEN_MAX_LENGTH,
  LABEL_MAX_LENGTH,
  LIST_PAGE_MAX,
  LABELS_MAX,
  MESSAGE_CONTENT_MAX_LENGTH,
  NAME_MAX_LENGTH,
  PASSWORD_MAX_LENGTH,
  URL_MAX_LENGTH,
  WIDGET_TEXT_MAX_LENGTH,
} from "./limits.ts";

/** PostgreSQL's text cannot hold U+0000, and half a surrogate pair is no text at all. */
export const text = (maxLength: number) =>
  z
    .string()
    .max(maxLength, `is too long (maximum is ${maxLength} characters)`)
    .refine((value) => !value.includes("\u0000"), "must not contain a null character")
    .refine((value) => !/\p{Surrogate}/u.test(value), "must be well-formed Unicode");

const name = text(NAME_MAX_LENGTH).trim();
export const emailSchema = text(EMAIL_MAX_LENGTH)
  .trim()
  .toLowerCase()
  .pipe(z.email("must be an e-mail address"));
export const webUrl = text(URL_MAX_LENGTH).pipe(
  z.url({ protocol: /^https?$/, error: "must be an http or https address" }),
);

/** Values nested deeper than this are no attributes, and would cost a deep recursion. */
const ATTRIBUTES_MAX_DEPTH = 8;

/** Walks without recursion, since the depth is the client's choice. Answers what is wrong, if anything. */
function faultOfAttributes(value: object): string | undefined {
  const rest: { value: unknown; depth: number }[] = [{ value, depth: 0 }];
  for (let next = rest.pop(); next; next = rest.pop()) {
    if (typeof next.value === "string") {
      if (next.value.includes("\u0000")) return "must not contain a null character";
      if (/\p{Surrogate}/u.test(next.value)) return "must be well-formed Unicode";
    } else if (typeof next.value === "object" && next.value !== null) {
      if (next.depth > ATTRIBUTES_MAX_DEPTH) return "is nested too deeply";
      for (const [key, inner] of Object.entries(next.value)) {
        rest.push({ value: key, depth: next.depth }, { value: inner, depth: next.depth + 1 });
      }
    }
  }
  return undefined;
}

/** Free-form attributes: a flat or nested JSON object of bounded size. */
export const customAttributesSchema = z
  .record(text(NAME_MAX_LENGTH), z.unknown())
  .superRefine((value, context) => {
    const fault =
      faultOfAttributes(value) ??
      (Object.keys(value).length > ATTRIBUTES_MAX_KEYS
        ? `must have at most ${ATTRIBUTES_MAX_KEYS} keys`
        : JSON.stringify(value).length > ATTRIBUTES_MAX_BYTES
          ? `must be at most ${ATTRIBUTES_MAX_BYTES} bytes`
          : undefined);
    if (fault) context.addIssue({ code: "custom", message: fault });
  });

export const echoIdSchema = text(ECHO_ID_MAX_LENGTH).min(1, "must not be empty");

export const messageContentSchema = text(MESSAGE_CONTENT_MAX_LENGTH).refine(
  (value) => value.trim() !== "",
  "must not be empty",
);

/** Words, files or both: whoever takes these refuses what `saysSomething` does not hold for. */
export const messageParts = {
  content: text(MESSAGE_CONTENT_MAX_LENGTH).nullish(),
  attachments: uploadIdsSchema.optional(),
};

/** PostgreSQL's integer keys end at 2^53 for us; a larger number cannot name anything. */
export const idSchema = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const seqSchema = z.int().min(0);

// --- Public client API (seed 003, rows 85–92) ---

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

/** Multipart and form clients send objects as JSON. */
const jsonText = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => {
    if (typeof value !== "string") return value;
    try {
      return JSON.parse(value) as unknown;
    } catch {
      return value;
    }
  }, schema);

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

// --- Application API (seed 003) ---

export const signInSchema = z.object({
  email: text(EMAIL_MAX_LENGTH).trim().toLowerCase().min(1),
  password: text(PASSWORD_MAX_LENGTH).min(1),
});

export const setAvailabilitySchema = z.object({
  /** `online` is a synonym of `available`. */
  availability: z.preprocess((v) => (v === "online" ? "available" : v), z.enum(availabilities)),
});

export const pageSchema = z.coerce.number().int().min(1).max(1_000_000).default(1);

/** A picture as a file of a multipart message, which arrives as an `avatar_url`; a text says nothing. */
export const avatarSchema = z.string().max(URL_MAX_LENGTH).nullish();

/** Which part of a list. */
export const listPageSchema = z.object({
  page: pageSchema,
  per_page: z.coerce.number().int().min(1).max(LIST_PAGE_MAX).default(LIST_PAGE_MAX),
});
export type ListPage = z.infer<typeof listPageSchema>;

/** Labels in lower case, each once; a text may hold several, separated by commas. */
export const labelsSchema = z.preprocess(
  (said) => (said === null || said === "" ? [] : typeof said === "string" ? [said] : said),
  z
    .array(text(LABEL_MAX_LENGTH * LABELS_MAX))
    .max(LABELS_MAX, `must be at most ${LABELS_MAX}`)
    .transform((texts) => [
      ...new Set(
        texts
          .flatMap((one) => one.split(","))
          .map((one) => one.trim().toLowerCase())
          .filter((one) => one !== ""),
      ),
    ])
    .refine((labels) => labels.length <= LABELS_MAX, `must be at most ${LABELS_MAX}`)
    .refine(
      (labels) => labels.every((label) => label.length <= LABEL_MAX_LENGTH),
      `must be at most ${LABEL_MAX_LENGTH} characters each`,
    ),
);

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

/** Multipart and form clients send booleans as text. */
export const looseBoolean = z.preprocess(
  (value) => (value === "true" ? true : value === "false" ? false : value),
  z.boolean(),
);

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

/** Seconds since 1970; a later instant than now is checked where the clock is. */
export const snoozeInstant = z.coerce.number().int().min(0).max(253_402_300_799);

export const toggleStatusSchema = z.object({
  status: z.enum(conversationStatuses).optional(),
  snoozed_until: snoozeInstant.nullish(),
});
export type ToggleStatus = z.infer<typeof toggleStatusSchema>;

export const togglePrioritySchema = z.object({
  priority: z.enum([...conversationPriorities, "none"]).nullish(),
});
