// What a stored message is to everybody else: its record, and the events that tell of it.
import type { Message } from "../../protocol/records.ts";
import type { RichText } from "../../protocol/rich-text.ts";
import {
  audienceOf,
  conversationState,
  publicConversationState,
} from "../conversations/records.ts";
import type { ConversationRow } from "../conversations/details.ts";
import type { StateRow } from "../conversations/records.ts";
import type { Actor } from "../events.ts";
import { systemActor } from "../events.ts";
import type { RoomDeps } from "../room.ts";
import type { Statement } from "./create-message-sql.ts";
import { createIncomingMessage, createPrivateNote, reopenedLine } from "./create-message-sql.ts";
import { messageRecord } from "./records.ts";
import type { MessageRow } from "./records.ts";
import type { MessageKind } from "./rich-content/content.ts";

/** What the statements answer. */
export interface CreatedRow extends StateRow {
  id: number;
  account_id: number;
  inbox_id: number;
  contact_id: number;
  contact_inbox_id: number;
  assignee_id: number | null;
  participant_ids: number[];
  message_id: number;
  line_id: number | null;
  previous_status: ConversationRow["status"];
  sender_id: number;
  sender_name: string | null;
  sender_avatar_url: string | null;
}

export interface NewMessage {
  /** The conversation's number within the account. */
  conversationId: number;
  /** Nothing: files alone. */
  content: string | null | undefined;
  echoId: string | undefined;
  /** Uploads of the sender's that wait for a message. */
  attachments?: string[] | undefined;
}

/** As it is stored. */
export interface FormattedMessage extends NewMessage, MessageKind {
  content: string | null;
  contentTree: RichText | null;
}

/** The record of a message that has just been stored. */
export function messageOf(
  row: CreatedRow,
  statement: Statement,
  input: FormattedMessage,
  now: Date,
  files: Pick<MessageRow, "attachments" | "public_url"> = {},
): Message {
  const incoming = statement === createIncomingMessage;
  return messageRecord(
    {
      id: row.message_id,
      seq: row.seq,
      changed_seq: row.seq,
      message_type: incoming ? "incoming" : "outgoing",
      content: input.content,
      content_tree: input.contentTree,
      content_type: input.contentType,
      content_attributes: input.contentAttributes,
      ...files,
      private: statement === createPrivateNote,
      status: "sent",
      echo_id: input.echoId ?? null,
      sender_type: incoming ? "contact" : "user",
      sender_id: row.sender_id,
      sender_name: row.sender_name,
      sender_avatar_url: row.sender_avatar_url,
      created_at: now,
    },
    row.display_id,
  );
}

/** Tells of it, and of the conversation that it has opened again. */
export function publish(
  { events }: Pick<RoomDeps, "events">,
  row: CreatedRow,
  actor: Actor,
  message: Message,
  now: Date,
) {
  const audience = audienceOf(row);
  const state = { agents: conversationState(row), visitor: publicConversationState(row) };
  const created = { name: "message:created", audience, state, changes: {} } as const;
  if (row.line_id !== null) {
    events.publish({
      name: "conversation:updated",
      audience,
      actor,
      seq: row.seq - 2,
      changes: { status: [row.previous_status, row.status] },
    });
    events.publish({ ...created, actor: systemActor, message: lineOf(row, now) });
  }
  events.publish({ actor, message, ...created });
}

function lineOf(row: CreatedRow, now: Date): Message {
  return messageRecord(
    {
      ...reopenedLine,
      id: row.line_id ?? 0,
      seq: row.seq - 1,
      changed_seq: row.seq - 1,
      message_type: "activity",
      content_type: "text",
      private: false,
      status: "sent",
      echo_id: null,
      sender_type: "system",
      sender_id: 0,
      sender_name: null,
      sender_avatar_url: null,
      created_at: now,
    },
    row.display_id,
  );
}
