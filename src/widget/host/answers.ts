// What methods of the host page's API are given and answer: types only.
import type { ConversationStatus } from "../../protocol/lists.ts";
import type { AgentDetail } from "../store/events.ts";

/** A conversation, without its messages. Times are milliseconds since 1970. */
export interface ConversationInfo {
  /** Its number, as `openConversation` takes it. */
  id: number;
  /** Where it stands. */
  status: ConversationStatus;
  /** Messages in it that the visitor has not read. */
  unreadCount: number;
  /** When it began. */
  createdAt: number;
  /** When anything last happened in it. */
  lastActivityAt: number;
  /** Text of the newest message; null without one. */
  lastMessage: string | null;
  /** Who has it; null: nobody yet. */
  agent: AgentDetail | null;
}

/** A message that the server has. */
export interface SentMessage {
  /** The conversation that it belongs to. */
  conversationId: number;
  /** The message's name in this browser, as the event `messageSent` has it. */
  echoId: string;
}

/** What became of a transcript. */
export interface RequestedTranscript {
  /** The conversation that was asked for. */
  conversationId: number;
  /** Where it goes; null: the browser saves it. */
  email: string | null;
}

/** What `startChat` answers: nulls, when nothing was sent. */
export type ChatStart = SentMessage | { conversationId: null; echoId: null };

/** A message that the search has found. */
export interface FoundMessage {
  /** The conversation that it is in. */
  conversationId: number;
  /** Its number. */
  messageId: number;
  /** The whole of what it says. */
  text: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** Who is there to answer. */
export interface Availability {
  /** Of the team. */
  state: "available" | "unavailable";
  /** How many of `agents` are available. */
  availableCount: number;
  /** Out of hours: when they begin again, in milliseconds since 1970. */
  nextOpenAt?: number;
  /** At most five, the available ones first. */
  agents: (AgentDetail & { state: "available" | "unavailable" })[];
}

/**
 * Proves who the visitor is: an id and its HMAC-SHA256 with the inbox's secret (hexadecimal), or a JWT of the
 * website's server. A function is asked for a token, and once more when the server refuses the first.
 */
export type Identity =
  { id: string; hash: string } | { token: string | (() => string | Promise<string>) };

/** What a share link asks for: all of it optional. */
export interface ShareLinkOptions {
  /** One of this visitor's conversations. */
  conversation?: number;
  /** Stands in the field of a new conversation; nothing is sent. */
  text?: string;
  /** Number of the team that a new conversation goes to. */
  team?: number;
  /** Number of the agent who is to answer. */
  agentId?: number;
}

/**
 * What stops the chat.
 * - `inbox_missing`: the page has named no inbox
 * - `offline`: the browser is offline
 * - `csp`: the page's Content Security Policy forbids requests to the server
 * - `unreachable`: the server does not answer, or something in the browser stops the request
 * - `inbox_unknown`: the server knows no inbox of this website token
 * - `domain_not_allowed`: the inbox does not allow this website
 * - `identity_refused`: the server has refused what `identify` was given
 * - `consent_denied`: conversations are forgotten with the page
 * - `hidden`: `visibility` is `hidden`
 * - `not_on_page`: `targeting` leaves this page out, or the `container` is not on it
 */
type BlockerCode =
  | "inbox_missing"
  | "offline"
  | "csp"
  | "unreachable"
  | "inbox_unknown"
  | "domain_not_allowed"
  | "identity_refused"
  | "consent_denied"
  | "hidden"
  | "not_on_page";

/** One thing that stops the chat, or a part of it. */
export interface Blocker {
  /** Which it is, for programs. */
  code: BlockerCode;
  /** What it is and what helps, for developers. */
  message: string;
}

/** What `diagnose` has found. */
export interface Diagnosis {
  /** True: nothing stops the chat. */
  ok: boolean;
  /** What stops it. */
  blockers: Blocker[];
}
