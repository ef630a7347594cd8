// Agents of an account by their ids: the members of an inbox or a team.
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { SQLWrapper } from "drizzle-orm";
import type { Agent } from "../../protocol/records.ts";
import type { Database, Transaction } from "../database/connection.ts";
import { account_users, users } from "../database/account-tables.ts";
import { agentColumns, agentRecord } from "./records.ts";

type Reader = Database | Transaction;
/** Ids, or a query that answers them. */
type Ids = number[] | SQLWrapper;

/** Those of the users who are agents of the account, ordered by name. */
export async function listMembers(
  reader: Reader,
  now: Date,
  accountId: number,
  ids: Ids,
): Promise<Agent[]> {
  const rows = await reader
    .select(agentColumns(now))
    .from(account_users)
    .innerJoin(users, eq(users.id, account_users.user_id))
    .where(and(eq(account_users.account_id, accountId), inArray(account_users.user_id, ids)))
    .orderBy(asc(sql`lower(${users.name})`), asc(users.id));
  return rows.map(agentRecord);
}

/** Which of these ids are agents of the account. */
export async function memberIds(
  reader: Reader,
  accountId: number,
  ids: number[],
): Promise<number[]> {
  if (ids.length === 0) return [];
  const rows = await reader
    .select({ id: account_users.user_id })
    .from(account_users)
    .where(and(eq(account_users.account_id, accountId), inArray(account_users.user_id, ids)));
  return rows.map((row) => row.id);
}
