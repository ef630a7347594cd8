// What somebody changes of himself: how he is called, whether he goes offline by himself, his password.
import { and, eq, ne } from "drizzle-orm";
import type { UpdateProfile } from "../../protocol/requests-agents.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import { listMemberships } from "../agents/agents.ts";
import { account_users, sessions, users } from "../database/tables.ts";
import type { RoomDeps } from "../room.ts";
import type { Passwords } from "./passwords.ts";
import type { Session } from "./sessions.ts";
import type { UserRow } from "./users.ts";

type Deps = Pick<RoomDeps, "db" | "events"> & { passwords: Passwords };

/** Whoever changes himself, in which account, and in which session. */
export interface Self {
  user: UserRow;
  agent: AgentIdentity;
  session: Session | undefined;
}

/**
 * Changes what is given. A new password ends the user's other sessions. Answers the user as he is now.
 * Errors: `invalid` (`current_password` is missing or wrong).
 */
export async function updateProfile(
  { db, events, passwords }: Deps,
  { user, agent, session }: Self,
  { name, display_name, auto_offline, current_password, password }: UpdateProfile,
): Promise<Result<UserRow>> {
  if (password !== undefined) {
    const isRight = await passwords.verify(current_password ?? "", user.password_hash);
    if (!isRight) return failure("invalid", "is not right", { field: "current_password" });
  }
  const password_hash = password === undefined ? undefined : await passwords.hash(password);
  const ofSelf = eq(users.id, user.id);
  const { after, ended } = await db.transaction(async (tx) => {
    const [row] = await tx
      .update(users)
      .set({
        name: name ?? user.name,
        display_name: display_name === undefined ? user.display_name : display_name || null,
        ...(password_hash === undefined ? {} : { password_hash }),
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
    if (password_hash === undefined) return { after: row, ended: [] };
    const others = session ? ne(sessions.token_hash, session.id) : undefined;
    const gone = await tx
      .delete(sessions)
      .where(and(eq(sessions.user_id, user.id), others))
      .returning({ id: sessions.token_hash });
    return { after: row, ended: gone.map(({ id }) => id) };
  });
  for (const sessionId of ended) events.publish({ name: "session:ended", sessionId });
  events.publish({ name: "agent:presence_changed", userId: user.id });
  for (const { accountId } of await listMemberships(db, user.id)) {
    const subject = "agent" as const;
    events.publish({ name: "settings:changed", accountId, subject, id: user.id, removed: false });
  }
  return success(after);
}
