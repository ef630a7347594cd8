// Routes of saved filters (seed 003, rows 41–44), each agent's own.
import { z } from "zod";
import { applicationPaths } from "../../protocol/paths.ts";
import { customFilterSchema } from "../../protocol/records-administration.ts";
import {
  createCustomFilterQuerySchema,
  createCustomFilterSchema,
  listCustomFiltersSchema,
  updateCustomFilterSchema,
} from "../../protocol/requests-custom-filters.ts";
import { idSchema } from "../../protocol/request-fields.ts";
import type { RestDoor } from "../http/door.ts";
import type { RoomDeps } from "../room.ts";
import {
  createCustomFilter,
  deleteCustomFilter,
  getCustomFilter,
  listCustomFilters,
  updateCustomFilter,
} from "./custom-filters.ts";

const params = z.object({ custom_filter: idSchema });
const one = { 200: customFilterSchema };

export function customFilterRoutes(app: RestDoor, deps: RoomDeps): void {
  const path = applicationPaths.customFilter(":account", ":custom_filter");
  const list = { 200: z.array(customFilterSchema) };
  app.get(
    applicationPaths.customFilters(":account"),
    { schema: { querystring: listCustomFiltersSchema, response: list } },
    async ({ agent, query }) => await listCustomFilters(deps, agent, query.filter_type),
  );
  app.get(path, { schema: { params, response: one } }, async ({ agent, params }, reply) => {
    const result = await getCustomFilter(deps, agent, params.custom_filter);
    return result.ok ? reply.send(result.data) : reply.fail(result.error);
  });
  app.post(
    applicationPaths.customFilters(":account"),
    {
      schema: {
        querystring: createCustomFilterQuerySchema,
        body: createCustomFilterSchema,
        response: one,
      },
    },
    async ({ agent, query, body }, reply) => {
      const result = await createCustomFilter(deps, agent, { ...query, ...body });
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
  app.patch(
    path,
    { schema: { params, body: updateCustomFilterSchema, response: one } },
    async ({ agent, params, body }, reply) => {
      const result = await updateCustomFilter(deps, agent, params.custom_filter, body);
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
  app.delete(
    path,
    { schema: { params, response: { 200: z.undefined() } } },
    async ({ agent, params }, reply) => {
      const result = await deleteCustomFilter(deps, agent, params.custom_filter);
      return result.ok ? reply.send() : reply.fail(result.error);
    },
  );
}
