// Searching conversations by words of their messages or of who their contact is: PostgreSQL's full text
// search, on indexes.
import { and, desc, eq, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { FOUND_MESSAGES_MAX } from "../../protocol/limits.ts";
import type { Message } from "../../protocol/records.ts";
import type { VisitorIdentity } from "../contacts/visitors.ts";
import type { Database } from "../database/connection.ts";
import { contactWords, contacts, isNamed } from "../database/contact-tables.ts";
import { conversations } from "../database/conversation-tables.ts";
import { messages } from "../database/message-tables.ts";
import { prepared } from "../database/prepared.ts";
import { isPublic, messageColumns, messageRecord } from "../messages/records.ts";
import type { RoomDeps } from "../room.ts";
import { isVisitors } from "./find.ts";

/**
 * What somebody types as a `tsquery`: every word, or the beginning of one, in whatever order. Null
 * when there is no word in it, which nothing fits. Language-neutral: words are not bent.
 */
export async function searchWords(db: Database, typed: string): Promise<string | null> {
  // Quoted by hand: quote_literal() may answer E'…', which a tsquery does not know.
  const lexeme = sql`replace(replace(lexeme, '\\', '\\\\'), '''', '''''')`;
  const query = prepared(db, "search_words", (name) =>
    db
      .select({ words: sql<string | null>`string_agg('''' || ${lexeme} || ''':*', ' & ')` })
      .from(sql`unnest(to_tsvector('simple'::regconfig, ${sql.placeholder("typed")}::text))`)
      .prepare(name),
  );
  const [found] = await query.execute({ typed });
  return found?.words ?? null;
}

/** Condition on messages: one of a person that holds all these words. Written as the index is. */
export const messageHasWords = (words: string): SQL =>
  sql`(${messages.message_type} in ('incoming', 'outgoing')
    and to_tsvector('simple'::regconfig, left(${messages.content}, 50000)) @@ ${words}::tsquery)`;

/** Condition on contacts: what they are called, or where they are reached, holds all these words. */
const contactHasWords = (words: string): SQL =>
  sql`(${sql.raw(isNamed)} and ${sql.raw(contactWords)} @@ ${words}::tsquery)`;

/**
 * Condition on conversations: one message holds all these words, or the contact does, be it what is known
 * of him or what he states. Read before the conversations are: how many words begin like this is beyond
 * the planner.
 */
export function hasWords(db: Database, accountId: number, words: string | null): SQL {
  if (words === null) return sql`false`;
  const found = db
    .selectDistinct({ id: messages.conversation_id })
    .from(messages)
    .where(and(eq(messages.account_id, accountId), messageHasWords(words)));
  const people = db
    .select({ id: contacts.id })
    .from(contacts)
    .where(and(eq(contacts.account_id, accountId), contactHasWords(words)));
  return sql`(${conversations.id} = any(array(${found})) or (
    ${conversations.contact_id} = any(array(${people})) and ${conversations.last_message_id} is not null))`;
}

/** The messages of a visitor's own conversations that hold all these words, the newest first. */
export async function searchOwnMessages(
  { db }: Pick<RoomDeps, "db">,
  visitor: VisitorIdentity,
  typed: string,
): Promise<Message[]> {
  const words = await searchWords(db, typed);
  if (words === null) return [];
  const rows = await db
    .select({ ...messageColumns, display_id: conversations.display_id })
    .from(messages)
    .innerJoin(conversations, eq(conversations.id, messages.conversation_id))
    .where(
      and(
        isVisitors(visitor),
        isPublic,
        sql`${messages.message_type} in ('incoming', 'outgoing')`,
        sql`to_tsvector('simple'::regconfig, left(${messages.content}, 50000)) @@ ${words}::tsquery`,
      ),
    )
    .orderBy(desc(messages.id))
    .limit(FOUND_MESSAGES_MAX);
  return rows.map(({ display_id, ...row }) => messageRecord(row, display_id));
}
