// The messages of one conversation: a page at first, older ones on demand, kept right by events and by sync.
import { computed, signal } from "@preact/signals-core";
import type { ReadonlySignal } from "@preact/signals-core";
import type { VisitorRest, VisitorSocket } from "../../client/visitor-transport.ts";
import { MESSAGES_PAGE_SIZE } from "../../protocol/limits.ts";
import type { Message, PublicConversation } from "../../protocol/records.ts";
import type { Failure } from "../../protocol/result.ts";

export interface Thread {
  id: number;
  /** Oldest first. */
  messages: ReadonlySignal<Message[]>;
  status: ReadonlySignal<"loading" | "ready" | "failed">;
  failure: ReadonlySignal<Failure | null>;
  hasOlder: ReadonlySignal<boolean>;
  isLoadingOlder: ReadonlySignal<boolean>;
  loadOlder(): Promise<void>;
  /** Brings everything up to date: whole at first, later what changed since. */
  refresh(): Promise<void>;
  /** A message came or changed; `seq` is the number of the conversation's latest change. */
  apply(message: Message, seq: number): void;
  /** Something else in the conversation changed. */
  heard(seq: number): void;
  /** Fills an empty thread from a conversation that came with its messages. */
  fill(conversation: PublicConversation): void;
}

export interface ThreadDeps {
  rest: Pick<VisitorRest, "getConversation" | "listMessages">;
  socket: Pick<VisitorSocket, "send">;
  sourceId: () => string | undefined;
  onConversation: (conversation: PublicConversation) => void;
}

export function createThread(id: number, deps: ThreadDeps): Thread {
  const { rest, socket, sourceId, onConversation } = deps;
  const byId = signal<ReadonlyMap<number, Message>>(new Map());
  const messages = computed(() => [...byId.value.values()].toSorted((a, b) => a.seq - b.seq));
  const status = signal<"loading" | "ready" | "failed">("loading");
  const failure = signal<Failure | null>(null);
  const hasOlder = signal(false);
  const isLoadingOlder = signal(false);
  /** Every change up to this number is known. */
  let syncedSeq = 0;
  let refreshing: Promise<void> | undefined;
  let isStale = false;

  function merge(incoming: Message[]): void {
    const next = new Map(byId.peek());
    for (const message of incoming) {
      const known = next.get(message.id);
      if (!known || known.changed_seq <= message.changed_seq) next.set(message.id, message);
    }
    byId.value = next;
  }

  function fill(conversation: PublicConversation): void {
    // What an event brought while this was on its way is newer than it.
    const newer = messages.peek().filter(({ changed_seq }) => changed_seq > conversation.seq);
    byId.value = new Map();
    merge([...conversation.messages, ...newer]);
    hasOlder.value = conversation.messages.length >= MESSAGES_PAGE_SIZE;
    syncedSeq = conversation.seq;
    status.value = "ready";
    onConversation(conversation);
    for (const { changed_seq } of newer) heard(changed_seq);
  }

  /** Answers why it failed, if it did. */
  async function fetchWhole(): Promise<Failure | null> {
    const source = sourceId();
    if (source === undefined) return null;
    const result = await rest.getConversation(source, id);
    if (!result.ok) return result.error;
    fill(result.data);
    return null;
  }

  async function sync(): Promise<Failure | null> {
    if (status.peek() !== "ready") return fetchWhole();
    const result = await socket.send("conversation:sync", {
      conversation_id: id,
      after_seq: syncedSeq,
    });
    if (!result.ok) return result.error;
    if (!result.data.complete) return fetchWhole();
    // A change to a message of a page that is not loaded comes with that page.
    const first = hasOlder.peek() ? (messages.peek()[0]?.seq ?? 0) : 0;
    merge(result.data.messages.filter((message) => message.seq >= first));
    syncedSeq = Math.max(syncedSeq, result.data.conversation.seq);
    onConversation(result.data.conversation);
    return null;
  }

  async function run(): Promise<void> {
    if (status.peek() === "failed") status.value = "loading";
    do {
      isStale = false;
      const failed = await sync();
      failure.value = failed;
      if (failed && status.peek() === "loading") status.value = "failed";
      if (failed) isStale = false;
    } while (isStale);
    refreshing = undefined;
  }

  function refresh(): Promise<void> {
    if (refreshing) isStale = true;
    return (refreshing ??= run());
  }

  /** A number beyond the next one means that something was missed, or is not for visitors. */
  function heard(seq: number): void {
    if (status.peek() !== "ready") return;
    if (seq <= syncedSeq + 1) syncedSeq = Math.max(syncedSeq, seq);
    else void refresh();
  }

  return {
    id,
    messages,
    status,
    failure,
    hasOlder,
    isLoadingOlder,
    refresh,
    fill,
    heard,
    apply(message, seq) {
      merge([message]);
      heard(seq);
    },
    async loadOlder() {
      const source = sourceId();
      const before = messages.peek()[0]?.id;
      if (isLoadingOlder.peek() || !hasOlder.peek() || before === undefined || !source) return;
      isLoadingOlder.value = true;
      const result = await rest.listMessages(source, id, { before });
      if (result.ok) {
        merge(result.data);
        hasOlder.value = result.data.length >= MESSAGES_PAGE_SIZE;
      }
      isLoadingOlder.value = false;
    },
  };
}
