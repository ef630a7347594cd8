// Routes of the account itself.
import { applicationPaths } from "../../protocol/paths.ts";
import { accountSchema } from "../../protocol/records-administration.ts";
import { updateAccountSchema } from "../../protocol/requests-accounts.ts";
import { onlyAdministrators } from "../agents/rights.ts";
import type { RestDoor } from "../http/door.ts";
import type { RoomDeps } from "../room.ts";
import { getAccount, updateAccount } from "./account.ts";

export function accountRoutes(app: RestDoor, deps: RoomDeps): void {
  const path = applicationPaths.account(":account");
  const response = { 200: accountSchema };
  app.get(path, { schema: { response } }, async ({ agent }, reply) => {
    const result = await getAccount(deps, agent);
    return result.ok ? reply.send(result.data) : reply.fail(result.error);
  });
  app.patch(
    path,
    { onRequest: onlyAdministrators, schema: { body: updateAccountSchema, response } },
    async ({ agent, body }, reply) => {
      const result = await updateAccount(deps, agent, body);
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
}
