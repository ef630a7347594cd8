// The first start: an account, its administrator and a website inbox, made once however many start at once.
import { randomBytes } from "node:crypto";
import { asc, sql } from "drizzle-orm";
import type { Config } from "../config.ts";
import type { Database, Transaction } from "../database/connection.ts";
import { account_users, accounts, users } from "../database/account-tables.ts";
import { inbox_members, inboxes } from "../database/inbox-tables.ts";
import { randomToken } from "../random.ts";
import { createPasswords } from "./passwords.ts";
import { hasNoUser, insertUser } from "./users.ts";

/** Any number: processes that start on one database wait for each other under it. */
const FIRST_START_LOCK = 7_310_442;
const DEFAULT_ADMIN_EMAIL = "admin@localhost";

export interface FirstStart {
  /** Whether this call has made them. */
  created: boolean;
  email: string;
  /** Only when this call has made it up: shown once, kept nowhere. */
  generatedPassword?: string;
  websiteToken: string;
}

/** Makes sure that there is an account to sign in to and an inbox to chat in. */
export async function ensureFirstStart({
  db,
  config,
}: {
  db: Database;
  config: Pick<Config, "adminEmail" | "adminPassword" | "secret">;
}): Promise<FirstStart> {
  const present = await findFirst(db);
  if (present) return present;
  const generatedPassword =
    config.adminPassword === undefined ? randomBytes(12).toString("base64url") : undefined;
  const password = config.adminPassword ?? generatedPassword ?? "";
  const passwordHash = await createPasswords().hash(password);
  return await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${FIRST_START_LOCK})`);
    const meanwhile = await findFirst(tx);
    if (meanwhile) return meanwhile;
    const made = await create(tx, config, passwordHash);
    return { created: true, ...made, ...(generatedPassword ? { generatedPassword } : {}) };
  });
}

async function findFirst(tx: Database | Transaction): Promise<FirstStart | undefined> {
  if (await hasNoUser(tx)) return undefined;
  const [user] = await tx
    .select({ email: users.email })
    .from(users)
    .orderBy(asc(users.id))
    .limit(1);
  const [inbox] = await tx
    .select({ token: inboxes.website_token })
    .from(inboxes)
    .orderBy(asc(inboxes.id))
    .limit(1);
  return { created: false, email: user?.email ?? "", websiteToken: inbox?.token ?? "" };
}

async function create(
  tx: Transaction,
  config: Pick<Config, "adminEmail" | "secret">,
  passwordHash: string,
): Promise<{ email: string; websiteToken: string }> {
  const [account] = await tx.insert(accounts).values({ name: "My account" }).returning();
  if (!account) throw new Error("INSERT answered no account");
  const email = config.adminEmail ?? DEFAULT_ADMIN_EMAIL;
  const user = await insertUser(tx, config.secret, { email, name: "Administrator", passwordHash });
  await tx.insert(account_users).values({
    account_id: account.id,
    user_id: user.id,
    role: "administrator",
    availability: "available",
  });
  const [inbox] = await tx
    .insert(inboxes)
    .values({
      account_id: account.id,
      name: "Website",
      website_token: randomToken(),
      hmac_token: randomToken(),
      greeting_message: "Hi! How can we help?",
    })
    .returning();
  if (!inbox) throw new Error("INSERT answered no inbox");
  await tx.insert(inbox_members).values({ inbox_id: inbox.id, user_id: user.id });
  return { email: user.email, websiteToken: inbox.website_token };
}
