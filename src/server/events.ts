// What happened: typed domain events, written in the transaction of the change, published after its commit.
import { sql } from "drizzle-orm";
import type { Message, Sender } from "../protocol/records.ts";
import type { ConversationState, PublicConversationState } from "../protocol/socket.ts";
import type { ActorType, SettingsSubject } from "../protocol/lists.ts";
import type { Database, Transaction } from "./database/connection.ts";
import { events as eventRows } from "./database/event-tables.ts";
import type { Log } from "./log.ts";

export interface Actor {
  type: ActorType;
  /** A contact's or a user's id; 0 for the system. */
  id: number;
}

export const systemActor: Actor = { type: "system", id: 0 };

/** `{ attribute: [previous, current] }`: ids and values, never message text. */
export type Changes = Record<string, [unknown, unknown]>;

/** Whose conversation it is: decides who hears of it. */
export interface Audience {
  accountId: number;
  inboxId: number;
  contactId: number;
  contactInboxId: number;
  /** The row's id, not the number that APIs show. */
  conversationId: number;
  displayId: number;
  /** Some agents see their own conversations only. */
  assigneeId: number | null;
  participantIds: number[];
}

export interface MessageChanged {
  name: "message:created" | "message:updated";
  audience: Audience;
  actor: Actor;
  message: Message;
  state: { agents: ConversationState; visitor: PublicConversationState };
  changes: Changes;
}

export interface ConversationChanged {
  name: "conversation:created" | "conversation:updated";
  audience: Audience;
  actor: Actor;
  seq: number;
  changes: Changes;
}

export interface ContactChanged {
  name: "contact:created" | "contact:updated";
  accountId: number;
  contactId: number;
  actor: Actor;
  changes: Changes;
}

/** A visitor has opened the chat's window. */
export interface WidgetOpened {
  name: "widget:opened";
  accountId: number;
  contactId: number;
  contactInboxId: number;
  actor: Actor;
  changes: Changes;
}

export interface AgentUpdated {
  name: "agent:updated";
  accountId: number;
  userId: number;
  actor: Actor;
  changes: Changes;
}

/** Events that are facts: kept in the database. */
export type RecordedEvent =
  MessageChanged | ConversationChanged | ContactChanged | WidgetOpened | AgentUpdated;

export interface TypingChanged {
  name: "typing:changed";
  audience: Audience;
  from: "visitor" | "agent";
  typing: boolean;
  /** In a note: nothing that the visitor may know of. */
  private: boolean;
  sender: Sender;
}

/** Something that administrators keep is new, changed or gone. */
export interface SettingsChanged {
  name: "settings:changed";
  accountId: number;
  subject: SettingsSubject;
  id: number;
  removed: boolean;
}

/** Moments that concern only who is connected now. */
export type PassingEvent =
  | TypingChanged
  /** Others have left the queue before it, or it has; null: it is not in it any more. */
  | {
      name: "queue:moved";
      audience: Audience;
      position: number | null;
      waitSeconds: number | null;
    }
  | SettingsChanged
  /** What this member may see is not what it was: his role, his inboxes, his membership itself. */
  | { name: "agent:access_changed"; accountId: number; userId: number }
  /** Removed with everything in it. */
  | { name: "inbox:removed"; inboxId: number }
  /** This browser has become a verified contact. */
  | { name: "visitor:verified"; contactInboxId: number; inboxId: number; contactId: number }
  /** What an agent's presence makes of his availability has changed. */
  | { name: "agent:presence_changed"; userId: number }
  | { name: "session:ended"; sessionId: string }
  /** Sockets that were opened with the token before must go. */
  | { name: "user:token_rotated"; userId: number }
  /** Removed with everything in it. */
  | { name: "conversation:deleted"; audience: Audience }
  /** This browser's contact has been removed. */
  | { name: "visitor:removed"; contactInboxId: number };

export type DomainEvent = RecordedEvent | PassingEvent;

export interface Events {
  /** Hears every event after its commit, in order; answers the function that stops. */
  subscribe(listener: (event: DomainEvent) => void): () => void;
  /** For a change that is committed already, with its rows, and for passing events. */
  publish(event: DomainEvent): void;
  /**
   * One unit of work: what `work` changes and what it records commit together or not at all;
   * subscribers hear of it after the commit.
   */
  transaction<Value>(
    work: (tx: Transaction, record: (event: RecordedEvent) => void) => Promise<Value>,
  ): Promise<Value>;
}

type EventRow = typeof eventRows.$inferInsert;

function rowOf(event: RecordedEvent): EventRow {
  const { name, actor, changes } = event;
  const common = { name, actor_type: actor.type, actor_id: actor.id, changes };
  switch (event.name) {
    case "message:created":
    case "message:updated":
      return {
        ...common,
        account_id: event.audience.accountId,
        conversation_id: event.audience.conversationId,
        message_id: event.message.id,
        seq: event.message.changed_seq,
      };
    case "conversation:created":
    case "conversation:updated":
      return {
        ...common,
        account_id: event.audience.accountId,
        conversation_id: event.audience.conversationId,
        seq: event.seq,
      };
    case "contact:created":
    case "contact:updated":
      return { ...common, account_id: event.accountId, contact_id: event.contactId };
    case "widget:opened":
      return {
        ...common,
        account_id: event.accountId,
        contact_id: event.contactId,
        contact_inbox_id: event.contactInboxId,
      };
    case "agent:updated":
      return { ...common, account_id: event.accountId };
  }
}

/**
 * All rows as one parameter: a statement of its own for each number of rows, with a parameter for each of
 * their values, takes longer to write than the database takes to carry it out. In order, for webhooks
 * read them by their ids.
 */
const insertOf = (rows: EventRow[]) => sql`
  insert into ${eventRows} (account_id, conversation_id, message_id, contact_id, contact_inbox_id, seq,
    name, actor_type, actor_id, changes)
  select account_id, conversation_id, message_id, contact_id, contact_inbox_id, seq,
    name, actor_type, actor_id, changes
  from rows from (jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as (account_id bigint,
    conversation_id bigint, message_id bigint, contact_id bigint, contact_inbox_id bigint, seq bigint,
    name text, actor_type text, actor_id bigint, changes jsonb)) with ordinality as recorded
  order by ordinality`;

/** Creates the events of one process. */
export function createEvents({ db, log }: { db: Database; log: Log }): Events {
  const listeners = new Set<(event: DomainEvent) => void>();

  function publish(event: DomainEvent): void {
    for (const listener of listeners) {
      try {
        listener(event);
      } catch (error) {
        log.error({ event: "events:listener_failed", name: event.name, err: error });
      }
    }
  }

  return {
    publish,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async transaction(work) {
      const recorded: RecordedEvent[] = [];
      const value = await db.transaction(async (tx) => {
        recorded.length = 0;
        const result = await work(tx, (event) => void recorded.push(event));
        if (recorded.length > 0) await tx.execute(insertOf(recorded.map(rowOf)));
        return result;
      });
      for (const event of recorded) publish(event);
      return value;
    },
  };
}
