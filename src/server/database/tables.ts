// The tables of Parlor's core; those of webhooks stand in webhook-tables.ts. Lists come from
// protocol/lists.ts, so that type, schema and SQL check agree.
import { sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  boolean,
  check,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  varchar,
} from "drizzle-orm/pg-core";
import {
  actorTypes,
  availabilities,
  channelTypes,
  contentTypes,
  conversationPriorities,
  conversationStatuses,
  fileTypes,
  messageStatuses,
  messageTypes,
  permissions,
  userRoles,
} from "../../protocol/lists.ts";
import { defaultWorkingHours } from "../../protocol/records-opening-hours.ts";
import type { Holiday, WorkingHour } from "../../protocol/records-opening-hours.ts";
import { defaultPreChatFormOptions } from "../../protocol/records-pre-chat.ts";
import type { PreChatFormOptions } from "../../protocol/records-pre-chat.ts";
import { ATTACHMENTS_MAX, ATTACHMENT_DEFAULT_MAX_BYTES } from "../../protocol/limits.ts";
import type { Stated } from "../../protocol/records.ts";
import type { WidgetSettings } from "../../protocol/records-widget-settings.ts";
import type { FileType } from "../../protocol/lists.ts";
import type { RichText } from "../../protocol/rich-text.ts";
import { attributes, createdAt, id, oneOf, reference, time, transactionId } from "./columns.ts";

/** A file of a message as its row keeps it: what is in `attachments` about it, but for where it lies. */
export interface KeptAttachment {
  id: number;
  /** Unguessable; its address is made from it. */
  token: string;
  file_type: FileType;
  file_name: string;
  content_type: string;
  file_size: number;
  width: number | null;
  height: number | null;
  has_thumbnail: boolean;
}

export const accounts = pgTable("accounts", {
  id: id(),
  name: text().notNull(),
  /** The latest display id given to a conversation of this account. */
  last_display_id: bigint({ mode: "number" }).notNull().default(0),
  created_at: createdAt(),
});

/** People who sign in. What they are in an account (role, availability) stands in account_users. */
export const users = pgTable(
  "users",
  {
    id: id(),
    /** Always lower case. */
    email: text().notNull(),
    name: text().notNull(),
    display_name: text(),
    avatar_url: text(),
    password_hash: text().notNull(),
    pubsub_token: text().notNull(),
    /** Random; the user's API access token is derived from it and PARLOR_SECRET. */
    access_token_nonce: text().notNull(),
    /** SHA-256 of that token: what a request is looked up by. */
    access_token_hash: text().notNull(),
    access_token_last_used_at: time(),
    /** Renewed while one of his desks is connected; passed or null: nobody is there. */
    connected_until: time(),
    custom_attributes: attributes(),
    created_at: createdAt(),
  },
  (t) => [
    uniqueIndex("users_email").on(t.email),
    uniqueIndex("users_pubsub_token").on(t.pubsub_token),
    uniqueIndex("users_access_token_hash").on(t.access_token_hash),
    index("users_connected_until")
      .on(t.connected_until)
      .where(sql`connected_until is not null`),
  ],
);

/** What administrators let some agents do, where it is not what every agent may. */
export const custom_roles = pgTable(
  "custom_roles",
  {
    id: id(),
    account_id: reference()
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    name: text().notNull(),
    description: text().notNull().default(""),
    permissions: text({ enum: permissions }).array().notNull(),
    created_at: createdAt(),
  },
  (t) => [uniqueIndex("custom_roles_name").on(t.account_id, t.name)],
);

export const account_users = pgTable(
  "account_users",
  {
    account_id: reference()
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    user_id: reference()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    role: text({ enum: userRoles }).notNull(),
    /** An agent's; null: he may do what every agent may. It cannot go while somebody has it. */
    custom_role_id: reference().references(() => custom_roles.id),
    /** Not: he is a member still, and may do nothing. */
    active: boolean().notNull().default(true),
    availability: text({ enum: availabilities }).notNull().default("offline"),
    auto_offline: boolean().notNull().default(true),
    created_at: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.account_id, t.user_id] }),
    index("account_users_user").on(t.user_id),
    index("account_users_custom_role")
      .on(t.custom_role_id)
      .where(sql`custom_role_id is not null`),
    check(
      "account_users_custom_role_of_agents",
      sql`${t.role} = 'agent' or custom_role_id is null`,
    ),
    oneOf("account_users_role", t.role, userRoles),
    oneOf("account_users_availability", t.availability, availabilities),
  ],
);

/** Cookie sessions of the desk. */
export const sessions = pgTable(
  "sessions",
  {
    /** SHA-256 of the cookie's value. */
    token_hash: text().primaryKey(),
    user_id: reference()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    csrf_token: text().notNull(),
    /** The socket's credential of this session: it ends when the session does. */
    pubsub_token: text().notNull(),
    created_at: createdAt(),
    expires_at: time().notNull(),
  },
  (t) => [
    uniqueIndex("sessions_pubsub_token").on(t.pubsub_token),
    index("sessions_user").on(t.user_id),
    index("sessions_expires_at").on(t.expires_at),
  ],
);

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

/** Who has a name, an address or a number, by his own word or another's; said as in the index's condition. */
export const isNamed =
  "(contacts.name is not null or contacts.email is not null or contacts.phone_number is not null or contacts.stated <> '{}'::jsonb)";

/** What he is called and where he is reached, as words; of an address its parts, too, of a number the digits. */
export const contactWords = `to_tsvector('simple'::regconfig, left(${[
  "contacts.name",
  "contacts.email",
  "translate(contacts.email, '@.', '  ')",
  "contacts.phone_number",
  "translate(contacts.phone_number, '+', ' ')",
  "contacts.stated ->> 'name'",
  "contacts.stated ->> 'email'",
  "translate(contacts.stated ->> 'email', '@.', '  ')",
  "contacts.stated ->> 'phone_number'",
  "translate(contacts.stated ->> 'phone_number', '+', ' ')",
]
  .map((part) => `coalesce(${part}, '')`)
  .join(" || ' ' || ")}, 5000))`;

export const contacts = pgTable(
  "contacts",
  {
    id: id(),
    account_id: reference()
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    name: text(),
    email: text(),
    phone_number: text(),
    avatar_url: text(),
    /** The site's own id of this person: proven when identifier_verified, a claim otherwise. */
    identifier: text(),
    identifier_verified: boolean().notNull().default(false),
    /** What he writes reaches nobody's attention; he is not told. */
    blocked: boolean().notNull().default(false),
    labels: text().array().notNull().default([]),
    custom_attributes: attributes(),
    additional_attributes: attributes(),
    /** Of a verified contact: what his browsers say without a signature. */
    stated: jsonb().$type<Stated>().notNull().default({}),
    last_activity_at: time(),
    created_at: createdAt(),
  },
  (t) => [
    uniqueIndex("contacts_verified_identifier")
      .on(t.account_id, t.identifier)
      .where(sql`identifier_verified`),
    index("contacts_email").on(t.account_id, t.email),
    index("contacts_phone_number").on(t.account_id, t.phone_number),
    // The directory: contacts of whom something is known that tells them from others.
    index("contacts_by_name")
      .on(t.account_id, sql`lower(${t.name})`, t.id)
      .where(
        sql`${t.email} is not null or ${t.phone_number} is not null or ${t.identifier} is not null`,
      ),
    index("contacts_search")
      .using("gin", sql.raw(contactWords.replaceAll("contacts.", "")))
      .where(sql.raw(isNamed.replaceAll("contacts.", ""))),
    index("contacts_by_activity")
      .on(t.account_id, t.last_activity_at.desc().nullsLast(), t.id.desc().nullsFirst())
      .where(
        sql`${t.email} is not null or ${t.phone_number} is not null or ${t.identifier} is not null`,
      ),
  ],
);

/** A contact's identity in one inbox: what a browser holds. */
export const contact_inboxes = pgTable(
  "contact_inboxes",
  {
    id: id(),
    contact_id: reference()
      .notNull()
      .references(() => contacts.id, { onDelete: "cascade" }),
    inbox_id: reference()
      .notNull()
      .references(() => inboxes.id, { onDelete: "cascade" }),
    source_id: text().notNull(),
    pubsub_token: text().notNull(),
    hmac_verified: boolean().notNull().default(false),
    created_at: createdAt(),
  },
  (t) => [
    uniqueIndex("contact_inboxes_source").on(t.inbox_id, t.source_id),
    uniqueIndex("contact_inboxes_pubsub_token").on(t.pubsub_token),
    index("contact_inboxes_contact").on(t.contact_id),
  ],
);

export const teams = pgTable(
  "teams",
  {
    id: id(),
    account_id: reference()
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    /** Always lower case. */
    name: text().notNull(),
    description: text().notNull().default(""),
    /** Whoever of them is available gets what is assigned to the team. */
    allow_auto_assign: boolean().notNull().default(true),
    created_at: createdAt(),
  },
  (t) => [uniqueIndex("teams_name").on(t.account_id, t.name)],
);

/** 1 is the most urgent; text, so that queries say the very expression of the index. */
export const priorityRank =
  "(case priority when 'urgent' then 1 when 'high' then 2 when 'medium' then 3 when 'low' then 4 else 5 end)";

export const conversations = pgTable(
  "conversations",
  {
    id: id(),
    account_id: reference()
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    /** Its number within the account: the `id` that every API shows. */
    display_id: bigint({ mode: "number" }).notNull(),
    inbox_id: reference()
      .notNull()
      .references(() => inboxes.id, { onDelete: "cascade" }),
    contact_id: reference()
      .notNull()
      .references(() => contacts.id, { onDelete: "cascade" }),
    contact_inbox_id: reference()
      .notNull()
      .references(() => contact_inboxes.id, { onDelete: "cascade" }),
    /** Chosen by the visitor's browser, so that starting again finds the first one. */
    echo_id: text(),
    status: text({ enum: conversationStatuses }).notNull().default("open"),
    /** Null while snoozed means: until the contact replies. */
    snoozed_until: time(),
    priority: text({ enum: conversationPriorities }),
    assignee_id: reference().references(() => users.id, { onDelete: "set null" }),
    team_id: reference().references(() => teams.id, { onDelete: "set null" }),
    /** Number of the latest change: every change of the conversation or its messages takes the next. */
    seq: bigint({ mode: "number" }).notNull().default(0),
    started_by: text({ enum: actorTypes }).notNull().default("contact"),
    /** Who has resolved it last, and when: means something while it is resolved. */
    resolved_by: text({ enum: actorTypes }),
    resolved_at: time(),
    /** Between which messages that belongs: the number of the change. */
    resolved_seq: bigint({ mode: "number" }),
    /** The same of when the assignee was given it; null: nobody has it, or from before this was kept. */
    assigned_seq: bigint({ mode: "number" }),
    assigned_at: time(),
    /** Since when the contact has been waiting for an answer. */
    waiting_since: time(),
    /** How long he had been waiting when the assignee was given it. */
    assignee_waited_ms: bigint({ mode: "number" }),
    first_reply_created_at: time(),
    contact_last_seen_at: time(),
    contact_last_seen_seq: bigint({ mode: "number" }).notNull().default(0),
    contact_unread_count: integer().notNull().default(0),
    agent_last_seen_at: time(),
    agent_last_seen_seq: bigint({ mode: "number" }).notNull().default(0),
    agent_unread_count: integer().notNull().default(0),
    /** The last message that is no activity: what a list shows. */
    last_message_id: reference(),
    /** The same, among those that the contact may see. */
    last_public_message_id: reference(),
    last_activity_at: time().notNull().defaultNow(),
    labels: text().array().notNull().default([]),
    /** Nothing that the contact writes here opens it again or counts as unread. */
    muted: boolean().notNull().default(false),
    /** Its contact has been asked for a rating, which happens once. */
    csat_requested: boolean().notNull().default(false),
    /** Agents who follow it without being assigned. */
    participant_ids: bigint({ mode: "number" }).array().notNull().default([]),
    custom_attributes: attributes(),
    additional_attributes: attributes(),
    created_at: createdAt(),
  },
  (t) => [
    uniqueIndex("conversations_display_id").on(t.account_id, t.display_id),
    uniqueIndex("conversations_echo_id")
      .on(t.contact_inbox_id, t.echo_id)
      .where(sql`echo_id is not null`),
    // Written as ORDER BY … DESC reads it, nulls first: an index in another order serves no sort.
    index("conversations_all").on(
      t.account_id,
      t.last_activity_at.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    index("conversations_by_status").on(
      t.account_id,
      t.status,
      t.last_activity_at.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    index("conversations_by_assignee").on(
      t.account_id,
      t.assignee_id,
      t.status,
      t.last_activity_at.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    index("conversations_by_team")
      .on(t.team_id, t.status, t.last_activity_at.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(sql`team_id is not null`),
    index("conversations_by_inbox").on(
      t.inbox_id,
      t.status,
      t.last_activity_at.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    index("conversations_by_contact").on(t.contact_id, t.last_activity_at.desc().nullsFirst()),
    index("conversations_by_contact_inbox").on(
      t.contact_inbox_id,
      t.last_activity_at.desc().nullsFirst(),
    ),
    // The last three are not for its order: what counts and usual filters ask is in this index alone.
    index("conversations_by_creation").on(
      t.account_id,
      t.status,
      t.display_id,
      t.inbox_id,
      t.assignee_id,
      t.priority,
    ),
    index("conversations_by_waiting").on(t.account_id, t.status, t.waiting_since, t.id),
    // The most urgent first, those without a priority last.
    index("conversations_by_priority").on(
      t.account_id,
      t.status,
      sql.raw(priorityRank),
      t.last_activity_at.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    index("conversations_by_label")
      .using("gin", t.labels)
      .where(sql`labels <> '{}'`),
    // Said in its own condition where an agent may see his own conversations only.
    index("conversations_by_participant")
      .using("gin", t.participant_ids)
      .where(sql`participant_ids <> '{}'`),
    // Who waits for somebody to take his conversation, the first one first.
    index("conversations_queue")
      .on(t.inbox_id, t.waiting_since, t.id)
      .where(sql`status = 'open' and assignee_id is null and waiting_since is not null`),
    index("conversations_snoozed")
      .on(t.snoozed_until)
      .where(sql`status = 'snoozed' and snoozed_until is not null`),
    index("conversations_by_wake")
      .on(t.account_id, t.snoozed_until, t.id)
      .where(sql`status = 'snoozed'`),
    oneOf("conversations_status", t.status, conversationStatuses),
    oneOf("conversations_priority", t.priority, conversationPriorities),
    oneOf("conversations_started_by", t.started_by, actorTypes),
    oneOf("conversations_resolved_by", t.resolved_by, actorTypes),
  ],
);

export const messages = pgTable(
  "messages",
  {
    id: id(),
    account_id: reference().notNull(),
    conversation_id: reference()
      .notNull()
      .references(() => conversations.id, { onDelete: "cascade" }),
    seq: bigint({ mode: "number" }).notNull(),
    changed_seq: bigint({ mode: "number" }).notNull(),
    message_type: text({ enum: messageTypes }).notNull(),
    content: text(),
    /** What `content` says as Markdown, written wherever it is; null: no more than the text. */
    content_tree: jsonb().$type<RichText>(),
    content_type: text({ enum: contentTypes }).notNull().default("text"),
    content_attributes: attributes(),
    /** Its files as it shows them, without their addresses; null: none. Written once, with the message. */
    attachments: jsonb().$type<KeptAttachment[]>(),
    private: boolean().notNull().default(false),
    status: text({ enum: messageStatuses }).notNull().default("sent"),
    echo_id: text(),
    sender_type: text({ enum: actorTypes }).notNull(),
    /** A contact's or a user's id; 0 for the system. */
    sender_id: reference().notNull().default(0),
    created_at: createdAt(),
  },
  (t) => [
    unique("messages_seq").on(t.conversation_id, t.seq),
    index("messages_changed_seq").on(t.conversation_id, t.changed_seq),
    // Words of what people wrote; the expression and its condition stand in conversations/search.ts too.
    index("messages_search")
      .using("gin", sql`to_tsvector('simple'::regconfig, left(${t.content}, 50000))`)
      .where(sql`message_type in ('incoming', 'outgoing')`),
    uniqueIndex("messages_echo_id")
      .on(t.conversation_id, t.sender_type, t.sender_id, t.echo_id)
      .where(sql`echo_id is not null`),
    oneOf("messages_message_type", t.message_type, messageTypes),
    oneOf("messages_content_type", t.content_type, contentTypes),
    oneOf("messages_status", t.status, messageStatuses),
    oneOf("messages_sender_type", t.sender_type, actorTypes),
    check("messages_content_tree", sql`${t.content} is not null or ${t.content_tree} is null`),
  ],
);

/** What happened, written in the transaction of the change. Ids and changed values only, no message text. */
export const events = pgTable(
  "events",
  {
    id: id(),
    account_id: reference().notNull(),
    conversation_id: reference(),
    message_id: reference(),
    contact_id: reference(),
    contact_inbox_id: reference(),
    /** Past tense, such as `message:created`. */
    name: text().notNull(),
    seq: bigint({ mode: "number" }),
    actor_type: text({ enum: actorTypes }).notNull(),
    actor_id: reference().notNull().default(0),
    /** `{ attribute: [previous, current] }` */
    changes: jsonb().$type<Record<string, [unknown, unknown]>>().notNull().default({}),
    /** Who reads the events in order waits for every transaction before this one to end. */
    transaction_id: transactionId()
      .notNull()
      .default(sql`pg_current_xact_id()`),
    created_at: createdAt(),
  },
  (t) => [
    index("events_transaction").on(t.transaction_id, t.id),
    oneOf("events_actor_type", t.actor_type, actorTypes),
  ],
);

/**
 * Points used up by somebody in a window of time; kept by rate-limiter-flexible, which names the columns.
 * Unlogged (see its migration): counting makes no message wait for the disk, and begins anew after a crash.
 */
export const rate_limits = pgTable("rate_limits", {
  key: varchar({ length: 255 }).primaryKey(),
  points: integer().notNull().default(0),
  /** Milliseconds since 1970. */
  expire: bigint({ mode: "number" }),
});

const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** Broadcasts too long for NOTIFY, on their way between processes; kept by Socket.IO's PostgreSQL adapter. Unlogged, too. */
export const socket_io_attachments = pgTable("socket_io_attachments", {
  id: bigserial({ mode: "number" }).primaryKey(),
  created_at: timestamp({ withTimezone: true }).defaultNow(),
  payload: bytes(),
});
