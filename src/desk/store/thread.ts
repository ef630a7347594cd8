// One open conversation's messages: loaded in pages, kept up to date by events, and after a gap by a sync.
import { batch, computed, signal } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import type { AgentRest, AgentSocket } from "../../client/agent-transport.ts";
import { MESSAGES_PAGE_SIZE } from "../../protocol/limits.ts";
import type { Message } from "../../protocol/records.ts";
import type { Failure } from "../../protocol/result.ts";
import type { Discards } from "./discards.ts";
import type { ConversationRecords } from "./records.ts";

export type ThreadStatus =
  { kind: "loading" | "ready" | "missing" } | { kind: "failed"; error: Failure };

export interface Thread {
  readonly conversationId: number;
  readonly status: ReadonlySignal<ThreadStatus>;
  /** In order of `seq`. */
  readonly messages: ReadonlySignal<readonly Message[]>;
  readonly hasOlder: ReadonlySignal<boolean>;
  readonly isLoadingOlder: ReadonlySignal<boolean>;
  /** What agents had seen when the thread was opened: newer messages stand below a "New" line. */
  readonly seenSeqAtOpen: ReadonlySignal<number | null>;
  load(): Promise<void>;
  loadOlder(): Promise<void>;
  /** Takes over a created or updated message. */
  receive(message: Message): void;
  /** Takes a message's content away for good, unless that is undone; a tombstone stays. */
  remove(messageId: number): void;
  stop(): void;
}

interface Deps {
  conversationId: number;
  accountId: number;
  rest: AgentRest;
  socket: AgentSocket;
  records: ConversationRecords;
  discards: Discards;
}

const keyOf = (messageId: number) => `message:${messageId}`;

/** As the server will have it. */
function tombstoneOf({ content_tree: _gone, ...message }: Message): Message {
  const content_attributes = { ...message.content_attributes, deleted: true };
  return { ...message, content: "", content_attributes, attachments: [] };
}

/** Creates a thread; `load` fetches it. */
export function createThread(deps: Deps): Thread {
  const { conversationId, accountId, rest, socket, records, discards } = deps;
  const status = signal<ThreadStatus>({ kind: "loading" });
  const byId = signal<ReadonlyMap<number, Message>>(new Map());
  const hasOlder = signal(false);
  const isLoadingOlder = signal(false);
  const seenSeqAtOpen = signal<number | null>(null);
  /** Changes after this number may have been missed; null while the line has been up all along. */
  let gapAfterSeq: number | null = socket.state === "connected" ? null : 0;
  let stateChanges = 0;
  let isStopped = false;

  const messages = computed(() =>
    [...byId.value.values()]
      .map((message) => (discards.isGone(keyOf(message.id)) ? tombstoneOf(message) : message))
      .toSorted((a, b) => a.seq - b.seq),
  );
  const latestSeq = () =>
    messages.peek().reduce((latest, { changed_seq }) => Math.max(latest, changed_seq), 0);

  function take(received: readonly Message[], start: ReadonlyMap<number, Message> = byId.peek()) {
    const next = new Map(start);
    for (const message of received) {
      const known = next.get(message.id);
      if (!known || known.changed_seq <= message.changed_seq) next.set(message.id, message);
    }
    byId.value = next;
  }

  async function load(): Promise<void> {
    if (byId.peek().size === 0) status.value = { kind: "loading" };
    const stateChangesBefore = stateChanges;
    const wasConnected = socket.state === "connected";
    const [conversation, page] = await Promise.all([
      rest.getConversation(accountId, conversationId),
      rest.listMessages(accountId, conversationId),
    ]);
    if (isStopped) return;
    const failed = conversation.ok ? (page.ok ? null : page.error) : conversation.error;
    if (failed?.code === "not_found") status.value = { kind: "missing" };
    else if (failed) status.value = { kind: "failed", error: failed };
    if (!conversation.ok || !page.ok) return;
    batch(() => {
      seenSeqAtOpen.value ??= conversation.data.agent_last_seen_seq;
      records.put([conversation.data]);
      const newerThanPage = messages.peek().filter(({ seq }) => seq > (page.data.at(-1)?.seq ?? 0));
      take(newerThanPage, new Map(page.data.map((message) => [message.id, message])));
      hasOlder.value = page.data.length === MESSAGES_PAGE_SIZE;
      status.value = { kind: "ready" };
    });
    const heardAll = wasConnected && stateChanges === stateChangesBefore;
    gapAfterSeq = heardAll ? null : latestSeq();
    if (socket.state === "connected") await sync();
  }

  /** Asks for what was missed. Without an answer the gap stays noted for the next connection. */
  async function sync(): Promise<void> {
    if (gapAfterSeq === null || status.peek().kind !== "ready") return;
    const input = { conversation_id: conversationId, after_seq: gapAfterSeq };
    const result = await socket.send("conversation:sync", input);
    if (isStopped || !result.ok) return;
    if (socket.state === "connected") gapAfterSeq = null;
    records.put([result.data.conversation]);
    if (result.data.complete) take(result.data.messages);
    else await load();
  }

  const stopState = socket.onState((state) => {
    stateChanges += 1;
    // Noted at once, before events of the new connection move the latest number past the gap.
    if (status.peek().kind === "ready") gapAfterSeq ??= latestSeq();
    if (state !== "connected") return;
    if (status.peek().kind === "failed") void load();
    else void sync();
  });

  return {
    conversationId,
    status,
    messages,
    hasOlder,
    isLoadingOlder,
    seenSeqAtOpen,
    load,
    async loadOlder() {
      const oldest = messages.peek()[0];
      if (!oldest || !hasOlder.peek() || isLoadingOlder.peek()) return;
      isLoadingOlder.value = true;
      const page = await rest.listMessages(accountId, conversationId, { before: oldest.id });
      batch(() => {
        isLoadingOlder.value = false;
        if (!page.ok || isStopped) return;
        hasOlder.value = page.data.length === MESSAGES_PAGE_SIZE;
        take(page.data);
      });
    },
    receive(message) {
      const oldest = messages.peek()[0];
      // A change of a message on a page that is not loaded comes along with that page.
      if (status.peek().kind === "ready" && hasOlder.peek() && oldest && message.seq < oldest.seq) {
        return;
      }
      take([message]);
    },
    remove(messageId) {
      const notice = { kind: "discarded", what: "message", name: "" } as const;
      discards.discard(keyOf(messageId), notice, async () => {
        const result = await rest.deleteMessage(accountId, conversationId, messageId);
        if (result.ok && !isStopped) take([result.data]);
        return result;
      });
    },
    stop() {
      isStopped = true;
      stopState();
    },
  };
}
