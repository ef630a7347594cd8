// From a conversation's rows to the records that travel, one for each audience.
import { and, eq, getTableColumns, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Conversation, Message, PublicConversation } from "../../protocol/records.ts";
import type { ConversationState, PublicConversationState } from "../../protocol/socket.ts";
import type { AgentRow, Moment } from "../agents/records.ts";
import { agentColumns, agentRecord, publicAgentRecord } from "../agents/records.ts";
import { statedBeside } from "../contacts/stated.ts";
import type { Database, Transaction } from "../database/connection.ts";
import { account_users, teams, users } from "../database/account-tables.ts";
import { contact_inboxes, contacts } from "../database/contact-tables.ts";
import { conversations } from "../database/conversation-tables.ts";
import { inboxes } from "../database/inbox-tables.ts";
import { messages } from "../database/message-tables.ts";
import { prepared } from "../database/prepared.ts";
import { rowReader, rowsAsJson } from "../database/rows-as-json.ts";
import type { Audience } from "../events.ts";
import { messageColumns, messageRecord, unixSeconds } from "../messages/records.ts";
import type { MessageRow } from "../messages/records.ts";
import type { RoomDeps } from "../room.ts";

export type ConversationRow = typeof conversations.$inferSelect;

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

/** A conversation with everything that its records show, but all messages. */
export interface ConversationDetails {
  conversation: ConversationRow;
  contact: typeof contacts.$inferSelect;
  contact_inbox: { hmac_verified: boolean };
  inbox: { website_token: string };
  assignee: AgentRow | null;
  team: { id: number; name: string } | null;
  /** The message that lists show. */
  message: MessageRow | null;
}

const groupsOf = (now: Moment) => ({
  conversation: getTableColumns(conversations),
  contact: getTableColumns(contacts),
  contact_inbox: { hmac_verified: contact_inboxes.hmac_verified },
  inbox: { website_token: inboxes.website_token },
  assignee: agentColumns(now),
  team: { id: teams.id, name: teams.name },
  message: messageColumns,
});

const readRow = rowReader(groupsOf(new Date(0)));

/** Whose lists: agents' show the last message, visitors' the last that is public. */
type Shown = "last_message_id" | "last_public_message_id";

function selectDetails(db: Database | Transaction, now: Moment, shown: Shown) {
  return db
    .select({ rows: rowsAsJson(groupsOf(now)) })
    .from(conversations)
    .innerJoin(contacts, eq(contacts.id, conversations.contact_id))
    .innerJoin(contact_inboxes, eq(contact_inboxes.id, conversations.contact_inbox_id))
    .innerJoin(inboxes, eq(inboxes.id, conversations.inbox_id))
    .leftJoin(teams, eq(teams.id, conversations.team_id))
    .leftJoin(users, eq(users.id, conversations.assignee_id))
    .leftJoin(
      account_users,
      and(
        eq(account_users.user_id, conversations.assignee_id),
        eq(account_users.account_id, conversations.account_id),
      ),
    )
    .leftJoin(messages, eq(messages.id, conversations[shown]))
    .$dynamic();
}

/** An assignee who is no longer a member of the account counts as none. */
function detailsOf([found]: { rows: unknown[][][] | null }[]): ConversationDetails[] {
  return (found?.rows ?? []).map((row) => {
    const details = readRow(row) as ConversationDetails;
    return details.assignee?.account_id == null ? { ...details, assignee: null } : details;
  });
}

/** The details of the conversation that a condition names. */
export async function findDetails(
  { db, clock }: Pick<RoomDeps, "clock"> & { db: Database | Transaction },
  where: SQL | undefined,
): Promise<ConversationDetails | undefined> {
  const [details] = detailsOf(await selectDetails(db, clock(), "last_message_id").where(where));
  return details;
}

/** The one message that lists show, or nothing yet. */
export function shownMessages({ conversation, message }: ConversationDetails): Message[] {
  return message ? [messageRecord(message, conversation.display_id)] : [];
}

/** The query of several, so that its plan can be proven; `ids` and `now` are told when it runs. */
export const detailsQuery = (db: Database | Transaction, shown: Shown) =>
  selectDetails(db, sql.placeholder("now"), shown).where(
    sql`${conversations.id} = any(${sql.placeholder("ids")}::bigint[])`,
  );

/** The details of some conversations by their rows' ids. */
export async function readDetails(
  db: Database | Transaction,
  now: Date,
  ids: number[],
  shown: Shown = "last_message_id",
): Promise<Map<number, ConversationDetails>> {
  if (ids.length === 0) return new Map();
  const query = prepared(db, `conversation_details_${shown}`, (name) =>
    detailsQuery(db, shown).prepare(name),
  );
  const found = detailsOf(await query.execute({ ids, now: now.toISOString() }));
  return new Map(found.map((details) => [details.conversation.id, details]));
}

/** @param messages the last message that is no activity, or nothing yet */
export function conversationRecord(
  details: ConversationDetails,
  messages: Message[],
): Conversation {
  const { conversation: row, contact } = details;
  return {
    ...conversationState(row),
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
  };
}

/** @param messages public ones only: the latest page, or in lists the last one */
export function publicConversationRecord(
  details: ConversationDetails,
  messages: Message[],
): PublicConversation {
  const { conversation: row, contact } = details;
  const resolvedAt = row.status === "resolved" ? row.resolved_at : null;
  return {
    ...publicConversationState(row),
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
  };
}
