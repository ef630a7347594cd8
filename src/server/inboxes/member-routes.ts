// Routes of an inbox's members (seed 003, rows 51–54).
import { z } from "zod";
import { applicationPaths } from "../../protocol/paths.ts";
import { agentSchema } from "../../protocol/records.ts";
import { idSchema } from "../../protocol/request-fields.ts";
import { inboxMembersSchema } from "../../protocol/requests-inboxes.ts";
import { onlyAdministrators } from "../agents/rights.ts";
import type { RestDoor } from "../http/door.ts";
import type { RoomDeps } from "../room.ts";
import { changeInboxMembers, getInboxMembers } from "./members.ts";

const list = { 200: z.array(agentSchema) };

export function inboxMemberRoutes(app: RestDoor, deps: RoomDeps): void {
  const path = applicationPaths.inboxMembers(":account");
  app.get(
    applicationPaths.inboxMembersOf(":account", ":inbox_id"),
    { schema: { params: z.object({ inbox_id: idSchema }), response: list } },
    async ({ agent, params }, reply) => {
      const result = await getInboxMembers(deps, agent, params.inbox_id);
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
  const schema = { body: inboxMembersSchema, response: list };
  const onRequest = onlyAdministrators;
  app.post(path, { onRequest, schema }, async ({ agent, body }, reply) => {
    const result = await changeInboxMembers(deps, agent, body, "add");
    return result.ok ? reply.send(result.data) : reply.fail(result.error);
  });
  app.patch(path, { onRequest, schema }, async ({ agent, body }, reply) => {
    const result = await changeInboxMembers(deps, agent, body, "replace");
    return result.ok ? reply.send(result.data) : reply.fail(result.error);
  });
  app.delete(
    path,
    { onRequest, schema: { body: inboxMembersSchema, response: { 200: z.undefined() } } },
    async ({ agent, body }, reply) => {
      const result = await changeInboxMembers(deps, agent, body, "remove");
      return result.ok ? reply.send() : reply.fail(result.error);
    },
  );
}
