// Kinds of columns that tables share.
import { sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { bigint, check, customType, jsonb, timestamp } from "drizzle-orm/pg-core";
import {
  actorTypes,
  contentTypes,
  conversationPriorities,
  conversationStatuses,
  messageStatuses,
  messageTypes,
} from "../../protocol/lists.ts";

type Attributes = Record<string, unknown>;

export const id = () => bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity();
export const reference = () => bigint({ mode: "number" });
export const time = () => timestamp({ withTimezone: true, precision: 3, mode: "date" });
export const createdAt = () => time().notNull().defaultNow();
export const attributes = () => jsonb().$type<Attributes>().notNull().default({});

/** Number of a transaction, which never comes again; as text, since it may pass 2^53. */
export const transactionId = customType<{ data: string }>({ dataType: () => "xid8" });

/** Of a table that is written with every message: PostgreSQL reads a check anew for each statement, a domain's once. */
const word = <Words extends readonly string[]>(domain: string) =>
  customType<{ data: Words[number] }>({ dataType: () => domain });

export const actorType = word<typeof actorTypes>("actor_type");
export const conversationStatus = word<typeof conversationStatuses>("conversation_status");
export const conversationPriority = word<typeof conversationPriorities>("conversation_priority");
export const messageType = word<typeof messageTypes>("message_type");
export const messageStatus = word<typeof messageStatuses>("message_status");
export const contentType = word<typeof contentTypes>("content_type");

/** The same lists by the name of their domain: migrations make them, a test holds them to it. */
export const domains = {
  actor_type: actorTypes,
  conversation_status: conversationStatuses,
  conversation_priority: conversationPriorities,
  message_type: messageTypes,
  message_status: messageStatuses,
  content_type: contentTypes,
};

/** The SQL twin of a list: the column holds one of its words. */
export function oneOf(name: string, column: AnyPgColumn, words: readonly string[]) {
  const list = words.map((word) => `'${word}'`).join(", ");
  return check(name, sql`${column} in (${sql.raw(list)})`);
}
