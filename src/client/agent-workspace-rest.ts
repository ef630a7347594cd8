// What agents do with conversations and contacts beside answering: the REST calls of the desk's workspace.
import { CONTACT_CONVERSATIONS_PAGE_MAX } from "../protocol/limits.ts";
import { applicationPaths as paths } from "../protocol/paths.ts";
import type {
  CannedResponse,
  CustomAttribute,
  CustomFilter,
  Label,
  Team,
} from "../protocol/records-administration.ts";
import type { Contact, ContactEnvelope } from "../protocol/records-contacts.ts";
import type { MessageSearch } from "../protocol/records-search.ts";
import type { Agent, Conversation, Message } from "../protocol/records.ts";
import type { UpdateAgentsContact } from "../protocol/requests-contacts.ts";
import type { FilterCondition } from "../protocol/requests-filters.ts";
import { success } from "../protocol/result.ts";
import type { Result } from "../protocol/result.ts";
import type { ConversationPage } from "./agent-transport.ts";
import type { Rest } from "./rest.ts";

export interface ContactPage {
  meta: { count: number; current_page: number };
  payload: ContactEnvelope[];
}

export interface NewCustomFilter {
  name: string;
  query: Record<string, unknown>;
}

export interface AgentWorkspaceRest {
  listCannedResponses(accountId: number): Promise<Result<CannedResponse[]>>;
  listLabels(accountId: number): Promise<Result<Label[]>>;
  listTeams(accountId: number): Promise<Result<Team[]>>;
  /** Of both models. */
  listCustomAttributes(accountId: number): Promise<Result<CustomAttribute[]>>;

  /** `null` takes it from its team. */
  assignTeam(
    accountId: number,
    conversationId: number,
    teamId: number | null,
  ): Promise<Result<Team | null>>;
  /** Sets the whole set; answers it as the server keeps it. */
  setConversationLabels(
    accountId: number,
    conversationId: number,
    labels: readonly string[],
  ): Promise<Result<string[]>>;
  setMuted(accountId: number, conversationId: number, isMuted: boolean): Promise<Result<null>>;
  /** Keys that are missing stay, `null` removes one. */
  mergeConversationAttributes(
    accountId: number,
    conversationId: number,
    values: Record<string, unknown>,
  ): Promise<Result<Conversation>>;
  listParticipants(accountId: number, conversationId: number): Promise<Result<Agent[]>>;
  changeParticipant(
    accountId: number,
    conversationId: number,
    how: "add" | "remove",
    agentId: number,
  ): Promise<Result<Agent[]>>;
  /** A tombstone stays. */
  deleteMessage(
    accountId: number,
    conversationId: number,
    messageId: number,
  ): Promise<Result<Message>>;

  filterConversations(
    accountId: number,
    conditions: readonly FilterCondition[],
    page: number,
  ): Promise<Result<ConversationPage>>;
  /** Conversations with the words in a message, the latest activity first; 25 a page. */
  searchMessages(accountId: number, words: string, page: number): Promise<Result<MessageSearch>>;
  /** 15 a page. */
  searchContacts(accountId: number, words: string, page: number): Promise<Result<ContactPage>>;
  listCustomFilters(accountId: number): Promise<Result<CustomFilter[]>>;
  createCustomFilter(accountId: number, filter: NewCustomFilter): Promise<Result<CustomFilter>>;
  updateCustomFilter(
    accountId: number,
    filterId: number,
    change: Partial<NewCustomFilter>,
  ): Promise<Result<CustomFilter>>;
  deleteCustomFilter(accountId: number, filterId: number): Promise<Result<null>>;

  getContact(accountId: number, contactId: number): Promise<Result<Contact>>;
  /** A key that is `null` is cleared, one that is missing stays; attributes merge the same way. */
  updateContact(
    accountId: number,
    contactId: number,
    change: UpdateAgentsContact,
  ): Promise<Result<Contact>>;
  setContactLabels(
    accountId: number,
    contactId: number,
    labels: readonly string[],
  ): Promise<Result<string[]>>;
  /** The latest activity first, a hundred a page; the first page unless told. */
  listContactConversations(
    accountId: number,
    contactId: number,
    page?: number,
  ): Promise<Result<Conversation[]>>;
  /** Moves everything of the other to the base and removes it. */
  mergeContacts(accountId: number, baseId: number, otherId: number): Promise<Result<Contact>>;
  /** With all of his conversations. Administrators only. */
  deleteContact(accountId: number, contactId: number): Promise<Result<null>>;
}

/** The calls, over whatever sends one. */
export function createAgentWorkspaceRest(call: Rest): AgentWorkspaceRest {
  return {
    ...listCalls(call),
    ...conversationCalls(call),
    ...findingCalls(call),
    ...contactCalls(call),
  };
}

async function payloadOf<Value>(answer: Promise<Result<{ payload: Value }>>) {
  const result = await answer;
  return result.ok ? success(result.data.payload) : result;
}

async function contactOf(answer: Promise<Result<ContactEnvelope>>) {
  const result = await answer;
  return result.ok ? success(result.data.payload.contact) : result;
}

function listCalls(call: Rest) {
  return {
    listCannedResponses: (account) => call("GET", paths.cannedResponses(account)),
    listLabels: (account) => payloadOf<Label[]>(call("GET", paths.labels(account))),
    listTeams: (account) => call("GET", paths.teams(account)),
    listCustomAttributes: (account) => call("GET", paths.customAttributes(account)),
  } satisfies Partial<AgentWorkspaceRest>;
}

function conversationCalls(call: Rest) {
  const participants = (account: number, conversation: number) =>
    `${paths.conversation(account, conversation)}/participants`;
  return {
    assignTeam: (account, conversation, teamId) =>
      call("POST", paths.assignments(account, conversation), { body: { team_id: teamId } }),
    setConversationLabels: (account, conversation, labels) =>
      payloadOf<string[]>(
        call("POST", `${paths.conversation(account, conversation)}/labels`, { body: { labels } }),
      ),
    setMuted: (account, conversation, isMuted) =>
      call("POST", `${paths.conversation(account, conversation)}/${isMuted ? "mute" : "unmute"}`, {
        body: {},
      }),
    mergeConversationAttributes: (account, conversation, custom_attributes) =>
      call("PATCH", paths.conversation(account, conversation), { body: { custom_attributes } }),
    listParticipants: (account, conversation) => call("GET", participants(account, conversation)),
    changeParticipant: (account, conversation, how, agentId) =>
      call(how === "add" ? "POST" : "DELETE", participants(account, conversation), {
        body: { user_ids: [agentId] },
      }),
    deleteMessage: (account, conversation, message) =>
      call("DELETE", paths.message(account, conversation, message)),
  } satisfies Partial<AgentWorkspaceRest>;
}

function findingCalls(call: Rest) {
  return {
    filterConversations: (account, payload, page) =>
      call("POST", `${paths.conversations(account)}/filter`, {
        query: { page },
        body: { payload },
      }),
    searchMessages: (account, q, page) =>
      call("GET", paths.conversationSearch(account), { query: { q, page } }),
    searchContacts: (account, q, page) =>
      call("GET", `${paths.contacts(account)}/search`, {
        query: { q, page, include_contact_inboxes: false },
      }),
    listCustomFilters: (account) =>
      call("GET", paths.customFilters(account), { query: { filter_type: "conversation" } }),
    createCustomFilter: (account, filter) =>
      call("POST", paths.customFilters(account), { body: { ...filter, type: "conversation" } }),
    updateCustomFilter: (account, filter, change) =>
      call("PATCH", paths.customFilter(account, filter), { body: change }),
    deleteCustomFilter: (account, filter) => call("DELETE", paths.customFilter(account, filter)),
  } satisfies Partial<AgentWorkspaceRest>;
}

function contactCalls(call: Rest) {
  return {
    getContact: (account, contact) => contactOf(call("GET", paths.contact(account, contact))),
    updateContact: (account, contact, body) =>
      contactOf(call("PATCH", paths.contact(account, contact), { body })),
    setContactLabels: (account, contact, labels) =>
      payloadOf<string[]>(
        call("POST", `${paths.contact(account, contact)}/labels`, { body: { labels } }),
      ),
    listContactConversations: (account, contact, page = 1) =>
      call("GET", `${paths.contact(account, contact)}/conversations`, {
        query: { per_page: CONTACT_CONVERSATIONS_PAGE_MAX, page },
      }),
    mergeContacts: (account, base_contact_id, mergee_contact_id) =>
      call("POST", paths.mergeContacts(account), { body: { base_contact_id, mergee_contact_id } }),
    deleteContact: (account, contact) => call("DELETE", paths.contact(account, contact)),
  } satisfies Partial<AgentWorkspaceRest>;
}
