// What each event of the socket changes in the desk, and what is fetched again after a gap.
import { batch } from "@preact/signals";
import type { AgentRest, AgentSocket } from "../../client/agent-transport.ts";
import type { Agent, Conversation, Message } from "../../protocol/records.ts";
import type { ConversationState } from "../../protocol/socket.ts";
import type { Counts } from "./counts.ts";
import type { Outbox } from "./outbox.ts";
import type { ConversationRecords } from "./records.ts";
import type { Thread } from "./thread.ts";
import type { Typing } from "./typing.ts";

interface Deps {
  rest: AgentRest;
  socket: AgentSocket;
  accountId: number;
  records: ConversationRecords;
  counts: Counts;
  outbox: Outbox;
  typing: Typing;
  thread: () => Thread | null;
  onAgent: (agent: Agent) => void;
  onIncoming: (message: Message) => void;
  /** A conversation is new, has changed or is gone. */
  onChanged: () => void;
  /** The line is up: for the first time, or again after a gap. */
  onConnected: () => void;
}

/** Starts to follow the socket; answers the function that stops. */
export function startLive(deps: Deps): () => void {
  const { socket, records, counts } = deps;
  const fetching = new Set<number>();

  /** An event spoke of a conversation that we do not hold: fetch it, and the lists place it. */
  async function fetchUnknown(id: number): Promise<void> {
    if (fetching.has(id)) return;
    fetching.add(id);
    const result = await deps.rest.getConversation(deps.accountId, id);
    fetching.delete(id);
    if (result.ok) records.put([result.data]);
  }

  function onMessage({ message, conversation }: MessageEvent, isNew: boolean): void {
    batch(() => {
      const known = records.all.peek().get(conversation.id);
      records.applyMessage(conversation, message);
      const thread = deps.thread();
      if (thread?.conversationId === conversation.id) thread.receive(message);
      deps.outbox.acknowledge(message);
      if (isNew) deps.typing.settle(conversation.id, message.sender);
      if (!known) void fetchUnknown(conversation.id);
      if (!known || known.status !== conversation.status) counts.refreshSoon();
    });
    deps.onChanged();
    if (isNew && message.message_type === "incoming") deps.onIncoming(message);
  }

  function onConversation(change: Omit<Conversation, "messages">): void {
    const known = records.all.peek().get(change.id);
    records.update(change);
    if (!known) void fetchUnknown(change.id);
    const isMoved =
      known?.status !== change.status || known.meta.assignee?.id !== change.meta.assignee?.id;
    if (isMoved) counts.refreshSoon();
    deps.onChanged();
  }

  const stops = [
    socket.on("message:created", (event) => onMessage(event, true)),
    socket.on("message:updated", (event) => onMessage(event, false)),
    socket.on("conversation:created", (conversation) => {
      records.put([conversation]);
      counts.refreshSoon();
      deps.onChanged();
    }),
    socket.on("conversation:updated", onConversation),
    socket.on("conversation:deleted", ({ id }) => {
      records.forget(id);
      counts.refreshSoon();
      deps.onChanged();
      const thread = deps.thread();
      if (thread?.conversationId === id) void thread.load();
    }),
    socket.on("agent:updated", deps.onAgent),
    socket.onState((state) => {
      if (state === "connected") deps.onConnected();
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

interface MessageEvent {
  message: Message;
  conversation: ConversationState;
}
