// Rows of many columns as one text of JSON: `pg` and Drizzle take each value by itself, which for a page of wide
// rows is longer than PostgreSQL needs to find it.
import { is, sql, SQL } from "drizzle-orm";
import { PgTimestamp } from "drizzle-orm/pg-core";
import type { AnyPgColumn } from "drizzle-orm/pg-core";

type Value = AnyPgColumn | SQL | SQL.Aliased;

/** What a row holds of each of its tables, the id of each first: of one that was not joined, it is null. */
export type Groups = Record<string, Record<string, Value>>;

const listOf = (values: (Value | SQL)[]) => sql`json_build_array(${sql.join(values, sql`, `)})`;

/** All rows, without the names of what they hold: those would be most of it. */
export function rowsAsJson(groups: Groups): SQL<unknown[][][] | null> {
  const lists = Object.values(groups).map((group) =>
    listOf(Object.values(group).map((value) => (is(value, SQL.Aliased) ? value.sql : value))),
  );
  return sql`json_agg(${listOf(lists)})`;
}

/** Reads such a row, as Drizzle would answer it: of each group an object. */
export function rowReader(groups: Groups): (row: unknown[][]) => object {
  const readers = Object.entries(groups).map(([name, group]) => {
    const keys = Object.entries(group).map(([key, value]) => ({
      key,
      isTime: is(value, PgTimestamp),
    }));
    return { name, keys };
  });
  return (row) => {
    const read: Record<string, unknown> = {};
    for (const [index, { name, keys }] of readers.entries()) read[name] = groupOf(keys, row[index]);
    return read;
  };
}

function groupOf(keys: { key: string; isTime: boolean }[], values: unknown[] = []) {
  if (values[0] === null) return null;
  const group: Record<string, unknown> = {};
  for (const [index, { key, isTime }] of keys.entries()) {
    const value = values[index];
    group[key] = isTime && value !== null ? new Date(value as string) : value;
  }
  return group;
}
