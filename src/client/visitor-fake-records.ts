// Builders of the records that a visitor sees, with defaults: `aVisitorMessage({ content })`.
import type {
  Message,
  PublicAgent,
  PublicContact,
  PublicConversation,
  PublicInbox,
} from "../protocol/records.ts";

/** 20 November 2026, 12:00 UTC, in seconds since 1970. */
const NOON = 1_795_176_000;

export function aPublicAgent(more: Partial<PublicAgent> = {}): PublicAgent {
  return {
    id: 1,
    name: "Ada Lovelace",
    avatar_url: null,
    availability_status: "available",
    ...more,
  };
}

export function aPublicInbox(more: Partial<PublicInbox> = {}): PublicInbox {
  return {
    identifier: "inbox-token",
    name: "Website",
    channel_type: "web_widget",
    greeting_enabled: true,
    welcome_title: "",
    welcome_tagline: "",
    widget_color: "#1f5eff",
    hmac_mandatory: false,
    settings: {},
    attachment_limits: {
      max_bytes: 41_943_040,
      max_count: 15,
      kinds: ["image", "audio", "video", "file"],
    },
    agents: [aPublicAgent()],
    availability: "available",
    opening_hours: null,
    usual_reply_seconds: null,
    pre_chat_form: null,
    lock_to_single_conversation: false,
    transcript_by_email: false,
    ...more,
  };
}

export function aPublicContact(more: Partial<PublicContact> = {}): PublicContact {
  return {
    id: 1,
    source_id: "source-1",
    name: null,
    email: null,
    phone_number: null,
    avatar_url: null,
    identifier: null,
    custom_attributes: {},
    hmac_verified: false,
    pubsub_token: "pubsub-1",
    ...more,
  };
}

export function aVisitorMessage(more: Partial<Message> = {}): Message {
  const seq = more.seq ?? 1;
  return {
    id: seq,
    seq,
    changed_seq: seq,
    conversation_id: 1,
    content: "Hello",
    content_type: "text",
    content_attributes: {},
    message_type: "incoming",
    created_at: NOON,
    private: false,
    status: "sent",
    attachments: [],
    attachment: null,
    sender: null,
    ...more,
  };
}

export function aPublicConversation(more: Partial<PublicConversation> = {}): PublicConversation {
  return {
    id: 1,
    inbox_id: "inbox-token",
    status: "open",
    seq: 0,
    unread_count: 0,
    created_at: NOON,
    last_activity_at: NOON,
    contact_last_seen_at: null,
    agent_last_seen_at: null,
    agent_last_seen_seq: 0,
    contact_last_seen_seq: 0,
    csat_requested: false,
    started_by: "contact",
    resolved_by: null,
    resolved_after_ms: null,
    resolved_seq: null,
    custom_attributes: {},
    assignee: null,
    assignee_waited_ms: null,
    assigned_seq: null,
    assigned_at: null,
    team: null,
    messages: [],
    contact: { id: 1, name: null, email: null },
    ...more,
  };
}
