// Invitations: how somebody who was added sets his first password, once and within a week.
import { and, eq, gt } from "drizzle-orm";
import type { AddedAgent } from "../../protocol/records-administration.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { Passwords } from "../accounts/passwords.ts";
import { invitations } from "../database/administration-tables.ts";
import type { Transaction } from "../database/connection.ts";
import { users } from "../database/account-tables.ts";
import { unixSeconds } from "../messages/records.ts";
import { fingerprint, randomToken } from "../random.ts";
import type { RoomDeps } from "../room.ts";
import { accountIdsOf } from "./agents.ts";

const INVITATION_LASTS_MS = 7 * 24 * 60 * 60 * 1000;

/** Invites a user who has no password yet; an invitation from before is void. */
export async function invite(
  tx: Transaction,
  now: Date,
  userId: number,
): Promise<NonNullable<AddedAgent["invitation"]>> {
  const token = randomToken();
  const expiresAt = new Date(now.getTime() + INVITATION_LASTS_MS);
  await tx.delete(invitations).where(eq(invitations.user_id, userId));
  await tx
    .insert(invitations)
    .values({ token_hash: fingerprint(token), user_id: userId, expires_at: expiresAt });
  return { token, expires_at: unixSeconds(expiresAt) };
}

/**
 * Sets the password of whoever holds the invitation, and ends it. Answers his user's id.
 * Errors: `invalid` (unknown, used or too old).
 */
export async function acceptInvitation(
  { db, events, clock, passwords }: RoomDeps & { passwords: Passwords },
  token: string,
  password: string,
): Promise<Result<number>> {
  const passwordHash = await passwords.hash(password);
  const valid = and(
    eq(invitations.token_hash, fingerprint(token)),
    gt(invitations.expires_at, clock()),
  );
  const userId = await db.transaction(async (tx) => {
    const [held] = await tx.delete(invitations).where(valid).returning();
    if (!held) return undefined;
    await tx
      .update(users)
      .set({ password_hash: passwordHash })
      .where(and(eq(users.id, held.user_id), eq(users.password_hash, "")));
    return held.user_id;
  });
  if (userId === undefined) {
    return failure("invalid", "is invalid or has expired", { field: "reset_password_token" });
  }
  for (const accountId of await accountIdsOf(db, userId)) {
    const subject = "agent" as const;
    events.publish({ name: "settings:changed", accountId, subject, id: userId, removed: false });
  }
  return success(userId);
}
