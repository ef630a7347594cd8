// Addresses of the REST doors, for servers (as patterns) and clients (filled in).
import { messagePath } from "./paths-of-answers.ts";
import { visitorEventsPath } from "./paths-of-events.ts";
import { conversationLinkPath, openLinkPath } from "./paths-of-links.ts";
import { transcriptPath } from "./paths-of-transcripts.ts";
import { visitorUploadsPath } from "./paths-of-uploads.ts";
import { conversation, part, widgetPaths } from "./path-parts.ts";
import { chatPaths } from "./paths-of-chats.ts";

const ofConversation = (name: string) => (token: string, source: string, id: string | number) =>
  `${conversation(token, source, id)}/${name}`;

/** Public client API of seed 003, rows 85–92: what a visitor's browser calls. */
export const publicPaths = {
  ...widgetPaths,
  ...chatPaths,
  conversationLink: conversationLinkPath,
  openLink: openLinkPath,
  events: visitorEventsPath,
  attachments: visitorUploadsPath,
  toggleStatus: ofConversation("toggle_status"),
  toggleTyping: ofConversation("toggle_typing"),
  updateLastSeen: ofConversation("update_last_seen"),
  transcript: transcriptPath,
  message: messagePath,
};

/** Application API of seed 003: what the desk and agents' tools call. */
export const applicationPaths = {
  signIn: () => "/auth/sign_in",
  signOut: () => "/auth/sign_out",
  /** Where an invited agent sets his password. */
  password: () => "/auth/password",
  profile: () => "/api/v1/profile",
  availability: () => "/api/v1/profile/availability",
  resetAccessToken: () => "/api/v1/profile/reset_access_token",
  account: (account: string | number) => `/api/v1/accounts/${part(account)}`,
  agents: (account: string | number) => `${applicationPaths.account(account)}/agents`,
  agent: (account: string | number, agent: string | number) =>
    `${applicationPaths.agents(account)}/${part(agent)}`,
  customRoles: (account: string | number) => `${applicationPaths.account(account)}/custom_roles`,
  customRole: (account: string | number, role: string | number) =>
    `${applicationPaths.customRoles(account)}/${part(role)}`,
  inboxMembers: (account: string | number) => `${applicationPaths.account(account)}/inbox_members`,
  inboxMembersOf: (account: string | number, inbox: string | number) =>
    `${applicationPaths.inboxMembers(account)}/${part(inbox)}`,
  teams: (account: string | number) => `${applicationPaths.account(account)}/teams`,
  team: (account: string | number, team: string | number) =>
    `${applicationPaths.teams(account)}/${part(team)}`,
  teamMembers: (account: string | number, team: string | number) =>
    `${applicationPaths.team(account, team)}/team_members`,
  cannedResponses: (account: string | number) =>
    `${applicationPaths.account(account)}/canned_responses`,
  cannedResponse: (account: string | number, response: string | number) =>
    `${applicationPaths.cannedResponses(account)}/${part(response)}`,
  labels: (account: string | number) => `${applicationPaths.account(account)}/labels`,
  label: (account: string | number, label: string | number) =>
    `${applicationPaths.labels(account)}/${part(label)}`,
  customAttributes: (account: string | number) =>
    `${applicationPaths.account(account)}/custom_attribute_definitions`,
  customAttribute: (account: string | number, attribute: string | number) =>
    `${applicationPaths.customAttributes(account)}/${part(attribute)}`,
  customFilters: (account: string | number) =>
    `${applicationPaths.account(account)}/custom_filters`,
  customFilter: (account: string | number, filter: string | number) =>
    `${applicationPaths.customFilters(account)}/${part(filter)}`,
  auditLogs: (account: string | number) => `${applicationPaths.account(account)}/audit_logs`,
  inboxes: (account: string | number) => `${applicationPaths.account(account)}/inboxes`,
  inbox: (account: string | number, inbox: string | number) =>
    `${applicationPaths.inboxes(account)}/${part(inbox)}`,
  conversations: (account: string | number) => `${applicationPaths.account(account)}/conversations`,
  webhooks: (account: string | number) => `${applicationPaths.account(account)}/webhooks`,
  webhook: (account: string | number, webhook: string | number) =>
    `${applicationPaths.webhooks(account)}/${part(webhook)}`,
  rotateWebhookSecret: (account: string | number, webhook: string | number) =>
    `${applicationPaths.webhook(account, webhook)}/rotate_secret`,
  webhookDeliveries: (account: string | number, webhook: string | number) =>
    `${applicationPaths.webhook(account, webhook)}/deliveries`,
  redeliver: (account: string | number, webhook: string | number, delivery: string) =>
    `${applicationPaths.webhookDeliveries(account, webhook)}/${part(delivery)}/redeliver`,
  contacts: (account: string | number) => `${applicationPaths.account(account)}/contacts`,
  contact: (account: string | number, contact: string | number) =>
    `${applicationPaths.contacts(account)}/${part(contact)}`,
  mergeContacts: (account: string | number) =>
    `${applicationPaths.account(account)}/actions/contact_merge`,
  accessTokens: (account: string | number) => `${applicationPaths.account(account)}/access_tokens`,
  accessToken: (account: string | number, token: string | number) =>
    `${applicationPaths.accessTokens(account)}/${part(token)}`,
  profileTokens: (account: string | number) =>
    `${applicationPaths.account(account)}/profile_tokens`,
  profileToken: (account: string | number, agent: string | number) =>
    `${applicationPaths.profileTokens(account)}/${part(agent)}`,
  snoozes: (account: string | number) => `${applicationPaths.account(account)}/snoozes`,
  snooze: (account: string | number, snooze: string | number) =>
    `${applicationPaths.snoozes(account)}/${part(snooze)}`,
  conversationCounts: (account: string | number) =>
    `${applicationPaths.conversations(account)}/meta`,
  conversationSearch: (account: string | number) =>
    `${applicationPaths.conversations(account)}/search`,
  conversation: (account: string | number, conversation: string | number) =>
    `${applicationPaths.conversations(account)}/${part(conversation)}`,
  messages: (account: string | number, conversation: string | number) =>
    `${applicationPaths.conversation(account, conversation)}/messages`,
  /** Where an agent puts a file before the message that names it. */
  attachments: (account: string | number, conversation: string | number) =>
    `${applicationPaths.conversation(account, conversation)}/attachments`,
  message: (account: string | number, conversation: string | number, message: string | number) =>
    `${applicationPaths.messages(account, conversation)}/${part(message)}`,
  transcript: (account: string | number, conversation: string | number) =>
    `${applicationPaths.conversation(account, conversation)}/transcript`,
  assignments: (account: string | number, conversation: string | number) =>
    `${applicationPaths.conversation(account, conversation)}/assignments`,
  toggleStatus: (account: string | number, conversation: string | number) =>
    `${applicationPaths.conversation(account, conversation)}/toggle_status`,
  togglePriority: (account: string | number, conversation: string | number) =>
    `${applicationPaths.conversation(account, conversation)}/toggle_priority`,
  updateLastSeen: (account: string | number, conversation: string | number) =>
    `${applicationPaths.conversation(account, conversation)}/update_last_seen`,
};

/** Where files are downloaded; the name at the end is for whoever saves it. */
export const filePaths = {
  file: (token: string, name: string) => `/attachments/${part(token)}/${part(name)}`,
  thumbnail: (token: string) => `/thumbnails/${part(token)}`,
  avatar: (token: string) => `/avatars/${part(token)}`,
};
