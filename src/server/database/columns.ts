// Kinds of columns that tables share.
import { sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { bigint, check, customType, jsonb, timestamp } from "drizzle-orm/pg-core";

type Attributes = Record<string, unknown>;

export const id = () => bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity();
export const reference = () => bigint({ mode: "number" });
export const time = () => timestamp({ withTimezone: true, precision: 3, mode: "date" });
export const createdAt = () => time().notNull().defaultNow();
export const attributes = () => jsonb().$type<Attributes>().notNull().default({});

/** Number of a transaction, which never comes again; as text, since it may pass 2^53. */
export const transactionId = customType<{ data: string }>({ dataType: () => "xid8" });

/** The SQL twin of a list: the column holds one of its words. */
export function oneOf(name: string, column: AnyPgColumn, words: readonly string[]) {
  const list = words.map((word) => `'${word}'`).join(", ");
  return check(name, sql`${column} in (${sql.raw(list)})`);
}
