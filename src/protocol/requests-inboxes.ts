// What may be asked of inboxes and their members (seed 003, rows 47–48 and 51–54).
import { z } from "zod";
import { ATTACHMENTS_MAX, ATTACHMENT_MAX_BYTES } from "./limits.ts";
import { DOMAINS_MAX, DOMAIN_MAX_LENGTH, MEMBERS_MAX, NAME_MAX_LENGTH } from "./limits.ts";
import { URL_MAX_LENGTH, WIDGET_TEXT_MAX_LENGTH } from "./limits.ts";
import { channelTypes, fileTypes } from "./lists.ts";
import { holidaysSchema, timezoneSchema, workingHoursSchema } from "./records-opening-hours.ts";
import { preChatFormOptionsSchema } from "./records-pre-chat.ts";
import { updateWidgetSettingsSchema } from "./records-widget-settings.ts";
import { avatarSchema, idSchema, looseBoolean, text, webUrl } from "./request-fields.ts";

/** One value, or none, is a list too: forms send it so. */
const list = <Item extends z.ZodType>(item: Item, max: number) =>
  z.preprocess(
    (said) => (said === "" || said === null ? [] : Array.isArray(said) ? said : [said]),
    z.array(item).max(max, `must be at most ${max}`),
  );

/** `*.example.com` for subdomains; an address is taken for its host name. */
const domain = text(URL_MAX_LENGTH)
  .transform((said) =>
    said
      .trim()
      .toLowerCase()
      .replace(/^[a-z]+:\/\//, "")
      .replace(/[:/?#].*$/, ""),
  )
  .pipe(
    z
      .string()
      .max(DOMAIN_MAX_LENGTH)
      .regex(/^(\*\.)?[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)*$/u, "must be a host name"),
  );

/** The seed's examples leave the scheme out. */
const websiteUrl = text(URL_MAX_LENGTH)
  .trim()
  .transform((said) => (said === "" || /^[a-z][a-z\d+.-]*:/i.test(said) ? said : `https://${said}`))
  .pipe(z.union([z.literal(""), z.url({ protocol: /^https?$/ })], "must be a web address"));

const appearance = {
  website_url: websiteUrl.optional(),
  welcome_title: text(WIDGET_TEXT_MAX_LENGTH).optional(),
  welcome_tagline: text(WIDGET_TEXT_MAX_LENGTH).optional(),
  widget_color: z
    .string()
    .regex(/^#([\da-f]{3}|[\da-f]{6})$/i, "must be a colour such as #1f5eff")
    .optional(),
  agent_away_message: text(WIDGET_TEXT_MAX_LENGTH).trim().optional(),
  allowed_domains: list(domain, DOMAINS_MAX).optional(),
  hmac_mandatory: looseBoolean.optional(),
};

/** What it takes of files; a number of 0, or no kind, means none. */
const attachmentLimits = z
  .object({
    max_bytes: z.coerce.number().int().min(1).max(ATTACHMENT_MAX_BYTES),
    max_count: z.coerce.number().int().min(0).max(ATTACHMENTS_MAX),
    kinds: list(z.enum(fileTypes), fileTypes.length).transform((kinds) => [...new Set(kinds)]),
  })
  .partial();

/** What is missing stays; settings merge key by key. */
export const updateInboxSchema = z.object({
  name: text(NAME_MAX_LENGTH).trim().min(1, "must not be empty").optional(),
  avatar: avatarSchema,
  avatar_url: z.union([z.literal(""), webUrl]).optional(),
  enable_auto_assignment: looseBoolean.optional(),
  csat_survey_enabled: looseBoolean.optional(),
  greeting_enabled: looseBoolean.optional(),
  greeting_message: text(WIDGET_TEXT_MAX_LENGTH).optional(),
  settings: updateWidgetSettingsSchema.optional(),
  /** Whether the hours count; without them, the inbox is open whenever an agent is there. */
  working_hours_enabled: looseBoolean.optional(),
  /** Of the hours and the holidays. */
  timezone: timezoneSchema.optional(),
  /** The whole week, in place of the one before. */
  working_hours: workingHoursSchema.optional(),
  holidays: holidaysSchema.optional(),
  /** Said once in a conversation when its visitor writes out of hours; empty: nothing is. */
  out_of_office_message: text(WIDGET_TEXT_MAX_LENGTH).trim().optional(),
  /** Ask for an e-mail address when nobody is there and none is known. */
  enable_email_collect: looseBoolean.optional(),
  pre_chat_form_enabled: looseBoolean.optional(),
  /** The whole form, in place of the one before. */
  pre_chat_form_options: preChatFormOptionsSchema.optional(),
  /** A visitor goes on in his conversation, rather than starting others. */
  lock_to_single_conversation: looseBoolean.optional(),
  attachment_limits: attachmentLimits.optional(),
  ...appearance,
  /** As the seed nests it. */
  channel: z.object(appearance).optional(),
});
export type UpdateInbox = z.infer<typeof updateInboxSchema>;

export const createInboxSchema = updateInboxSchema.required({ name: true }).extend({
  channel: z.object({ type: z.enum(channelTypes).default("web_widget"), ...appearance }).optional(),
});
export type CreateInbox = z.infer<typeof createInboxSchema>;

/** Whoever is meant, each once. */
export const userIdsSchema = list(idSchema, MEMBERS_MAX).transform((ids) => [...new Set(ids)]);

export const inboxMembersSchema = z.object({ inbox_id: idSchema, user_ids: userIdsSchema });
