// Routes of custom attributes' definitions (seed 003, rows 37–40): agents read, administrators keep them.
import { z } from "zod";
import { applicationPaths } from "../../protocol/paths.ts";
import { customAttributeSchema } from "../../protocol/records-administration.ts";
import {
  createCustomAttributeSchema,
  listCustomAttributesSchema,
  updateCustomAttributeSchema,
} from "../../protocol/requests-custom-attributes.ts";
import { idSchema } from "../../protocol/request-fields.ts";
import { onlyAdministrators } from "../agents/rights.ts";
import type { RestDoor } from "../http/door.ts";
import type { RoomDeps } from "../room.ts";
import {
  createCustomAttribute,
  deleteCustomAttribute,
  getCustomAttribute,
  listCustomAttributes,
  updateCustomAttribute,
} from "./custom-attributes.ts";

const params = z.object({ custom_attribute: idSchema });
const one = { 200: customAttributeSchema };
const onRequest = onlyAdministrators;

export function customAttributeRoutes(app: RestDoor, deps: RoomDeps): void {
  const path = applicationPaths.customAttribute(":account", ":custom_attribute");
  const list = { 200: z.array(customAttributeSchema) };
  app.get(
    applicationPaths.customAttributes(":account"),
    { schema: { querystring: listCustomAttributesSchema, response: list } },
    async ({ agent, query }) => await listCustomAttributes(deps, agent, query.attribute_model),
  );
  app.get(path, { schema: { params, response: one } }, async ({ agent, params }, reply) => {
    const result = await getCustomAttribute(deps, agent, params.custom_attribute);
    return result.ok ? reply.send(result.data) : reply.fail(result.error);
  });
  app.post(
    applicationPaths.customAttributes(":account"),
    { onRequest, schema: { body: createCustomAttributeSchema, response: one } },
    async ({ agent, body }, reply) => {
      const result = await createCustomAttribute(deps, agent, body);
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
  app.patch(
    path,
    { onRequest, schema: { params, body: updateCustomAttributeSchema, response: one } },
    async ({ agent, params, body }, reply) => {
      const result = await updateCustomAttribute(deps, agent, params.custom_attribute, body);
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
  app.delete(
    path,
    { onRequest, schema: { params, response: { 200: z.undefined() } } },
    async ({ agent, params }, reply) => {
      const result = await deleteCustomAttribute(deps, agent, params.custom_attribute);
      return result.ok ? reply.send() : reply.fail(result.error);
    },
  );
}
