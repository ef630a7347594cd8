// The records that travel: one shape each, on REST and on the socket alike (names as in seed 003).
import { z } from "zod";
import {
  actorTypes,
  availabilities,
  channelTypes,
  contentTypes,
  conversationPriorities,
  conversationStatuses,
  messageStatuses,
  messageTypes,
  permissions,
  userRoles,
} from "./lists.ts";
import { openingHoursSchema } from "./records-opening-hours.ts";
import { preChatFormSchema } from "./records-pre-chat.ts";
import { attachmentLimitsSchema, attachmentSchema } from "./records-attachments.ts";
import { widgetSettingsSchema } from "./records-widget-settings.ts";
import { richTextSchema } from "./rich-text-schema.ts";

/** Whole seconds since 1970, UTC. */
const unixSeconds = z.int();
/** ISO 8601, UTC. */
const isoTime = z.string();
const attributes = z.record(z.string(), z.unknown());

/** Who wrote a message, as much as everybody may know. */
export const senderSchema = z.object({
  type: z.enum(actorTypes),
  id: z.int(),
  name: z.string(),
  avatar_url: z.string().nullable(),
});
export type Sender = z.infer<typeof senderSchema>;

/**
 * One message. `seq` orders the messages of a conversation; `changed_seq` is the sequence number of
 * its latest change. `conversation_id` is the conversation's number within the account. `content` is
 * Markdown; `content_tree` is what it says, absent where the text alone says as much.
 */
export const messageSchema = z.object({
  id: z.int(),
  seq: z.int(),
  changed_seq: z.int(),
  conversation_id: z.int(),
  content: z.string().nullable(),
  content_tree: richTextSchema.optional(),
  content_type: z.enum(contentTypes),
  content_attributes: attributes,
  message_type: z.enum(messageTypes),
  created_at: unixSeconds,
  private: z.boolean(),
  status: z.enum(messageStatuses),
  echo_id: z.string().optional(),
  attachments: z.array(attachmentSchema),
  /** The first of them, which the seed prints by itself; null: it has none. */
  attachment: attachmentSchema.nullable(),
  sender: senderSchema.nullable(),
});
export type Message = z.infer<typeof messageSchema>;

/** An agent as a visitor sees one. */
export const publicAgentSchema = z.object({
  id: z.int(),
  name: z.string(),
  avatar_url: z.string().nullable(),
  availability_status: z.enum(availabilities),
});
export type PublicAgent = z.infer<typeof publicAgentSchema>;

/** The contact behind a source id (seed 003, rows 85–87), with what the widget needs beside it. */
export const publicContactSchema = z.object({
  id: z.int(),
  source_id: z.string(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  phone_number: z.string().nullable(),
  avatar_url: z.string().nullable(),
  identifier: z.string().nullable(),
  custom_attributes: attributes,
  hmac_verified: z.boolean(),
  pubsub_token: z.string(),
});
export type PublicContact = z.infer<typeof publicContactSchema>;

/**
 * A conversation as its visitor sees it (seed 003, rows 88–89). `inbox_id` is the inbox's public
 * identifier; `messages` holds the latest page, oldest first (in lists: the last one only);
 * `seq` is the number of its latest change.
 */
export const publicConversationSchema = z.object({
  id: z.int(),
  inbox_id: z.string(),
  status: z.enum(conversationStatuses),
  seq: z.int(),
  unread_count: z.int(),
  created_at: unixSeconds,
  last_activity_at: unixSeconds,
  contact_last_seen_at: isoTime.nullable(),
  agent_last_seen_at: isoTime.nullable(),
  /** Agents have read everything up to this sequence number. */
  agent_last_seen_seq: z.int(),
  contact_last_seen_seq: z.int(),
  /** One of its messages asks for a rating. */
  csat_requested: z.boolean(),
  started_by: z.enum(actorTypes),
  /** Who has resolved it, and how long after its beginning; null: it is not. */
  resolved_by: z.enum(actorTypes).nullable(),
  resolved_after_ms: z.int().nullable(),
  /** Between which messages that belongs; null also where nobody has kept it. */
  resolved_seq: z.int().nullable(),
  custom_attributes: attributes,
  assignee: publicAgentSchema.nullable(),
  /** How long its visitor had been waiting for an answer when its assignee was given it; null: it has none. */
  assignee_waited_ms: z.int().nullable(),
  /** When that was, and between which messages it belongs; null also where nobody has kept it. */
  assigned_seq: z.int().nullable(),
  assigned_at: unixSeconds.nullable(),
  team: z.object({ id: z.int(), name: z.string() }).nullable(),
  messages: z.array(messageSchema),
  contact: publicContactSchema.pick({ id: true, name: true, email: true }),
});
export type PublicConversation = z.infer<typeof publicConversationSchema>;

/** What leads back to a conversation, until it expires (seconds since 1970). */
export const conversationLinkSchema = z.object({ link: z.string(), expires_at: z.int() });
export type ConversationLink = z.infer<typeof conversationLinkSchema>;

/** What the widget may know of its inbox: an allow-list. */
export const publicInboxSchema = z.object({
  identifier: z.string(),
  name: z.string(),
  channel_type: z.enum(channelTypes),
  greeting_enabled: z.boolean(),
  welcome_title: z.string(),
  welcome_tagline: z.string(),
  widget_color: z.string(),
  hmac_mandatory: z.boolean(),
  /** What an administrator has set for every page. */
  settings: widgetSettingsSchema,
  attachment_limits: attachmentLimitsSchema,
  /** Agents to show in the greeting, available ones first; at most five. */
  agents: z.array(publicAgentSchema),
  /** `available` while at least one agent of the inbox is, within its hours. */
  availability: z.enum(["available", "unavailable"]),
  /** Null: it has none. */
  opening_hours: openingHoursSchema.nullable(),
  /** How long visitors usually wait for a first answer; null: too few have asked to tell. */
  usual_reply_seconds: z.int().nullable(),
  /** What to ask before the first message; null: nothing. */
  pre_chat_form: preChatFormSchema.nullable(),
  lock_to_single_conversation: z.boolean(),
  /** Whether a visitor can have a conversation sent by e-mail. */
  transcript_by_email: z.boolean(),
});
export type PublicInbox = z.infer<typeof publicInboxSchema>;

const membershipSchema = z.object({ id: z.int(), name: z.string(), role: z.enum(userRoles) });

/** An agent of an account (seed 003, rows 15–17). */
export const agentSchema = z.object({
  id: z.int(),
  uid: z.string(),
  name: z.string(),
  available_name: z.string(),
  display_name: z.string().nullable(),
  email: z.string(),
  account_id: z.int(),
  role: z.enum(userRoles),
  /** What he may do instead of what every agent may. */
  custom_role_id: z.int().nullable(),
  /** Not: he is kept, and may do nothing. */
  active: z.boolean(),
  confirmed: z.boolean(),
  availability_status: z.enum(availabilities),
  auto_offline: z.boolean(),
  avatar_url: z.string().nullable(),
  custom_attributes: attributes,
  /** This account alone: where else he works is nobody's business but his own. */
  accounts: z.array(membershipSchema),
});
export type Agent = z.infer<typeof agentSchema>;

/** Who is signed in (`GET /api/v1/profile`). */
export const profileSchema = agentSchema.extend({
  permissions: z.array(z.enum(permissions)),
  /** Opens every account of his; empty, as is the socket's, for a token that is meant for one. */
  access_token: z.string(),
  /** To the minute. */
  access_token_last_used_at: unixSeconds.nullable(),
  pubsub_token: z.string(),
  /** All of his. */
  accounts: z.array(membershipSchema),
});
export type Profile = z.infer<typeof profileSchema>;

/** What a verified contact's browsers say of him and nobody has signed; what agrees with the contact is left out. */
export const statedSchema = z.object({
  name: z.string().optional(),
  email: z.string().optional(),
  phone_number: z.string().optional(),
  avatar_url: z.string().optional(),
  custom_attributes: attributes.optional(),
});
export type Stated = z.infer<typeof statedSchema>;

/** A contact as agents see one beside a conversation (seed: `meta.sender`). */
export const contactSummarySchema = z.object({
  id: z.int(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  phone_number: z.string().nullable(),
  identifier: z.string().nullable(),
  thumbnail: z.string().nullable(),
  channel: z.enum(channelTypes),
  hmac_verified: z.boolean(),
  blocked: z.boolean(),
  custom_attributes: attributes,
  stated: statedSchema,
});
export type ContactSummary = z.infer<typeof contactSummarySchema>;

/**
 * A conversation as agents see it (seed 003, rows 31 and 34). `id` is its number within the account;
 * `messages` holds the last message that is not an activity, or nothing yet; asked for by itself
 * (row 34) it has them all, oldest first.
 */
export const conversationSchema = z.object({
  id: z.int(),
  /** The same number: the seed prints it in a contact's list (row 24). */
  display_id: z.int(),
  account_id: z.int(),
  inbox_id: z.int(),
  seq: z.int(),
  status: z.enum(conversationStatuses),
  priority: z.enum(conversationPriorities).nullable(),
  snoozed_until: unixSeconds.nullable(),
  waiting_since: unixSeconds.nullable(),
  first_reply_created_at: unixSeconds.nullable(),
  created_at: unixSeconds,
  last_activity_at: unixSeconds,
  timestamp: isoTime,
  contact_last_seen_at: isoTime.nullable(),
  agent_last_seen_at: isoTime.nullable(),
  contact_last_seen_seq: z.int(),
  agent_last_seen_seq: z.int(),
  unread_count: z.int(),
  labels: z.array(z.string()),
  /** What the contact writes here does not open it again and is not unread. */
  muted: z.boolean(),
  additional_attributes: attributes,
  custom_attributes: attributes,
  messages: z.array(messageSchema),
  meta: z.object({
    sender: contactSummarySchema,
    assignee: agentSchema.nullable(),
    /** Absent: no team's. */
    team: z.object({ id: z.int(), name: z.string() }).optional(),
    channel: z.enum(channelTypes),
    hmac_verified: z.boolean(),
  }),
});
export type Conversation = z.infer<typeof conversationSchema>;

export const conversationCountsSchema = z.object({
  mine_count: z.int(),
  assigned_count: z.int(),
  unassigned_count: z.int(),
  all_count: z.int(),
});
export type ConversationCounts = z.infer<typeof conversationCountsSchema>;

/** A page of a list, with the counts of everything that the list's questions find. */
export const conversationPageSchema = z.object({
  data: z.object({ meta: conversationCountsSchema, payload: z.array(conversationSchema) }),
});

/** An inbox as agents see one (seed 003, rows 45–46). */
export const inboxSchema = z.object({
  id: z.int(),
  name: z.string(),
  website_url: z.string(),
  channel_type: z.enum(channelTypes),
  avatar_url: z.string(),
  widget_color: z.string(),
  website_token: z.string(),
  enable_auto_assignment: z.boolean(),
  web_widget_script: z.string(),
  welcome_title: z.string(),
  welcome_tagline: z.string(),
  greeting_enabled: z.boolean(),
  greeting_message: z.string(),
  settings: widgetSettingsSchema,
  attachment_limits: attachmentLimitsSchema,
});
export type Inbox = z.infer<typeof inboxSchema>;
