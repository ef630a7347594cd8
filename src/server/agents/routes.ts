// Routes of agents (seed 003, row 15).
import { z } from "zod";
import { applicationPaths } from "../../protocol/paths.ts";
import { agentSchema } from "../../protocol/records.ts";
import type { RestDoor } from "../http/door.ts";
import type { RoomDeps } from "../room.ts";
import { listAgents } from "./agents.ts";

export function agentRoutes(app: RestDoor, deps: RoomDeps): void {
  app.get(
    applicationPaths.agents(":account"),
    { schema: { response: { 200: z.array(agentSchema) } } },
    async (request) => await listAgents(deps, request.agent.accountId),
  );
}
