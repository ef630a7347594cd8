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
  const keys = Object.entries(columns).map(([key, value]) => ({
    key,
    isTime: is(value, PgTimestamp),
  }));
  return {
    list: sql.raw(textOf(sql`json_build_array(${sql.join(values, sql`, `)})`)),
    read(list) {
      const row: Record<string, unknown> = {};
      for (const [index, { key, isTime }] of keys.entries()) {
        const value = list[index];
        row[key] = isTime && value !== null ? new Date(value as string) : value;
      }
      return row as Row;
    },
  };
}
