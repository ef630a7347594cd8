// What the visitor has written and the server has not yet confirmed: kept on the device, sent in order, once.
import { signal } from "../signals.ts";
import type { ReadonlySignal } from "../signals.ts";
import type { VisitorSocket } from "../../client/visitor-transport.ts";
import type { Upload } from "../../protocol/records-attachments.ts";
import type { Message, PublicConversation } from "../../protocol/records.ts";
import { failure, success } from "../../protocol/result.ts";
import type { FailureCode, Result } from "../../protocol/result.ts";
import type { ThreadKey } from "./chat-window.ts";
import type { CustomerStore } from "./customer.ts";
import type { Emit } from "./events.ts";
import { OUTBOX_PREFIX, readJson } from "./storage.ts";
import type { KeyValueStorage, WishPrefix } from "./storage.ts";

export interface OutboxEntry {
  echo_id: string;
  thread: ThreadKey;
  content: string;
  /** Files that the server holds already. */
  files?: Upload[];
  /** Milliseconds since 1970. */
  createdAt: number;
  state: "sending" | "failed";
  /** Why it failed. */
  code?: FailureCode;
  /** What of it the server does not take. */
  field?: string;
  /** Who wrote it, if the server knew them: another identity of this browser must not send it. */
  from?: string;
}

/** The visitor by himself, or the page. */
export type Origin = "visitor" | "api";

export interface Outbox {
  /** In the order of writing. */
  entries: ReadonlySignal<OutboxEntry[]>;
  /** Answers the message's `echo_id`. */
  send(thread: ThreadKey, content: string, origin?: Origin, files?: Upload[]): string;
  retry(echoId: string, withoutFiles?: boolean): void;
  discard(echoId: string): void;
  /** Who in this page has asked for it; undefined: another page, or one before. */
  originOf(echoId: string): Origin | undefined;
  /** A conversation of this tab is about to begin. */
  isStarting(): boolean;
  /** Another tab has written something, or has had it sent. */
  reread(): void;
  /** Sends whatever waits; for when a connection has come up. */
  flush(): void;
  /** The server has forgotten the visitor: what waits starts conversations of its own. */
  startAnew(): void;
  stop(): void;
}

export interface OutboxDeps {
  socket: Pick<VisitorSocket, "send" | "state">;
  customer: Pick<CustomerStore, "contact" | "ensure">;
  /** Asks for a connection, now that there is a contact. */
  connect: () => void;
  storage: KeyValueStorage;
  emit: Emit;
  now: () => number;
  newId: () => string;
  onStarted: (key: ThreadKey, echoId: string, conversation: PublicConversation) => void;
  onSent: (message: Message) => void;
}

const wishPrefix: WishPrefix = "wish:";
const RETRY_FIRST_MS = 1_000;
const RETRY_MAX_MS = 30_000;
/** So often a server may stumble over one message, before the visitor is asked: about a minute. */
const STUMBLES_MAX = 6;
/** What another tab has written, and this one still sees after so long, may be nobody's any more. */
const ORPHAN_MS = 5_000;

/** Entries have a key each: two tabs can write and remove without undoing each other. */
function readEntries(storage: KeyValueStorage, source: string | undefined): OutboxEntry[] {
  const keys = storage.keys().filter((key) => key.startsWith(OUTBOX_PREFIX));
  const entries = keys.map((key) =>
    readJson<OutboxEntry>(storage, key, (value) => typeof value.echo_id === "string"),
  );
  return entries
    .filter((entry) => entry !== null)
    .filter(({ from }) => from === undefined || from === source)
    .toSorted((a, b) => a.createdAt - b.createdAt);
}

export function createOutbox(deps: OutboxDeps): Outbox {
  const { socket, customer, storage, emit, now, newId } = deps;
  const source = () => customer.contact.peek()?.source_id;
  const read = () => readEntries(storage, source());
  const entries = signal(read());
  const own = new Map<string, Origin>();
  const running = new Set<ThreadKey>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempts = 0;
  /** How often the server has stumbled over a message. */
  const stumbles = new Map<string, number>();
  let isStopped = false;

  function put(entry: OutboxEntry): void {
    // Whoever is here now may not find what somebody else has written.
    if (isStopped) return;
    storage.set(OUTBOX_PREFIX + entry.echo_id, JSON.stringify(entry));
    const others = entries.peek().filter(({ echo_id }) => echo_id !== entry.echo_id);
    entries.value = [...others, entry].toSorted((a, b) => a.createdAt - b.createdAt);
  }

  function discard(echoId: string): void {
    storage.remove(OUTBOX_PREFIX + echoId);
    entries.value = entries.peek().filter(({ echo_id }) => echo_id !== echoId);
  }

  function signed(entry: OutboxEntry): OutboxEntry {
    const from = source();
    return from === undefined ? entry : { ...entry, from };
  }

  function move(from: ThreadKey, to: ThreadKey): void {
    for (const { from: _, ...entry } of entries.peek()) {
      if (entry.thread === from) put(signed({ ...entry, thread: to }));
    }
  }

  function flushLater(delayMs: number): void {
    clearTimeout(timer);
    if (!isStopped) timer = setTimeout(flush, delayMs);
  }

  /** Whether the same message, sent again, may do better. */
  function mayPass(code: FailureCode, echoId: string): boolean {
    if (code !== "internal") {
      return code === "unreachable" || code === "unauthenticated" || code === "too_many_requests";
    }
    // A moment's trouble of the server's; or this very message's doing.
    const count = (stumbles.get(echoId) ?? 0) + 1;
    stumbles.set(echoId, count);
    return count <= STUMBLES_MAX;
  }

  const conversationId = ({ thread }: OutboxEntry) => (typeof thread === "number" ? thread : null);

  /** Answers the number of the conversation that took the message. */
  async function deliver(entry: OutboxEntry): Promise<Result<number>> {
    const contact = await customer.ensure();
    if (!contact.ok) return contact;
    if (isStopped) return failure("unreachable", "stopped");
    deps.connect();
    const { echo_id, thread, files } = entry;
    const said = {
      content: entry.content,
      ...(files && { attachments: files.map(({ upload_id }) => upload_id) }),
    };
    if (typeof thread === "number") {
      const result = await socket.send("message:send", {
        conversation_id: thread,
        ...said,
        echo_id,
      });
      if (!result.ok) return result;
      deps.onSent(result.data);
      return success(thread);
    }
    // The start has an id of its own: sent again, it answers the conversation that it started.
    const result = await socket.send("conversation:start", {
      ...readJson<object>(storage, wishPrefix + thread, () => true),
      echo_id: thread.slice("new:".length),
      message: { ...said, echo_id },
    });
    if (!result.ok) return result;
    discard(echo_id);
    storage.remove(wishPrefix + thread);
    move(thread, result.data.id);
    deps.onStarted(thread, echo_id, result.data);
    return success(result.data.id);
  }

  /** Answers whether to go on with the next entry. */
  function settle(entry: OutboxEntry, result: Result<number>): boolean {
    const { echo_id } = entry;
    if (result.ok) {
      attempts = 0;
      discard(echo_id);
      // What another page has asked for is told as the server tells it.
      const source = own.get(echo_id);
      if (source) {
        const conversationId = result.data;
        emit("messageSent", { echoId: echo_id, state: "sent", conversationId }, { source });
      }
      return true;
    }
    const { code, field, retryAfterSeconds } = result.error;
    if (mayPass(code, echo_id)) {
      const pauseMs = Math.min(RETRY_FIRST_MS * 2 ** attempts, RETRY_MAX_MS);
      attempts += 1;
      flushLater(retryAfterSeconds ? retryAfterSeconds * 1_000 : pauseMs);
      return false;
    }
    // Discarded while it was on its way: nothing to show.
    if (!entries.peek().some((one) => one.echo_id === echo_id)) return true;
    put({ ...entry, state: "failed", code, ...(field && { field }) });
    emit(
      "messageSent",
      { echoId: echo_id, state: "failed", conversationId: conversationId(entry) },
      { source: own.get(echo_id) ?? "visitor" },
    );
    return true;
  }

  /** Sends what waits in one thread, one after another: the order of writing is the order of arriving. */
  async function pump(thread: ThreadKey): Promise<void> {
    if (running.has(thread)) return;
    running.add(thread);
    for (;;) {
      const isNext = (entry: OutboxEntry) => entry.thread === thread && entry.state === "sending";
      const entry = entries.peek().find(isNext);
      if (!entry || isStopped || !settle(entry, await deliver(entry))) break;
    }
    running.delete(thread);
    // A start gave its thread a number: the rest goes on under that.
    for (const key of new Set(entries.peek().map((entry) => entry.thread))) {
      if (typeof thread === "string" && typeof key === "number") void pump(key);
    }
  }

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    for (const { thread } of entries.peek()) void pump(thread);
  }

  return {
    entries,
    send(thread, content, origin = "visitor", files = []) {
      const isFirst = !entries.peek().some((entry) => entry.thread === thread);
      // Never two at one instant: after a reload, the instants are the order.
      const createdAt = Math.max(now(), (entries.peek().at(-1)?.createdAt ?? 0) + 1);
      const entry: OutboxEntry = { echo_id: newId(), thread, content, createdAt, state: "sending" };
      if (files[0]) entry.files = files;
      own.set(entry.echo_id, origin);
      put(signed(entry));
      if (typeof thread === "string" && isFirst) {
        emit("chatInitiated", { echoId: entry.echo_id, origin }, { source: origin });
      }
      emit(
        "messageSent",
        { echoId: entry.echo_id, state: "queued", conversationId: conversationId(entry) },
        { source: origin },
      );
      void pump(thread);
      return entry.echo_id;
    },
    retry(echoId, withoutFiles = false) {
      const entry = entries.peek().find(({ echo_id }) => echo_id === echoId);
      if (!entry) return;
      const { code: _, field: __, ...rest } = entry;
      if (withoutFiles) delete rest.files;
      stumbles.delete(echoId);
      attempts = 0;
      put({ ...rest, state: "sending", createdAt: now() });
      void pump(entry.thread);
    },
    discard,
    originOf: (echoId) => own.get(echoId),
    isStarting: () => [...running].some((key) => typeof key === "string"),
    reread() {
      entries.value = read();
      // Whoever wrote it sends it, unless that tab is gone: it goes out twice and is stored once.
      if (entries.peek()[0] && timer === undefined) flushLater(ORPHAN_MS);
    },
    flush() {
      attempts = 0;
      flush();
    },
    startAnew() {
      for (const thread of new Set(entries.peek().map((entry) => entry.thread))) {
        if (typeof thread === "number") move(thread, `new:${newId()}`);
      }
      flush();
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
