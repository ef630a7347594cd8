// The visitor's conversations, without their messages but the last one; newest activity first.
import { batch, computed, signal } from "../signals.ts";
import type { ReadonlySignal } from "../signals.ts";
import type { VisitorRest, VisitorSocket } from "../../client/visitor-transport.ts";
import type { Message, PublicAgent, PublicConversation } from "../../protocol/records.ts";
import type { PublicConversationState } from "../../protocol/socket.ts";
import type { Failure, Result } from "../../protocol/result.ts";
import type { CustomerStore } from "./customer.ts";
import type { AgentDetail, Emit, EventSource, Party } from "./events.ts";

export interface Conversations {
  list: ReadonlySignal<PublicConversation[]>;
  /** `loading` and `failed` speak of the first load; later ones refresh what is there. */
  status: ReadonlySignal<"idle" | "loading" | "ready" | "failed">;
  failure: ReadonlySignal<Failure | null>;
  unreadByConversation: ReadonlySignal<Record<number, number>>;
  unreadCount: ReadonlySignal<number>;
  get(id: number): PublicConversation | undefined;
  load(): Promise<void>;
  /** Takes a whole conversation in; an older one than is known changes nothing. */
  put: (conversation: Omit<PublicConversation, "messages"> & { messages?: Message[] }) => void;
  applyMessage(message: Message, state: PublicConversationState): void;
  /** How often something that was unread was read in this tab. */
  readsHere: () => number;
  /** The visitor has read up to `seq`. */
  see(id: number, seq: number): void;
  /** The visitor ends the chat, or his page. */
  resolve(id: number, source?: EventSource): Promise<Result<PublicConversation>>;
  clear(): void;
}

/** Whose doing it was, of those whom the server names. */
export const parties = { contact: "visitor", user: "agent", system: "system" } as const;

/** What is not resolved was resolved by nobody. */
const stateOf = (state: PublicConversationState) =>
  state.status === "resolved" ? state : { ...state, resolved_by: null, resolved_after_ms: null };

const toDetail = (agent: PublicAgent | null): AgentDetail | null =>
  agent && { id: agent.id, name: agent.name, avatarUrl: agent.avatar_url };

const byAgent = { source: "agent", local: false } as const;

/** Tells the page to whom a conversation was given, after nobody where it is new. */
export function tellAssignee(
  before: PublicConversation | undefined,
  { id, assignee, team, assignee_waited_ms: waitMs }: PublicConversation,
  emit: Emit,
): void {
  const previous = before?.assignee ?? null;
  if (previous?.id === assignee?.id) return;
  emit(
    "agentAssign",
    {
      conversationId: id,
      agent: toDetail(assignee),
      previousAgent: toDetail(previous),
      team,
      waitMs,
      kind: previous ? "transferred" : "assigned",
    },
    byAgent,
  );
}

/** Tells the page how a known conversation has changed; `own` is who in this tab has asked for its end. */
function tellChange(
  before: PublicConversation,
  after: PublicConversation,
  emit: Emit,
  own: () => EventSource | undefined,
) {
  if (before.agent_last_seen_seq < after.agent_last_seen_seq && after.agent_last_seen_at) {
    const readAt = Date.parse(after.agent_last_seen_at);
    emit("readReceipt", { conversationId: after.id, readBy: "agent", readAt }, byAgent);
  }
  tellAssignee(before, after, emit);
  if (before.resolved_by || !after.resolved_by) return;
  const closedBy: Party = parties[after.resolved_by];
  const asked = closedBy === "visitor" ? own() : undefined;
  emit(
    "chatClosed",
    {
      conversationId: after.id,
      closedBy,
      status: after.status,
      durationMs: after.resolved_after_ms ?? 0,
      csatRequested: after.csat_requested,
    },
    { source: asked ?? closedBy, local: asked !== undefined },
  );
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
  /** Of which the server is just being told. */
  const telling = new Set<number>();
  /** Who asked in this tab to close which. */
  const closing = new Map<number, EventSource>();
  let readsHere = 0;
  const list = computed(() =>
    [...byId.value.values()].toSorted(
      (a, b) => b.last_activity_at - a.last_activity_at || b.id - a.id,
    ),
  );

  function write(conversation: PublicConversation): void {
    const before = byId.peek().get(conversation.id);
    byId.value = new Map(byId.peek()).set(conversation.id, conversation);
    if (before) tellChange(before, conversation, emit, () => closing.get(conversation.id));
  }

  function put(conversation: Parameters<Conversations["put"]>[0]): void {
    const { id, seq } = conversation;
    const before = byId.peek().get(id);
    if (before && seq < (wholeSeqs.get(id) ?? 0)) return;
    wholeSeqs.set(id, seq);
    const state = states.get(id);
    const messages = conversation.messages?.slice(-1) ?? before?.messages ?? [];
    if (before && state && state.seq > seq)
      write({ ...conversation, ...stateOf(state), messages: before.messages });
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
    // Asked for somebody who has left meanwhile, or whom the server has forgotten.
    if (customer.contact.peek()?.source_id !== contact.source_id) return;
    if (result.ok) batch(() => result.data.forEach(put));
    failure.value = result.ok ? null : result.error;
    if (result.ok) status.value = "ready";
    else if (status.peek() !== "ready") status.value = "failed";
  }

  /** One at a time, and the latest: of what comes in quick succession, most need not be told. */
  async function tellSeen(id: number): Promise<void> {
    if (telling.has(id)) return;
    telling.add(id);
    for (let told = 0, seq = toldSeqs.get(id); seq && told < seq; seq = toldSeqs.get(id)) {
      const result = await socket.send("conversation:see", { conversation_id: id, seq });
      const waitSeconds = result.ok ? 0 : result.error.retryAfterSeconds;
      if (result.ok) told = seq;
      else if (waitSeconds)
        await new Promise((resolve) => setTimeout(resolve, waitSeconds * 1_000));
      else toldSeqs.delete(id);
    }
    telling.delete(id);
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
    readsHere: () => readsHere,
    unreadCount: computed(() => list.value.reduce((sum, one) => sum + one.unread_count, 0)),
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
        ...(state.seq >= before.seq ? stateOf(state) : null),
        messages: isLast ? [message] : before.messages,
      });
    },
    see(id, seq) {
      const before = byId.peek().get(id);
      if (!before || (before.unread_count === 0 && before.contact_last_seen_seq >= seq)) return;
      const isNews = before.unread_count > 0;
      if (isNews) readsHere += 1;
      write({ ...before, unread_count: 0, contact_last_seen_seq: seq });
      // What came meanwhile may still count what was read: the server need not hear it again.
      if ((toldSeqs.get(id) ?? 0) >= seq) return;
      const read = { conversationId: id, readBy: "visitor", readAt: now() } as const;
      if (isNews) emit("readReceipt", read, { source: "visitor" });
      toldSeqs.set(id, seq);
      void tellSeen(id);
    },
    async resolve(id, source = "visitor") {
      closing.set(id, source);
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
