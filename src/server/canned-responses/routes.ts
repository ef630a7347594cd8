// Routes of canned responses (seed 003, rows 18 and 19), for every agent.
import { z } from "zod";
import { applicationPaths } from "../../protocol/paths.ts";
import { cannedResponseSchema } from "../../protocol/records-administration.ts";
import {
  createCannedResponseSchema,
  listCannedResponsesSchema,
  updateCannedResponseSchema,
} from "../../protocol/requests-canned-responses.ts";
import { idSchema } from "../../protocol/request-fields.ts";
import type { RestDoor } from "../http/door.ts";
import type { RoomDeps } from "../room.ts";
import {
  createCannedResponse,
  deleteCannedResponse,
  listCannedResponses,
  updateCannedResponse,
} from "./canned-responses.ts";

const params = z.object({ canned_response: idSchema });
const one = { 200: cannedResponseSchema };

export function cannedResponseRoutes(app: RestDoor, deps: RoomDeps): void {
  const path = applicationPaths.cannedResponse(":account", ":canned_response");
  const list = { 200: z.array(cannedResponseSchema) };
  app.get(
    applicationPaths.cannedResponses(":account"),
    { schema: { querystring: listCannedResponsesSchema, response: list } },
    async ({ agent, query }) => await listCannedResponses(deps, agent, query.search),
  );
  app.post(
    applicationPaths.cannedResponses(":account"),
    { schema: { body: createCannedResponseSchema, response: one } },
    async ({ agent, body }, reply) => {
      const result = await createCannedResponse(deps, agent, body);
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
  app.patch(
    path,
    { schema: { params, body: updateCannedResponseSchema, response: one } },
    async ({ agent, params, body }, reply) => {
      const result = await updateCannedResponse(deps, agent, params.canned_response, body);
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
  app.delete(
    path,
    { schema: { params, response: { 200: z.undefined() } } },
    async ({ agent, params }, reply) => {
      const result = await deleteCannedResponse(deps, agent, params.canned_response);
      return result.ok ? reply.send() : reply.fail(result.error);
    },
  );
}
