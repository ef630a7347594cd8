// Everything the settings' pages ask of the server, as one interface.
import type {
  AccessToken,
  CreateAccessToken,
  NewAccessToken,
  ProfileToken,
} from "../protocol/access-tokens.ts";
import type { WebhookDeliveryState } from "../protocol/lists.ts";
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
import type { Webhook, WebhookDelivery, WebhookWithSecret } from "../protocol/records-webhooks.ts";
import type { Agent, Profile } from "../protocol/records.ts";
import type { AddAgent, UpdateAgent, UpdateProfile } from "../protocol/requests-agents.ts";
import type { CreateCannedResponse } from "../protocol/requests-canned-responses.ts";
import type { CreateCustomAttribute } from "../protocol/requests-custom-attributes.ts";
import type { UpdateInbox } from "../protocol/requests-inboxes.ts";
import type { CreateCustomRole } from "../protocol/requests-custom-roles.ts";
import type { CreateLabel } from "../protocol/requests-labels.ts";
import type { CreateTeam } from "../protocol/requests-teams.ts";
import type { UpdateWebhook } from "../protocol/requests-webhooks.ts";
import type { Result } from "../protocol/result.ts";

/** A list of things that are kept: read, made, changed, removed. What is missing in a change stays. */
export interface KeptList<Item, Input, Change = Partial<Input>, Made = Item> {
  list: (accountId: number) => Promise<Result<Item[]>>;
  create: (accountId: number, input: Input) => Promise<Result<Made>>;
  update: (accountId: number, id: number, change: Change) => Promise<Result<Item>>;
  remove: (accountId: number, id: number) => Promise<Result<null>>;
}

export interface AuditLogPage {
  per_page: number;
  total_entries: number;
  current_page: number;
  audit_logs: AuditLog[];
}

export interface NewInbox {
  name: string;
  website_url: string;
}

export interface NewWebhook {
  url: string;
  subscriptions: Webhook["subscriptions"];
  inbox_id: number | null;
}

export interface SettingsRest {
  inboxes: KeptList<InboxDetails, NewInbox, UpdateInbox>;
  agents: KeptList<Agent, AddAgent, UpdateAgent, AddedAgent>;
  customRoles: KeptList<CustomRole, CreateCustomRole>;
  teams: KeptList<Team, CreateTeam>;
  labels: KeptList<Label, CreateLabel>;
  cannedResponses: KeptList<CannedResponse, CreateCannedResponse>;
  customAttributes: KeptList<CustomAttribute, CreateCustomAttribute>;
  webhooks: KeptList<Webhook, NewWebhook, UpdateWebhook, WebhookWithSecret>;
  accessTokens: Omit<KeptList<AccessToken, CreateAccessToken, never, NewAccessToken>, "update">;
  /** The token in the profile of each agent who has a password. */
  listProfileTokens: (accountId: number) => Promise<Result<ProfileToken[]>>;
  /** It opens nothing any more. Errors: `conflict` (its owner works in other accounts, too). */
  revokeProfileToken: (accountId: number, userId: number) => Promise<Result<null>>;
  listInboxMembers: (accountId: number, inboxId: number) => Promise<Result<Agent[]>>;
  /** Makes these the only members. */
  setInboxMembers: (
    accountId: number,
    inboxId: number,
    userIds: number[],
  ) => Promise<Result<Agent[]>>;
  listTeamMembers: (accountId: number, teamId: number) => Promise<Result<Agent[]>>;
  /** Makes these the only members. */
  setTeamMembers: (
    accountId: number,
    teamId: number,
    userIds: number[],
  ) => Promise<Result<Agent[]>>;
  /** The secret before goes on signing for so many seconds. */
  rotateWebhookSecret: (
    accountId: number,
    webhookId: number,
    overlapSeconds: number,
  ) => Promise<Result<WebhookWithSecret>>;
  /** The latest first. */
  listDeliveries: (
    accountId: number,
    webhookId: number,
    query: { state?: WebhookDeliveryState; page: number },
  ) => Promise<Result<WebhookDelivery[]>>;
  redeliver: (
    accountId: number,
    webhookId: number,
    deliveryId: string,
  ) => Promise<Result<WebhookDelivery>>;
  /** The latest first. */
  listAuditLogs: (accountId: number, page: number) => Promise<Result<AuditLogPage>>;
  /** Errors: `invalid` (with a new password, the present one is wrong or missing). */
  updateProfile: (input: UpdateProfile) => Promise<Result<Profile>>;
  /** The profile's access token before opens nothing any more. */
  resetAccessToken: () => Promise<Result<Profile>>;
  /** Errors: `invalid` (the invitation is unknown, used or too old; the password is too weak). */
  acceptInvitation: (token: string, password: string) => Promise<Result<unknown>>;
}
