// Giving a conversation to a team, and, where the team wants that, to one of its agents.
import { eq } from "drizzle-orm";
import type { Team } from "../../protocol/records-administration.ts";
import type { Agent } from "../../protocol/records.ts";
import type { AssignConversation } from "../../protocol/requests.ts";
import { success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import { actorOf, listAgentsOfInbox } from "../agents/agents.ts";
import { team_members } from "../database/administration-tables.ts";
import type { Transaction } from "../database/connection.ts";
import { assignmentLine, namedBy, teamLine } from "../messages/lines.ts";
import type { RoomDeps } from "../room.ts";
import { getTeam } from "../teams/teams.ts";
import type { Change } from "./change.ts";
import { changeConversation } from "./change.ts";
import { findConversation, ofAgent } from "./find.ts";
import { leastBusy } from "./least-busy.ts";
import type { ConversationRow } from "./details.ts";
import { assignConversation } from "./status.ts";

type Deps = Pick<RoomDeps, "db" | "events" | "clock">;

/**
 * Gives it to an agent or, when none is named, to a team; with neither nothing changes.
 * Errors: `not_found`.
 */
export async function assign(
  deps: Deps,
  agent: AgentIdentity,
  displayId: number,
  { assignee_id: assigneeId, team_id: teamId }: AssignConversation,
): Promise<Result<Agent | Team | null>> {
  if (assigneeId !== undefined) return await assignConversation(deps, agent, displayId, assigneeId);
  if (teamId !== undefined) return await assignTeam(deps, agent, displayId, teamId);
  const found = await findConversation(deps.db, ofAgent(deps.db, agent, displayId));
  return found.ok ? success(null) : found;
}

/**
 * Gives it to a team; `null` or 0 takes it from its team. An assignee who is not in the new team
 * loses it. Errors: `not_found` (the conversation or the team).
 */
async function assignTeam(
  deps: Deps,
  agent: AgentIdentity,
  displayId: number,
  teamId: number | null,
): Promise<Result<Team | null>> {
  let team: Team | null = null;
  const where = ofAgent(deps.db, agent, displayId);
  const changed = await changeConversation(deps, where, actorOf(agent), async (current, tx) => {
    if (teamId) {
      const found = await getTeam({ db: tx }, agent, teamId);
      if (!found.ok) return found;
      team = found.data;
    }
    if (current.team_id === (team?.id ?? null)) return success(null);
    return success(await changeOf(deps, tx, agent, current, team));
  });
  return changed.ok ? success(team) : changed;
}

async function changeOf(
  { clock }: Deps,
  tx: Transaction,
  agent: AgentIdentity,
  current: ConversationRow,
  team: Team | null,
): Promise<Change> {
  const by = namedBy(agent);
  const lines = [teamLine(by, team?.name ?? null)];
  if (!team) return { patch: { team_id: null }, lines };
  const members = await tx
    .select({ id: team_members.user_id })
    .from(team_members)
    .where(eq(team_members.team_id, team.id));
  const ids = members.map((member) => member.id);
  const keeps = current.assignee_id !== null && ids.includes(current.assignee_id);
  if (keeps) return { patch: { team_id: team.id }, lines };
  const { account_id, inbox_id } = current;
  const candidates = team.allow_auto_assign
    ? await listAgentsOfInbox(tx, clock(), account_id, inbox_id, ids)
    : [];
  const chosen = await leastBusy(tx, account_id, candidates);
  const assignee_id = chosen?.id ?? null;
  const isSame = assignee_id === current.assignee_id;
  const named = chosen && { id: chosen.id, name: chosen.available_name };
  return {
    patch: { team_id: team.id, ...(isSame ? {} : { assignee_id }) },
    lines: isSame ? lines : [...lines, assignmentLine(by, named ?? null)],
  };
}
