// The profile: who is signed in, with the tokens that are his.
import { and, asc, eq } from "drizzle-orm";
import type { Profile } from "../../protocol/records.ts";
import { permissionsOf } from "../agents/permissions.ts";
import { agentColumns, agentRecord } from "../agents/records.ts";
import { unixSeconds } from "../messages/records.ts";
import { account_users, accounts, custom_roles, users } from "../database/account-tables.ts";
import type { RoomDeps } from "../room.ts";
import type { UserRow } from "./users.ts";
import { accessTokenOf } from "./users.ts";

/** What somebody has come with. */
export interface Came {
  /** A cookie session has a socket token of its own, which ends with it. */
  session?: { pubsubToken: string } | undefined;
  /** A token for one account, which must not learn what opens the others. */
  isForOneAccount?: boolean;
}

/**
 * The profile in the user's first account. `availability_status` is what he has set, for it is his
 * own switch.
 */
export async function loadProfile(
  { db, clock, config }: Pick<RoomDeps, "db" | "clock" | "config">,
  user: UserRow,
  { session, isForOneAccount = false }: Came,
): Promise<Profile | undefined> {
  const rows = await db
    .select({
      agent: agentColumns(clock()),
      set: account_users.availability,
      name: accounts.name,
      custom: custom_roles.permissions,
    })
    .from(account_users)
    .innerJoin(users, eq(users.id, account_users.user_id))
    .innerJoin(accounts, eq(accounts.id, account_users.account_id))
    .leftJoin(custom_roles, eq(custom_roles.id, account_users.custom_role_id))
    .where(and(eq(account_users.user_id, user.id), account_users.active))
    .orderBy(asc(account_users.created_at), asc(account_users.account_id));
  const [first] = rows;
  if (!first) return undefined;
  const usedAt = user.access_token_last_used_at;
  return {
    ...agentRecord({ ...first.agent, availability: first.set }),
    permissions: [...permissionsOf(first.agent.role, first.custom)],
    access_token: isForOneAccount ? "" : accessTokenOf(config.secret, user.access_token_nonce),
    access_token_last_used_at: usedAt && unixSeconds(usedAt),
    pubsub_token: isForOneAccount ? "" : (session?.pubsubToken ?? user.pubsub_token),
    accounts: rows.map(({ agent, name }) => ({ id: agent.account_id, name, role: agent.role })),
  };
}
