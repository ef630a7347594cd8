// The profile: who is signed in, with the tokens that are his.
import { asc, eq } from "drizzle-orm";
import type { Profile } from "../../protocol/records.ts";
import { agentColumns, agentRecord } from "../agents/records.ts";
import { account_users, accounts, users } from "../database/tables.ts";
import type { RoomDeps } from "../room.ts";
import type { Session } from "./sessions.ts";
import type { UserRow } from "./users.ts";
import { accessTokenOf } from "./users.ts";

/**
 * The profile in the user's first account. `availability_status` is what he has set, for it is his
 * own switch. A cookie session has a socket token of its own, which ends with it.
 */
export async function loadProfile(
  { db, clock, config }: Pick<RoomDeps, "db" | "clock" | "config">,
  user: UserRow,
  session: Session | undefined,
): Promise<Profile | undefined> {
  const rows = await db
    .select({ agent: agentColumns(clock()), set: account_users.availability, name: accounts.name })
    .from(account_users)
    .innerJoin(users, eq(users.id, account_users.user_id))
    .innerJoin(accounts, eq(accounts.id, account_users.account_id))
    .where(eq(account_users.user_id, user.id))
    .orderBy(asc(account_users.created_at), asc(account_users.account_id));
  const [first] = rows;
  if (!first) return undefined;
  return {
    ...agentRecord({ ...first.agent, availability: first.set }),
    access_token: accessTokenOf(config.secret, user.access_token_nonce),
    pubsub_token: session?.pubsubToken ?? user.pubsub_token,
    accounts: rows.map(({ agent, name }) => ({ id: agent.account_id, name, role: agent.role })),
  };
}
