// Agents: who works in an account, who may see what, and their availability.
import { and, asc, eq, exists, inArray, isNull, or, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { AccessTokenScope, Availability, Permission } from "../../protocol/lists.ts";
import type { Agent } from "../../protocol/records.ts";
import type { Database, Transaction } from "../database/connection.ts";
import { account_users, custom_roles, users } from "../database/account-tables.ts";
import { conversations } from "../database/conversation-tables.ts";
import { inbox_members } from "../database/inbox-tables.ts";
import { prepared } from "../database/prepared.ts";
import type { Actor } from "../events.ts";
import type { RoomDeps } from "../room.ts";
import { isReachedBy, may, permissionsOf, worksOnConversations } from "./permissions.ts";
import type { Caller } from "./permissions.ts";
import { agentColumns, agentRecord } from "./records.ts";

/** Who acts: a member of an account, as his request or socket has proven. */
export interface AgentIdentity extends Caller {
  accountId: number;
  /** The name that others read. */
  name: string;
  avatarUrl: string | null;
  /** What the access token that he came with is for; undefined: all that he may do. */
  scopes?: readonly AccessTokenScope[];
  /** The inboxes that he is a member of, where they were read with him for what he asks now. */
  inboxIds?: number[];
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

/** Selects from a user joined with a membership and its custom role what `membershipOf` reads. */
export const membershipColumns = {
  userId: users.id,
  accountId: account_users.account_id,
  role: account_users.role,
  name: sql<string>`coalesce(${users.display_name}, ${users.name})`,
  avatarUrl: users.avatar_url,
  custom: custom_roles.permissions,
};

export type MembershipRow = Pick<
  AgentIdentity,
  "userId" | "accountId" | "role" | "name" | "avatarUrl"
> & { custom: Permission[] | null };

export const membershipOf = ({ custom, ...row }: MembershipRow): AgentIdentity => ({
  ...row,
  permissions: permissionsOf(row.role, custom),
});

/** The order of memberships: the oldest first. */
export const oldestFirst = [asc(account_users.created_at), asc(account_users.account_id)];

/** The accounts that a user works in, the oldest first; not those where he is deactivated. */
export async function listMemberships(db: Reader, userId: number): Promise<AgentIdentity[]> {
  const query = prepared(db, "memberships", (name) =>
    db
      .select(membershipColumns)
      .from(account_users)
      .innerJoin(users, eq(users.id, account_users.user_id))
      .leftJoin(custom_roles, eq(custom_roles.id, account_users.custom_role_id))
      .where(and(eq(account_users.user_id, sql.placeholder("userId")), account_users.active))
      .orderBy(...oldestFirst)
      .prepare(name),
  );
  return (await query.execute({ userId })).map(membershipOf);
}

/** Who he is in this account now; undefined: nobody, or nobody any more. */
export async function findMembership(
  db: Reader,
  accountId: number,
  userId: number,
): Promise<AgentIdentity | undefined> {
  const memberships = await listMemberships(db, userId);
  return memberships.find((membership) => membership.accountId === accountId);
}

/** Every account that he is a member of, also where he is deactivated. */
export async function accountIdsOf(db: Reader, userId: number): Promise<number[]> {
  const rows = await db
    .select({ id: account_users.account_id })
    .from(account_users)
    .where(eq(account_users.user_id, userId));
  return rows.map((row) => row.id);
}

/** The inboxes that this agent is a member of: all for administrators (`undefined`). */
export async function visibleInboxIds(
  db: Reader,
  agent: AgentIdentity,
): Promise<number[] | undefined> {
  if (agent.role === "administrator") return undefined;
  if (agent.inboxIds) return agent.inboxIds;
  const query = prepared(db, "inboxes_of_member", (name) =>
    db
      .select({ id: inbox_members.inbox_id })
      .from(inbox_members)
      .where(eq(inbox_members.user_id, sql.placeholder("userId")))
      .prepare(name),
  );
  return (await query.execute({ userId: agent.userId })).map((row) => row.id);
}

/** Those of them in which every conversation is his to see. */
export async function wholeInboxIds(
  db: Reader,
  agent: AgentIdentity,
): Promise<number[] | undefined> {
  return may(agent, "conversation_manage") ? await visibleInboxIds(db, agent) : [];
}

/** Condition on conversations: this agent may see it. */
export function mayBeSeenBy(db: Reader, agent: AgentIdentity): SQL | undefined {
  if (agent.role === "administrator") return undefined;
  const ofInboxes = inArray(
    conversations.inbox_id,
    db
      .select({ id: inbox_members.inbox_id })
      .from(inbox_members)
      .where(eq(inbox_members.user_id, agent.userId)),
  );
  return and(ofInboxes, isReachedBy(agent));
}

/** Those of the users who are agents of the account and may work in this inbox, ordered by name. */
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
    .leftJoin(custom_roles, eq(custom_roles.id, account_users.custom_role_id))
    .where(
      and(
        eq(account_users.account_id, accountId),
        inArray(account_users.user_id, userIds),
        account_users.active,
        or(eq(account_users.role, "administrator"), exists(member)),
        // What is given to somebody is his to see, by any of them.
        or(isNull(custom_roles.id), worksOnConversations(custom_roles.permissions)),
      ),
    )
    .orderBy(asc(sql`lower(${users.name})`), asc(users.id));
  return rows.map(agentRecord);
}

/** An agent of the account who may work in this inbox, to be assigned in it. */
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
