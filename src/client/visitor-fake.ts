// A server in memory behind the visitor's transport, with the agents' side to act on: for tests of the
// widget's stores and views. Passes the same contract suite as the real one.
import type {
  Message,
  PublicAgent,
  PublicContact,
  PublicConversation,
  PublicInbox,
} from "../protocol/records.ts";
import type { QueuePlace } from "../protocol/socket.ts";
import { failure, success } from "../protocol/result.ts";
import type { Failure } from "../protocol/result.ts";
import { createVisitorFakeSocket } from "./visitor-fake-socket.ts";
import type { VisitorFakeSocket } from "./visitor-fake-socket.ts";
import { aPublicAgent, aPublicConversation, aPublicInbox } from "./visitor-fake-records.ts";
import { createVisitorFakeRest } from "./visitor-fake-rest.ts";
import { createVisitorFakeState, gone } from "./visitor-fake-state.ts";
import type { Stored } from "./visitor-fake-state.ts";
import type { VisitorRest } from "./visitor-transport.ts";

export interface VisitorFake {
  rest: VisitorRest;
  /** A browser tab's own line to the server. */
  openSocket(pubsubToken: () => string): VisitorFakeSocket;
  agent: PublicAgent;
  /** The agent writes. */
  reply(conversationId: number, content: string, more?: Partial<Message>): Message;
  /** The agent changes a conversation, or whoever `resolved_by` says. */
  change(conversationId: number, patch: Partial<PublicConversation>): void;
  /** The agent begins one with the latest contact; answers its number. */
  begin(more?: Partial<PublicConversation>): number;
  /** Something happens that visitors may not see: it only takes a number. */
  hide(conversationId: number): void;
  edit(message: Message, content: string): void;
  setAgentTyping(conversationId: number, isTyping: boolean): void;
  setAvailability(status: PublicAgent["availability_status"]): void;
  /** Where a conversation stands in the queue; null: somebody has taken it. */
  setQueuePlace(conversationId: number, position: number | null, waitSeconds?: number): void;
  /** An administrator changes the inbox. */
  changeInbox(patch: Partial<PublicInbox>): void;
  /** Forgets every contact, as a server with a new database would. */
  forgetContacts(): void;
  conversations(): PublicConversation[];
  messages(conversationId: number): Message[];
  contacts(): PublicContact[];
  /** REST calls answer this failure until told `null`. */
  failRest(error: Failure | null): void;
  /** Most messages that a sync answers. */
  syncLimit: number;
}

/** Creates a fake server that knows nobody yet. */
export function createVisitorFake(
  options: { now?: () => number; inbox?: PublicInbox; agent?: PublicAgent } = {},
): VisitorFake {
  const seconds = () => Math.floor((options.now ?? Date.now)() / 1_000);
  const agent = options.agent ?? aPublicAgent();
  let inbox = options.inbox ?? aPublicInbox({ agents: [agent] });
  const queue = new Map<number, QueuePlace>();
  let restFailure: Failure | null = null;
  const state = createVisitorFakeState(seconds);
  const { contacts, stored, sockets, nextId, byToken, owned, must, whole, hear } = state;
  const { tellMessage, write, change, sendMessage, start, listOf } = state;

  function openSocket(token: () => string): VisitorFakeSocket {
    const me = () => byToken(token());
    const socket = createVisitorFakeSocket({
      token,
      admit: () => (me() ? null : failure("unauthenticated", "unknown token").error),
      handlers: {
        "conversation:start": (input) => start(me(), input),
        "message:send": (input) => sendMessage(me(), input.conversation_id, input, input.echo_id),
        "typing:set": () => success(null),
        "conversation:see": ({ conversation_id, seq }) => {
          const of = owned(me(), conversation_id);
          if (!of) return gone;
          change(conversation_id, { unread_count: 0, contact_last_seen_seq: seq });
          return success(null);
        },
        "conversation:resolve": ({ conversation_id }) => {
          const of = owned(me(), conversation_id);
          if (!of) return gone;
          change(conversation_id, { status: "resolved", resolved_by: "contact" });
          return success(whole(of));
        },
        "conversation:sync": ({ conversation_id, after_seq }) => {
          const of = owned(me(), conversation_id);
          if (!of) return gone;
          const changed = of.messages.filter(({ changed_seq }) => changed_seq > after_seq);
          return success({
            conversation: whole(of),
            messages: changed.slice(0, fake.syncLimit),
            complete: changed.length <= fake.syncLimit,
          });
        },
        "conversation:list": () => success(listOf(me())),
        "queue:look": ({ conversation_id }) =>
          owned(me(), conversation_id)
            ? success(
                queue.get(conversation_id) ?? {
                  conversation_id,
                  position: null,
                  wait_seconds: null,
                },
              )
            : gone,
      },
    });
    sockets.add(socket);
    return socket;
  }

  const fake: VisitorFake = {
    rest: createVisitorFakeRest(state, { inbox: () => inbox, refusal: () => restFailure }),
    openSocket,
    agent,
    syncLimit: 200,
    reply: (id, content, more = {}) =>
      write(must(id), {
        content,
        message_type: "outgoing",
        sender: { type: "user", id: agent.id, name: agent.name, avatar_url: agent.avatar_url },
        ...more,
      }),
    change,
    begin(more = {}) {
      const [contact] = [...contacts.values()].slice(-1);
      if (!contact) throw new Error("the fake knows no contact");
      const id = nextId();
      const times = { created_at: seconds(), last_activity_at: seconds() };
      const record = aPublicConversation({ id, started_by: "user", ...times, ...more });
      const made: Stored = { contactId: contact.id, startEchoId: undefined, messages: [], record };
      stored.set(id, made);
      hear(contact.id, (socket) => socket.emit("conversation:created", whole(made)));
      return id;
    },
    hide: (id) => {
      must(id).record.seq += 1;
    },
    edit(message, content) {
      const of = must(message.conversation_id);
      of.record.seq += 1;
      const next = { ...message, content, changed_seq: of.record.seq };
      of.messages = of.messages.map((one) => (one.id === message.id ? next : one));
      tellMessage("message:updated", of, next);
    },
    setAgentTyping(id, typing) {
      const sender = { type: "user", id: agent.id, name: agent.name, avatar_url: null } as const;
      hear(must(id).contactId, (socket) =>
        socket.emit("typing:changed", { conversation_id: id, typing, sender }),
      );
    },
    setAvailability(availability_status) {
      const agents = inbox.agents.map((one) =>
        one.id === agent.id ? { ...one, availability_status } : one,
      );
      const isThere = agents.some((one) => one.availability_status === "available");
      inbox = { ...inbox, agents, availability: isThere ? "available" : "unavailable" };
      for (const socket of sockets) {
        socket.emit("agent:availability_changed", { ...agent, availability_status });
      }
    },
    setQueuePlace(conversation_id, position, waitSeconds) {
      const place = { conversation_id, position, wait_seconds: waitSeconds ?? null };
      queue.set(conversation_id, place);
      hear(must(conversation_id).contactId, (socket) => socket.emit("queue:moved", place));
    },
    changeInbox(patch) {
      inbox = { ...inbox, ...patch };
      for (const socket of sockets) socket.emit("inbox:updated", inbox);
    },
    forgetContacts() {
      contacts.clear();
      stored.clear();
    },
    conversations: () => [...stored.values()].map(whole),
    messages: (id) => must(id).messages,
    contacts: () => [...contacts.values()],
    failRest: (error) => void (restFailure = error),
  };
  return fake;
}
