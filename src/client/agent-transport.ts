// Everything the desk asks of the server, as one interface.
import type { Availability, ConversationPriority } from "../protocol/lists.ts";
import type {
  Agent,
  Conversation,
  ConversationCounts,
  Inbox,
  Message,
  Profile,
} from "../protocol/records.ts";
import type { ListConversations, ToggleStatus } from "../protocol/requests.ts";
import type { Result } from "../protocol/result.ts";
import type { AgentCommandMap, AgentEventMap } from "../protocol/socket.ts";
import type { AgentSnoozesRest } from "./agent-snoozes.ts";
import type { AgentWorkspaceRest } from "./agent-workspace-rest.ts";
import type { SettingsRest } from "./settings-transport.ts";
import type { Tray, TrayDeps } from "./file-tray.ts";
import type { RealtimeSocket } from "./socket.ts";

export interface ConversationPage {
  data: { meta: ConversationCounts; payload: Conversation[] };
}

export interface AgentRest extends AgentWorkspaceRest, AgentSnoozesRest {
  /** What the settings' pages ask. */
  settings: SettingsRest;
  signIn(input: { email: string; password: string }): Promise<Result<Profile>>;
  signOut(): Promise<Result<null>>;
  getProfile(): Promise<Result<Profile>>;
  setAvailability(availability: Availability): Promise<Result<Profile>>;
  listAgents(accountId: number): Promise<Result<Agent[]>>;
  listInboxes(accountId: number): Promise<Result<Inbox[]>>;
  listConversations(
    accountId: number,
    query: Partial<ListConversations>,
  ): Promise<Result<ConversationPage>>;
  /** How many conversations a status holds, by assignee (seed 003, row 30). */
  countConversations(
    accountId: number,
    query: Pick<Partial<ListConversations>, "status" | "inbox_id">,
  ): Promise<Result<{ meta: ConversationCounts }>>;
  getConversation(accountId: number, conversationId: number): Promise<Result<Conversation>>;
  /** A page of messages, oldest first: the latest, or the ones before the message with that id. */
  listMessages(
    accountId: number,
    conversationId: number,
    page?: { before?: number },
  ): Promise<Result<Message[]>>;
  /** `null` unassigns. */
  assignConversation(
    accountId: number,
    conversationId: number,
    assigneeId: number | null,
  ): Promise<Result<Agent | null>>;
  toggleStatus(
    accountId: number,
    conversationId: number,
    input: ToggleStatus,
  ): Promise<Result<unknown>>;
  /** A place for the files of one message: uploaded as soon as they are added. */
  openTray(accountId: number, conversationId: number, deps: AgentTrayDeps): Tray;
  togglePriority(
    accountId: number,
    conversationId: number,
    priority: ConversationPriority | null,
  ): Promise<Result<null>>;
}

/** What the view of a tray says of it. */
export type AgentTrayDeps = Omit<TrayDeps, "send">;

export type AgentSocket = RealtimeSocket<AgentCommandMap, AgentEventMap>;
