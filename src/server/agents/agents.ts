// Agents: who works in an account, who may see what, and their availability.
import { and, asc, eq, exists, inArray, or, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { AccessTokenScope, Availability, UserRole } from "../../protocol/lists.ts";
import type { Agent } from "../../protocol/records.ts";
import type { Database, Transaction } from "../database/connection.ts";
import { account_users, conversations, inbox_members, users } from "../database/tables.ts";
import type { Actor } from "../events.ts";
import type { RoomDeps } from "../room.ts";
import { agentColumns, agentRecord } from "./records.ts";

/** Who acts: a member of an account, as his request or socket has proven. */
export interface AgentIdentity {
  userId: number;
  accountId: number;
  role: UserRole;
  /** The name that others read. */
  name: string;
  avatarUrl: string | null;
  /** What the access token that he came with is for; undefined: all that he may do. */
  scopes?: readonly AccessTokenScope[];
  /** Where his request came from. */
  remoteAddress?: string;
}

/** Who did it, as events say. */
export const actorOf = (agent: AgentIdentity): Actor => ({ type: "user", id: agent.userId });

type Reader = Database | Transaction;

/** The agents of an account, ordered by name. */
export async function listAgents(
  { db, clock }: Pick<RoomDeps, "db" | "clock">,
  accountId: number,
): Promise<Agent[]> {
  const rows = await db
    .select(agentColumns(clock()))
    .from(account_users)
    .innerJoin(users, eq(users.id, account_users.user_id))
    .where(eq(account_users.account_id, accountId))
    .orderBy(asc(sql`lower(${users.name})`), asc(users.id));
  return rows.map(agentRecord);
}

/** One agent of an account. */
export async function findAgent(
  db: Reader,
  now: Date,
  accountId: number,
  userId: number,
): Promise<Agent | undefined> {
  const [row] = await db
    .select(agentColumns(now))
    .from(account_users)
    .innerJoin(users, eq(users.id, account_users.user_id))
    .where(and(eq(account_users.account_id, accountId), eq(account_users.user_id, userId)));
  return row && agentRecord(row);
}

/** The accounts that a user works in, the oldest first. */
export async function listMemberships(db: Reader, userId: number): Promise<AgentIdentity[]> {
  return await db
    .select({
      userId: users.id,
      accountId: account_users.account_id,
      role: account_users.role,
      name: sql<string>`coalesce(${users.display_name}, ${users.name})`,
      avatarUrl: users.avatar_url,
    })
    .from(account_users)
    .innerJoin(users, eq(users.id, account_users.user_id))
    .where(eq(account_users.user_id, userId))
    .orderBy(asc(account_users.created_at), asc(account_users.account_id));
}

/** The inboxes whose conversations this agent may see: all for administrators (`undefined`). */
export async function visibleInboxIds(
  db: Reader,
  agent: AgentIdentity,
): Promise<number[] | undefined> {
  if (agent.role === "administrator") return undefined;
  const rows = await db
    .select({ id: inbox_members.inbox_id })
    .from(inbox_members)
    .where(eq(inbox_members.user_id, agent.userId));
  return rows.map((row) => row.id);
}

/** Condition on a conversation's inbox: this agent may see it. */
export function mayBeSeenBy(db: Reader, agent: AgentIdentity): SQL | undefined {
  if (agent.role === "administrator") return undefined;
  return inArray(
    conversations.inbox_id,
    db
      .select({ id: inbox_members.inbox_id })
      .from(inbox_members)
      .where(eq(inbox_members.user_id, agent.userId)),
  );
}

/** Those of the users who are agents of the account and may see this inbox, ordered by name. */
export async function listAgentsOfInbox(
  db: Reader,
  now: Date,
  accountId: number,
  inboxId: number,
  userIds: number[],
): Promise<Agent[]> {
  if (userIds.length === 0) return [];
  const member = db
    .select({ one: sql`1` })
    .from(inbox_members)
    .where(
      and(eq(inbox_members.inbox_id, inboxId), eq(inbox_members.user_id, account_users.user_id)),
    );
  const rows = await db
    .select(agentColumns(now))
    .from(account_users)
    .innerJoin(users, eq(users.id, account_users.user_id))
    .where(
      and(
        eq(account_users.account_id, accountId),
        inArray(account_users.user_id, userIds),
        or(eq(account_users.role, "administrator"), exists(member)),
      ),
    )
    .orderBy(asc(sql`lower(${users.name})`), asc(users.id));
  return rows.map(agentRecord);
}

/** An agent of the account who may see this inbox, to be assigned in it. */
export async function findAgentOfInbox(
  db: Reader,
  now: Date,
  accountId: number,
  inboxId: number,
  userId: number,
): Promise<Agent | undefined> {
  const [agent] = await listAgentsOfInbox(db, now, accountId, inboxId, [userId]);
  return agent;
}

/** Sets what an agent wants to be seen as. */
export async function setAvailability(
  { db, events }: Pick<RoomDeps, "db" | "events">,
  agent: AgentIdentity,
  availability: Availability,
): Promise<void> {
  const mine = and(
    eq(account_users.account_id, agent.accountId),
    eq(account_users.user_id, agent.userId),
  );
  const [before] = await db
    .select({ availability: account_users.availability })
    .from(account_users)
    .where(mine);
  if (!before || before.availability === availability) return;
  await events.transaction(async (tx, record) => {
    await tx.update(account_users).set({ availability }).where(mine);
    record({
      name: "agent:updated",
      accountId: agent.accountId,
      userId: agent.userId,
      actor: { type: "user", id: agent.userId },
      changes: { availability: [before.availability, availability] },
    });
  });
}
