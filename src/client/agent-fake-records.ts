// Records with sensible defaults, for tests: each names only what it is about.
import { permissions } from "../protocol/lists.ts";
import type { InboxDetails } from "../protocol/records-administration.ts";
import type { Agent, Conversation, Inbox, Message, Profile } from "../protocol/records.ts";

/** An agent of account 1. */
export function anAgent(more: Partial<Agent> = {}): Agent {
  const name = more.name ?? "Alan Turing";
  return {
    id: 1,
    uid: "agent@example.com",
    name,
    available_name: name,
    display_name: null,
    email: "agent@example.com",
    account_id: 1,
    role: "agent",
    custom_role_id: null,
    active: true,
    confirmed: true,
    availability_status: "available",
    auto_offline: true,
    avatar_url: null,
    custom_attributes: {},
    accounts: [{ id: 1, name: "Acme", role: "agent" }],
    ...more,
  };
}

/** The agent who is signed in. */
export function aProfile(more: Partial<Profile> = {}): Profile {
  return {
    ...anAgent(),
    permissions: [...permissions],
    access_token: "access",
    access_token_last_used_at: null,
    pubsub_token: "pubsub",
    ...more,
  };
}

/** A website inbox of account 1. */
export function anInbox(more: Partial<Inbox> = {}): Inbox {
  return {
    id: 1,
    name: "Website",
    website_url: "https://shop.example",
    channel_type: "web_widget",
    avatar_url: "",
    widget_color: "#1f5eff",
    website_token: "token",
    enable_auto_assignment: false,
    web_widget_script:
      '<script async src="https://chat.example.com/widget.js" data-inbox="token"></script>',
    welcome_title: "",
    welcome_tagline: "",
    greeting_enabled: true,
    greeting_message: "",
    settings: {},
    attachment_limits: {
      max_bytes: 41_943_040,
      max_count: 15,
      kinds: ["image", "audio", "video", "file"],
    },
    ...more,
  };
}

/** What else the server keeps with a new inbox. */
export const anInboxWithoutHours: Omit<InboxDetails, keyof Inbox> = {
  allowed_domains: [],
  hmac_mandatory: false,
  csat_survey_enabled: false,
  working_hours_enabled: false,
  timezone: "UTC",
  working_hours: [0, 1, 2, 3, 4, 5, 6].map((day) => ({
    day_of_week: day,
    closed_all_day: day === 0 || day === 6,
    open_all_day: false,
    open_hour: 9,
    open_minutes: 0,
    close_hour: 17,
    close_minutes: 0,
  })),
  holidays: [],
  out_of_office_message: "",
  agent_away_message: "",
  enable_email_collect: true,
  pre_chat_form_enabled: false,
  pre_chat_form_options: {
    pre_chat_message: "",
    pre_chat_fields: [],
    consent: { text: "", privacy_url: "", required: false },
  },
  lock_to_single_conversation: false,
};

/** A message from a contact. */
export function aMessage(more: Partial<Message> = {}): Message {
  return {
    id: 1,
    seq: 1,
    changed_seq: 1,
    conversation_id: 1,
    content: "Hello",
    content_type: "text",
    content_attributes: {},
    message_type: "incoming",
    created_at: 1_700_000_000,
    private: false,
    status: "sent",
    attachments: [],
    attachment: null,
    sender: { type: "contact", id: 1, name: "Ada Lovelace", avatar_url: null },
    ...more,
  };
}

/** An open, unassigned conversation without messages. `name` is its contact's. */
export function aConversation({
  name = "Ada Lovelace",
  ...more
}: Partial<Conversation> & { name?: string | null } = {}): Conversation {
  const id = more.id ?? 1;
  const createdAt = more.created_at ?? 1_700_000_000;
  return {
    id,
    display_id: id,
    account_id: 1,
    inbox_id: 1,
    seq: 0,
    status: "open",
    priority: null,
    snoozed_until: null,
    waiting_since: null,
    first_reply_created_at: null,
    created_at: createdAt,
    last_activity_at: createdAt,
    timestamp: new Date(createdAt * 1000).toISOString(),
    contact_last_seen_at: null,
    agent_last_seen_at: null,
    contact_last_seen_seq: 0,
    agent_last_seen_seq: 0,
    unread_count: 0,
    labels: [],
    muted: false,
    additional_attributes: {},
    custom_attributes: {},
    messages: [],
    meta: {
      sender: {
        id,
        name,
        email: null,
        phone_number: null,
        identifier: null,
        thumbnail: null,
        channel: "web_widget",
        hmac_verified: false,
        blocked: false,
        custom_attributes: {},
        stated: {},
      },
      assignee: null,
      channel: "web_widget",
      hmac_verified: false,
    },
    ...more,
  };
}
