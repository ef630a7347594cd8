// The settings' side of the agents' fake: lists in memory, with the server's rules as far as pages show them.
import type {
  AddedAgent,
  AuditLog,
  CannedResponse,
  CustomAttribute,
  CustomRole,
  InboxDetails,
  Label,
  Team,
} from "../protocol/records-administration.ts";
import type { AccessToken, ProfileToken } from "../protocol/access-tokens.ts";
import type { Webhook, WebhookDelivery } from "../protocol/records-webhooks.ts";
import type { Agent, Inbox, Profile } from "../protocol/records.ts";
import { failure, success } from "../protocol/result.ts";
import type { Result } from "../protocol/result.ts";
import { anAgent, anInbox, anInboxWithoutHours } from "./agent-fake-records.ts";
import { createFakeLists, empty, missing, refused } from "./fake-kept-list.ts";
import type { TellSettings } from "./fake-kept-list.ts";
import type { SettingsRest } from "./settings-transport.ts";

export interface SettingsFakeDeps {
  profile: Profile;
  agents: Agent[];
  inboxes: Inbox[];
  tell: TellSettings;
}

/** Creates the settings of the fake's account: its inboxes and agents, nothing else yet. */
export function createSettingsFake({ profile, agents, inboxes, tell }: SettingsFakeDeps) {
  let lastId = 100;
  const members = { inbox: new Map<number, number[]>(), team: new Map<number, number[]>() };
  const deliveries: WebhookDelivery[] = [];
  const auditLogs: AuditLog[] = [];
  const invitations = new Map<string, number>();

  const kept = createFakeLists(tell, () => (lastId += 1));

  const details = (inbox: Inbox): InboxDetails => ({
    ...anInboxWithoutHours,
    ...inbox,
    ...(profile.role === "administrator" ? { hmac_token: "hmac-secret" } : {}),
  });
  const held = {
    inboxes: inboxes.map(details),
    customRoles: [] as CustomRole[],
    teams: [] as Team[],
    labels: [] as Label[],
    cannedResponses: [] as CannedResponse[],
    customAttributes: [] as CustomAttribute[],
    webhooks: [] as Webhook[],
    accessTokens: [] as AccessToken[],
    profileTokens: agents
      .filter(({ confirmed }) => confirmed)
      .map(({ id, name, email }): ProfileToken => {
        const token = { hint: `a${id}00`.slice(0, 4), last_used_at: null, is_elsewhere: false };
        return { user_id: id, name, email, ...token };
      }),
  };

  const listed = (ids: number[] = []): Result<Agent[]> =>
    success(agents.filter(({ id }) => ids.includes(id)));
  const exists = (items: { id: number }[], id: number) => items.some((item) => item.id === id);

  const rest: SettingsRest = {
    inboxes: kept(
      { items: held.inboxes, subject: "inbox" },
      ["name"],
      (input, id) => details(anInbox({ id, website_token: `token-${id}`, ...input })),
      (inbox, { settings, channel: _channel, ...patch }) => ({
        ...inbox,
        ...(patch as Partial<InboxDetails>),
        settings: Object.fromEntries(
          Object.entries({ ...inbox.settings, ...settings }).filter(([, value]) => value != null),
        ),
      }),
    ),
    agents: kept(
      { items: agents, subject: "agent" },
      ["name", "email"],
      ({ role, name, email, custom_role_id = null }, id): AddedAgent => {
        invitations.set(`invitation-${id}`, id);
        const invitation = { token: `invitation-${id}`, expires_at: 1_800_000_000 };
        const more = { id, name, email, uid: email, role, custom_role_id, confirmed: false };
        return { ...anAgent(more), invitation };
      },
      (agent, { availability: _said, ...patch }) => ({ ...agent, ...(patch as Partial<Agent>) }),
    ),
    customRoles: {
      ...kept({ items: held.customRoles, subject: "custom_role" }, ["name"], (input, id) => ({
        id,
        name: input.name,
        description: input.description ?? "",
        permissions: input.permissions,
      })),
      async remove(_, id) {
        if (agents.some((agent) => agent.custom_role_id === id)) {
          return failure("conflict", "Agents have this role: give them another one first");
        }
        const at = held.customRoles.findIndex((role) => role.id === id);
        if (at < 0) return missing();
        held.customRoles.splice(at, 1);
        return success(null);
      },
    },
    teams: kept({ items: held.teams, subject: "team" }, ["name"], (input, id) => ({
      id,
      name: input.name.trim().toLowerCase(),
      description: input.description ?? "",
      allow_auto_assign: input.allow_auto_assign ?? true,
      account_id: 1,
      is_member: false,
    })),
    labels: kept({ items: held.labels, subject: "label" }, ["title"], (input, id) => ({
      id,
      title: input.title.trim().toLowerCase(),
      description: input.description ?? "",
      color: input.color ?? "#1f93ff",
      show_on_sidebar: input.show_on_sidebar ?? true,
    })),
    cannedResponses: kept(
      { items: held.cannedResponses, subject: "canned_response" },
      ["short_code", "content"],
      (input, id) => ({ id, account_id: 1, ...input }),
    ),
    customAttributes: kept(
      { items: held.customAttributes, subject: "custom_attribute" },
      ["attribute_display_name", "attribute_key"],
      (input, id) => ({
        id,
        account_id: 1,
        default_value: "",
        ...input,
        attribute_description: input.attribute_description ?? "",
        attribute_values: JSON.stringify(input.attribute_values ?? []),
      }),
      (before, { attribute_values: values, ...patch }) => ({
        ...before,
        ...(patch as Partial<CustomAttribute>),
        ...(values ? { attribute_values: JSON.stringify(values) } : {}),
      }),
    ),
    webhooks: kept({ items: held.webhooks }, ["url"], (input, id) => ({
      ...input,
      id,
      account_id: 1,
      enabled: true,
      failing_since: null,
      switched_off_at: null,
      switched_off_reason: null,
      previous_secret_expires_at: null,
      created_at: 1_760_000_000,
      secret: `secret-${id}`,
    })),
    accessTokens: kept({ items: held.accessTokens }, ["name"], (input, id) => ({
      ...input,
      id,
      account_id: 1,
      user_id: profile.id,
      hint: "abcd",
      last_used_at: null,
      created_at: 1_760_000_000,
      token: `token-of-${id}-abcd`,
    })),
    listProfileTokens: async () => success(held.profileTokens.map((token) => ({ ...token }))),
    async revokeProfileToken(_, userId) {
      const token = held.profileTokens.find((one) => one.user_id === userId);
      if (!token) return missing();
      Object.assign(token, { hint: "anew", last_used_at: null });
      return success(null);
    },
    listInboxMembers: async (_, id) =>
      exists(held.inboxes, id) ? listed(members.inbox.get(id)) : missing(),
    async setInboxMembers(_, id, userIds) {
      if (!exists(held.inboxes, id)) return missing();
      members.inbox.set(id, userIds);
      return listed(userIds);
    },
    listTeamMembers: async (_, id) =>
      exists(held.teams, id) ? listed(members.team.get(id)) : missing(),
    async setTeamMembers(_, id, userIds) {
      if (!exists(held.teams, id)) return missing();
      members.team.set(id, userIds);
      return listed(userIds);
    },
    async rotateWebhookSecret(_, id, overlapSeconds) {
      const webhook = held.webhooks.find((one) => one.id === id);
      if (!webhook) return missing();
      webhook.previous_secret_expires_at = overlapSeconds === 0 ? null : 1_760_000_000;
      return success({ ...webhook, secret: `rotated-${id}` });
    },
    listDeliveries: async (_, id, { state, page }) =>
      exists(held.webhooks, id)
        ? success(
            deliveries
              .filter((one) => one.webhook_id === id && (!state || one.state === state))
              .slice((page - 1) * 25, page * 25),
          )
        : missing(),
    async redeliver(_, id, deliveryId) {
      const delivery = deliveries.find((one) => one.id === deliveryId && one.webhook_id === id);
      if (!delivery) return missing();
      return success(Object.assign(delivery, { state: "pending" as const }));
    },
    listAuditLogs: async (_, page) =>
      success({
        per_page: 25,
        total_entries: auditLogs.length,
        current_page: page,
        audit_logs: auditLogs.slice((page - 1) * 25, page * 25),
      }),
    async updateProfile({ name, display_name, auto_offline, current_password, password }) {
      if (name?.trim() === "") return empty("name");
      if (password !== undefined && current_password !== "correct horse") {
        return refused("current_password", "is not right");
      }
      if (name !== undefined) profile.name = name;
      if (display_name !== undefined) profile.display_name = display_name || null;
      if (auto_offline !== undefined) profile.auto_offline = auto_offline;
      profile.available_name = profile.display_name ?? profile.name;
      return success({ ...profile });
    },
    async resetAccessToken() {
      profile.access_token = `${profile.access_token}-anew`;
      profile.access_token_last_used_at = null;
      return success({ ...profile });
    },
    async acceptInvitation(token, password) {
      if (password.length < 8) return refused("password", "is too short (minimum is 8 characters)");
      const invited = agents.find(({ id }) => id === invitations.get(token));
      if (!invited) return refused("reset_password_token", "is invalid or has expired");
      invitations.delete(token);
      invited.confirmed = true;
      return success({ success: true });
    },
  };
  return { rest, held, deliveries, auditLogs };
}
