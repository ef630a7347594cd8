// Tells the server how far the agent has read: when the thread is shown and the agent looks at it.
import { effect } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import type { AgentSocket } from "../../client/agent-transport.ts";
import type { Connection } from "./connection.ts";
import type { ConversationRecords } from "./records.ts";
import type { Thread } from "./thread.ts";

interface Deps {
  thread: Thread;
  socket: AgentSocket;
  connection: Connection;
  records: ConversationRecords;
  /** The page is visible and has the focus. */
  isAttentive: ReadonlySignal<boolean>;
}

/** Starts to tell; answers the function that stops. */
export function startSeeing({
  thread,
  socket,
  connection,
  records,
  isAttentive,
}: Deps): () => void {
  const { conversationId } = thread;
  let toldSeq = 0;

  async function tell(seq: number): Promise<void> {
    toldSeq = seq;
    const result = await socket.send("conversation:see", { conversation_id: conversationId, seq });
    if (!result.ok) toldSeq = 0;
  }

  return effect(() => {
    const isLive = connection.status.value === "live";
    const isReady = thread.status.value.kind === "ready";
    const record = records.all.value.get(conversationId);
    const seq = thread.messages.value.at(-1)?.seq ?? 0;
    if (!isLive) toldSeq = 0;
    if (!isLive || !isReady || !isAttentive.value || !record) return;
    const isUnread = record.unread_count > 0 && seq > record.agent_last_seen_seq;
    if (isUnread && seq > toldSeq) void tell(seq);
  });
}
