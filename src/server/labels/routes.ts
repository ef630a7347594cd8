// Routes of an account's labels: every agent reads them, administrators keep them.
import { z } from "zod";
import { applicationPaths } from "../../protocol/paths.ts";
import { labelSchema } from "../../protocol/records-administration.ts";
import { createLabelSchema, updateLabelSchema } from "../../protocol/requests-labels.ts";
import { idSchema } from "../../protocol/request-fields.ts";
import { onlyAdministrators } from "../agents/rights.ts";
import type { RestDoor } from "../http/door.ts";
import type { RoomDeps } from "../room.ts";
import { createLabel, deleteLabel, getLabel, listLabels, updateLabel } from "./labels.ts";

const params = z.object({ label: idSchema });
const one = { 200: labelSchema };
const onRequest = onlyAdministrators;

export function labelRoutes(app: RestDoor, deps: RoomDeps): void {
  const path = applicationPaths.label(":account", ":label");
  app.get(
    applicationPaths.labels(":account"),
    { schema: { response: { 200: z.object({ payload: z.array(labelSchema) }) } } },
    async ({ agent }) => ({ payload: await listLabels(deps, agent) }),
  );
  app.get(path, { schema: { params, response: one } }, async ({ agent, params }, reply) => {
    const result = await getLabel(deps, agent, params.label);
    return result.ok ? reply.send(result.data) : reply.fail(result.error);
  });
  app.post(
    applicationPaths.labels(":account"),
    { onRequest, schema: { body: createLabelSchema, response: one } },
    async ({ agent, body }, reply) => {
      const result = await createLabel(deps, agent, body);
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
  app.patch(
    path,
    { onRequest, schema: { params, body: updateLabelSchema, response: one } },
    async ({ agent, params, body }, reply) => {
      const result = await updateLabel(deps, agent, params.label, body);
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
  app.delete(
    path,
    { onRequest, schema: { params, response: { 200: z.undefined() } } },
    async ({ agent, params }, reply) => {
      const result = await deleteLabel(deps, agent, params.label);
      return result.ok ? reply.send() : reply.fail(result.error);
    },
  );
}
