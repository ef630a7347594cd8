// From a message's row to the record that travels.
import { and, eq, sql } from "drizzle-orm";
import type { Message, Sender } from "../../protocol/records.ts";
import type { RichText } from "../../protocol/rich-text.ts";
import { attachmentRecord } from "../attachments/records.ts";
import { server_address } from "../database/attachment-tables.ts";
import type { KeptAttachment } from "../database/message-tables.ts";
import { messages } from "../database/message-tables.ts";

/** A message with its sender's name, as every query here selects it. */
export type MessageRow = Pick<
  typeof messages.$inferSelect,
  | "id"
  | "seq"
  | "changed_seq"
  | "message_type"
  | "content"
  | "content_type"
  | "content_attributes"
  | "private"
  | "status"
  | "echo_id"
  | "sender_type"
  | "sender_id"
  | "created_at"
> & {
  /** Only messages that people wrote have one. */
  content_tree?: RichText | null;
  /** Its files, and from where they are served; missing: none. */
  attachments?: KeptAttachment[] | null;
  public_url?: string | null;
  sender_name: string | null;
  sender_avatar_url: string | null;
};

/**
 * A fact about the sender, whichever kind he is. Not a join: the planner would sort all messages of
 * a long conversation to save itself twenty look-ups.
 */
function ofSender(ofUser: string, ofContact: string) {
  return sql<string | null>`case messages.sender_type
    when 'user' then (select ${sql.raw(ofUser)} from users u where u.id = messages.sender_id)
    when 'contact' then (select ${sql.raw(ofContact)} from contacts c where c.id = messages.sender_id)
    end`;
}

export const messageColumns = {
  id: messages.id,
  seq: messages.seq,
  changed_seq: messages.changed_seq,
  message_type: messages.message_type,
  content: messages.content,
  content_tree: messages.content_tree,
  content_type: messages.content_type,
  content_attributes: messages.content_attributes,
  attachments: messages.attachments,
  // Not kept with them: the server may move. Asked for once in a query, and only if a message has files.
  public_url: sql<string | null>`case when ${messages.attachments} is not null
    then (select ${server_address.public_url} from ${server_address}) end`.as("public_url"),
  private: messages.private,
  status: messages.status,
  echo_id: messages.echo_id,
  sender_type: messages.sender_type,
  sender_id: messages.sender_id,
  created_at: messages.created_at,
  sender_name: ofSender("coalesce(u.display_name, u.name)", "c.name").as("sender_name"),
  sender_avatar_url: ofSender("u.avatar_url", "c.avatar_url").as("sender_avatar_url"),
};

/** What a visitor may see of a conversation's messages. */
export const isPublic = and(
  eq(messages.private, false),
  sql`${messages.message_type} <> 'activity'`,
);

export const unixSeconds = (time: Date): number => Math.floor(time.getTime() / 1000);

export function senderRecord(
  row: Pick<MessageRow, "sender_type" | "sender_id" | "sender_name" | "sender_avatar_url">,
): Sender | null {
  if (row.sender_type === "system") return null;
  return {
    type: row.sender_type,
    id: row.sender_id,
    name: row.sender_name ?? "",
    avatar_url: row.sender_avatar_url,
  };
}

/** @param displayId the conversation's number within its account */
export function messageRecord(row: MessageRow, displayId: number): Message {
  const attachments = (row.attachments ?? []).map((kept) =>
    attachmentRecord(kept, row.public_url ?? ""),
  );
  return {
    id: row.id,
    seq: row.seq,
    changed_seq: row.changed_seq,
    conversation_id: displayId,
    content: row.content,
    ...(row.content_tree == null ? {} : { content_tree: row.content_tree }),
    content_type: row.content_type,
    content_attributes: row.content_attributes,
    message_type: row.message_type,
    created_at: unixSeconds(row.created_at),
    private: row.private,
    status: row.status,
    ...(row.echo_id === null ? {} : { echo_id: row.echo_id }),
    attachments,
    attachment: attachments[0] ?? null,
    sender: senderRecord(row),
  };
}
