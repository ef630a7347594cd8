// A server in memory behind the visitor's transport, with the agents' side to act on: for tests of the
// widget's stores and views. Passes the same contract suite as the real one.
import { MESSAGES_AFTER_PAGE_SIZE, MESSAGES_PAGE_SIZE } from "../protocol/limits.ts";
import type {
  Message,
  PublicAgent,
  PublicContact,
  PublicConversation,
  PublicInbox,
  Sender,
} from "../protocol/records.ts";
import type { CreateContact, StartConversation } from "../protocol/requests.ts";
import type { QueuePlace } from "../protocol/socket.ts";
import { failure, success } from "../protocol/result.ts";
import type { Failure, Result } from "../protocol/result.ts";
import { anAttachment } from "./fake-attachments.ts";
import { createVisitorFakeSocket } from "./visitor-fake-socket.ts";
import type { VisitorFakeSocket } from "./visitor-fake-socket.ts";
import { answerPost } from "./visitor-fake-posts.ts";
import {
  aPublicAgent,
  aPublicContact,
  aPublicConversation,
  aPublicInbox,
  aVisitorMessage,
} from "./visitor-fake-records.ts";
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

interface Stored {
  contactId: number;
  startEchoId: string | undefined;
  record: PublicConversation;
  messages: Message[];
}

/** What the server notes beside a change. */
function consequencesOf(
  { status, assignee }: Partial<PublicConversation>,
  seq: number,
  now: number,
) {
  const isOver = status === "resolved";
  return {
    ...(status && {
      resolved_by: isOver ? ("user" as const) : null,
      resolved_after_ms: isOver ? 60_000 : null,
      resolved_seq: isOver ? seq : null,
    }),
    ...(assignee !== undefined && {
      assignee_waited_ms: assignee && 0,
      assigned_seq: assignee && seq,
      assigned_at: assignee && now,
    }),
  };
}

/** Creates a fake server that knows nobody yet. */
export function createVisitorFake(
  options: { now?: () => number; inbox?: PublicInbox; agent?: PublicAgent } = {},
): VisitorFake {
  const seconds = () => Math.floor((options.now ?? Date.now)() / 1_000);
  const agent = options.agent ?? aPublicAgent();
  let inbox = options.inbox ?? aPublicInbox({ agents: [agent] });
  const contacts = new Map<number, PublicContact>();
  const stored = new Map<number, Stored>();
  const sockets = new Set<VisitorFakeSocket>();
  const queue = new Map<number, QueuePlace>();
  let restFailure: Failure | null = null;
  let lastId = 0;
  const nextId = () => (lastId += 1);

  const gone = failure("not_found", "no such record");
  const byToken = (token: string) =>
    [...contacts.values()].find(({ pubsub_token }) => pubsub_token === token);
  const bySource = (source: string) =>
    [...contacts.values()].find(({ source_id }) => source_id === source);
  const owned = (contact: PublicContact | undefined, id: number) => {
    const found = stored.get(id);
    return found && found.contactId === contact?.id ? found : undefined;
  };
  const senderOf = (contact: PublicContact): Sender => ({
    type: "contact",
    id: contact.id,
    name: contact.name ?? "",
    avatar_url: contact.avatar_url,
  });

  function must(id: number): Stored {
    const found = stored.get(id);
    if (!found) throw new Error(`the fake holds no conversation ${id}`);
    return found;
  }
  const page = (messages: Message[]) => messages.slice(-MESSAGES_PAGE_SIZE);
  const whole = ({ record, messages }: Stored): PublicConversation => ({
    ...record,
    messages: page(messages),
  });

  function hear(contactId: number, tell: (socket: VisitorFakeSocket) => void): void {
    for (const socket of sockets) if (byToken(socket.token())?.id === contactId) tell(socket);
  }
  function tellMessage(name: "message:created" | "message:updated", to: Stored, message: Message) {
    const { messages: _, ...conversation } = to.record;
    hear(to.contactId, (socket) => socket.emit(name, { message, conversation }));
  }

  function write(to: Stored, more: Partial<Message>): Message {
    const { record, messages } = to;
    const isOwn = more.message_type === "incoming";
    const seq = record.seq + 1;
    const message = aVisitorMessage({
      id: nextId(),
      seq,
      conversation_id: record.id,
      created_at: seconds(),
      ...more,
    });
    messages.push(message);
    to.record = {
      ...record,
      seq,
      ...(isOwn && { status: "open", resolved_by: null, resolved_after_ms: null }),
      unread_count: record.unread_count + (isOwn ? 0 : 1),
      last_activity_at: message.created_at,
    };
    tellMessage("message:created", to, message);
    return message;
  }

  function change(id: number, patch: Partial<PublicConversation>): void {
    const of = must(id);
    const seq = of.record.seq + 1;
    of.record = { ...of.record, ...consequencesOf(patch, seq, seconds()), ...patch, seq };
    const { messages: _, ...record } = of.record;
    hear(of.contactId, (socket) => socket.emit("conversation:updated", record));
  }

  function sendMessage(
    contact: PublicContact | undefined,
    id: number,
    said: { content?: string | null | undefined; attachments?: string[] | undefined },
    echo: string,
  ) {
    const to = owned(contact, id);
    if (!to || !contact) return gone;
    const attachments = (said.attachments ?? []).map(anAttachment);
    const content = said.content?.trim() ? said.content : null;
    if (!content && attachments.length === 0)
      return failure("invalid", "must not be empty", { field: "content" });
    const known = to.messages.find(({ echo_id }) => echo_id === echo);
    if (known) return success(known);
    return success(
      write(to, {
        content,
        attachments,
        echo_id: echo,
        message_type: "incoming",
        sender: senderOf(contact),
      }),
    );
  }

  function start(
    contact: PublicContact | undefined,
    { echo_id, message }: StartConversation,
  ): Result<PublicConversation> {
    if (!contact) return gone;
    const known = [...stored.values()].find(
      (one) => echo_id && one.startEchoId === echo_id && one.contactId === contact.id,
    );
    const id = known?.record.id ?? nextId();
    const made: Stored = known ?? {
      contactId: contact.id,
      startEchoId: echo_id,
      messages: [],
      record: aPublicConversation({ id, created_at: seconds(), last_activity_at: seconds() }),
    };
    stored.set(id, made);
    if (!known) hear(contact.id, (socket) => socket.emit("conversation:created", whole(made)));
    if (message) sendMessage(contact, id, message, message.echo_id);
    return success(whole(made));
  }

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

  const listOf = (contact: PublicContact | undefined) =>
    [...stored.values()]
      .filter(({ contactId }) => contactId === contact?.id)
      .map(({ record, messages }) => Object.assign({}, record, { messages: messages.slice(-1) }));

  async function answer<Value>(act: () => Result<Value>): Promise<Result<Value>> {
    await Promise.resolve();
    return restFailure ? { ok: false, error: restFailure } : structuredClone(act());
  }
  function patchContact(contact: PublicContact, input: CreateContact): PublicContact {
    const { custom_attributes, identifier_hash: _, ...fields } = input;
    const merged = Object.entries({ ...contact.custom_attributes, ...custom_attributes });
    const next = {
      ...contact,
      ...fields,
      custom_attributes: Object.fromEntries(merged.filter(([, value]) => value !== null)),
    } as PublicContact;
    contacts.set(next.id, next);
    return next;
  }

  const rest: VisitorRest = {
    getInbox: () => answer(() => success(inbox)),
    createContact: (input) =>
      answer(() => {
        const id = nextId();
        const made = aPublicContact({
          id,
          source_id: `source-${id}`,
          pubsub_token: `pubsub-${id}`,
        });
        return success(patchContact(made, input));
      }),
    getContact: (source) =>
      answer(() => {
        const contact = bySource(source);
        return contact ? success(contact) : gone;
      }),
    updateContact: (source, input) =>
      answer(() => {
        const contact = bySource(source);
        return contact ? success(patchContact(contact, input)) : gone;
      }),
    listConversations: (source) =>
      answer(() => {
        const contact = bySource(source);
        return contact ? success(listOf(contact)) : gone;
      }),
    getConversation: (source, id) =>
      answer(() => {
        const of = owned(bySource(source), id);
        return of ? success(whole(of)) : gone;
      }),
    listMessages: (source, id, wanted = {}) =>
      answer(() => {
        const of = owned(bySource(source), id);
        if (!of) return gone;
        if ("after" in wanted) {
          const after = of.messages.filter((one) => one.id > wanted.after);
          return success(after.slice(0, MESSAGES_AFTER_PAGE_SIZE));
        }
        const { before } = wanted;
        return success(page(of.messages.filter((one) => before === undefined || one.id < before)));
      }),
    searchMessages: (source, words) =>
      answer(() => {
        const contact = bySource(source);
        const found = [...stored.values()]
          .filter(({ contactId }) => contactId === contact?.id)
          .flatMap(({ messages }) => messages)
          .filter(({ content }) => content?.toLowerCase().includes(words.toLowerCase()));
        return contact ? success(found.toReversed()) : gone;
      }),
    post: (path, body) =>
      answer(() => answerPost(path, body, (source, id) => owned(bySource(source), id)?.record.id)),
  };

  const fake: VisitorFake = {
    rest,
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
