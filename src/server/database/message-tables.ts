// The table of messages.
import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  index,
  jsonb,
  pgTable,
  text,
  unique,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import type { FileType } from "../../protocol/lists.ts";
import type { RichText } from "../../protocol/rich-text.ts";
import {
  actorType,
  attributes,
  contentType,
  createdAt,
  id,
  messageStatus,
  messageType,
  reference,
} from "./columns.ts";
import { conversations } from "./conversation-tables.ts";

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
    message_type: messageType().notNull(),
    content: text(),
    /** What `content` says as Markdown, written wherever it is; null: no more than the text. */
    content_tree: jsonb().$type<RichText>(),
    content_type: contentType().notNull().default("text"),
    content_attributes: attributes(),
    /** Its files as it shows them, without their addresses; null: none. Written once, with the message. */
    attachments: jsonb().$type<KeptAttachment[]>(),
    private: boolean().notNull().default(false),
    status: messageStatus().notNull().default("sent"),
    echo_id: text(),
    sender_type: actorType().notNull(),
    /** A contact's or a user's id; 0 for the system. */
    sender_id: reference().notNull().default(0),
    created_at: createdAt(),
  },
  (t) => [
    unique("messages_seq").on(t.conversation_id, t.seq),
    // Of the few that were changed after they were sent: the others are found by their place.
    index("messages_changed_seq")
      .on(t.conversation_id, t.changed_seq)
      .where(sql`changed_seq <> seq`),
    // Words of what people wrote; the expression and its condition stand in conversations/search.ts too.
    index("messages_search")
      .using("gin", sql`to_tsvector('simple'::regconfig, left(${t.content}, 50000))`)
      .where(sql`message_type in ('incoming', 'outgoing')`),
    uniqueIndex("messages_echo_id")
      .on(t.conversation_id, t.sender_type, t.sender_id, t.echo_id)
      .where(sql`echo_id is not null`),
    check("messages_content_tree", sql`${t.content} is not null or ${t.content_tree} is null`),
  ],
);
