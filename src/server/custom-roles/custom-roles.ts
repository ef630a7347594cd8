// Custom roles of an account: what administrators let some agents do.
import { and, asc, eq } from "drizzle-orm";
import type { CustomRole } from "../../protocol/records-administration.ts";
import type { CreateCustomRole, UpdateCustomRole } from "../../protocol/requests-custom-roles.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import { administer, changesBetween } from "../audit/administer.ts";
import type { Transaction } from "../database/connection.ts";
import { account_users, custom_roles } from "../database/account-tables.ts";
import type { RoomDeps } from "../room.ts";

type Deps = Pick<RoomDeps, "db" | "events">;

const notFound = () => failure("not_found", "Resource could not be found");
const nameTaken = { index: "custom_roles_name", field: "name" };
const type = "CustomRole";
const subject = "custom_role" as const;

function record({ id, name, description, permissions }: typeof custom_roles.$inferSelect) {
  return { id, name, description, permissions };
}

const ofAccount = ({ accountId }: AgentIdentity, id: number) =>
  and(eq(custom_roles.account_id, accountId), eq(custom_roles.id, id));

/** By name. */
export async function listCustomRoles({ db }: Deps, agent: AgentIdentity): Promise<CustomRole[]> {
  const rows = await db
    .select()
    .from(custom_roles)
    .where(eq(custom_roles.account_id, agent.accountId))
    .orderBy(asc(custom_roles.name));
  return rows.map(record);
}

/** Errors: `not_found`. */
export async function getCustomRole(
  { db }: Deps,
  agent: AgentIdentity,
  id: number,
): Promise<Result<CustomRole>> {
  const [row] = await db.select().from(custom_roles).where(ofAccount(agent, id));
  return row ? success(record(row)) : notFound();
}

/** Errors: `invalid` (the name is taken). */
export async function createCustomRole(
  deps: Deps,
  agent: AgentIdentity,
  { name, description, permissions }: CreateCustomRole,
): Promise<Result<CustomRole>> {
  const work: Parameters<typeof administer<CustomRole>>[2] = async (tx, { note }) => {
    const values = { name, description: description ?? "", permissions };
    const [row] = await tx
      .insert(custom_roles)
      .values({ ...values, account_id: agent.accountId })
      .returning();
    if (!row) throw new Error("INSERT answered no custom role");
    note({ action: "create", type, id: row.id, changes: record(row), subject });
    return success(record(row));
  };
  return await administer(deps, agent, work, nameTaken);
}

/**
 * Changes what is said. Who has the role may at once do what it says now, and no more.
 * Errors: `not_found`, `invalid` (the name is taken).
 */
export async function updateCustomRole(
  deps: Deps,
  agent: AgentIdentity,
  id: number,
  { name, description, permissions }: UpdateCustomRole,
): Promise<Result<CustomRole>> {
  const work: Parameters<typeof administer<CustomRole>>[2] = async (tx, { note, tell }) => {
    const where = ofAccount(agent, id);
    const [before] = await tx.select().from(custom_roles).where(where).for("update");
    if (!before) return notFound();
    const [row] = await tx
      .update(custom_roles)
      .set({
        name: name ?? before.name,
        description: description === undefined ? before.description : (description ?? ""),
        permissions: permissions ?? before.permissions,
      })
      .where(where)
      .returning();
    if (!row) throw new Error("a locked custom role has vanished");
    const changes = changesBetween(before, row);
    if (Object.keys(changes).length > 0) note({ action: "update", type, id, changes, subject });
    if ("permissions" in changes) {
      for (const userId of await holdersOf(tx, id)) {
        tell({ name: "agent:access_changed", accountId: agent.accountId, userId });
      }
    }
    return success(record(row));
  };
  return await administer(deps, agent, work, nameTaken);
}

/**
 * Errors: `not_found`, `conflict` (somebody has it: without it he could do more than before).
 */
export async function deleteCustomRole(
  deps: Deps,
  agent: AgentIdentity,
  id: number,
): Promise<Result<null>> {
  return await administer(deps, agent, async (tx, { note }) => {
    const where = ofAccount(agent, id);
    const [row] = await tx.select().from(custom_roles).where(where).for("update");
    if (!row) return notFound();
    if ((await holdersOf(tx, id)).length > 0) {
      return failure("conflict", "Agents have this role: give them another one first");
    }
    await tx.delete(custom_roles).where(where);
    note({ action: "destroy", type, id, changes: record(row), subject });
    return success(null);
  });
}

async function holdersOf(tx: Transaction, roleId: number): Promise<number[]> {
  const rows = await tx
    .select({ id: account_users.user_id })
    .from(account_users)
    .where(eq(account_users.custom_role_id, roleId));
  return rows.map((row) => row.id);
}

/** Whether the account has this role; it stays until the transaction is over. */
export async function holdCustomRole(
  tx: Transaction,
  agent: AgentIdentity,
  id: number,
): Promise<boolean> {
  const [row] = await tx
    .select({ id: custom_roles.id })
    .from(custom_roles)
    .where(ofAccount(agent, id))
    .for("key share");
  return row !== undefined;
}
