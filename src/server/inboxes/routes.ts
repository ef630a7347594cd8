// Routes of inboxes: the widget's public configuration, and what agents and administrators do.
import { z } from "zod";
import { applicationPaths, publicPaths } from "../../protocol/paths.ts";
import { inboxDetailsSchema } from "../../protocol/records-administration.ts";
import { publicInboxSchema } from "../../protocol/records.ts";
import { idSchema } from "../../protocol/request-fields.ts";
import { createInboxSchema, updateInboxSchema } from "../../protocol/requests-inboxes.ts";
import { onlyAdministrators } from "../agents/rights.ts";
import { avatarFile } from "../attachments/avatars.ts";
import type { RestDoor } from "../http/door.ts";
import type { RoomDeps } from "../room.ts";
import { getInbox, listInboxes, publicInboxRecord } from "./inboxes.ts";
import { createInbox, deleteInbox, updateInbox } from "./update.ts";

export function visitorInboxRoutes(app: RestDoor, deps: RoomDeps): void {
  app.get(
    publicPaths.inbox(":inbox"),
    { schema: { response: { 200: publicInboxSchema } }, config: { isCompressed: true } },
    async (request) => await publicInboxRecord(deps, request.inbox),
  );
}

const params = z.object({ inbox_id: idSchema });
const path = applicationPaths.inbox(":account", ":inbox_id");
const one = { 200: inboxDetailsSchema };

export function agentInboxRoutes(app: RestDoor, deps: RoomDeps): void {
  app.get(
    applicationPaths.inboxes(":account"),
    { schema: { response: { 200: z.array(inboxDetailsSchema) } } },
    async (request) => await listInboxes(deps, request.agent),
  );
  app.get(path, { schema: { params, response: one } }, async (request, reply) => {
    const result = await getInbox(deps, request.agent, request.params.inbox_id);
    return result.ok ? reply.send(result.data) : reply.fail(result.error);
  });
  app.post(
    applicationPaths.inboxes(":account"),
    {
      onRequest: onlyAdministrators,
      schema: { body: createInboxSchema, response: one },
      config: { takesFiles: avatarFile(deps) },
    },
    async ({ agent, body }, reply) => {
      const result = await createInbox(deps, agent, body);
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
  app.patch(
    path,
    {
      onRequest: onlyAdministrators,
      schema: { params, body: updateInboxSchema, response: one },
      config: { takesFiles: avatarFile(deps) },
    },
    async ({ agent, params, body }, reply) => {
      const result = await updateInbox(deps, agent, params.inbox_id, body);
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
  app.delete(
    path,
    { onRequest: onlyAdministrators, schema: { params, response: { 200: z.undefined() } } },
    async ({ agent, params }, reply) => {
      const result = await deleteInbox(deps, agent, params.inbox_id);
      return result.ok ? reply.send() : reply.fail(result.error);
    },
  );
}
