// The messages of one conversation: a page at first, older ones on demand, kept right by events and by sync.
import { batch, computed, signal } from "../signals.ts";
import type { ReadonlySignal } from "../signals.ts";
import type { VisitorRest, VisitorSocket } from "../../client/visitor-transport.ts";
import { MESSAGES_AFTER_PAGE_SIZE, MESSAGES_PAGE_SIZE } from "../../protocol/limits.ts";
import type { Message, PublicConversation } from "../../protocol/records.ts";
import type { Failure } from "../../protocol/result.ts";

/** So long, newer messages that did not come are not asked for again. */
const PAUSE_S = 5;

export interface Thread {
  id: number;
  /** Oldest first. */
  messages: ReadonlySignal<Message[]>;
  status: ReadonlySignal<"loading" | "ready" | "failed">;
  failure: ReadonlySignal<Failure | null>;
  hasOlder: ReadonlySignal<boolean>;
  /** Newer messages than these are known or to be had: what is shown lies further back. */
  hasNewer: ReadonlySignal<boolean>;
  isLoadingOlder: ReadonlySignal<boolean>;
  /** Why no older ones came; nobody asks again by itself. */
  olderFailure: ReadonlySignal<Failure | null>;
  loadOlder(): Promise<void>;
  loadNewer(): Promise<void>;
  /** Shows what lies around a message, however far back; answers why it does not. */
  visit(message: Message): Promise<Failure | null>;
  /** Back to the latest messages. */
  leave(): void;
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
  /** Where what is shown ends, when there is a gap between that and the latest. */
  const shownTo = signal(Infinity);
  const all = computed(() => [...byId.value.values()].toSorted((a, b) => a.seq - b.seq));
  const messages = computed(() => all.value.filter(({ seq }) => seq <= shownTo.value));
  const status = signal<"loading" | "ready" | "failed">("loading");
  const failure = signal<Failure | null>(null);
  const hasOlder = signal(false);
  const isLoadingOlder = signal(false);
  const olderFailure = signal<Failure | null>(null);
  let isLoadingNewer = false;
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
    const newer = all.peek().filter(({ changed_seq }) => changed_seq > conversation.seq);
    byId.value = new Map();
    shownTo.value = Infinity;
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
      if (olderFailure.peek()?.code === "unreachable" && !failed) olderFailure.value = null;
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

  const page = (wanted: Parameters<VisitorRest["listMessages"]>[2]) =>
    rest.listMessages(sourceId() ?? "", id, wanted);

  /** Takes what comes right after the messages that are shown. */
  function join(newer: Message[]): void {
    merge(newer);
    const last = newer.length < MESSAGES_AFTER_PAGE_SIZE ? undefined : newer.at(-1);
    shownTo.value = last ? last.seq : Infinity;
  }

  return {
    id,
    messages,
    status,
    failure,
    hasOlder,
    hasNewer: computed(() => shownTo.value < Infinity),
    isLoadingOlder,
    olderFailure,
    refresh,
    fill,
    heard,
    apply(message, seq) {
      merge([message]);
      heard(seq);
    },
    async loadOlder() {
      const before = messages.peek()[0]?.id;
      if (isLoadingOlder.peek() || !hasOlder.peek() || before === undefined) return;
      olderFailure.value = null;
      isLoadingOlder.value = true;
      const result = await page({ before });
      batch(() => {
        isLoadingOlder.value = false;
        if (!result.ok) olderFailure.value = result.error;
        else if (messages.peek()[0]?.id === before) {
          merge(result.data);
          hasOlder.value = result.data.length >= MESSAGES_PAGE_SIZE;
        }
      });
    },
    async loadNewer() {
      const after = messages.peek().at(-1)?.id;
      if (isLoadingNewer || shownTo.peek() === Infinity || after === undefined) return;
      isLoadingNewer = true;
      const result = await page({ after });
      if (result.ok && messages.peek().at(-1)?.id === after) batch(() => join(result.data));
      const pauseMs = result.ok ? 0 : (result.error.retryAfterSeconds ?? PAUSE_S) * 1_000;
      setTimeout(() => (isLoadingNewer = false), pauseMs);
    },
    async visit(message) {
      if (status.peek() !== "ready") await refresh();
      if (status.peek() !== "ready") return failure.peek();
      if (messages.peek().some((one) => one.id === message.id)) return null;
      const [older, newer] = await Promise.all([
        page({ before: message.id }),
        page({ after: message.id }),
      ]);
      if (!older.ok) return older.error;
      if (!newer.ok) return newer.error;
      const last = newer.data.at(-1) ?? message;
      // What has come meanwhile; or it lies beyond the gap, until that is closed.
      const later = all.peek().filter(({ seq }) => seq > last.seq);
      batch(() => {
        byId.value = new Map();
        merge([...older.data, message, ...later]);
        join(newer.data);
        hasOlder.value = older.data.length >= MESSAGES_PAGE_SIZE;
        olderFailure.value = null;
      });
      return null;
    },
    leave() {
      if (shownTo.peek() < Infinity) void fetchWhole();
    },
  };
}
