// Statements that are written anew for each question, such as those of filters. One whose text is asked for often
// gets a name, so that PostgreSQL plans it once, whatever its values.
import { sql } from "drizzle-orm";
import type { SQL, SQLWrapper } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import type { Database, Transaction } from "./connection.ts";

/** Asked for so often, a statement has a name. */
const FREQUENT = 5;
/** A connection keeps no more plans than these: that of a page of conversations takes 320 KB of PostgreSQL's memory. */
const NAMES_MAX = 60;
/** So many are remembered for having been asked at all, before that is begun again. */
const REMEMBERED_MAX = 500;

const dialect = new PgDialect();

/**
 * Gives names to texts that are asked for often; the same text has always the same.
 * @param prefix what they begin with: a name stands for one text on every connection
 */
export function nameFrequent(prefix: string): (text: string) => string | undefined {
  const names = new Map<string, string>();
  const asked = new Map<string, number>();
  return (text) => {
    const known = names.get(text);
    if (known !== undefined || names.size >= NAMES_MAX) return known;
    const times = (asked.get(text) ?? 0) + 1;
    if (times >= FREQUENT) {
      const name = `${prefix}_${names.size + 1}`;
      names.set(text, name);
      asked.delete(text);
      return name;
    }
    if (asked.size >= REMEMBERED_MAX) asked.clear();
    asked.set(text, times);
    return undefined;
  };
}

/** A memo, no state: what a name stands for never changes. */
const nameOf = nameFrequent("frequent");

/** The rows that a statement answers, as the driver reads them: dates are texts. */
export async function ask<Row extends object>(
  db: Database | Transaction,
  statement: SQLWrapper,
  name = nameOf,
): Promise<Row[]> {
  const query = dialect.sqlToQuery(statement.getSQL());
  const prepared = db._.session.prepareQuery(query, undefined, name(query.sql), false);
  const { rows } = (await prepared.execute()) as { rows: Row[] };
  return rows;
}

/**
 * A statement of every request: written once, with a name. Its values are told when it is asked.
 * @param statement with a `sql.placeholder` for each of them
 */
export function writtenOnce<Row extends object>(
  name: string,
  statement: SQLWrapper,
): (db: Database | Transaction, values: Record<string, unknown>) => Promise<Row[]> {
  const query = dialect.sqlToQuery(statement.getSQL());
  return async (db, values) => {
    const prepared = db._.session.prepareQuery(query, undefined, name, false);
    const { rows } = (await prepared.execute(values)) as { rows: Row[] };
    return rows;
  };
}

/** The text of SQL of our own, written once. @throws when it holds a value: that would be told once, too. */
export function textOf(part: SQLWrapper): string {
  const { sql: text, params } = dialect.sqlToQuery(part.getSQL());
  if (params.length > 0) throw new TypeError(`SQL that is written once holds values: ${text}`);
  return text;
}

/**
 * A word of a list of ours as part of a statement's text, not as a value: how often a word stands in a column tells
 * PostgreSQL more than it knows of any value, and a list has few.
 * @throws when it is more than a word
 */
export function literal(word: string): SQL {
  if (!/^\w+$/.test(word)) throw new TypeError("No word of a list of ours");
  return sql.raw(`'${word}'`);
}
