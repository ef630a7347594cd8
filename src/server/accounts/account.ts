// The account itself.
import { eq } from "drizzle-orm";
import type { Account } from "../../protocol/records-administration.ts";
import type { UpdateAccount } from "../../protocol/requests-accounts.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import { administer } from "../audit/administer.ts";
import { accounts } from "../database/account-tables.ts";
import { unixSeconds } from "../messages/records.ts";
import type { RoomDeps } from "../room.ts";

const notFound = () => failure("not_found", "Resource could not be found");

const record = ({ id, name, created_at }: typeof accounts.$inferSelect): Account => ({
  id,
  name,
  created_at: unixSeconds(created_at),
});

/** Errors: `not_found`. */
export async function getAccount(
  { db }: Pick<RoomDeps, "db">,
  { accountId }: AgentIdentity,
): Promise<Result<Account>> {
  const [row] = await db.select().from(accounts).where(eq(accounts.id, accountId));
  return row ? success(record(row)) : notFound();
}

/** Errors: `not_found`. */
export async function updateAccount(
  deps: Pick<RoomDeps, "db" | "events">,
  agent: AgentIdentity,
  { name }: UpdateAccount,
): Promise<Result<Account>> {
  return await administer(deps, agent, async (tx, { note }) => {
    const where = eq(accounts.id, agent.accountId);
    const [before] = await tx.select().from(accounts).where(where).for("no key update");
    if (!before) return notFound();
    if (name === undefined || name === before.name) return success(record(before));
    await tx.update(accounts).set({ name }).where(where);
    const changes = { name: [before.name, name] };
    note({ action: "update", type: "Account", id: before.id, changes, subject: "account" });
    return success(record({ ...before, name }));
  });
}
