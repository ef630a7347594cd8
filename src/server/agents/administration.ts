// What administrators do to agents: add, change, remove (seed 003, rows 16 and 17).
import { and, eq, inArray } from "drizzle-orm";
import type { AddedAgent } from "../../protocol/records-administration.ts";
import type { Agent } from "../../protocol/records.ts";
import type { AddAgent, UpdateAgent } from "../../protocol/requests-agents.ts";
import type { UserRole } from "../../protocol/lists.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import { endSessionsOf } from "../accounts/sessions.ts";
import { findUserByEmail, insertUser } from "../accounts/users.ts";
import type { UserRow } from "../accounts/users.ts";
import { administer, changesBetween } from "../audit/administer.ts";
import type { Ledger } from "../audit/administer.ts";
import { holdCustomRole } from "../custom-roles/custom-roles.ts";
import { custom_filters, invitations, team_members } from "../database/administration-tables.ts";
import type { Transaction } from "../database/connection.ts";
import { account_users, teams } from "../database/account-tables.ts";
import { inbox_members, inboxes } from "../database/inbox-tables.ts";
import { mailInvitation } from "../mail/invitation.ts";
import type { RoomDeps } from "../room.ts";
import type { AgentIdentity } from "./agents.ts";
import { accountIdsOf, findAgent } from "./agents.ts";
import { invite } from "./invitations.ts";

type MemberRow = typeof account_users.$inferSelect;

const notFound = () => failure("not_found", "Resource could not be found");
const emailTaken = () => failure("invalid", "has already been taken", { field: "email" });
const wrongRole = (message: string) => failure("invalid", message, { field: "custom_role_id" });

const memberOf = ({ accountId }: AgentIdentity, userId: number) =>
  and(eq(account_users.account_id, accountId), eq(account_users.user_id, userId));

/**
 * Adds somebody. Who has no password yet gets an invitation, which the answer alone holds.
 * Errors: `invalid` (an agent already, or invited by another account, whose invitation may not be
 * taken away).
 */
export async function addAgent(
  deps: RoomDeps,
  agent: AgentIdentity,
  input: AddAgent,
): Promise<Result<AddedAgent>> {
  const { role, email, name } = input;
  const work = async (tx: Transaction, ledger: Ledger): Promise<Result<AddedAgent>> => {
    const found = await findUserByEmail(tx, email);
    const user =
      found ?? (await insertUser(tx, deps.config.secret, { email, name, passwordHash: "" }));
    const elsewhere = await accountIdsOf(tx, user.id);
    if (elsewhere.includes(agent.accountId)) return emailTaken();
    if (isInvited(user) && elsewhere.length > 0) return emailTaken();
    const custom = await customRoleOf(tx, agent, role, input.custom_role_id ?? null);
    if (!custom.ok) return custom;
    const values = {
      role,
      custom_role_id: custom.data,
      availability: input.availability_status ?? ("available" as const),
      auto_offline: input.auto_offline ?? true,
    };
    await tx
      .insert(account_users)
      .values({ ...values, account_id: agent.accountId, user_id: user.id });
    const invitation = isInvited(user) ? await invite(tx, deps.clock(), user.id) : null;
    if (invitation) {
      const { token } = invitation;
      await mailInvitation(deps, tx, { to: email, by: agent.name, token }, agent.accountId);
    }
    const added = await findAgent(tx, deps.clock(), agent.accountId, user.id);
    if (!added) throw new Error("INSERT answered no member");
    note(ledger, "create", user.id, { ...values, email });
    return success({ ...added, invitation });
  };
  return await administer(deps, agent, work, { index: "users_email", field: "email" });
}

const isInvited = (user: UserRow) => user.password_hash === "";

function note(
  ledger: Ledger,
  action: "create" | "update" | "destroy",
  id: number,
  changes: Record<string, unknown>,
): void {
  ledger.note({ action, type: "AccountUser", id, changes, subject: "agent" });
}

/** Errors: `invalid` (there is no such role, or for an administrator, who may do everything). */
async function customRoleOf(
  tx: Transaction,
  agent: AgentIdentity,
  role: UserRole,
  id: number | null,
): Promise<Result<number | null>> {
  if (id === null) return success(null);
  if (role === "administrator") return wrongRole("must be empty for an administrator");
  return (await holdCustomRole(tx, agent, id)) ? success(id) : wrongRole("must exist");
}

/** Locks every administrator who may work, so that two of them cannot both be the last but one. */
async function isLastAdministrator(tx: Transaction, { account_id, user_id }: MemberRow) {
  const administrators = await tx
    .select({ id: account_users.user_id })
    .from(account_users)
    .where(
      and(
        eq(account_users.account_id, account_id),
        eq(account_users.role, "administrator"),
        account_users.active,
      ),
    )
    .orderBy(account_users.user_id)
    .for("update");
  return administrators.every(({ id }) => id === user_id);
}

const lastAdministrator = () => failure("conflict", "An account keeps at least one administrator");

/**
 * Changes what he is in this account. Who is no longer an administrator has to sign in again; who is
 * deactivated may do nothing here, and his conversations become nobody's.
 * Errors: `not_found`, `invalid` (the custom role), `conflict` (the last administrator).
 */
export async function updateAgent(
  deps: RoomDeps,
  agent: AgentIdentity,
  userId: number,
  input: UpdateAgent,
): Promise<Result<Agent>> {
  return await administer(deps, agent, async (tx, ledger) => {
    const [before] = await tx
      .select()
      .from(account_users)
      .where(memberOf(agent, userId))
      .for("update");
    if (!before) return notFound();
    const role = input.role ?? before.role;
    const active = input.active ?? before.active;
    const asked = input.custom_role_id;
    const kept = role === "administrator" ? null : before.custom_role_id;
    const custom = await customRoleOf(tx, agent, role, asked === undefined ? kept : asked);
    if (!custom.ok) return custom;
    const isDemoted = before.role === "administrator" && role !== "administrator";
    const ends = before.active && !active;
    const ruled = before.active && before.role === "administrator";
    if (ruled && (isDemoted || ends) && (await isLastAdministrator(tx, before))) {
      return lastAdministrator();
    }
    const [row] = await tx
      .update(account_users)
      .set({
        role,
        active,
        custom_role_id: custom.data,
        availability: input.availability ?? input.availability_status ?? before.availability,
        auto_offline: input.auto_offline ?? before.auto_offline,
      })
      .where(memberOf(agent, userId))
      .returning();
    if (!row) throw new Error("a locked member has vanished");
    const changes = changesBetween(before, row);
    if (Object.keys(changes).length > 0) note(ledger, "update", userId, changes);
    if (isDemoted || ends) await endSessionsOf(tx, ledger.tell, userId);
    if (ends) await unassign(deps, tx, agent, userId);
    if ("role" in changes || "custom_role_id" in changes || "active" in changes) {
      ledger.tell(accessChanged(agent, userId));
    }
    ledger.tell({ name: "agent:presence_changed", userId });
    const after = await findAgent(tx, deps.clock(), agent.accountId, userId);
    return after ? success(after) : notFound();
  });
}

const accessChanged = ({ accountId }: AgentIdentity, userId: number) =>
  ({ name: "agent:access_changed", accountId, userId }) as const;

/**
 * Takes him out of the account, its inboxes and teams; his conversations become nobody's. He has to
 * sign in again wherever else he works. Errors: `not_found`, `conflict` (the last administrator).
 */
export async function removeAgent(
  deps: RoomDeps,
  agent: AgentIdentity,
  userId: number,
): Promise<Result<null>> {
  return await administer(deps, agent, async (tx, ledger) => {
    const { accountId } = agent;
    const [before] = await tx
      .select()
      .from(account_users)
      .where(memberOf(agent, userId))
      .for("update");
    if (!before) return notFound();
    const ruled = before.active && before.role === "administrator";
    if (ruled && (await isLastAdministrator(tx, before))) {
      return lastAdministrator();
    }
    await tx.delete(account_users).where(memberOf(agent, userId));
    await forget(tx, accountId, userId);
    await endSessionsOf(tx, ledger.tell, userId);
    await unassign(deps, tx, agent, userId);
    note(ledger, "destroy", userId, { role: before.role });
    ledger.tell(accessChanged(agent, userId));
    return success(null);
  });
}

async function unassign(
  { jobs }: Pick<RoomDeps, "jobs">,
  tx: Transaction,
  { accountId, name: by }: AgentIdentity,
  userId: number,
): Promise<void> {
  await jobs.enqueue(tx, "agent:unassign", { accountId, userId, by });
}

/** Whatever else he was in this account. */
async function forget(tx: Transaction, accountId: number, userId: number): Promise<void> {
  const ofInboxes = tx
    .select({ id: inboxes.id })
    .from(inboxes)
    .where(eq(inboxes.account_id, accountId));
  await tx
    .delete(inbox_members)
    .where(and(eq(inbox_members.user_id, userId), inArray(inbox_members.inbox_id, ofInboxes)));
  const ofTeams = tx.select({ id: teams.id }).from(teams).where(eq(teams.account_id, accountId));
  await tx
    .delete(team_members)
    .where(and(eq(team_members.user_id, userId), inArray(team_members.team_id, ofTeams)));
  await tx
    .delete(custom_filters)
    .where(and(eq(custom_filters.user_id, userId), eq(custom_filters.account_id, accountId)));
  const elsewhere = await accountIdsOf(tx, userId);
  if (elsewhere.length === 0) await tx.delete(invitations).where(eq(invitations.user_id, userId));
}
