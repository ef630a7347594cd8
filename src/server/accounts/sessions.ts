// Cookie sessions of the desk: begun at sign-in, ended at sign-out or after a month.
import { and, eq, gt, inArray, lt, sql } from "drizzle-orm";
import { union } from "drizzle-orm/pg-core";
import type { Database, Transaction } from "../database/connection.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import { requesterColumns, membershipsOf, oldestFirst } from "../agents/agents.ts";
import { prepared } from "../database/prepared.ts";
import { account_users, custom_roles, sessions, users } from "../database/account-tables.ts";
import type { PassingEvent } from "../events.ts";
import { fingerprint, randomToken } from "../random.ts";
import type { RoomDeps } from "../room.ts";
import type { UserRow } from "./users.ts";

export const SESSION_LASTS_MS = 30 * 24 * 60 * 60 * 1000;

export interface Session {
  /** SHA-256 of the cookie. */
  id: string;
  csrfToken: string;
  pubsubToken: string;
  expiresAt: Date;
}

type Deps = Pick<RoomDeps, "db" | "clock" | "events">;
type SessionRow = typeof sessions.$inferSelect;

const sessionOf = (row: SessionRow): Session => ({
  id: row.token_hash,
  csrfToken: row.csrf_token,
  pubsubToken: row.pubsub_token,
  expiresAt: row.expires_at,
});

/** Begins a session. Answers it with the cookie's value, which is kept nowhere. */
export async function beginSession(
  { db, clock }: Deps,
  userId: number,
): Promise<{ session: Session; cookie: string }> {
  const cookie = randomToken();
  const now = clock();
  await db.delete(sessions).where(lt(sessions.expires_at, now));
  const [row] = await db
    .insert(sessions)
    .values({
      token_hash: fingerprint(cookie),
      user_id: userId,
      csrf_token: randomToken(),
      pubsub_token: randomToken(),
      created_at: now,
      expires_at: new Date(now.getTime() + SESSION_LASTS_MS),
    })
    .returning();
  if (!row) throw new Error("INSERT answered no session");
  return { session: sessionOf(row), cookie };
}

/** The session of a cookie, its user and where he works, by one statement; undefined when it is over. */
export async function findSession(
  { db, clock }: Pick<Deps, "db" | "clock">,
  cookie: string,
): Promise<{ session: Session; user: UserRow; memberships: AgentIdentity[] } | undefined> {
  const query = prepared(db, "session_holder", (name) => holderQuery(db).prepare(name));
  const rows = await query.execute({ hash: fingerprint(cookie), now: clock() });
  const [row] = rows;
  if (!row) return undefined;
  const memberships = membershipsOf(rows.map(({ membership }) => membership));
  return { session: sessionOf(row.session), user: row.user, memberships };
}

/** A row for each membership, or one without any. */
function holderQuery(db: Database) {
  const { token_hash, expires_at, user_id } = sessions;
  return db
    .select({ session: sessions, user: users, membership: requesterColumns })
    .from(sessions)
    .innerJoin(users, eq(users.id, user_id))
    .leftJoin(account_users, and(eq(account_users.user_id, users.id), account_users.active))
    .leftJoin(custom_roles, eq(custom_roles.id, account_users.custom_role_id))
    .where(and(eq(token_hash, sql.placeholder("hash")), gt(expires_at, sql.placeholder("now"))))
    .orderBy(...oldestFirst);
}

/** Ends a session and, once that is committed, its sockets. */
export async function endSession({ db, events }: Deps, sessionId: string): Promise<void> {
  await db.delete(sessions).where(eq(sessions.token_hash, sessionId));
  events.publish({ name: "session:ended", sessionId });
}

/** Ends every session of a user; `tell` makes their sockets close once that is committed. */
export async function endSessionsOf(
  tx: Transaction,
  tell: (event: PassingEvent) => void,
  userId: number,
): Promise<void> {
  const ended = await tx
    .delete(sessions)
    .where(eq(sessions.user_id, userId))
    .returning({ id: sessions.token_hash });
  for (const { id } of ended) tell({ name: "session:ended", sessionId: id });
}

/** Which of these tokens still let a socket in. */
export async function findLiveTokens(
  db: Database,
  now: Date,
  tokens: string[],
): Promise<ReadonlySet<string>> {
  const rows = await union(
    db
      .select({ token: sessions.pubsub_token })
      .from(sessions)
      .where(and(inArray(sessions.pubsub_token, tokens), gt(sessions.expires_at, now))),
    db.select({ token: users.pubsub_token }).from(users).where(inArray(users.pubsub_token, tokens)),
  );
  return new Set(rows.map((row) => row.token));
}

/** Whose socket says this token: a user's own, or one of his sessions'. */
export async function findUserByPubsubToken(
  db: Database,
  now: Date,
  token: string,
): Promise<{ userId: number; sessionId?: string } | undefined> {
  if (!/^[\w-]{1,128}$/.test(token)) return undefined;
  const [session] = await db
    .select({ userId: sessions.user_id, sessionId: sessions.token_hash })
    .from(sessions)
    .where(and(eq(sessions.pubsub_token, token), gt(sessions.expires_at, now)));
  if (session) return session;
  const [user] = await db
    .select({ userId: users.id })
    .from(users)
    .where(eq(users.pubsub_token, token));
  return user;
}
