// Teams of an account (seed 003, rows 65–68).
import { and, asc, eq, sql } from "drizzle-orm";
import type { Team } from "../../protocol/records-administration.ts";
import type { CreateTeam, UpdateTeam } from "../../protocol/requests-teams.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import { administer, changesBetween } from "../audit/administer.ts";
import { refuseOverfull } from "../audit/room-left.ts";
import { team_members } from "../database/administration-tables.ts";
import type { Database, Transaction } from "../database/connection.ts";
import { teams } from "../database/account-tables.ts";
import type { RoomDeps } from "../room.ts";

type Deps = Pick<RoomDeps, "db" | "events">;

const notFound = () => failure("not_found", "Resource could not be found");
const nameTaken = { index: "teams_name", field: "name" };

const ofAccount = ({ accountId }: AgentIdentity, teamId: number) =>
  and(eq(teams.account_id, accountId), eq(teams.id, teamId));

/** Selects the records of teams, as this agent sees them. */
function selectTeams(reader: Database | Transaction, { userId }: AgentIdentity) {
  return reader
    .select({
      id: teams.id,
      name: teams.name,
      description: teams.description,
      allow_auto_assign: teams.allow_auto_assign,
      account_id: teams.account_id,
      is_member: sql<boolean>`${team_members.user_id} is not null`,
    })
    .from(teams)
    .leftJoin(
      team_members,
      and(eq(team_members.team_id, teams.id), eq(team_members.user_id, userId)),
    )
    .$dynamic();
}

/** By name. */
export async function listTeams({ db }: Deps, agent: AgentIdentity): Promise<Team[]> {
  return await selectTeams(db, agent)
    .where(eq(teams.account_id, agent.accountId))
    .orderBy(asc(teams.name));
}

/** Errors: `not_found`. */
export async function getTeam(
  { db }: { db: Database | Transaction },
  agent: AgentIdentity,
  teamId: number,
): Promise<Result<Team>> {
  const [team] = await selectTeams(db, agent).where(ofAccount(agent, teamId));
  return team ? success(team) : notFound();
}

/** Errors: `invalid` (the name is taken). */
export async function createTeam(
  deps: Deps,
  agent: AgentIdentity,
  { name, description, allow_auto_assign }: CreateTeam,
): Promise<Result<Team>> {
  const values = {
    name,
    description: description ?? "",
    allow_auto_assign: allow_auto_assign ?? true,
  };
  const work: Parameters<typeof administer<Team>>[2] = async (tx, { note }) => {
    const room = await refuseOverfull(tx, teams, agent.accountId, "teams");
    if (!room.ok) return room;
    const account_id = agent.accountId;
    const [row] = await tx
      .insert(teams)
      .values({ ...values, account_id })
      .returning();
    if (!row) throw new Error("INSERT answered no team");
    note({ action: "create", type: "Team", id: row.id, changes: values, subject: "team" });
    return await getTeam({ db: tx }, agent, row.id);
  };
  return await administer(deps, agent, work, nameTaken);
}

/** Errors: `not_found`, `invalid` (the name is taken). */
export async function updateTeam(
  deps: Deps,
  agent: AgentIdentity,
  teamId: number,
  input: UpdateTeam,
): Promise<Result<Team>> {
  const work: Parameters<typeof administer<Team>>[2] = async (tx, { note }) => {
    const where = ofAccount(agent, teamId);
    const [before] = await tx.select().from(teams).where(where).for("update");
    if (!before) return notFound();
    const [row] = await tx
      .update(teams)
      .set({
        name: input.name ?? before.name,
        description: input.description ?? before.description,
        allow_auto_assign: input.allow_auto_assign ?? before.allow_auto_assign,
      })
      .where(where)
      .returning();
    if (!row) throw new Error("a locked team has vanished");
    const changes = changesBetween(before, row);
    if (Object.keys(changes).length > 0) {
      note({ action: "update", type: "Team", id: row.id, changes, subject: "team" });
    }
    return await getTeam({ db: tx }, agent, row.id);
  };
  return await administer(deps, agent, work, nameTaken);
}

/** Its conversations belong to no team afterwards. Errors: `not_found`. */
export async function deleteTeam(
  deps: Deps,
  agent: AgentIdentity,
  teamId: number,
): Promise<Result<null>> {
  return await administer(deps, agent, async (tx, { note }) => {
    const [row] = await tx.delete(teams).where(ofAccount(agent, teamId)).returning();
    if (!row) return notFound();
    note({ action: "destroy", type: "Team", id: row.id, changes: row, subject: "team" });
    return success(null);
  });
}
