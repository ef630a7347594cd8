// The agents of a team (seed 003, rows 69–72).
import { and, eq, inArray } from "drizzle-orm";
import type { Agent } from "../../protocol/records.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import { listMembers, memberIds } from "../agents/members.ts";
import { administer } from "../audit/administer.ts";
import { team_members } from "../database/administration-tables.ts";
import type { Database, Transaction } from "../database/connection.ts";
import { teams } from "../database/account-tables.ts";
import type { RoomDeps } from "../room.ts";
import { getTeam } from "./teams.ts";

type Deps = Pick<RoomDeps, "db" | "events" | "clock">;

const foreign = () => failure("unauthenticated", "Invalid User IDs");

/** What becomes of the members when these are named. */
export type MemberChange = "add" | "replace" | "remove";

async function list(
  { clock }: Pick<Deps, "clock">,
  reader: Database | Transaction,
  accountId: number,
  teamId: number,
): Promise<Agent[]> {
  const ids = reader
    .select({ id: team_members.user_id })
    .from(team_members)
    .where(eq(team_members.team_id, teamId));
  return await listMembers(reader, clock(), accountId, ids);
}

/** By name. Errors: `not_found`. */
export async function listTeamMembers(
  deps: Deps,
  agent: AgentIdentity,
  teamId: number,
): Promise<Result<Agent[]>> {
  const team = await getTeam(deps, agent, teamId);
  return team.ok ? success(await list(deps, deps.db, agent.accountId, teamId)) : team;
}

/**
 * Adds the users, makes them the only members, or removes them; all or nothing. Answers the members.
 * Errors: `not_found`, `unauthenticated` (somebody to add is no agent of the account: as documented).
 */
export async function changeTeamMembers(
  deps: Deps,
  agent: AgentIdentity,
  teamId: number,
  userIds: number[],
  change: MemberChange,
): Promise<Result<Agent[]>> {
  return await administer(deps, agent, async (tx, { note }) => {
    const own = and(eq(teams.account_id, agent.accountId), eq(teams.id, teamId));
    const [team] = await tx.select().from(teams).where(own).for("update");
    if (!team) return failure("not_found", "Resource could not be found");
    const before = await idsOf(tx, teamId);
    const goes = (id: number) =>
      change === "remove" ? userIds.includes(id) : change === "replace" && !userIds.includes(id);
    const added = change === "remove" ? [] : userIds.filter((id) => !before.includes(id));
    const removed = before.filter(goes);
    const known = await memberIds(tx, agent.accountId, added);
    if (known.length < added.length) return foreign();
    if (added.length > 0) {
      const rows = added.map((user_id) => ({ team_id: teamId, user_id }));
      await tx.insert(team_members).values(rows).onConflictDoNothing();
    }
    if (removed.length > 0) {
      const gone = and(eq(team_members.team_id, teamId), inArray(team_members.user_id, removed));
      await tx.delete(team_members).where(gone);
    }
    if (added.length + removed.length > 0) {
      const after = [...before.filter((id) => !removed.includes(id)), ...added];
      const changes = { user_ids: [before, after] };
      note({ action: "update", type: "Team", id: teamId, changes, subject: "team" });
    }
    return success(await list(deps, tx, agent.accountId, teamId));
  });
}

async function idsOf(tx: Transaction, teamId: number): Promise<number[]> {
  const rows = await tx
    .select({ id: team_members.user_id })
    .from(team_members)
    .where(eq(team_members.team_id, teamId));
  return rows.map((row) => row.id).toSorted((one, other) => one - other);
}
