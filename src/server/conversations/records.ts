// From a conversation's rows to the records that travel, one for each audience.
import type { Conversation, Message, PublicConversation } from "../../protocol/records.ts";
import type { ConversationState, PublicConversationState } from "../../protocol/socket.ts";
import { agentRecord, publicAgentRecord } from "../agents/records.ts";
import { statedBeside } from "../contacts/stated.ts";
import type { Audience } from "../events.ts";
import { messageRecord, unixSeconds } from "../messages/records.ts";
import type { ConversationDetails, ConversationRow } from "./details.ts";

const isoOrNull = (time: Date | null) => time?.toISOString() ?? null;
const secondsOrNull = (time: Date | null) => (time === null ? null : unixSeconds(time));

export function audienceOf(
  row: Pick<
    ConversationRow,
    | "id"
    | "account_id"
    | "inbox_id"
    | "contact_id"
    | "contact_inbox_id"
    | "display_id"
    | "assignee_id"
    | "participant_ids"
  >,
): Audience {
  return {
    accountId: row.account_id,
    inboxId: row.inbox_id,
    contactId: row.contact_id,
    contactInboxId: row.contact_inbox_id,
    conversationId: row.id,
    displayId: row.display_id,
    assigneeId: row.assignee_id,
    participantIds: row.participant_ids,
  };
}

export type StateRow = Pick<
  ConversationRow,
  | "display_id"
  | "seq"
  | "status"
  | "snoozed_until"
  | "waiting_since"
  | "first_reply_created_at"
  | "last_activity_at"
  | "agent_unread_count"
  | "contact_unread_count"
  | "agent_last_seen_at"
  | "agent_last_seen_seq"
>;

/** What a message brings along for agents. */
export function conversationState(row: StateRow): ConversationState {
  return {
    id: row.display_id,
    seq: row.seq,
    status: row.status,
    snoozed_until: secondsOrNull(row.snoozed_until),
    waiting_since: secondsOrNull(row.waiting_since),
    first_reply_created_at: secondsOrNull(row.first_reply_created_at),
    last_activity_at: unixSeconds(row.last_activity_at),
    timestamp: row.last_activity_at.toISOString(),
    unread_count: row.agent_unread_count,
    agent_last_seen_at: isoOrNull(row.agent_last_seen_at),
    agent_last_seen_seq: row.agent_last_seen_seq,
  };
}

/** What a message brings along for its visitor. */
export function publicConversationState(row: StateRow): PublicConversationState {
  return {
    id: row.display_id,
    seq: row.seq,
    status: row.status,
    unread_count: row.contact_unread_count,
    last_activity_at: unixSeconds(row.last_activity_at),
    agent_last_seen_at: isoOrNull(row.agent_last_seen_at),
    agent_last_seen_seq: row.agent_last_seen_seq,
  };
}

/** The one message that lists show, or nothing yet. */
export function shownMessages({ conversation, message }: ConversationDetails): Message[] {
  return message ? [messageRecord(message, conversation.display_id)] : [];
}

// Not `{ ...state, … }`: for each field after a spread that comes first V8 takes a microsecond, fifty times as long.

/** @param messages the last message that is no activity, or nothing yet */
export function conversationRecord(
  details: ConversationDetails,
  messages: Message[],
): Conversation {
  const { conversation: row, contact } = details;
  return Object.assign(conversationState(row), {
    display_id: row.display_id,
    account_id: row.account_id,
    inbox_id: row.inbox_id,
    priority: row.priority,
    created_at: unixSeconds(row.created_at),
    contact_last_seen_at: isoOrNull(row.contact_last_seen_at),
    contact_last_seen_seq: row.contact_last_seen_seq,
    labels: row.labels,
    muted: row.muted,
    additional_attributes: row.additional_attributes,
    custom_attributes: row.custom_attributes,
    messages,
    meta: {
      sender: {
        id: contact.id,
        name: contact.name,
        email: contact.email,
        phone_number: contact.phone_number,
        identifier: contact.identifier,
        thumbnail: contact.avatar_url,
        channel: "web_widget",
        hmac_verified: details.contact_inbox.hmac_verified,
        blocked: contact.blocked,
        custom_attributes: contact.custom_attributes,
        stated: statedBeside(contact),
      },
      assignee: details.assignee && agentRecord(details.assignee),
      ...(details.team ? { team: details.team } : {}),
      channel: "web_widget",
      hmac_verified: details.contact_inbox.hmac_verified,
    },
  } satisfies Omit<Conversation, keyof ConversationState>);
}

/** @param messages public ones only: the latest page, or in lists the last one */
export function publicConversationRecord(
  details: ConversationDetails,
  messages: Message[],
): PublicConversation {
  const { conversation: row, contact } = details;
  const resolvedAt = row.status === "resolved" ? row.resolved_at : null;
  return Object.assign(publicConversationState(row), {
    inbox_id: details.inbox.website_token,
    created_at: unixSeconds(row.created_at),
    contact_last_seen_at: isoOrNull(row.contact_last_seen_at),
    contact_last_seen_seq: row.contact_last_seen_seq,
    csat_requested: row.csat_requested,
    started_by: row.started_by,
    resolved_by: resolvedAt && row.resolved_by,
    resolved_after_ms: resolvedAt && resolvedAt.getTime() - row.created_at.getTime(),
    resolved_seq: resolvedAt && row.resolved_seq,
    custom_attributes: row.custom_attributes,
    assignee: details.assignee && publicAgentRecord(details.assignee),
    assignee_waited_ms: details.assignee && (row.assignee_waited_ms ?? 0),
    assigned_seq: details.assignee && row.assigned_seq,
    assigned_at: details.assignee && secondsOrNull(row.assigned_at),
    team: details.team,
    messages,
    contact: { id: contact.id, name: contact.name, email: contact.email },
  } satisfies Omit<PublicConversation, keyof PublicConversationState>);
}
