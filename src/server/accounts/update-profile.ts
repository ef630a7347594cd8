// What somebody changes of himself: how he is called, whether he goes offline by himself, his password.
import { and, eq, ne } from "drizzle-orm";
import type { UpdateProfile } from "../../protocol/requests-agents.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import { accountIdsOf } from "../agents/agents.ts";
import { account_users, sessions, users } from "../database/account-tables.ts";
import type { RoomDeps } from "../room.ts";
import type { Passwords } from "./passwords.ts";
import type { Session } from "./sessions.ts";
import { freshAccessToken, freshCredentials } from "./users.ts";
import type { UserRow } from "./users.ts";

type Deps = Pick<RoomDeps, "db" | "events" | "config"> & { passwords: Passwords };

/** Whoever changes himself, in which account, and in which session. */
export interface Self {
  user: UserRow;
  agent: AgentIdentity;
  session: Session | undefined;
}

/**
 * Changes what is given. A new password ends the user's other sessions, his socket's token and the
 * access token of his profile. Answers the user as he is now.
 * Errors: `invalid` (`current_password` is missing or wrong).
 */
export async function updateProfile(
  { db, events, config, passwords }: Deps,
  { user, agent, session }: Self,
  { name, display_name, auto_offline, current_password, password }: UpdateProfile,
): Promise<Result<UserRow>> {
  if (password !== undefined) {
    const isRight = await passwords.verify(current_password ?? "", user.password_hash);
    if (!isRight) return failure("invalid", "is not right", { field: "current_password" });
  }
  const secrets =
    password === undefined
      ? undefined
      : { password_hash: await passwords.hash(password), ...freshCredentials(config.secret) };
  const ofSelf = eq(users.id, user.id);
  const { after, ended } = await db.transaction(async (tx) => {
    const [row] = await tx
      .update(users)
      .set({
        name: name ?? user.name,
        display_name: display_name === undefined ? user.display_name : display_name || null,
        ...secrets,
      })
      .where(ofSelf)
      .returning();
    if (!row) throw new Error("somebody who is signed in has vanished");
    if (auto_offline !== undefined) {
      const { accountId } = agent;
      const member = and(
        eq(account_users.user_id, user.id),
        eq(account_users.account_id, accountId),
      );
      await tx.update(account_users).set({ auto_offline }).where(member);
    }
    if (!secrets) return { after: row, ended: [] };
    const others = session ? ne(sessions.token_hash, session.id) : undefined;
    const gone = await tx
      .delete(sessions)
      .where(and(eq(sessions.user_id, user.id), others))
      .returning({ id: sessions.token_hash });
    return { after: row, ended: gone.map(({ id }) => id) };
  });
  for (const sessionId of ended) events.publish({ name: "session:ended", sessionId });
  if (secrets) events.publish({ name: "user:token_rotated", userId: user.id });
  events.publish({ name: "agent:presence_changed", userId: user.id });
  for (const accountId of await accountIdsOf(db, user.id)) {
    const subject = "agent" as const;
    events.publish({ name: "settings:changed", accountId, subject, id: user.id, removed: false });
  }
  return success(after);
}

/** Ends the access token of his profile, and gives him another. */
export async function resetAccessToken(
  { db, config }: Pick<RoomDeps, "db" | "config">,
  user: UserRow,
): Promise<UserRow> {
  const [row] = await db
    .update(users)
    .set(freshAccessToken(config.secret))
    .where(eq(users.id, user.id))
    .returning();
  if (!row) throw new Error("somebody who is signed in has vanished");
  return row;
}
