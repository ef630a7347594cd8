// Routes of inboxes: the widget's public configuration, and the agents' list.
import { z } from "zod";
import { applicationPaths, publicPaths } from "../../protocol/paths.ts";
import { inboxSchema, publicInboxSchema } from "../../protocol/records.ts";
import { idSchema } from "../../protocol/requests.ts";
import { updateInboxSchema } from "../../protocol/requests-inboxes.ts";
import { failure } from "../../protocol/result.ts";
import type { RestDoor } from "../http/door.ts";
import type { RoomDeps } from "../room.ts";
import { listInboxes, publicInboxRecord } from "./inboxes.ts";
import { updateInbox } from "./update.ts";

const notAllowed = failure("unauthenticated", "You are not authorized to do this action").error;

export function visitorInboxRoutes(app: RestDoor, deps: RoomDeps): void {
  app.get(
    publicPaths.inbox(":inbox"),
    { schema: { response: { 200: publicInboxSchema } } },
    async (request) => await publicInboxRecord(deps, request.inbox),
  );
}

export function agentInboxRoutes(app: RestDoor, deps: RoomDeps): void {
  app.get(
    applicationPaths.inboxes(":account"),
    { schema: { response: { 200: z.array(inboxSchema) } } },
    async (request) => await listInboxes(deps, request.agent),
  );
  app.patch(
    applicationPaths.inbox(":account", ":inbox_id"),
    {
      schema: {
        params: z.object({ inbox_id: idSchema }),
        body: updateInboxSchema,
        response: { 200: inboxSchema },
      },
    },
    async (request, reply) => {
      if (request.agent.role !== "administrator") return reply.fail(notAllowed);
      const { accountId } = request.agent;
      const result = await updateInbox(deps, accountId, request.params.inbox_id, request.body);
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
}
