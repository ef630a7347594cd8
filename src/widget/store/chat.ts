// The stores of the second stage, wired: what the server tells goes to those whom it concerns.
import { batch, computed, effect, signal, untracked } from "../signals.ts";
import type { ReadonlySignal } from "../signals.ts";
import type { VisitorRest, VisitorSocket } from "../../client/visitor-transport.ts";
import { visitorEventsPath } from "../../protocol/paths-of-events.ts";
import type { Message, PublicConversation } from "../../protocol/records.ts";
import type { Result } from "../../protocol/result.ts";
import type { PublicConversationState } from "../../protocol/socket.ts";
import { createAgentChanges } from "./agent-changes.ts";
import { createChatTells } from "./chat-tells.ts";
import type { ChatWindow, ThreadKey } from "./chat-window.ts";
import { createConnection } from "./connection.ts";
import type { Connection } from "./connection.ts";
import { createConversations } from "./conversations.ts";
import type { Conversations } from "./conversations.ts";
import type { CustomerStore } from "./customer.ts";
import { createDrafts } from "./drafts.ts";
import type { Drafts } from "./drafts.ts";
import type { Emit } from "./events.ts";
import type { InboxStore } from "./inbox.ts";
import { createOutbox } from "./outbox.ts";
import type { Outbox } from "./outbox.ts";
import { LIVE_UNTIL_KEY } from "./storage.ts";
import type { KeyValueStorage } from "./storage.ts";
import { createThread } from "./thread.ts";
import type { Thread } from "./thread.ts";
import { createTyping } from "./typing.ts";
import type { Typing } from "./typing.ts";

/** An agent may add something to a closed conversation: for so long, a visitor should see it on any page. */
const LIVE_MS = 7 * 86_400_000;

export interface ChatStores {
  inbox: InboxStore;
  chatWindow: ChatWindow;
  connection: Connection;
  conversations: Conversations;
  outbox: Outbox;
  typing: Typing;
  drafts: Drafts;
  /** The thread on screen, if it is one that the server knows. */
  thread: ReadonlySignal<Thread | undefined>;
  threadOf(id: number): Thread;
  /** The latest message that somebody else wrote, since the chat was loaded. */
  lastReceived: ReadonlySignal<Message | undefined>;
  /** Another tab has changed what lies on the device. */
  reread(): void;
  /** A name for a conversation that is about to begin. */
  newThreadKey: () => ThreadKey;
  /** Messages of the visitor's that hold these words, the newest first. */
  search: (words: string) => Promise<Result<Message[]>>;
  stop(): void;
}

export interface ChatStoresDeps {
  rest: VisitorRest;
  socket: VisitorSocket;
  storage: KeyValueStorage;
  inbox: InboxStore;
  customer: CustomerStore;
  chatWindow: ChatWindow;
  emit: Emit;
  now: () => number;
  newId: () => string;
}

export function createChatStores(deps: ChatStoresDeps): ChatStores {
  const { rest, socket, storage, inbox, customer, chatWindow, emit, now, newId } = deps;
  const connection = createConnection({ socket, customer, emit });
  const conversations = createConversations({ rest, socket, customer, emit, now });
  const tells = createChatTells({ conversations, emit });
  const typing = createTyping({ socket, emit, now });
  const drafts = createDrafts(storage);
  const threads = new Map<number, Thread>();
  const lastReceived = signal<Message | undefined>(undefined);
  const sourceId = () => customer.contact.peek()?.source_id;

  function threadOf(id: number): Thread {
    const known = threads.get(id);
    if (known) return known;
    const made = createThread(id, { rest, socket, sourceId, onConversation: conversations.put });
    threads.set(id, made);
    return made;
  }
  const thread = computed(() => {
    const view = chatWindow.view.value;
    return view.name === "thread" && typeof view.key === "number" ? threadOf(view.key) : undefined;
  });

  const outbox = createOutbox({
    socket,
    customer,
    storage,
    emit,
    now,
    newId,
    connect: connection.open,
    onStarted(key, echoId, conversation) {
      const isNew = !conversations.get(conversation.id);
      batch(() => {
        drafts.move(key, conversation.id);
        conversations.put(conversation);
        threadOf(conversation.id).fill(conversation);
        const view = chatWindow.view.peek();
        if (view.name === "thread" && view.key === key) {
          chatWindow.show({ name: "thread", key: conversation.id });
        }
      });
      if (isNew) tells.started(conversation, echoId, outbox.originOf(echoId));
    },
    onSent: (message) => threads.get(message.conversation_id)?.apply(message, message.changed_seq),
  });

  /** Messages that the page knows of: a line that is bad may bring one twice. */
  const taken = new Set<number>();

  function take(message: Message, state: PublicConversationState, isNew: boolean): void {
    batch(() => {
      conversations.applyMessage(message, state);
      threads.get(message.conversation_id)?.apply(message, state.seq);
      if (message.sender) typing.apply(message.conversation_id, message.sender, false);
    });
    if (!isNew || taken.has(message.id)) return;
    taken.add(message.id);
    if (message.message_type === "incoming") {
      const { echo_id: echoId, conversation_id: conversationId } = message;
      if (echoId !== undefined && !outbox.originOf(echoId)) {
        const detail = { echoId, state: "sent", conversationId } as const;
        emit("messageSent", detail, { source: "visitor", local: false });
      }
      return;
    }
    lastReceived.value = message;
    tells.received(message);
  }

  let hasConnected = false;
  const stops = [
    socket.on("message:created", (event) => take(event.message, event.conversation, true)),
    socket.on("message:updated", (event) => take(event.message, event.conversation, false)),
    socket.on("conversation:created", (conversation) => {
      const isNew = !conversations.get(conversation.id);
      // What this tab has just asked for is told when the answer comes.
      if (isNew && conversation.started_by === "contact" && outbox.isStarting()) return;
      conversations.put(conversation);
      if (isNew) tells.started(conversation, null);
    }),
    socket.on("conversation:updated", (conversation) => {
      conversations.put(conversation);
      threads.get(conversation.id)?.heard(conversation.seq);
    }),
    socket.on("typing:changed", (event) => {
      typing.apply(event.conversation_id, event.sender, event.typing);
    }),
    socket.on("agent:availability_changed", createAgentChanges({ inbox, emit })),
    socket.on("inbox:updated", inbox.put),
    socket.onState((state) => {
      if (state !== "connected") return;
      // Events of the time between are lost: ask for what they would have told.
      void inbox.load();
      void conversations.load();
      void thread.peek()?.refresh();
      if (hasConnected) void inbox.load();
      hasConnected = true;
      outbox.flush();
    }),
    effect(() => {
      const { value } = conversations.unreadByConversation;
      untracked(() => tells.unread(value));
    }),
    effect(() => {
      const { value: list } = conversations.list;
      const liveUntil = (one: PublicConversation) =>
        one.status === "resolved"
          ? one.last_activity_at * 1_000 + LIVE_MS
          : Number.MAX_SAFE_INTEGER;
      const until = Math.max(0, ...list.map(liveUntil));
      if (until > 0) storage.set(LIVE_UNTIL_KEY, String(until));
    }),
    // Webhooks hear that a known visitor has opened the chat.
    effect(() => {
      const reason = chatWindow.openedBy.value;
      const source = sourceId();
      const { identifier } = inbox.value.peek() ?? {};
      if (!reason || reason === "restore" || !source || !identifier) return;
      const body = { name: "webwidget.triggered", event_info: { reason } };
      void rest.post(visitorEventsPath(identifier, source), body);
    }),
    // A thread that comes on screen may have missed what happened while it was not.
    effect(() => {
      const shown = thread.value;
      if (shown) untracked(() => void shown.refresh());
    }),
    effect(() => {
      if (customer.contact.value) untracked(connection.open);
      else {
        untracked(() => {
          threads.clear();
          conversations.clear();
          if (typeof viewKey(chatWindow) === "number") chatWindow.show({ name: "home" });
          outbox.startAnew();
        });
      }
    }),
  ];
  void conversations.load();
  if (customer.contact.peek()) outbox.flush();

  return {
    inbox,
    chatWindow,
    connection,
    conversations,
    outbox,
    typing,
    drafts,
    thread,
    threadOf,
    lastReceived,
    reread() {
      outbox.reread();
      drafts.reread();
    },
    search: (words) => rest.searchMessages(sourceId() ?? "", words),
    newThreadKey() {
      const [latest] = conversations.list.peek();
      if (!inbox.value.peek()?.lock_to_single_conversation) return `new:${newId()}`;
      // He goes on where he is, be it on its way to the server.
      return latest?.id ?? outbox.entries.peek()[0]?.thread ?? `new:${newId()}`;
    },
    stop() {
      for (const stop of stops) stop();
      tells.unread({}, true);
      outbox.stop();
      typing.stop();
      connection.stop();
    },
  };
}

function viewKey(chatWindow: ChatWindow): ThreadKey | undefined {
  const view = chatWindow.view.peek();
  return view.name === "thread" ? view.key : undefined;
}
