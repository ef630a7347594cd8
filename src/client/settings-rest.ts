// The settings' REST calls, over the session that the desk has.
import { applicationPaths as paths } from "../protocol/paths.ts";
import type { Label } from "../protocol/records-administration.ts";
import type { Result } from "../protocol/result.ts";
import type { Rest } from "./rest.ts";
import type { KeptList, SettingsRest } from "./settings-transport.ts";

/** Creates the calls from the one that knows the session. */
export function createSettingsRest(call: Rest): SettingsRest {
  const kept = <Item, Input, Change, Made>(
    all: (account: number) => string,
    one: (account: number, id: number) => string,
  ): KeptList<Item, Input, Change, Made> => ({
    list: (account) => call("GET", all(account)),
    create: (account, body) => call("POST", all(account), { body }),
    update: (account, id, body) => call("PATCH", one(account, id), { body }),
    remove: (account, id) => call("DELETE", one(account, id)),
  });

  return {
    inboxes: kept(paths.inboxes, paths.inbox),
    agents: kept(paths.agents, paths.agent),
    customRoles: kept(paths.customRoles, paths.customRole),
    teams: kept(paths.teams, paths.team),
    labels: {
      ...kept(paths.labels, paths.label),
      async list(account): Promise<Result<Label[]>> {
        const result = await call<{ payload: Label[] }>("GET", paths.labels(account));
        return result.ok ? { ok: true, data: result.data.payload } : result;
      },
    },
    cannedResponses: kept(paths.cannedResponses, paths.cannedResponse),
    customAttributes: kept(paths.customAttributes, paths.customAttribute),
    webhooks: kept(paths.webhooks, paths.webhook),
    accessTokens: kept(paths.accessTokens, paths.accessToken),
    listProfileTokens: (account) => call("GET", paths.profileTokens(account)),
    revokeProfileToken: (account, user) => call("DELETE", paths.profileToken(account, user)),
    listInboxMembers: (account, inbox) => call("GET", paths.inboxMembersOf(account, inbox)),
    setInboxMembers: (account, inbox, user_ids) =>
      call("PATCH", paths.inboxMembers(account), { body: { inbox_id: inbox, user_ids } }),
    listTeamMembers: (account, team) => call("GET", paths.teamMembers(account, team)),
    setTeamMembers: (account, team, user_ids) =>
      call("PATCH", paths.teamMembers(account, team), { body: { user_ids } }),
    rotateWebhookSecret: (account, webhook, seconds) =>
      call("POST", paths.rotateWebhookSecret(account, webhook), {
        body: { previous_secret_expires_in: seconds },
      }),
    listDeliveries: (account, webhook, { state, page }) =>
      call("GET", paths.webhookDeliveries(account, webhook), { query: { state, page } }),
    redeliver: (account, webhook, delivery) =>
      call("POST", paths.redeliver(account, webhook, delivery), { body: {} }),
    listAuditLogs: (account, page) => call("GET", paths.auditLogs(account), { query: { page } }),
    updateProfile: (body) => call("PUT", paths.profile(), { body }),
    resetAccessToken: () => call("POST", paths.resetAccessToken(), { body: {} }),
    acceptInvitation: (token, password) =>
      call("PUT", paths.password(), { body: { reset_password_token: token, password } }),
  };
}
