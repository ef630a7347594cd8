// Wide rows as lists of JSON: `pg` and Drizzle take each value by itself, which for a page of them is longer than
// PostgreSQL needs to find it.
import { is, sql, SQL } from "drizzle-orm";
import { PgTimestamp } from "drizzle-orm/pg-core";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { textOf } from "./frequent.ts";

type Value = AnyPgColumn | SQL | SQL.Aliased;

export interface JsonRow<Row> {
  /** What is selected: the values, without the names of what they are, which would be most of it. */
  list: SQL;
  /** Reads it, as Drizzle would answer it. */
  read(list: unknown[]): Row;
}

/** @param columns without values: their SQL is written once */
export function jsonRow<Row>(columns: Record<string, Value>): JsonRow<Row> {
  const values = Object.values(columns).map((value) =>
    is(value, SQL.Aliased) ? value.sql : value,
  );
  const keys = Object.keys(columns);
  const isTime = Object.values(columns).map((value) => is(value, PgTimestamp));
  // Filled in, not built: V8 knows the form of what it copies.
  const blank: Record<string, unknown> = Object.fromEntries(keys.map((key) => [key, null]));
  return {
    list: sql.raw(textOf(sql`json_build_array(${sql.join(values, sql`, `)})`)),
    read(list) {
      const row = { ...blank };
      for (let at = 0; at < keys.length; at += 1) {
        const value = list[at];
        row[keys[at] as string] = isTime[at] && value !== null ? new Date(value as string) : value;
      }
      return row as Row;
    },
  };
}
