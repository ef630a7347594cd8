// The token of every agent's profile, as administrators see it: when it was used, and how to end it.
import { and, asc, eq, sql } from "drizzle-orm";
import type { ProfileToken } from "../../protocol/access-tokens.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import { accessTokenOf, freshAccessToken } from "../accounts/users.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import { administer } from "../audit/administer.ts";
import type { Database, Transaction } from "../database/connection.ts";
import { account_users, users } from "../database/account-tables.ts";
import { unixSeconds } from "../messages/records.ts";
import type { RoomDeps } from "../room.ts";

/** Somebody who belongs to other accounts, too: his token is theirs as well. */
const isElsewhere = sql<boolean>`exists (select from account_users elsewhere
  where elsewhere.user_id = ${users.id} and elsewhere.account_id <> ${account_users.account_id})`;

const membersOf = (db: Database | Transaction) =>
  db
    .select({ user: users, isElsewhere })
    .from(account_users)
    .innerJoin(users, eq(users.id, account_users.user_id));

/** Of whoever has a password, by name. What a token does in other accounts is not told. */
export async function listProfileTokens(
  { db, config }: Pick<RoomDeps, "db" | "config">,
  { accountId }: AgentIdentity,
): Promise<ProfileToken[]> {
  const rows = await membersOf(db)
    .where(and(eq(account_users.account_id, accountId), sql`${users.password_hash} <> ''`))
    .orderBy(asc(users.name), asc(users.id));
  return rows.map(({ user, isElsewhere }) => {
    const usedAt = isElsewhere ? null : user.access_token_last_used_at;
    return {
      user_id: user.id,
      name: user.name,
      email: user.email,
      hint: isElsewhere ? null : accessTokenOf(config.secret, user.access_token_nonce).slice(-4),
      last_used_at: usedAt && unixSeconds(usedAt),
      is_elsewhere: isElsewhere,
    };
  });
}

/**
 * From now on it opens nothing; whose it was finds another in his profile. Errors: `not_found`, `conflict`
 * (it opens other accounts, whose administrators this one is none of).
 */
export async function revokeProfileToken(
  { config, events }: Pick<RoomDeps, "config" | "events">,
  agent: AgentIdentity,
  userId: number,
): Promise<Result<null>> {
  return await administer({ events }, agent, async (tx, { note }) => {
    const [found] = await membersOf(tx).where(
      and(eq(account_users.account_id, agent.accountId), eq(users.id, userId)),
    );
    if (!found) return failure("not_found", "Resource could not be found");
    if (found.isElsewhere) {
      return failure("conflict", "This agent works in other accounts too: deactivate him instead");
    }
    await tx.update(users).set(freshAccessToken(config.secret)).where(eq(users.id, userId));
    const changes = { email: found.user.email };
    note({ action: "destroy", type: "ProfileToken", id: userId, changes });
    return success(null);
  });
}
