// Queries that every request asks, written once for each connection: Drizzle takes longer to write one with
// many columns than PostgreSQL to run it; and with a name PostgreSQL plans it once.
import type { Database, Transaction } from "./connection.ts";

/** A memo, no state: it goes with its connection. */
const known = new WeakMap<Database | Transaction, Map<string, unknown>>();

/** Answers what `build` has prepared under this name, which must always be the same but for its placeholders. */
export function prepared<Query>(
  db: Database | Transaction,
  name: string,
  build: (name: string) => Query,
): Query {
  const queries = known.get(db) ?? new Map<string, unknown>();
  known.set(db, queries);
  const query = queries.get(name) ?? build(name);
  queries.set(name, query);
  return query as Query;
}
