// A server in memory behind the desk's transport, with a visitor's side to act on: for tests of the
// desk's stores and views. Passes the same contract suite as the real one.
import { MESSAGES_PAGE_SIZE, CONVERSATIONS_PAGE_SIZE } from "../protocol/limits.ts";
import type { Agent, Conversation, Inbox, Message, Profile, Sender } from "../protocol/records.ts";
import { failure, success } from "../protocol/result.ts";
import type { Failure } from "../protocol/result.ts";
import { aConversation, aMessage, aProfile, anAgent, anInbox } from "./agent-fake-records.ts";
import { guarded } from "./agent-fake-guard.ts";
import { countsOf, isAssigned, ofStatus, withMessage } from "./agent-fake-rules.ts";
import { createFakeSnoozes } from "./agent-fake-snoozes.ts";
import { createFakeSocket } from "./agent-fake-socket.ts";
import type { FakeSocketControls } from "./agent-fake-socket.ts";
import { createFakeWorkspace } from "./agent-fake-workspace.ts";
import { createTray } from "./file-tray.ts";
import { anAttachment, anUpload } from "./fake-attachments.ts";
import type { AgentRest, AgentSocket } from "./agent-transport.ts";
import { createSettingsFake } from "./settings-fake.ts";

export interface AgentFakeOptions {
  /** Milliseconds since 1970. */
  now?: () => number;
  profile?: Profile;
  agents?: Agent[];
  inboxes?: Inbox[];
  password?: string;
  isSignedIn?: boolean;
}

export interface AgentFake extends FakeSocketControls {
  rest: AgentRest;
  socket: AgentSocket;
  profile: Profile;
  agents: Agent[];
  settings: ReturnType<typeof createSettingsFake>;
  /** A visitor starts a conversation; answers its number. */
  startConversation(start: {
    name?: string | null;
    content: string;
    more?: Partial<Conversation>;
  }): number;
  /** Writes a message as the contact, or as whatever `more` says. */
  write(conversationId: number, content: string, more?: Partial<Message>): Message;
  /** A colleague, or the system, changes a conversation. */
  change(conversationId: number, patch: Partial<Conversation>): void;
  /** Its contact is removed, and it with him. */
  remove(conversationId: number): void;
  setContactTyping(conversationId: number, isTyping: boolean): void;
  conversation(conversationId: number): Conversation;
  messages(conversationId: number): Message[];
  /** The next call of this REST method answers the failure and changes nothing. */
  failNext(method: keyof AgentRest, error: Failure): void;
  /** An administrator adds to a list of the account, or changes what is in it. */
  keep: ReturnType<typeof createFakeWorkspace>["keep"];
  /** How often each REST method was called. */
  calls: Map<keyof AgentRest, number>;
}

/** Creates a fake server that holds no conversations yet. */
export function createAgentFake(options: AgentFakeOptions = {}): AgentFake {
  const now = options.now ?? Date.now;
  const seconds = () => Math.floor(now() / 1000);
  const profile = options.profile ?? aProfile();
  const agents = options.agents ?? [profile, anAgent({ id: 2, name: "Grace Hopper" })];
  const inboxes = options.inboxes ?? [anInbox()];
  const conversations = new Map<number, Conversation>();
  const history = new Map<number, Message[]>();
  const failures = new Map<keyof AgentRest, Failure>();
  const calls = new Map<keyof AgentRest, number>();
  let isSignedIn = options.isSignedIn ?? true;
  let messageId = 0;

  const self = (): Sender => ({
    type: "user",
    id: profile.id,
    name: profile.available_name,
    avatar_url: profile.avatar_url,
  });

  function conversation(id: number): Conversation {
    const found = conversations.get(id);
    if (!found) throw new Error(`the fake holds no conversation ${id}`);
    return found;
  }

  function change(id: number, patch: Partial<Conversation>): void {
    const changed = { ...conversation(id), ...patch, seq: conversation(id).seq + 1 };
    conversations.set(id, changed);
    const { messages: _, ...told } = changed;
    socket.emit("conversation:updated", told);
  }

  function remove(id: number): void {
    conversations.delete(id);
    history.delete(id);
    socket.emit("conversation:deleted", { id });
  }

  function write(id: number, content: string, more: Partial<Message> = {}): Message {
    const before = conversation(id);
    const seq = before.seq + 1;
    messageId += 1;
    const { sender: contact } = before.meta;
    const message = aMessage({
      id: messageId,
      seq,
      changed_seq: seq,
      conversation_id: id,
      content,
      created_at: seconds(),
      sender: { type: "contact", id: contact.id, name: contact.name ?? "", avatar_url: null },
      ...more,
    });
    history.set(id, [...(history.get(id) ?? []), message]);
    const after = withMessage(before, message);
    conversations.set(id, after);
    socket.emit("message:created", { message, conversation: after });
    return message;
  }

  const socket = createFakeSocket({
    "message:send"({
      conversation_id: id,
      content,
      attachments,
      echo_id,
      private: isPrivate = false,
    }) {
      if (!conversations.has(id)) return failure("not_found", "no such conversation");
      const known = history.get(id)?.find((message) => message.echo_id === echo_id);
      if (known) return success(known);
      const more = {
        message_type: "outgoing",
        private: isPrivate,
        echo_id,
        sender: self(),
        attachments: (attachments ?? []).map(anAttachment),
        content: content ?? null,
      } as const;
      return success(write(id, content ?? "", more));
    },
    "typing:set": () => success(null),
    "conversation:see"({ conversation_id: id, seq }) {
      const unread = (history.get(id) ?? []).filter(
        (message) => message.message_type === "incoming" && message.seq > seq,
      );
      const seenAt = new Date(now()).toISOString();
      change(id, {
        agent_last_seen_seq: seq,
        agent_last_seen_at: seenAt,
        unread_count: unread.length,
      });
      return success(null);
    },
    "conversation:sync"({ conversation_id: id, after_seq }) {
      if (!conversations.has(id)) return failure("not_found", "no such conversation");
      const missed = (history.get(id) ?? []).filter((message) => message.changed_seq > after_seq);
      return success({
        conversation: conversation(id),
        messages: missed.slice(0, socket.syncLimit),
        complete: missed.length <= socket.syncLimit,
      });
    },
  });

  const world = {
    agents,
    selfId: profile.id,
    conversations,
    history,
    change,
    remove,
    emit: ((name, data) => socket.emit(name, data)) satisfies typeof socket.emit,
    now,
  };
  const workspace = createFakeWorkspace(world);
  const snoozes = createFakeSnoozes(world);

  const settings = createSettingsFake({
    profile,
    agents,
    inboxes,
    tell: (change) => socket.emit("settings:changed", change),
  });

  const answers: AgentRest = {
    ...workspace.answers,
    ...snoozes.answers,
    settings: settings.rest,
    async signIn({ email, password }) {
      if (email !== profile.email || password !== (options.password ?? "correct horse")) {
        return failure("unauthenticated", "Invalid login credentials");
      }
      isSignedIn = true;
      return success(profile);
    },
    async signOut() {
      isSignedIn = false;
      return success(null);
    },
    getProfile: async () => success(profile),
    async setAvailability(availability) {
      profile.availability_status = availability;
      socket.emit("agent:updated", { ...profile });
      return success({ ...profile });
    },
    listAgents: async () => success([...agents]),
    listInboxes: async () => success([...settings.held.inboxes]),
    async listConversations(_, { status = "open", assignee_type = "all", sort_by, page = 1 }) {
      const listed = ofStatus(conversations.values(), status, sort_by);
      const payload = listed.filter((one) => isAssigned(one, assignee_type, profile.id));
      const from = (page - 1) * CONVERSATIONS_PAGE_SIZE;
      return success({
        data: {
          meta: countsOf(listed, profile.id),
          payload: payload.slice(from, from + CONVERSATIONS_PAGE_SIZE),
        },
      });
    },
    countConversations: async (_, { status = "open" }) =>
      success({ meta: countsOf(ofStatus(conversations.values(), status), profile.id) }),
    async getConversation(_, id) {
      const found = conversations.get(id);
      return found ? success(found) : failure("not_found", "no such conversation");
    },
    async listMessages(_, id, { before = Infinity } = {}) {
      if (!conversations.has(id)) return failure("not_found", "no such conversation");
      const earlier = (history.get(id) ?? []).filter((message) => message.id < before);
      return success(earlier.slice(-MESSAGES_PAGE_SIZE));
    },
    async assignConversation(_, id, assigneeId) {
      const assignee = agents.find((agent) => agent.id === assigneeId) ?? null;
      change(id, { meta: { ...conversation(id).meta, assignee } });
      return success(assignee);
    },
    async toggleStatus(_, id, { status = "open", snoozed_until = null }) {
      if (status === "snoozed") snoozes.sleep(id, snoozed_until);
      else change(id, { status, snoozed_until: null });
      return success({});
    },
    openTray: (_account, _conversation, deps) =>
      createTray({ ...deps, send: (file) => Promise.resolve(success(anUpload(file))) }),
    async togglePriority(_, id, priority) {
      change(id, { priority });
      return success(null);
    },
  };

  return {
    rest: guarded(answers, calls, failures, () => isSignedIn),
    socket: socket.socket,
    profile,
    agents,
    settings,
    calls,
    ...socket.controls,
    startConversation({ name = "Ada Lovelace", content, more = {} }) {
      const id = conversations.size + 1;
      const started = aConversation({ id, name, created_at: seconds(), ...more });
      conversations.set(id, started);
      history.set(id, []);
      socket.emit("conversation:created", started);
      write(id, content);
      return id;
    },
    write,
    change,
    remove,
    keep: (subject, one) => workspace.keep(subject, one),
    setContactTyping(id, typing) {
      const { id: contactId, name } = conversation(id).meta.sender;
      const sender: Sender = { type: "contact", id: contactId, name: name ?? "", avatar_url: null };
      socket.emit("typing:changed", { conversation_id: id, typing, private: false, sender });
    },
    conversation,
    messages: (id) => history.get(id) ?? [],
    failNext: (method, error) => void failures.set(method, error),
  };
}
