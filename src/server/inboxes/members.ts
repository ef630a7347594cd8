// The agents of an inbox: who sees its conversations (seed 003, rows 51–54).
import { and, eq, inArray } from "drizzle-orm";
import type { Agent } from "../../protocol/records.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import { visibleInboxIds } from "../agents/agents.ts";
import { listMembers, memberIds } from "../agents/members.ts";
import { administer } from "../audit/administer.ts";
import type { Database, Transaction } from "../database/connection.ts";
import { inbox_members, inboxes } from "../database/inbox-tables.ts";
import type { RoomDeps } from "../room.ts";

type Deps = Pick<RoomDeps, "db" | "events" | "clock">;

const notFound = () => failure("not_found", "Resource could not be found");
const mustExist = () => failure("invalid", "User must exist");

/** What becomes of the members when these are named. */
export type MemberChange = "add" | "replace" | "remove";

async function listInboxMembers(
  { clock }: Pick<Deps, "clock">,
  reader: Database | Transaction,
  accountId: number,
  inboxId: number,
): Promise<Agent[]> {
  const members = reader
    .select({ id: inbox_members.user_id })
    .from(inbox_members)
    .where(eq(inbox_members.inbox_id, inboxId));
  return await listMembers(reader, clock(), accountId, members);
}

/** By name. Errors: `not_found`, also for an inbox that the agent may not see. */
export async function getInboxMembers(
  deps: Deps,
  agent: AgentIdentity,
  inboxId: number,
): Promise<Result<Agent[]>> {
  const [inbox] = await deps.db.select().from(inboxes).where(own(agent, inboxId));
  const visible = await visibleInboxIds(deps.db, agent);
  if (!inbox || (visible && !visible.includes(inboxId))) return notFound();
  return success(await listInboxMembers(deps, deps.db, agent.accountId, inboxId));
}

const own = ({ accountId }: AgentIdentity, inboxId: number) =>
  and(eq(inboxes.account_id, accountId), eq(inboxes.id, inboxId));

/**
 * Adds the users, makes them the only members, or removes them; all or nothing. Answers the members.
 * Errors: `not_found`, `invalid` (somebody to add is no agent of the account).
 */
export async function changeInboxMembers(
  deps: Deps,
  agent: AgentIdentity,
  { inbox_id: inboxId, user_ids: userIds }: { inbox_id: number; user_ids: number[] },
  change: MemberChange,
): Promise<Result<Agent[]>> {
  return await administer(deps, agent, async (tx, ledger) => {
    const [inbox] = await tx.select().from(inboxes).where(own(agent, inboxId)).for("update");
    if (!inbox) return notFound();
    const before = await idsOf(tx, inboxId);
    const goes = (id: number) =>
      change === "remove" ? userIds.includes(id) : change === "replace" && !userIds.includes(id);
    const added = change === "remove" ? [] : userIds.filter((id) => !before.includes(id));
    const removed = before.filter(goes);
    const known = await memberIds(tx, agent.accountId, added);
    if (known.length < added.length) return mustExist();
    if (added.length > 0) {
      const rows = added.map((user_id) => ({ inbox_id: inboxId, user_id }));
      await tx.insert(inbox_members).values(rows).onConflictDoNothing();
    }
    if (removed.length > 0) {
      const gone = and(
        eq(inbox_members.inbox_id, inboxId),
        inArray(inbox_members.user_id, removed),
      );
      await tx.delete(inbox_members).where(gone);
    }
    const after = [...before.filter((id) => !removed.includes(id)), ...added];
    if (added.length + removed.length > 0) {
      const changes = { user_ids: [before, after] };
      ledger.note({ action: "update", type: "Inbox", id: inboxId, changes, subject: "inbox" });
    }
    for (const userId of [...added, ...removed]) {
      ledger.tell({ name: "agent:access_changed", accountId: agent.accountId, userId });
    }
    return success(await listInboxMembers(deps, tx, agent.accountId, inboxId));
  });
}

async function idsOf(tx: Transaction, inboxId: number): Promise<number[]> {
  const rows = await tx
    .select({ id: inbox_members.user_id })
    .from(inbox_members)
    .where(eq(inbox_members.inbox_id, inboxId));
  return rows.map((row) => row.id).toSorted((one, other) => one - other);
}
