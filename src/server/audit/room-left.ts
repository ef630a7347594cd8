// How many of a kind one account may keep, so that no list of them grows without end.
import { count, eq } from "drizzle-orm";
import type { AnyPgColumn, PgTable } from "drizzle-orm/pg-core";
import { KEPT_MAX } from "../../protocol/limits.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { Transaction } from "../database/connection.ts";
import { accounts } from "../database/account-tables.ts";

/**
 * Whether the account may have one more row of this table; to be asked before it is written.
 * @param noun what they are called, in the plural. Errors: `invalid`.
 */
export async function refuseOverfull(
  tx: Transaction,
  table: PgTable & { account_id: AnyPgColumn },
  accountId: number,
  noun: string,
): Promise<Result<null>> {
  // One after the other, so that they count each other.
  await tx
    .select({ id: accounts.id })
    .from(accounts)
    .where(eq(accounts.id, accountId))
    .for("no key update");
  const [held] = await tx
    .select({ count: count() })
    .from(table)
    .where(eq(table.account_id, accountId));
  const isFull = (held?.count ?? 0) >= KEPT_MAX;
  return isFull ? failure("invalid", `An account may have ${KEPT_MAX} ${noun}`) : success(null);
}
