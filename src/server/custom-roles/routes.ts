// Routes of custom roles, for administrators.
import { z } from "zod";
import { applicationPaths } from "../../protocol/paths.ts";
import { customRoleSchema } from "../../protocol/records-administration.ts";
import {
  createCustomRoleSchema,
  updateCustomRoleSchema,
} from "../../protocol/requests-custom-roles.ts";
import { idSchema } from "../../protocol/request-fields.ts";
import { onlyAdministrators } from "../agents/rights.ts";
import type { RestDoor } from "../http/door.ts";
import type { RoomDeps } from "../room.ts";
import {
  createCustomRole,
  deleteCustomRole,
  getCustomRole,
  listCustomRoles,
  updateCustomRole,
} from "./custom-roles.ts";

const params = z.object({ custom_role: idSchema });
const one = { 200: customRoleSchema };
const onRequest = onlyAdministrators;

export function customRoleRoutes(app: RestDoor, deps: RoomDeps): void {
  const all = applicationPaths.customRoles(":account");
  const path = applicationPaths.customRole(":account", ":custom_role");
  app.get(
    all,
    { onRequest, schema: { response: { 200: z.array(customRoleSchema) } } },
    async ({ agent }) => await listCustomRoles(deps, agent),
  );
  app.post(
    all,
    { onRequest, schema: { body: createCustomRoleSchema, response: one } },
    async ({ agent, body }, reply) => {
      const result = await createCustomRole(deps, agent, body);
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
  app.get(
    path,
    { onRequest, schema: { params, response: one } },
    async ({ agent, params }, reply) => {
      const result = await getCustomRole(deps, agent, params.custom_role);
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
  app.patch(
    path,
    { onRequest, schema: { params, body: updateCustomRoleSchema, response: one } },
    async ({ agent, params, body }, reply) => {
      const result = await updateCustomRole(deps, agent, params.custom_role, body);
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
  app.delete(
    path,
    { onRequest, schema: { params, response: { 200: z.undefined() } } },
    async ({ agent, params }, reply) => {
      const result = await deleteCustomRole(deps, agent, params.custom_role);
      return result.ok ? reply.send() : reply.fail(result.error);
    },
  );
}
