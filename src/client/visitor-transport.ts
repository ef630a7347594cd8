// Everything a visitor's browser asks of the server, as one interface: the widget's stores know nothing else of the wire.
import type {
  Message,
  PublicContact,
  PublicConversation,
  PublicInbox,
} from "../protocol/records.ts";
import type { CreateContact, UpdateContact } from "../protocol/requests-visitors.ts";
import type { Result } from "../protocol/result.ts";
import type { VisitorCommandMap, VisitorEventMap } from "../protocol/socket.ts";
import type { RealtimeSocket } from "./socket.ts";

/** What there is to ask before a conversation. */
export interface InboxRest {
  getInbox(): Promise<Result<PublicInbox>>;
  createContact(input: CreateContact): Promise<Result<PublicContact>>;
  updateContact(sourceId: string, input: UpdateContact): Promise<Result<PublicContact>>;
  /** What only a part that loads on use asks: it brings the path. */
  post<Value>(path: string, body: object): Promise<Result<Value>>;
}

export interface VisitorRest extends InboxRest {
  getContact(sourceId: string): Promise<Result<PublicContact>>;
  listConversations(sourceId: string): Promise<Result<PublicConversation[]>>;
  getConversation(sourceId: string, conversationId: number): Promise<Result<PublicConversation>>;
  /** A page of messages, oldest first: the latest, the ones before a message, or more of those after one. */
  listMessages(
    sourceId: string,
    conversationId: number,
    page?: { before?: number } | { after: number },
  ): Promise<Result<Message[]>>;
  /** Messages of all conversations that hold these words, the newest first. */
  searchMessages(sourceId: string, words: string): Promise<Result<Message[]>>;
}

export type VisitorSocket = RealtimeSocket<VisitorCommandMap, VisitorEventMap>;
