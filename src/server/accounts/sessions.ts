// Cookie sessions of the desk: begun at sign-in, ended at sign-out or after a month.
import { and, eq, getTableColumns, gt, inArray, lt, sql } from "drizzle-orm";
import { union } from "drizzle-orm/pg-core";
import type { Database, Transaction } from "../database/connection.ts";
import { readRequester, requesterList } from "../agents/requesters.ts";
import type { Requester, RequesterList } from "../agents/requesters.ts";
import { sessions, users } from "../database/account-tables.ts";
import { writtenOnce } from "../database/frequent.ts";
import { jsonRow } from "../database/json-rows.ts";
import type { PassingEvent } from "../events.ts";
import { fingerprint, randomToken } from "../random.ts";
import type { RoomDeps } from "../room.ts";

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

const sessionRow = jsonRow<SessionRow>(getTableColumns(sessions));

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

const askHolder = writtenOnce<{ requester: RequesterList; session: unknown[] }>(
  "session_holder",
  sql`select ${requesterList} as requester, ${sessionRow.list} as session
    from ${sessions} join ${users} on ${users.id} = ${sessions.user_id}
    where ${sessions.token_hash} = ${sql.placeholder("hash")}
      and ${sessions.expires_at} > ${sql.placeholder("now")}::timestamptz`,
);

/** The session of a cookie, its user and where he works, by one statement; undefined when it is over. */
export async function findSession(
  { db, clock }: Pick<Deps, "db" | "clock">,
  cookie: string,
): Promise<(Requester & { session: Session }) | undefined> {
  const told = { hash: fingerprint(cookie), now: clock().toISOString() };
  const [found] = await askHolder(db, told);
  if (!found) return undefined;
  const { user, memberships } = readRequester(found.requester);
  return { session: sessionOf(sessionRow.read(found.session)), user, memberships };
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
