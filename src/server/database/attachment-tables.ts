// The tables of files: what the storage holds and whose it is, and the address that they are served from.
import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { uniqueIndex } from "drizzle-orm/pg-core";
import { fileTypes } from "../../protocol/lists.ts";
import { createdAt, id, oneOf, reference, time } from "./columns.ts";
import { conversations } from "./conversation-tables.ts";

/**
 * One row for each file in the storage, from before it is written there until after it is gone. It
 * waits for a message, then belongs to one, and is swept up when that is no more: only a conversation
 * is watched, since messages go with it, and a message that is deleted lets go of its files itself.
 */
export const attachments = pgTable(
  "attachments",
  {
    id: id(),
    /** Names it in its address and, before that, in the message that takes it. */
    token: text().notNull(),
    /** Its name in the storage; the thumbnail's has `.thumb` at its end. */
    storage_key: text().notNull(),
    account_id: reference().notNull(),
    inbox_id: reference().notNull(),
    /** Who has sent it: a visitor's identity … */
    contact_inbox_id: reference(),
    /** … or an agent. */
    user_id: reference(),
    file_type: text({ enum: fileTypes }).notNull(),
    content_type: text().notNull(),
    file_name: text().notNull(),
    file_size: bigint({ mode: "number" }).notNull(),
    width: integer(),
    height: integer(),
    has_thumbnail: boolean().notNull().default(false),
    conversation_id: reference().references(() => conversations.id, { onDelete: "set null" }),
    message_id: reference(),
    /** Since when it belongs to a message; null: it waits for one. */
    attached_at: time(),
    created_at: createdAt(),
  },
  (t) => [
    uniqueIndex("attachments_token").on(t.token),
    index("attachments_conversation")
      .on(t.conversation_id, t.id)
      .where(sql`conversation_id is not null`),
    // What the sweep looks for: there is never much of it.
    index("attachments_unused")
      .on(t.created_at)
      .where(sql`conversation_id is null`),
    oneOf("attachments_file_type", t.file_type, fileTypes),
    check("attachments_sender", sql`num_nonnulls(${t.contact_inbox_id}, ${t.user_id}) = 1`),
  ],
);

/** One row for each picture of a contact or an inbox in the storage; who wears it names it by its address. */
export const avatars = pgTable("avatars", { token: text().primaryKey(), created_at: createdAt() });

/** Where browsers reach the server, as its latest start was told: one row. */
export const server_address = pgTable(
  "server_address",
  { only: boolean().primaryKey().default(true), public_url: text().notNull() },
  (t) => [check("server_address_only", sql`${t.only}`)],
);
