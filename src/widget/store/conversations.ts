// The visitor's conversations, without their messages but the last one; newest activity first.
import { computed, signal } from "@preact/signals-core";
import type { ReadonlySignal } from "@preact/signals-core";
import type { VisitorRest, VisitorSocket } from "../../client/visitor-transport.ts";
import type { Message, PublicAgent, PublicConversation } from "../../protocol/records.ts";
import type { PublicConversationState } from "../../protocol/socket.ts";
import type { Failure, Result } from "../../protocol/result.ts";
import type { CustomerStore } from "./customer.ts";
import type { AgentDetail, Emit } from "./events.ts";

export interface Conversations {
  list: ReadonlySignal<PublicConversation[]>;
  /** `loading` and `failed` speak of the first load; later ones refresh what is there. */
  status: ReadonlySignal<"idle" | "loading" | "ready" | "failed">;
  failure: ReadonlySignal<Failure | null>;
  unreadByConversation: ReadonlySignal<Record<number, number>>;
  get(id: number): PublicConversation | undefined;
  load(): Promise<void>;
  /** Takes a whole conversation in; an older one than is known changes nothing. */
  put: (conversation: Omit<PublicConversation, "messages"> & { messages?: Message[] }) => void;
  applyMessage(message: Message, state: PublicConversationState): void;
  /** The visitor has read up to `seq`. */
  see(id: number, seq: number): void;
  /** The visitor ends the chat. */
  resolve(id: number): Promise<Result<PublicConversation>>;
  clear(): void;
}

const toDetail = (agent: PublicAgent | null): AgentDetail | null =>
  agent && { id: agent.id, name: agent.name, avatarUrl: agent.avatar_url };

/** Tells the page how a known conversation has changed. */
function tellChange(
  before: PublicConversation,
  after: PublicConversation,
  emit: Emit,
  now: number,
) {
  const from = { source: "agent", local: false } as const;
  if (before.agent_last_seen_seq < after.agent_last_seen_seq && after.agent_last_seen_at) {
    const readAt = Date.parse(after.agent_last_seen_at);
    emit("readReceipt", { conversationId: after.id, readBy: "agent", readAt }, from);
  }
  if (before.assignee?.id !== after.assignee?.id) {
    emit(
      "agentAssign",
      {
        conversationId: after.id,
        agent: toDetail(after.assignee),
        previousAgent: toDetail(before.assignee),
        team: after.team,
        waitMs: Math.max(0, now - after.created_at * 1_000),
        kind: before.assignee ? "transferred" : "assigned",
      },
      from,
    );
  }
}

export function createConversations(deps: {
  rest: Pick<VisitorRest, "listConversations">;
  socket: VisitorSocket;
  customer: Pick<CustomerStore, "contact">;
  emit: Emit;
  /** Milliseconds since 1970. */
  now: () => number;
}): Conversations {
  const { rest, socket, customer, emit, now } = deps;
  const byId = signal<ReadonlyMap<number, PublicConversation>>(new Map());
  const status = signal<"idle" | "loading" | "ready" | "failed">("idle");
  const failure = signal<Failure | null>(null);
  /** What the latest message said of each: newer than a whole record that was on its way meanwhile. */
  const states = new Map<number, PublicConversationState>();
  /** Of the latest whole record: a message tells of some changes only. */
  const wholeSeqs = new Map<number, number>();
  /** Up to which number the server knows that each is read. */
  const toldSeqs = new Map<number, number>();
  /** Conversations that this tab asked to close. */
  const closing = new Set<number>();
  const list = computed(() =>
    [...byId.value.values()].toSorted(
      (a, b) => b.last_activity_at - a.last_activity_at || b.id - a.id,
    ),
  );

  function write(conversation: PublicConversation): void {
    const before = byId.peek().get(conversation.id);
    byId.value = new Map(byId.peek()).set(conversation.id, conversation);
    if (!before) return;
    tellChange(before, conversation, emit, now());
    if (before.status !== "resolved" && conversation.status === "resolved") {
      const isOwn = closing.delete(conversation.id);
      emit(
        "chatClosed",
        {
          conversationId: conversation.id,
          closedBy: isOwn ? "visitor" : "agent",
          status: conversation.status,
          durationMs: Math.max(0, now() - conversation.created_at * 1_000),
          csatRequested: conversation.csat_requested,
        },
        { source: isOwn ? "visitor" : "agent", local: isOwn },
      );
    }
  }

  function put(conversation: Parameters<Conversations["put"]>[0]): void {
    const { id, seq } = conversation;
    const before = byId.peek().get(id);
    if (before && seq < (wholeSeqs.get(id) ?? 0)) return;
    wholeSeqs.set(id, seq);
    const state = states.get(id);
    const messages = conversation.messages?.slice(-1) ?? before?.messages ?? [];
    if (before && state && state.seq > seq)
      write({ ...conversation, ...state, messages: before.messages });
    else write({ ...conversation, messages });
  }

  async function load(): Promise<void> {
    const contact = customer.contact.peek();
    if (!contact) {
      status.value = "ready";
      return;
    }
    if (status.peek() !== "ready") status.value = "loading";
    const result =
      socket.state === "connected"
        ? await socket.send("conversation:list", {})
        : await rest.listConversations(contact.source_id);
    // Asked for somebody whom the server has forgotten meanwhile.
    if (customer.contact.peek() !== contact) return;
    if (result.ok) for (const conversation of result.data) put(conversation);
    failure.value = result.ok ? null : result.error;
    if (result.ok) status.value = "ready";
    else if (status.peek() !== "ready") status.value = "failed";
  }

  async function tellSeen(id: number, seq: number): Promise<void> {
    toldSeqs.set(id, seq);
    const result = await socket.send("conversation:see", { conversation_id: id, seq });
    if (!result.ok && toldSeqs.get(id) === seq) toldSeqs.delete(id);
  }

  return {
    list,
    status,
    failure,
    unreadByConversation: computed(() =>
      Object.fromEntries(
        list.value.filter((one) => one.unread_count > 0).map((one) => [one.id, one.unread_count]),
      ),
    ),
    get: (id) => byId.value.get(id),
    load,
    put,
    applyMessage(message, state) {
      const before = byId.peek().get(message.conversation_id);
      // Not heard of yet: it comes with the list, which a gap like this makes worth fetching.
      if (!before) return void load();
      if (state.seq >= before.seq) states.set(before.id, state);
      const last = before.messages.at(-1);
      const isLast = !last || message.seq >= last.seq;
      write({
        ...before,
        ...(state.seq >= before.seq ? state : null),
        messages: isLast ? [message] : before.messages,
      });
    },
    see(id, seq) {
      const before = byId.peek().get(id);
      if (!before || (before.unread_count === 0 && before.contact_last_seen_seq >= seq)) return;
      write({ ...before, unread_count: 0, contact_last_seen_seq: seq });
      // What came meanwhile may still count what was read: the server need not hear it again.
      if ((toldSeqs.get(id) ?? 0) >= seq) return;
      const read = { conversationId: id, readBy: "visitor", readAt: now() } as const;
      emit("readReceipt", read, { source: "visitor" });
      void tellSeen(id, seq);
    },
    async resolve(id) {
      closing.add(id);
      const result = await socket.send("conversation:resolve", { conversation_id: id });
      if (result.ok) put(result.data);
      closing.delete(id);
      return result;
    },
    clear() {
      byId.value = new Map();
      toldSeqs.clear();
      status.value = "ready";
    },
  };
}
