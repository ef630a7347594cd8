// The tables of inboxes: what a website's chat is like, and who answers there.
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { channelTypes, fileTypes } from "../../protocol/lists.ts";
import { defaultWorkingHours } from "../../protocol/records-opening-hours.ts";
import type { Holiday, WorkingHour } from "../../protocol/records-opening-hours.ts";
import { defaultPreChatFormOptions } from "../../protocol/records-pre-chat.ts";
import type { PreChatFormOptions } from "../../protocol/records-pre-chat.ts";
import { ATTACHMENTS_MAX, ATTACHMENT_DEFAULT_MAX_BYTES } from "../../protocol/limits.ts";
import type { WidgetSettings } from "../../protocol/records-widget-settings.ts";
import { createdAt, id, oneOf, reference } from "./columns.ts";
import { accounts, users } from "./account-tables.ts";

export const inboxes = pgTable(
  "inboxes",
  {
    id: id(),
    account_id: reference()
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    name: text().notNull(),
    channel_type: text({ enum: channelTypes }).notNull().default("web_widget"),
    /** The public identifier that a script tag names. */
    website_token: text().notNull(),
    website_url: text().notNull().default(""),
    /** Signs the identifiers of this inbox's contacts (HMAC-SHA256). */
    hmac_token: text().notNull(),
    hmac_mandatory: boolean().notNull().default(false),
    /** Host names that may embed the widget, `*.` for subdomains; empty means any. */
    allowed_domains: text().array().notNull().default([]),
    widget_color: text().notNull().default("#1f5eff"),
    /** Empty: it has none. */
    avatar_url: text().notNull().default(""),
    /** Empty, both: the widget's own words, in the visitor's language. */
    welcome_title: text().notNull().default(""),
    welcome_tagline: text().notNull().default(""),
    greeting_enabled: boolean().notNull().default(true),
    greeting_message: text().notNull().default(""),
    /** A new conversation goes to one of its agents. */
    enable_auto_assignment: boolean().notNull().default(false),
    /** Asks for a rating when a conversation is resolved. */
    csat_survey_enabled: boolean().notNull().default(false),
    /** Of the widget, for every page that embeds it. */
    settings: jsonb().$type<WidgetSettings>().notNull().default({}),
    working_hours_enabled: boolean().notNull().default(false),
    /** IANA name. */
    timezone: text().notNull().default("UTC"),
    /** All seven days, Sunday first. */
    working_hours: jsonb().$type<WorkingHour[]>().notNull().default(defaultWorkingHours),
    holidays: jsonb().$type<Holiday[]>().notNull().default([]),
    out_of_office_message: text().notNull().default(""),
    /** Said once in a conversation when its visitor writes while no agent is there; empty: nothing is. */
    agent_away_message: text().notNull().default(""),
    enable_email_collect: boolean().notNull().default(false),
    pre_chat_form_enabled: boolean().notNull().default(false),
    pre_chat_form_options: jsonb()
      .$type<PreChatFormOptions>()
      .notNull()
      .default(defaultPreChatFormOptions),
    lock_to_single_conversation: boolean().notNull().default(false),
    /** Of one file, in bytes. */
    attachment_max_bytes: integer().notNull().default(ATTACHMENT_DEFAULT_MAX_BYTES),
    /** Files of one message; 0: none are taken. */
    attachment_max_count: integer().notNull().default(ATTACHMENTS_MAX),
    attachment_kinds: text({ enum: fileTypes })
      .array()
      .notNull()
      .default([...fileTypes]),
    created_at: createdAt(),
  },
  (t) => [
    uniqueIndex("inboxes_website_token").on(t.website_token),
    index("inboxes_account").on(t.account_id),
    oneOf("inboxes_channel_type", t.channel_type, channelTypes),
  ],
);

export const inbox_members = pgTable(
  "inbox_members",
  {
    inbox_id: reference()
      .notNull()
      .references(() => inboxes.id, { onDelete: "cascade" }),
    user_id: reference()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    created_at: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.inbox_id, t.user_id] }),
    index("inbox_members_user").on(t.user_id),
  ],
);
