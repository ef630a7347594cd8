// Searching conversations by words of their messages or of who their contact is: PostgreSQL's full text
// search, on indexes.
import { and, desc, eq, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { FOUND_MESSAGES_MAX } from "../../protocol/limits.ts";
import type { Message } from "../../protocol/records.ts";
import type { VisitorIdentity } from "../contacts/visitors.ts";
import { contactWords, contacts, isNamed } from "../database/contact-tables.ts";
import { conversations } from "../database/conversation-tables.ts";
import { messages } from "../database/message-tables.ts";
import { isPublic, messageColumns, messageRecord } from "../messages/records.ts";
import type { RoomDeps } from "../room.ts";
import { isVisitors } from "./find.ts";

/**
 * What somebody types as a `tsquery`: every word, or the beginning of one, in whatever order. Null
 * when there is no word in it, which nothing fits. Language-neutral: words are not bent.
 */
export function searchWords(typed: string): SQL {
  // Quoted by hand: quote_literal() may answer E'…', which a tsquery does not know.
  const lexeme = sql`replace(replace(lexeme, '\\', '\\\\'), '''', '''''')`;
  return sql`(select string_agg('''' || ${lexeme} || ''':*', ' & ')::tsquery
    from unnest(to_tsvector('simple'::regconfig, ${typed}::text)))`;
}

const wordsOfMessage = sql`to_tsvector('simple'::regconfig, left(${messages.content}, 50000))`;

/** Condition on messages: one of a person that holds all these words. Written as the index is. */
export const messageHasWords = (words: SQL): SQL =>
  sql`(${messages.message_type} in ('incoming', 'outgoing') and ${wordsOfMessage} @@ ${words})`;

/** Condition on contacts: what they are called, or where they are reached, holds all these words. */
const contactHasWords = (words: SQL): SQL =>
  sql`(${sql.raw(isNamed)} and ${sql.raw(contactWords)} @@ ${words})`;

/**
 * Condition on conversations: one message holds all these words, or the contact does, be it what is known
 * of him or what he states. Read before the conversations are: how many words begin like this is beyond
 * the planner.
 */
export function hasWords(accountId: number, words: SQL): SQL {
  return sql`(${conversations.id} = any(array(
      select distinct ${messages.conversation_id} from ${messages}
      where ${messages.account_id} = ${accountId} and ${messageHasWords(words)}))
    or (${conversations.contact_id} = any(array(
      select ${contacts.id} from ${contacts}
      where ${contacts.account_id} = ${accountId} and ${contactHasWords(words)}))
    and ${conversations.last_message_id} is not null))`;
}

/** The messages of a visitor's own conversations that hold all these words, the newest first. */
export async function searchOwnMessages(
  { db }: Pick<RoomDeps, "db">,
  visitor: VisitorIdentity,
  typed: string,
): Promise<Message[]> {
  const rows = await db
    .select({ ...messageColumns, display_id: conversations.display_id })
    .from(messages)
    .innerJoin(conversations, eq(conversations.id, messages.conversation_id))
    .where(and(isVisitors(visitor), isPublic, messageHasWords(searchWords(typed))))
    .orderBy(desc(messages.id))
    .limit(FOUND_MESSAGES_MAX);
  return rows.map(({ display_id, ...row }) => messageRecord(row, display_id));
}
