// Messages on their way: shown at once, sent in order, kept until the server has acknowledged them.
import { batch, signal } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import type { AgentSocket } from "../../client/agent-transport.ts";
import type { Upload } from "../../protocol/records-attachments.ts";
import type { Message } from "../../protocol/records.ts";
import type { Failure } from "../../protocol/result.ts";
import type { Clock } from "./clock.ts";

export interface OutboxEntry {
  echoId: string;
  conversationId: number;
  content: string;
  /** Files that the server holds already. */
  files?: readonly Upload[];
  isPrivate: boolean;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** `error` once the server has refused it: then it waits for a retry or a discard. */
  error: Failure | null;
}

export interface NewMessage {
  conversationId: number;
  content: string;
  files?: readonly Upload[];
  isPrivate: boolean;
}

export interface Outbox {
  /** Oldest first. */
  readonly entries: ReadonlySignal<readonly OutboxEntry[]>;
  send(message: NewMessage): void;
  retry(echoId: string): void;
  /** Forgets a refused message; answers its text. */
  discard(echoId: string): string | null;
  /** The server has stored this message, whoever told us. */
  acknowledge(message: Message): void;
  /** Stops; answers what was never acknowledged. */
  stop(): readonly OutboxEntry[];
}

interface Deps {
  socket: AgentSocket;
  clock: Clock;
  createId: () => string;
  /** Called with the stored message, in one batch with its leaving the outbox. */
  onSent: (message: Message) => void;
}

/** Without an acknowledgement on a living line: the same message again (`echo_id` makes it safe). */
const RESEND_DELAY_MS = 2_000;

/** Creates an empty outbox. */
export function createOutbox({ socket, clock, createId, onSent }: Deps): Outbox {
  const entries = signal<readonly OutboxEntry[]>([]);
  /** Conversations whose first entry is being sent: one at a time keeps the order. */
  const busy = new Set<number>();
  const cancelResends = new Set<() => void>();
  let isStopped = false;

  const remove = (echoId: string): void => {
    entries.value = entries.peek().filter((entry) => entry.echoId !== echoId);
  };
  const mark = (echoId: string, error: Failure | null): void => {
    const marked = (entry: OutboxEntry): OutboxEntry => Object.assign({}, entry, { error });
    entries.value = entries
      .peek()
      .map((entry) => (entry.echoId === echoId ? marked(entry) : entry));
  };

  function acknowledge(message: Message): void {
    const { echo_id: echoId } = message;
    if (echoId !== undefined) remove(echoId);
  }

  async function sendNext(conversationId: number): Promise<void> {
    if (busy.has(conversationId)) return;
    busy.add(conversationId);
    for (;;) {
      const next = entries
        .peek()
        .find((entry) => entry.conversationId === conversationId && entry.error === null);
      if (!next || isStopped || socket.state !== "connected") break;
      const result = await socket.send("message:send", {
        conversation_id: conversationId,
        content: next.content,
        ...(next.files && { attachments: next.files.map(({ upload_id }) => upload_id) }),
        private: next.isPrivate,
        echo_id: next.echoId,
      });
      if (isStopped) break;
      if (result.ok) {
        batch(() => {
          onSent(result.data);
          remove(next.echoId);
        });
      } else if (result.error.code === "unreachable") {
        resendLater(conversationId);
        break;
      } else mark(next.echoId, result.error);
    }
    busy.delete(conversationId);
  }

  function resendLater(conversationId: number): void {
    if (socket.state !== "connected") return;
    const cancel = clock.after(RESEND_DELAY_MS, () => {
      cancelResends.delete(cancel);
      void sendNext(conversationId);
    });
    cancelResends.add(cancel);
  }

  const stopState = socket.onState((state) => {
    if (state !== "connected") return;
    for (const id of new Set(entries.peek().map((entry) => entry.conversationId))) {
      void sendNext(id);
    }
  });

  return {
    entries,
    acknowledge,
    send(message) {
      const entry = { ...message, echoId: createId(), createdAt: clock.now(), error: null };
      entries.value = [...entries.peek(), entry];
      void sendNext(message.conversationId);
    },
    retry(echoId) {
      mark(echoId, null);
      const entry = entries.peek().find((one) => one.echoId === echoId);
      if (entry) void sendNext(entry.conversationId);
    },
    discard(echoId) {
      const entry = entries.peek().find((one) => one.echoId === echoId);
      remove(echoId);
      return entry?.content ?? null;
    },
    stop() {
      isStopped = true;
      stopState();
      for (const cancel of cancelResends) cancel();
      return entries.peek();
    },
  };
}
