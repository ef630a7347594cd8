// The socket's contract: commands in (imperative, acknowledged with a Result), events out (past tense).
import { z } from "zod";
import { settingsSubjects } from "./lists.ts";
import {
  agentSchema,
  conversationSchema,
  messageSchema,
  publicAgentSchema,
  publicConversationSchema,
  publicInboxSchema,
  senderSchema,
} from "./records.ts";
import { echoIdSchema, messageParts } from "./request-fields.ts";
import { richContentFields } from "./requests.ts";
import { startConversationSchema } from "./requests-visitors.ts";
import { saysNothing, saysSomething } from "./requests-attachments.ts";
import type { Result } from "./result.ts";

/** What a client says when it connects. */
export const handshakeSchema = z.object({
  protocol: z.int(),
  pubsub_token: z.string().min(1).max(128),
  /** Agents only: the account to work in; their first one otherwise. */
  account_id: z.int().min(1).optional(),
});
export type Handshake = z.infer<typeof handshakeSchema>;

const ofConversation = z.object({ conversation_id: z.int().min(1) });

// --- Commands ---

export const visitorCommands = {
  "conversation:start": startConversationSchema,
  "message:send": ofConversation
    .extend({ ...messageParts, echo_id: echoIdSchema })
    .refine(saysSomething, saysNothing),
  "typing:set": ofConversation.extend({ typing: z.boolean() }),
  "conversation:see": ofConversation.extend({ seq: z.int().min(0) }),
  "conversation:resolve": ofConversation,
  "conversation:sync": ofConversation.extend({ after_seq: z.int().min(0) }),
  "conversation:list": z.object({}),
  /** Where a conversation that nobody has taken stands. */
  "queue:look": ofConversation,
};

export const agentCommands = {
  "message:send": ofConversation
    .extend({
      ...messageParts,
      private: z.boolean().default(false),
      echo_id: echoIdSchema,
      ...richContentFields,
    })
    .refine(saysSomething, saysNothing),
  "typing:set": ofConversation.extend({ typing: z.boolean(), private: z.boolean().default(false) }),
  "conversation:see": ofConversation.extend({ seq: z.int().min(0) }),
  "conversation:sync": ofConversation.extend({ after_seq: z.int().min(0) }),
};

// --- Answers ---

/**
 * What changed in a conversation after a sequence number, oldest change first. With `complete: false`
 * there was more than one answer holds: forget what you have and fetch the conversation anew.
 */
export const visitorSyncSchema = z.object({
  conversation: publicConversationSchema,
  messages: z.array(messageSchema),
  complete: z.boolean(),
});
export type VisitorSync = z.infer<typeof visitorSyncSchema>;

export const agentSyncSchema = z.object({
  conversation: conversationSchema,
  messages: z.array(messageSchema),
  complete: z.boolean(),
});
export type AgentSync = z.infer<typeof agentSyncSchema>;

/** The first in the queue is number 1, whoever is behind number 50 is 51; null: not in it. */
export const queuePlaceSchema = ofConversation.extend({
  position: z.int().nullable(),
  /** How long it may take from there, as fast as the queue moves now; null: nobody can tell. */
  wait_seconds: z.int().nullable(),
});
export type QueuePlace = z.infer<typeof queuePlaceSchema>;

export interface VisitorAnswers {
  "conversation:start": z.infer<typeof publicConversationSchema>;
  "message:send": z.infer<typeof messageSchema>;
  "typing:set": null;
  "conversation:see": null;
  "conversation:resolve": z.infer<typeof publicConversationSchema>;
  "conversation:sync": VisitorSync;
  "conversation:list": z.infer<typeof publicConversationSchema>[];
  "queue:look": QueuePlace;
}

export interface AgentAnswers {
  "message:send": z.infer<typeof messageSchema>;
  "typing:set": null;
  "conversation:see": null;
  "conversation:sync": AgentSync;
}

// --- Events ---

/** The changing part of a conversation that every message brings along, as its visitor sees it. */
export const publicConversationStateSchema = publicConversationSchema.pick({
  id: true,
  seq: true,
  status: true,
  unread_count: true,
  last_activity_at: true,
  agent_last_seen_at: true,
  agent_last_seen_seq: true,
});
export type PublicConversationState = z.infer<typeof publicConversationStateSchema>;

/** The same, as agents see it. */
export const conversationStateSchema = conversationSchema.pick({
  id: true,
  seq: true,
  status: true,
  snoozed_until: true,
  waiting_since: true,
  first_reply_created_at: true,
  last_activity_at: true,
  timestamp: true,
  unread_count: true,
  agent_last_seen_at: true,
  agent_last_seen_seq: true,
});
export type ConversationState = z.infer<typeof conversationStateSchema>;

export const visitorEvents = {
  "message:created": z.object({
    message: messageSchema,
    conversation: publicConversationStateSchema,
  }),
  "message:updated": z.object({
    message: messageSchema,
    conversation: publicConversationStateSchema,
  }),
  "conversation:created": publicConversationSchema,
  /** Everything but `messages`, which stay as they are; what a contact has sent is from `contact`. */
  "conversation:updated": publicConversationSchema.omit({ messages: true }),
  "typing:changed": ofConversation.extend({ typing: z.boolean(), sender: senderSchema }),
  "agent:availability_changed": publicAgentSchema,
  "queue:moved": queuePlaceSchema,
  /** An administrator has changed it. */
  "inbox:updated": publicInboxSchema,
  /** The server is going away: reconnect after so long. */
  "server:stopping": z.object({ reconnect_after_ms: z.int() }),
};

export const agentEvents = {
  "message:created": z.object({ message: messageSchema, conversation: conversationStateSchema }),
  "message:updated": z.object({ message: messageSchema, conversation: conversationStateSchema }),
  "conversation:created": conversationSchema,
  /**
   * Everything but `messages`, which stay as they are; but what a contact has sent is always from
   * `meta.sender`, under his present name.
   */
  "conversation:updated": conversationSchema.omit({ messages: true }),
  /** Its contact has been removed with all of his conversations, or it is this agent's to see no more. */
  "conversation:deleted": conversationSchema.pick({ id: true }),
  "typing:changed": ofConversation.extend({
    typing: z.boolean(),
    private: z.boolean(),
    sender: senderSchema,
  }),
  "agent:updated": agentSchema,
  /** Something that administrators keep is new or has changed (read it again), or is gone. */
  "settings:changed": z.object({
    subject: z.enum(settingsSubjects),
    id: z.int(),
    removed: z.boolean(),
  }),
  "server:stopping": z.object({ reconnect_after_ms: z.int() }),
};

type CommandMap<Commands extends Record<string, z.ZodType>, Answers> = {
  [Name in keyof Commands & keyof Answers]: (
    input: z.input<Commands[Name]>,
    acknowledge: (result: Result<Answers[Name]>) => void,
  ) => void;
};
type EventMap<Events extends Record<string, z.ZodType>> = {
  [Name in keyof Events]: (data: z.infer<Events[Name]>) => void;
};

export type VisitorCommandMap = CommandMap<typeof visitorCommands, VisitorAnswers>;
export type VisitorEventMap = EventMap<typeof visitorEvents>;
export type AgentCommandMap = CommandMap<typeof agentCommands, AgentAnswers>;
export type AgentEventMap = EventMap<typeof agentEvents>;
