// Reading messages: a page of history, what changed since, and the first one sent under an echo id.
import { and, asc, count, desc, eq, gt, inArray, lt, lte, max, min, ne } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { unionAll } from "drizzle-orm/pg-core";
import {
  MESSAGES_AFTER_PAGE_SIZE,
  MESSAGES_PAGE_SIZE,
  MESSAGES_RANGE_MAX,
  MESSAGES_RANGE_MAX_LENGTH,
  SYNC_MESSAGES_MAX,
} from "../../protocol/limits.ts";
import type { Message } from "../../protocol/records.ts";
import type { Database, Transaction } from "../database/connection.ts";
import { messages } from "../database/message-tables.ts";
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
  page: { beforeSeq?: number | undefined; afterSeq?: number | undefined },
  limit = page.afterSeq === undefined ? MESSAGES_PAGE_SIZE : MESSAGES_AFTER_PAGE_SIZE,
) {
  const where = and(
    isOf(of),
    page.beforeSeq === undefined ? undefined : lt(messages.seq, page.beforeSeq),
    page.afterSeq === undefined ? undefined : gt(messages.seq, page.afterSeq),
  );
  const order = page.afterSeq === undefined ? desc(messages.seq) : asc(messages.seq);
  return selectMessages(db, where).orderBy(order).limit(limit);
}

const isOf = (of: MessagesOf) =>
  and(eq(messages.conversation_id, of.conversationId), of.publicOnly ? isPublic : undefined);

/**
 * A page of messages, oldest first: the latest 20, the 20 before the message `before`, up to 100 after
 * the message `after`, or with both up to 1,000 from `after`, this one too, to before `before`. An id
 * that is no message of this conversation answers an empty page.
 */
export async function listMessages(
  db: Reader,
  of: MessagesOf,
  page: { before?: number | undefined; after?: number | undefined } = {},
): Promise<Message[]> {
  const seqOfId = async (id: number | undefined) =>
    id === undefined ? undefined : ((await seqOf(db, of.conversationId, id)) ?? null);
  const [beforeSeq, afterSeq] = [await seqOfId(page.before), await seqOfId(page.after)];
  if (beforeSeq === null || afterSeq === null) return [];
  if (beforeSeq !== undefined && afterSeq !== undefined) {
    const { rows } = await readFar(
      (read) => ({ beforeSeq, afterSeq: read ?? afterSeq - 1 }),
      db,
      of,
    );
    return rows.map((row) => messageRecord(row, of.displayId));
  }
  const rows = await messagePageQuery(db, of, { beforeSeq, afterSeq });
  const records = rows.map((row) => messageRecord(row, of.displayId));
  return afterSeq === undefined ? records.toReversed() : records;
}

/** The latest messages of a conversation, oldest first: all of them, unless they are very many or very long. */
export async function latestMessages(
  db: Reader,
  of: MessagesOf,
): Promise<{ messages: Message[]; hasOlder: boolean }> {
  const { rows, hasMore } = await readFar((read) => ({ beforeSeq: read }), db, of);
  return {
    messages: rows.map((row) => messageRecord(row, of.displayId)).toReversed(),
    hasOlder: hasMore,
  };
}

/** Reads on from the last message that was read, until there is no more or it is enough. */
async function readFar(
  onwards: (readSeq: number | undefined) => Parameters<typeof messagePageQuery>[2],
  db: Reader,
  of: MessagesOf,
) {
  const rows: Awaited<ReturnType<typeof messagePageQuery>> = [];
  let length = 0;
  for (;;) {
    const piece = await messagePageQuery(
      db,
      of,
      onwards(rows.at(-1)?.seq),
      MESSAGES_AFTER_PAGE_SIZE,
    );
    rows.push(...piece);
    length += piece.reduce((sum, { content }) => sum + (content?.length ?? 0), 0);
    const hasMore = piece.length === MESSAGES_AFTER_PAGE_SIZE;
    const isEnough = rows.length >= MESSAGES_RANGE_MAX || length >= MESSAGES_RANGE_MAX_LENGTH;
    if (!hasMore || isEnough) return { rows, hasMore };
  }
}

/** How many messages a conversation has, and where those before and after these are, below the list's address. */
export async function findBesides(
  db: Reader,
  of: MessagesOf,
  page: Message[],
  list: string,
): Promise<{ total: number; links: Partial<Record<"prev" | "next", string>> }> {
  const [row] = await db
    .select({ total: count(), first: min(messages.seq), last: max(messages.seq) })
    .from(messages)
    .where(isOf(of));
  const { total = 0, first = null, last = null } = row ?? {};
  const [oldest, newest] = [page[0]?.seq, page.at(-1)?.seq];
  const hasOlder = oldest !== undefined && first !== null && first < oldest;
  const hasNewer = newest !== undefined && last !== null && last > newest;
  const links = {
    ...(hasOlder ? { prev: `${list}?before=${page[0]?.id}` } : {}),
    ...(hasNewer ? { next: `${list}?after=${page.at(-1)?.id}` } : {}),
  };
  return { total, links };
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

/**
 * The query of a sync, so that its plan can be proven. Most messages stay as they were sent: they are found
 * by their place, and an index of changes holds the others alone.
 */
export function changedMessagesQuery(db: Reader, of: MessagesOf, afterSeq: number) {
  const limit = SYNC_MESSAGES_MAX + 1;
  // Never less; said so, since the planner takes two columns for seldom equal, and would sort them all.
  const asSent = and(lte(messages.changed_seq, messages.seq), gt(messages.seq, afterSeq));
  const changed = and(ne(messages.changed_seq, messages.seq), gt(messages.changed_seq, afterSeq));
  return unionAll(
    selectMessages(db, and(isOf(of), asSent))
      .orderBy(asc(messages.seq))
      .limit(limit),
    selectMessages(db, and(isOf(of), changed))
      .orderBy(asc(messages.changed_seq))
      .limit(limit),
  )
    .orderBy(asc(messages.changed_seq))
    .limit(limit);
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
