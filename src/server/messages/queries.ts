// Reading messages: a page of history, what changed since, and the first one sent under an echo id.
import { and, asc, desc, eq, gt, inArray, lt } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import {
  MESSAGES_AFTER_PAGE_SIZE,
  MESSAGES_PAGE_SIZE,
  SYNC_MESSAGES_MAX,
} from "../../protocol/limits.ts";
import type { Message } from "../../protocol/records.ts";
import type { Database, Transaction } from "../database/connection.ts";
import { messages } from "../database/tables.ts";
import type { Actor } from "../events.ts";
import { isPublic, messageColumns, messageRecord } from "./records.ts";

type Reader = Database | Transaction;
/** A conversation to read: its row's id, its number, and whether a visitor reads. */
export interface MessagesOf {
  conversationId: number;
  displayId: number;
  publicOnly: boolean;
}

function selectMessages(db: Reader, where: SQL | undefined) {
  return db.select(messageColumns).from(messages).where(where);
}

/** The query of a page, so that its plan can be proven. Newest first, unless `after` is asked. */
export function messagePageQuery(
  db: Reader,
  of: MessagesOf,
  page: { beforeSeq?: number; afterSeq?: number },
) {
  const where = and(
    eq(messages.conversation_id, of.conversationId),
    of.publicOnly ? isPublic : undefined,
    page.beforeSeq === undefined ? undefined : lt(messages.seq, page.beforeSeq),
    page.afterSeq === undefined ? undefined : gt(messages.seq, page.afterSeq),
  );
  return page.afterSeq === undefined
    ? selectMessages(db, where).orderBy(desc(messages.seq)).limit(MESSAGES_PAGE_SIZE)
    : selectMessages(db, where).orderBy(asc(messages.seq)).limit(MESSAGES_AFTER_PAGE_SIZE);
}

/**
 * A page of messages, oldest first: the latest 20, the 20 before the message `before`, or up to 100
 * after the message `after`. An id that is no message of this conversation answers an empty page.
 */
export async function listMessages(
  db: Reader,
  of: MessagesOf,
  page: { before?: number | undefined; after?: number | undefined } = {},
): Promise<Message[]> {
  const bounds: { beforeSeq?: number; afterSeq?: number } = {};
  if (page.before !== undefined) {
    const seq = await seqOf(db, of.conversationId, page.before);
    if (seq === undefined) return [];
    bounds.beforeSeq = seq;
  }
  if (page.after !== undefined) {
    const seq = await seqOf(db, of.conversationId, page.after);
    if (seq === undefined) return [];
    bounds.afterSeq = seq;
  }
  const rows = await messagePageQuery(db, of, bounds);
  const records = rows.map((row) => messageRecord(row, of.displayId));
  return bounds.afterSeq === undefined ? records.toReversed() : records;
}

/** The latest messages that a visitor may see, oldest first. */
export async function latestPublicMessages(
  db: Reader,
  of: MessagesOf,
  limit: number,
): Promise<Message[]> {
  const where = and(eq(messages.conversation_id, of.conversationId), isPublic);
  const rows = await selectMessages(db, where).orderBy(desc(messages.seq)).limit(limit);
  return rows.map((row) => messageRecord(row, of.displayId)).toReversed();
}

async function seqOf(db: Reader, conversationId: number, messageId: number) {
  const [row] = await db
    .select({ seq: messages.seq })
    .from(messages)
    .where(and(eq(messages.id, messageId), eq(messages.conversation_id, conversationId)));
  return row?.seq;
}

/** The query of a sync, so that its plan can be proven. */
export function changedMessagesQuery(db: Reader, of: MessagesOf, afterSeq: number) {
  return selectMessages(
    db,
    and(
      eq(messages.conversation_id, of.conversationId),
      gt(messages.changed_seq, afterSeq),
      of.publicOnly ? isPublic : undefined,
    ),
  )
    .orderBy(asc(messages.changed_seq))
    .limit(SYNC_MESSAGES_MAX + 1);
}

/** The messages changed after a sequence number, oldest change first; `complete: false` if too many. */
export async function syncMessages(
  db: Reader,
  of: MessagesOf,
  afterSeq: number,
): Promise<{ messages: Message[]; complete: boolean }> {
  const rows = await changedMessagesQuery(db, of, afterSeq);
  return {
    messages: rows.slice(0, SYNC_MESSAGES_MAX).map((row) => messageRecord(row, of.displayId)),
    complete: rows.length <= SYNC_MESSAGES_MAX,
  };
}

/** The message that this sender has sent under this echo id. */
export async function findByEchoId(
  db: Reader,
  of: Pick<MessagesOf, "conversationId" | "displayId">,
  sender: Actor,
  echoId: string,
): Promise<Message | undefined> {
  const [row] = await selectMessages(
    db,
    and(
      eq(messages.conversation_id, of.conversationId),
      eq(messages.sender_type, sender.type),
      eq(messages.sender_id, sender.id),
      eq(messages.echo_id, echoId),
    ),
  );
  return row && messageRecord(row, of.displayId);
}

/** One message of a conversation, by its id. */
export async function findMessage(
  db: Reader,
  of: MessagesOf,
  messageId: number,
): Promise<Message | undefined> {
  const [row] = await selectMessages(
    db,
    and(
      eq(messages.id, messageId),
      eq(messages.conversation_id, of.conversationId),
      of.publicOnly ? isPublic : undefined,
    ),
  );
  return row && messageRecord(row, of.displayId);
}

/** The last messages of some conversations, by the message's id. */
export async function lastMessages(
  db: Reader,
  wanted: { id: number | null; displayId: number }[],
): Promise<Map<number, Message>> {
  const displayIds = new Map(
    wanted.flatMap(({ id, displayId }) => (id === null ? [] : [[id, displayId]])),
  );
  if (displayIds.size === 0) return new Map();
  const rows = await selectMessages(db, inArray(messages.id, [...displayIds.keys()]));
  return new Map(rows.map((row) => [row.id, messageRecord(row, displayIds.get(row.id) ?? 0)]));
}
