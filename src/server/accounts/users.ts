// Users and the tokens that are derived for them.
import { eq, sql } from "drizzle-orm";
import type { Database, Transaction } from "../database/connection.ts";
import { users } from "../database/account-tables.ts";
import { fingerprint, hmac, randomToken } from "../random.ts";

export type UserRow = typeof users.$inferSelect;

/** A user's API access token: derived, so that the database alone does not hold it. */
export function accessTokenOf(secret: string, nonce: string): string {
  return hmac(secret, `access_token:${nonce}`).toString("base64url");
}

/** A new access token, which ends the one before. */
export function freshAccessToken(
  secret: string,
): Pick<UserRow, "access_token_nonce" | "access_token_hash" | "access_token_last_used_at"> {
  const access_token_nonce = randomToken();
  const access_token_hash = fingerprint(accessTokenOf(secret, access_token_nonce));
  return { access_token_nonce, access_token_hash, access_token_last_used_at: null };
}

/** New values for everything that lets in by itself. */
export const freshCredentials = (secret: string) => ({
  ...freshAccessToken(secret),
  pubsub_token: randomToken(),
});

export interface NewUser {
  email: string;
  name: string;
  passwordHash: string;
}

/** Creates a user with fresh tokens. The e-mail address must be free. */
export async function insertUser(
  tx: Database | Transaction,
  secret: string,
  { email, name, passwordHash }: NewUser,
): Promise<UserRow> {
  const [row] = await tx
    .insert(users)
    .values({
      email: email.toLowerCase(),
      name,
      password_hash: passwordHash,
      ...freshCredentials(secret),
    })
    .returning();
  if (!row) throw new Error("INSERT answered no user");
  return row;
}

export async function findUserByEmail(
  db: Database | Transaction,
  email: string,
): Promise<UserRow | undefined> {
  const [row] = await db.select().from(users).where(eq(users.email, email));
  return row;
}

/** Whether nobody has ever been created here. */
export async function hasNoUser(tx: Database | Transaction): Promise<boolean> {
  const [row] = await tx
    .select({ one: sql`1` })
    .from(users)
    .limit(1);
  return row === undefined;
}
