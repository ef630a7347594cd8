// What the stores tell the host page: names and details of the public events.
import type { ConversationStatus } from "../../protocol/lists.ts";
import type { CustomerInfo } from "./customer-info.ts";

/**
 * What opened the chat.
 * - `launcher`: the launcher, or an element of the page that stands for it
 * - `api`: a method or a setting of the page
 * - `deepLink`: the page's address, as `#chat`
 * - `proactive`: the greeting, or a notification
 * - `restore`: it was open on the page before
 */
export type OpenReason = "launcher" | "api" | "deepLink" | "proactive" | "restore";
/**
 * What closed the chat.
 * - `button`: a button of the chat, or the launcher
 * - `escape`: the Escape key, or "back" on a phone
 * - `api`: a method or a setting of the page
 * - `hidden`: `visibility` became `hidden`
 */
export type CloseReason = "button" | "escape" | "api" | "hidden";
/** Who caused an event; `api`: the page itself, `bot`: the inbox without an agent, `system`: Parlor by itself. */
export type EventSource = "visitor" | "agent" | "bot" | "api" | "system";
/** Who does something to a conversation; `system`: Parlor by itself. */
export type Party = "visitor" | "agent" | "system";
/** `queued`: waits here, to be sent once there is a connection; `sent`: the server has it; `failed`: it could not be. */
export type SendState = "queued" | "sent" | "failed";

/** An agent, as visitors see him. */
export interface AgentDetail {
  /** His number. */
  id: number;
  /** The name that visitors are shown. */
  name: string;
  /** Address of his picture; null without one. */
  avatarUrl: string | null;
}

/** Details of every event, by name. Ids, texts and states: never a whole record. */
export interface EventDetails {
  ready: { inbox: string };
  /** `setting`: the path of the one that is not valid. */
  error: { code: string; message: string; setting?: string };
  visibilityChange: { visibility: "shown" | "hidden" };
  chatMaximize: { reason: OpenReason; view: "home" | "thread"; conversationId: number | null };
  chatMinimize: { reason: CloseReason; conversationId: number | null; openMs: number };
  chatInitiated: { echoId: string; origin: "visitor" | "api" };
  chatStarted: { conversationId: number; echoId: string | null; startedBy: Party };
  chatClosed: {
    conversationId: number;
    closedBy: Party;
    status: ConversationStatus;
    /** From its beginning, as the server counts. */
    durationMs: number;
    csatRequested: boolean;
  };
  agentAssign: {
    conversationId: number;
    agent: AgentDetail | null;
    previousAgent: AgentDetail | null;
    team: { id: number; name: string } | null;
    /** How long the visitor had then been waiting for an answer, as the server counts; null without an agent. */
    waitMs: number | null;
    kind: "assigned" | "transferred";
  };
  agentStateChange: {
    scope: "agent" | "team";
    state: "available" | "unavailable";
    /** Null when a team's is told first. */
    previous: "available" | "unavailable" | null;
    /** Whose state it is, of an agent's. */
    agent?: AgentDetail;
    /** Of the agents whom visitors see: at most five. */
    availableCount: number;
    /** Out of hours: when they begin again, in milliseconds since 1970. */
    nextOpenAt?: number;
  };
  customerInfoChange: CustomerInfo;
  identityChange: { contactId: number | null; verified: boolean; previousContactId: number | null };
  unreadCountChange: { count: number; byConversation: Record<string, number> };
  messageSent: { echoId: string; state: SendState; conversationId: number | null };
  messageReceived: {
    conversationId: number;
    messageId: number;
    text: string;
    agent: AgentDetail | null;
  };
  /** Every time the visitor gives or changes his rating, 1 to 5. */
  csatSubmit: { conversationId: number; messageId: number; rating: number };
  attachmentUpload: {
    state: "uploading" | "ready" | "failed" | "cancelled";
    /** In bytes. */
    size: number;
    /** By its content once the server has it; before, as the browser calls it. */
    contentType: string;
  };
  /** `typing: false`: no longer. */
  typing: { conversationId: number; typing: boolean; agent: AgentDetail };
  /** Everything up to then was read. */
  readReceipt: { conversationId: number; readBy: "visitor" | "agent"; readAt: number };
  /** The names of the fields that were filled in, and nothing of what was said. */
  prechatSubmit: { fields: string[] };
  connectionChange: { state: "idle" | "connecting" | "connected" | "refused" };
  consentChange: {
    consent: "granted" | "pending" | "denied";
    previous: "granted" | "pending" | "denied";
  };
  proactiveShown: { kind: "greeting" };
  proactiveClick: { kind: "greeting" };
  proactiveDismiss: { kind: "greeting" };
  reloadUI: { durationMs: number };
  destroyed: Record<string, never>;
}

/** The name of an event: as in the table of events, without `on`. */
export type EventName = keyof EventDetails;

/**
 * Tells the page. `local: false`: another tab or device caused it. `changed`: nothing but these names goes to whoever
 * listens on its window.
 */
export type Emit = <Name extends EventName>(
  name: Name,
  detail: EventDetails[Name],
  origin?: { source?: EventSource; local?: boolean; changed?: string[] },
) => void;
