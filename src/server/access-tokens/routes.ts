// Routes of access tokens in the application API.
import { z } from "zod";
import {
  accessTokenSchema,
  createAccessTokenSchema,
  newAccessTokenSchema,
  profileTokenSchema,
} from "../../protocol/access-tokens.ts";
import { applicationPaths } from "../../protocol/paths.ts";
import { idSchema } from "../../protocol/request-fields.ts";
import { onlyAdministrators } from "../agents/rights.ts";
import type { RestDoor } from "../http/door.ts";
import type { RoomDeps } from "../room.ts";
import { createAccessToken, listAccessTokens, revokeAccessToken } from "./access-tokens.ts";
import { listProfileTokens, revokeProfileToken } from "./profile-tokens.ts";

const params = z.object({ token: idSchema });
const onRequest = onlyAdministrators;

export function accessTokenRoutes(app: RestDoor, deps: RoomDeps): void {
  const all = applicationPaths.accessTokens(":account");
  app.get(
    all,
    { schema: { response: { 200: z.array(accessTokenSchema) } } },
    async ({ agent }) => await listAccessTokens(deps, agent),
  );
  app.post(
    all,
    { schema: { body: createAccessTokenSchema, response: { 200: newAccessTokenSchema } } },
    async ({ agent, body }, reply) => {
      const result = await createAccessToken(deps, agent, body);
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
  app.delete(
    applicationPaths.accessToken(":account", ":token"),
    { schema: { params, response: { 200: z.undefined() } } },
    async ({ agent, params }, reply) => {
      const result = await revokeAccessToken(deps, agent, params.token);
      return result.ok ? reply.send() : reply.fail(result.error);
    },
  );
  app.get(
    applicationPaths.profileTokens(":account"),
    { onRequest, schema: { response: { 200: z.array(profileTokenSchema) } } },
    async ({ agent }) => await listProfileTokens(deps, agent),
  );
  app.delete(
    applicationPaths.profileToken(":account", ":agent"),
    {
      onRequest,
      schema: { params: z.object({ agent: idSchema }), response: { 200: z.undefined() } },
    },
    async ({ agent, params }, reply) => {
      const result = await revokeProfileToken(deps, agent, params.agent);
      return result.ok ? reply.send() : reply.fail(result.error);
    },
  );
}
