// Routes of agents (seed 003, rows 15–17).
import { z } from "zod";
import { applicationPaths } from "../../protocol/paths.ts";
import { addedAgentSchema } from "../../protocol/records-administration.ts";
import { agentSchema } from "../../protocol/records.ts";
import { addAgentSchema, updateAgentSchema } from "../../protocol/requests-agents.ts";
import { idSchema } from "../../protocol/request-fields.ts";
import type { RestDoor } from "../http/door.ts";
import type { RoomDeps } from "../room.ts";
import { addAgent, removeAgent, updateAgent } from "./administration.ts";
import { listAgents } from "./agents.ts";
import { onlyAdministrators } from "./rights.ts";

const params = z.object({ agent: idSchema });
const path = applicationPaths.agent(":account", ":agent");
const onRequest = onlyAdministrators;

export function agentRoutes(app: RestDoor, deps: RoomDeps): void {
  app.get(
    applicationPaths.agents(":account"),
    { schema: { response: { 200: z.array(agentSchema) } } },
    async (request) => await listAgents(deps, request.agent.accountId),
  );
  app.post(
    applicationPaths.agents(":account"),
    { onRequest, schema: { body: addAgentSchema, response: { 200: addedAgentSchema } } },
    async ({ agent, body }, reply) => {
      const result = await addAgent(deps, agent, body);
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
  app.patch(
    path,
    { onRequest, schema: { params, body: updateAgentSchema, response: { 200: agentSchema } } },
    async ({ agent, params, body }, reply) => {
      const result = await updateAgent(deps, agent, params.agent, body);
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
  app.delete(
    path,
    { onRequest, schema: { params, response: { 200: z.undefined() } } },
    async ({ agent, params }, reply) => {
      const result = await removeAgent(deps, agent, params.agent);
      return result.ok ? reply.send() : reply.fail(result.error);
    },
  );
}
