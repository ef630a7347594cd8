// Routes of teams and their members (seed 003, rows 65–72).
import { z } from "zod";
import { applicationPaths } from "../../protocol/paths.ts";
import { teamSchema } from "../../protocol/records-administration.ts";
import { agentSchema } from "../../protocol/records.ts";
import {
  createTeamSchema,
  teamMembersSchema,
  updateTeamSchema,
} from "../../protocol/requests-teams.ts";
import { idSchema } from "../../protocol/request-fields.ts";
import { onlyAdministrators } from "../agents/rights.ts";
import type { RestDoor } from "../http/door.ts";
import type { RoomDeps } from "../room.ts";
import { changeTeamMembers, listTeamMembers } from "./members.ts";
import { createTeam, deleteTeam, getTeam, listTeams, updateTeam } from "./teams.ts";

const params = z.object({ team: idSchema });
const one = { 200: teamSchema };
const onRequest = onlyAdministrators;

export function teamRoutes(app: RestDoor, deps: RoomDeps): void {
  const path = applicationPaths.team(":account", ":team");
  app.get(
    applicationPaths.teams(":account"),
    { schema: { response: { 200: z.array(teamSchema) } } },
    async ({ agent }) => await listTeams(deps, agent),
  );
  app.get(path, { schema: { params, response: one } }, async ({ agent, params }, reply) => {
    const result = await getTeam(deps, agent, params.team);
    return result.ok ? reply.send(result.data) : reply.fail(result.error);
  });
  app.post(
    applicationPaths.teams(":account"),
    { onRequest, schema: { body: createTeamSchema, response: one } },
    async ({ agent, body }, reply) => {
      const result = await createTeam(deps, agent, body);
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
  app.patch(
    path,
    { onRequest, schema: { params, body: updateTeamSchema, response: one } },
    async ({ agent, params, body }, reply) => {
      const result = await updateTeam(deps, agent, params.team, body);
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
  app.delete(
    path,
    { onRequest, schema: { params, response: { 200: z.undefined() } } },
    async ({ agent, params }, reply) => {
      const result = await deleteTeam(deps, agent, params.team);
      return result.ok ? reply.send() : reply.fail(result.error);
    },
  );
  memberRoutes(app, deps);
}

function memberRoutes(app: RestDoor, deps: RoomDeps): void {
  const path = applicationPaths.teamMembers(":account", ":team");
  const list = { 200: z.array(agentSchema) };
  const schema = { params, body: teamMembersSchema, response: list };
  app.get(path, { schema: { params, response: list } }, async ({ agent, params }, reply) => {
    const result = await listTeamMembers(deps, agent, params.team);
    return result.ok ? reply.send(result.data) : reply.fail(result.error);
  });
  app.post(path, { onRequest, schema }, async ({ agent, params, body }, reply) => {
    const result = await changeTeamMembers(deps, agent, params.team, body.user_ids, "add");
    return result.ok ? reply.send(result.data) : reply.fail(result.error);
  });
  app.patch(path, { onRequest, schema }, async ({ agent, params, body }, reply) => {
    const result = await changeTeamMembers(deps, agent, params.team, body.user_ids, "replace");
    return result.ok ? reply.send(result.data) : reply.fail(result.error);
  });
  app.delete(
    path,
    { onRequest, schema: { ...schema, response: { 200: z.undefined() } } },
    async ({ agent, params, body }, reply) => {
      const result = await changeTeamMembers(deps, agent, params.team, body.user_ids, "remove");
      return result.ok ? reply.send() : reply.fail(result.error);
    },
  );
}
