// Access tokens for tools: made by a user for one account, for as much as he chooses, and revoked.
import { and, asc, eq, getTableColumns, isNull, lt, or, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type {
  AccessToken,
  CreateAccessToken,
  NewAccessToken,
} from "../../protocol/access-tokens.ts";
import { ACCESS_TOKENS_MAX_PER_USER } from "../../protocol/limits.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import { readRequester, requesterList } from "../agents/requesters.ts";
import type { Requester, RequesterList } from "../agents/requesters.ts";
import { administer } from "../audit/administer.ts";
import { access_tokens } from "../database/access-token-tables.ts";
import { users } from "../database/account-tables.ts";
import { writtenOnce } from "../database/frequent.ts";
import { jsonRow } from "../database/json-rows.ts";
import { unixSeconds } from "../messages/records.ts";
import { fingerprint, randomToken } from "../random.ts";
import type { RoomDeps } from "../room.ts";

type Deps = Pick<RoomDeps, "db" | "clock">;
type AccessTokenRow = typeof access_tokens.$inferSelect;

const tokenRow = jsonRow<AccessTokenRow>(getTableColumns(access_tokens));

/** A use is written down at most this often. */
const USE_COUNTS_FOR_MS = 60_000;

const ofTool = sql`from ${access_tokens} where ${access_tokens.token_hash} = ${sql.placeholder("hash")}`;

const askHolder = writtenOnce<{ requester: RequesterList; token: unknown[] | null }>(
  "token_holder",
  sql`select ${requesterList} as requester, (select ${tokenRow.list} ${ofTool}) as token from ${users}
    where ${users.id} = any(array(
      select ${users.id} from ${users} where ${users.access_token_hash} = ${sql.placeholder("hash")}
      union all select ${access_tokens.user_id} ${ofTool}))`,
);

/** Who holds this token, be it the one of a profile or one made for a tool: that lets in for one account. */
export async function findTokenHolder(deps: Deps, token: string): Promise<Requester | undefined> {
  const [found] = await askHolder(deps.db, { hash: fingerprint(token) });
  if (!found) return undefined;
  const { user, memberships } = readRequester(found.requester);
  if (!found.token) {
    await markUsed(deps, users, user.id, user.access_token_last_used_at);
    return { user, memberships };
  }
  const { id, account_id: accountId, last_used_at, scopes } = tokenRow.read(found.token);
  await markUsed(deps, access_tokens, id, last_used_at);
  return {
    user,
    memberships: memberships
      .filter((membership) => membership.accountId === accountId)
      .map((membership) => Object.assign(membership, { scopes })),
  };
}

/** In `users` it is the token of a profile. */
async function markUsed(
  { db, clock }: Deps,
  table: typeof users | typeof access_tokens,
  id: number,
  lastUsedAt: Date | null,
): Promise<void> {
  const now = clock();
  const before = new Date(now.getTime() - USE_COUNTS_FOR_MS);
  if (lastUsedAt && lastUsedAt > before) return;
  const isStale = (column: AnyPgColumn) => or(isNull(column), lt(column, before));
  if (table === users) {
    await db
      .update(users)
      .set({ access_token_last_used_at: now })
      .where(and(eq(users.id, id), isStale(users.access_token_last_used_at)));
    return;
  }
  await db
    .update(access_tokens)
    .set({ last_used_at: now })
    .where(and(eq(access_tokens.id, id), isStale(access_tokens.last_used_at)));
}

/** Condition: the tokens that this agent may see: his own; an administrator all of the account. */
function seenBy(agent: AgentIdentity) {
  return and(
    eq(access_tokens.account_id, agent.accountId),
    agent.role === "administrator" ? undefined : eq(access_tokens.user_id, agent.userId),
  );
}

/** The oldest first. */
export async function listAccessTokens({ db }: Deps, agent: AgentIdentity): Promise<AccessToken[]> {
  const rows = await db
    .select()
    .from(access_tokens)
    .where(seenBy(agent))
    .orderBy(asc(access_tokens.id));
  return rows.map(recordOf);
}

/** Makes a token of the agent's own. It is answered once. Errors: `invalid` (he has too many). */
export async function createAccessToken(
  { db, clock }: Deps,
  { accountId, userId }: AgentIdentity,
  { name, scopes }: CreateAccessToken,
): Promise<Result<NewAccessToken>> {
  const own = and(eq(access_tokens.account_id, accountId), eq(access_tokens.user_id, userId));
  if ((await db.$count(access_tokens, own)) >= ACCESS_TOKENS_MAX_PER_USER) {
    return failure("invalid", `must be at most ${ACCESS_TOKENS_MAX_PER_USER}`, { field: "tokens" });
  }
  const token = randomToken();
  const [row] = await db
    .insert(access_tokens)
    .values({
      account_id: accountId,
      user_id: userId,
      name,
      token_hash: fingerprint(token),
      hint: token.slice(-4),
      scopes,
      created_at: clock(),
    })
    .returning();
  if (!row) throw new Error("INSERT answered no access token");
  return success({ ...recordOf(row), token });
}

/**
 * From now on it opens nothing. The log tells of an administrator who revokes another's.
 * Errors: `not_found` (also: somebody else's).
 */
export async function revokeAccessToken(
  deps: Pick<RoomDeps, "db" | "events">,
  agent: AgentIdentity,
  tokenId: number,
): Promise<Result<null>> {
  return await administer(deps, agent, async (tx, { note }) => {
    const [revoked] = await tx
      .delete(access_tokens)
      .where(and(eq(access_tokens.id, tokenId), seenBy(agent)))
      .returning();
    if (!revoked) return failure("not_found", "Resource could not be found");
    const { id, user_id, name } = revoked;
    if (user_id !== agent.userId) {
      note({ action: "destroy", type: "AccessToken", id, changes: { user_id, name } });
    }
    return success(null);
  });
}

function recordOf(row: AccessTokenRow): AccessToken {
  return {
    id: row.id,
    account_id: row.account_id,
    user_id: row.user_id,
    name: row.name,
    hint: row.hint,
    scopes: row.scopes,
    last_used_at: row.last_used_at && unixSeconds(row.last_used_at),
    created_at: unixSeconds(row.created_at),
  };
}
