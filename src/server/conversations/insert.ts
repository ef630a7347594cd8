// Writing a new conversation and its first message, within the transaction of whoever starts it.
import { eq, sql } from "drizzle-orm";
import { success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { Uploader } from "../attachments/attachments.ts";
import { claimUploads } from "../attachments/claim.ts";
import type { Transaction } from "../database/connection.ts";
import { accounts } from "../database/account-tables.ts";
import { conversations } from "../database/conversation-tables.ts";
import { messages } from "../database/message-tables.ts";
import type { Actor, RecordedEvent } from "../events.ts";
import { messageRecord } from "../messages/records.ts";
import { parseRichText } from "../messages/rich-text/parse.ts";
import { audienceOf, conversationState, publicConversationState } from "./records.ts";
import type { ConversationRow } from "./details.ts";

type NewConversation = Omit<
  typeof conversations.$inferInsert,
  "display_id" | "seq" | "created_at" | "last_activity_at"
>;

/** Who starts it, and in which status; that of a blocked contact is over at once. */
export function beginning(
  startedBy: Actor["type"],
  wanted: ConversationRow["status"],
  isBlocked: boolean,
  now: Date,
): Pick<NewConversation, "status" | "started_by" | "resolved_by" | "resolved_at"> {
  const status = isBlocked ? "resolved" : wanted;
  if (status !== "resolved") return { status, started_by: startedBy };
  const resolved_by = isBlocked ? "system" : startedBy;
  return { status, started_by: startedBy, resolved_by, resolved_at: now };
}

/** Stores a conversation with the next number of its account; its own first change is number 1. */
export async function insertConversation(
  tx: Transaction,
  values: NewConversation,
  now: Date,
): Promise<ConversationRow> {
  // The account's row is locked from here to the commit: display ids have no gaps and no twins.
  const [account] = await tx
    .update(accounts)
    .set({ last_display_id: sql`${accounts.last_display_id} + 1` })
    .where(eq(accounts.id, values.account_id))
    .returning({ displayId: accounts.last_display_id });
  if (!account) throw new Error("the conversation's account has vanished");
  const [row] = await tx
    .insert(conversations)
    .values({
      ...values,
      ...(values.assignee_id != null && { assigned_seq: 1, assigned_at: now }),
      display_id: account.displayId,
      seq: 1,
      created_at: now,
      last_activity_at: now,
    })
    .returning();
  if (!row) throw new Error("INSERT answered no conversation");
  return row;
}

export interface FirstMessage {
  actor: Actor;
  senderName: string | null;
  senderAvatarUrl: string | null;
  content: string | null;
  private: boolean;
  echoId: string | null;
  /** Uploads that it takes, and whose they are. */
  files?: { uploader: Uploader; uploads: string[]; publicUrl: string };
  /** What it makes of the conversation, beside its last message. */
  patch: Partial<ConversationRow>;
}

/**
 * Stores the message, which is change 2, and answers the conversation as it is then.
 * Errors: `invalid` (its uploads), on which the caller rolls back.
 */
export async function insertFirstMessage(
  tx: Transaction,
  { id, account_id, display_id }: ConversationRow,
  first: FirstMessage,
  now: Date,
): Promise<Result<RecordedEvent>> {
  const [message] = await tx
    .insert(messages)
    .values({
      account_id,
      conversation_id: id,
      seq: 2,
      changed_seq: 2,
      message_type: first.actor.type === "contact" ? "incoming" : "outgoing",
      content: first.content,
      content_tree: first.content === null ? null : parseRichText(first.content),
      private: first.private,
      echo_id: first.echoId,
      sender_type: first.actor.type,
      sender_id: first.actor.id,
      created_at: now,
    })
    .returning();
  if (!message) throw new Error("INSERT answered no message");
  const [row] = await tx
    .update(conversations)
    .set({
      ...first.patch,
      seq: 2,
      last_message_id: message.id,
      ...(first.private ? {} : { last_public_message_id: message.id }),
    })
    .where(eq(conversations.id, id))
    .returning();
  if (!row) throw new Error("a new conversation has vanished");
  const files = await takeFiles(tx, first, { id: message.id, conversationId: id }, now);
  if (!files.ok) return files;
  const sender = { sender_name: first.senderName, sender_avatar_url: first.senderAvatarUrl };
  return success({
    name: "message:created",
    audience: audienceOf(row),
    actor: first.actor,
    message: messageRecord({ ...message, ...sender, ...files.data }, display_id),
    state: { agents: conversationState(row), visitor: publicConversationState(row) },
    changes: {},
  });
}

async function takeFiles(
  tx: Transaction,
  { files }: FirstMessage,
  message: { id: number; conversationId: number },
  now: Date,
) {
  if (!files || files.uploads.length === 0) return success({});
  const taken = await claimUploads(tx, files.uploader, files.uploads, message, now);
  return taken.ok ? success({ attachments: taken.data, public_url: files.publicUrl }) : taken;
}
