// The conversations that the desk knows, one record each: what the server confirmed, and over it what
// the agent has just decided and the server has not yet answered.
import { computed, signal } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import type { Conversation, Message } from "../../protocol/records.ts";
import type { ConversationState } from "../../protocol/socket.ts";

type ConversationMap = ReadonlyMap<number, Conversation>;
export type ConversationPatch = Partial<
  Pick<
    Conversation,
    | "status"
    | "snoozed_until"
    | "meta"
    | "unread_count"
    | "agent_last_seen_seq"
    | "labels"
    | "priority"
    | "muted"
    | "custom_attributes"
  >
>;
/** A function where the change is one to what is there, such as one label more. */
export type ProposedChange = ConversationPatch | ((known: Conversation) => ConversationPatch);

/** What was known at some moment. */
export type Mark = ConversationMap;

export interface Proposal {
  /** The server agreed: what was proposed is so. */
  keep(): void;
  /** The server refused: as if it had never been said. */
  withdraw(): void;
}

export interface ConversationRecords {
  readonly all: ReadonlySignal<ConversationMap>;
  /** What the server has said of it last, without what is only proposed. */
  confirmed(conversationId: number): Conversation | undefined;
  /** Takes over fetched conversations; one that is known to be newer stays. */
  put(conversations: readonly Conversation[]): void;
  /** Names this moment, for `replace`. */
  mark(): Mark;
  /** Takes over what was fetched since the mark, and forgets what has not been heard of since then. */
  replace(conversations: readonly Conversation[], since: Mark): void;
  /** Takes over a changed conversation. Does nothing for an unknown one. */
  update(change: Omit<Conversation, "messages">): void;
  /** It has been removed on the server. */
  forget(conversationId: number): void;
  /** Takes over what a message changed in its conversation. Does nothing for an unknown one. */
  applyMessage(state: ConversationState, message: Message): void;
  /** Shows a change before the server has confirmed it. */
  propose(conversationId: number, change: ProposedChange): Proposal;
}

/** Creates an empty set of records. */
export function createConversationRecords(): ConversationRecords {
  const confirmed = signal<ConversationMap>(new Map());
  const proposals = signal<readonly { id: number; change: ProposedChange }[]>([]);

  /** What the latest message said of each: newer than a whole record that was on its way meanwhile. */
  const states = new Map<number, ConversationState>();
  /** Of the latest whole record: a message tells of some changes only. */
  const wholeSeqs = new Map<number, number>();

  const all = computed<ConversationMap>(() => {
    if (proposals.value.length === 0) return confirmed.value;
    const shown = new Map(confirmed.value);
    for (const { id, change } of proposals.value) {
      const record = shown.get(id);
      if (record) shown.set(id, changed(record, change));
    }
    return shown;
  });

  function change(id: number, next: (known: Conversation) => Conversation): void {
    const known = confirmed.peek().get(id);
    if (known) confirmed.value = new Map(confirmed.peek()).set(id, next(known));
  }

  /** What is known after a whole record came, perhaps later than news of the time after it. */
  function merge(known: Conversation | undefined, whole: Conversation): Conversation {
    const { id, seq } = whole;
    if (known && seq < (wholeSeqs.get(id) ?? 0)) return known;
    wholeSeqs.set(id, seq);
    const state = states.get(id);
    return known && state && state.seq > seq
      ? { ...whole, ...state, messages: known.messages }
      : whole;
  }

  function putInto(start: ConversationMap, conversations: readonly Conversation[]): void {
    const next = new Map(start);
    for (const fetched of conversations) {
      next.set(fetched.id, merge(confirmed.peek().get(fetched.id), fetched));
    }
    confirmed.value = next;
  }

  return {
    all,
    confirmed: (id) => confirmed.peek().get(id),
    put: (conversations) => putInto(confirmed.peek(), conversations),
    mark: () => confirmed.peek(),
    replace(conversations, since) {
      const heardOf = [...confirmed.peek()].filter(([id, known]) => since.get(id) !== known);
      putInto(new Map(heardOf), conversations);
    },
    update(told) {
      change(told.id, (known) => merge(known, { ...known, ...told }));
    },
    forget(id) {
      const rest = new Map(confirmed.peek());
      if (rest.delete(id)) confirmed.value = rest;
    },
    applyMessage(state, message) {
      if (state.seq >= (states.get(state.id)?.seq ?? 0)) states.set(state.id, state);
      change(state.id, (known) => ({
        ...known,
        ...(state.seq < known.seq ? {} : state),
        messages: withLatest(known.messages, message),
      }));
    },
    propose(id, proposed) {
      const proposal = { id, change: proposed };
      const seqBefore = confirmed.peek().get(id)?.seq;
      proposals.value = [...proposals.peek(), proposal];
      const withdraw = () => {
        proposals.value = proposals.peek().filter((one) => one !== proposal);
      };
      return {
        withdraw,
        keep() {
          // A newer record that came meanwhile tells of this change, or of one after it.
          change(id, (known) => (known.seq === seqBefore ? changed(known, proposed) : known));
          withdraw();
        },
      };
    },
  };
}

const changed = (known: Conversation, change: ProposedChange): Conversation => ({
  ...known,
  ...(typeof change === "function" ? change(known) : change),
});

/** A list shows the last message that is no activity. */
function withLatest(shown: Message[], message: Message): Message[] {
  const last = shown[0];
  if (message.message_type === "activity") return shown;
  return !last || message.seq >= last.seq ? [message] : shown;
}
