// The contact of the open conversation beyond what the conversation shows: labels, what he wrote before,
// and what agents do with him. Shown at once where it can be, taken back when the server refuses.
import { computed, effect, signal, untracked } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import type { AgentRest, AgentSocket } from "../../client/agent-transport.ts";
import type { Contact } from "../../protocol/records-contacts.ts";
import type { Conversation } from "../../protocol/records.ts";
import type { UpdateAgentsContact } from "../../protocol/requests-contacts.ts";
import { success } from "../../protocol/result.ts";
import type { Failure, Result } from "../../protocol/result.ts";
import type { Clock } from "./clock.ts";
import type { ConversationRecords } from "./records.ts";
import type { Toasts } from "./toasts.ts";

export interface OpenContact {
  /** Null until loaded. */
  readonly labels: ReadonlySignal<readonly string[] | null>;
  /** His other conversations, the latest activity first; null until loaded. */
  readonly others: ReadonlySignal<readonly Conversation[] | null>;
  readonly error: ReadonlySignal<Failure | null>;
  load(): Promise<void>;
  /** Loads, and stays up to date, until the function that it answers is called. */
  follow(): () => void;
  /** Shown at once; the failure names the field that was wrong. */
  update(change: ContactChange): Promise<Result<unknown>>;
  /** Keys that are missing stay, `null` removes one. */
  updateConversation(values: Record<string, unknown>): Promise<Result<unknown>>;
  toggleLabel(label: string): Promise<void>;
  setBlocked(isBlocked: boolean): Promise<void>;
  /** Everything of this contact goes to the other, who stays. */
  mergeInto(other: Contact): Promise<Result<Contact>>;
  remove(): Promise<Result<null>>;
}

export type ContactChange = Pick<
  UpdateAgentsContact,
  "name" | "email" | "phone_number" | "custom_attributes"
>;

interface Deps {
  rest: AgentRest;
  socket: AgentSocket;
  clock: Clock;
  accountId: number;
  conversation: ReadonlySignal<Conversation | null>;
  records: ConversationRecords;
  toasts: Toasts;
}

/** A burst of changes asks once. */
const LOAD_DELAY_MS = 400;

const merged = (before: Record<string, unknown>, change: Record<string, unknown> = {}) =>
  Object.fromEntries(
    Object.entries({ ...before, ...change }).filter(([, value]) => value !== null),
  );

/** Creates the store; nothing is asked before somebody follows it. */
export function createOpenContact(deps: Deps): OpenContact {
  const { rest, socket, clock, accountId, conversation, records, toasts } = deps;
  const contact = signal<Contact | null>(null);
  const previous = signal<readonly Conversation[] | null>(null);
  const labelled = signal<readonly string[] | null>(null);
  const error = signal<Failure | null>(null);
  let generation = 0;
  let cancel: (() => void) | null = null;

  const contactId = computed(() => conversation.value?.meta.sender.id ?? null);
  const others = computed(
    () =>
      previous.value
        ?.filter(({ id }) => id !== conversation.value?.id)
        .map((one) => records.all.value.get(one.id) ?? one) ?? null,
  );

  async function load(): Promise<void> {
    const id = contactId.peek();
    generation += 1;
    const mine = generation;
    if (id === null) return;
    const [found, his] = await Promise.all([
      rest.getContact(accountId, id),
      rest.listContactConversations(accountId, id),
    ]);
    if (mine !== generation) return;
    error.value = found.ok ? (his.ok ? null : his.error) : found.error;
    if (found.ok) contact.value = found.data;
    if (his.ok) previous.value = his.data;
    if (found.ok) labelled.value = found.data.labels;
  }

  /** A change of the contact is told as one of each of his conversations; reading is none. */
  function onTold(told: Omit<Conversation, "messages">): void {
    if (told.meta.sender.id !== contactId.peek()) return;
    const known = records.confirmed(told.id);
    const isReading =
      known !== undefined &&
      (known.agent_last_seen_seq !== told.agent_last_seen_seq ||
        known.contact_last_seen_seq !== told.contact_last_seen_seq);
    if (!isReading) loadSoon();
  }

  function loadSoon(): void {
    cancel ??= clock.after(LOAD_DELAY_MS, () => {
      cancel = null;
      void load();
    });
  }

  function follow(): () => void {
    const stops = [
      // Before the records hear of it: what they know is what was before.
      socket.on("conversation:updated", onTold),
      socket.on("conversation:created", onTold),
      effect(() => {
        const id = contactId.value;
        untracked(() => {
          if (contact.peek()?.id !== id) {
            contact.value = null;
            previous.value = null;
            labelled.value = null;
            error.value = null;
          }
          void load();
        });
      }),
    ];
    return () => {
      for (const stop of stops) stop();
      cancel?.();
      cancel = null;
    };
  }

  async function update(change: ContactChange & { blocked?: boolean }): Promise<Result<unknown>> {
    const open = conversation.peek();
    if (!open) return success(null);
    const { custom_attributes: values, ...fields } = change;
    const proposal = records.propose(open.id, ({ meta }) => ({
      meta: {
        ...meta,
        sender: {
          ...meta.sender,
          ...(fields as Partial<typeof meta.sender>),
          custom_attributes: merged(meta.sender.custom_attributes, values),
        },
      },
    }));
    const result = await rest.updateContact(accountId, open.meta.sender.id, change);
    if (result.ok) proposal.keep();
    else proposal.withdraw();
    return result;
  }

  async function setBlocked(blocked: boolean, isUndo = false): Promise<void> {
    const result = await update({ blocked });
    if (!result.ok) toasts.show({ kind: "failed", doing: "block", error: result.error });
    else if (!isUndo) {
      const undo = () => void setBlocked(!blocked, true);
      toasts.show({ kind: blocked ? "blocked" : "unblocked" }, undo);
    }
  }

  async function setLabel(label: string, has: boolean, isUndo = false): Promise<void> {
    const id = contactId.peek();
    const before = labelled.peek();
    if (id === null || !before) return;
    const others_ = before.filter((one) => one !== label);
    const wanted = has ? [...others_, label] : others_;
    generation += 1;
    labelled.value = wanted;
    const result = await rest.setContactLabels(accountId, id, wanted);
    if (contactId.peek() !== id) return;
    labelled.value = result.ok ? result.data : before;
    if (!result.ok) toasts.show({ kind: "failed", doing: "label", error: result.error });
    else if (!has && !isUndo) {
      toasts.show({ kind: "label_removed", label }, () => void setLabel(label, true, true));
    }
  }

  return {
    labels: labelled,
    others,
    error,
    load,
    follow,
    update,
    async updateConversation(values) {
      const open = conversation.peek();
      if (!open) return success(null);
      const proposal = records.propose(open.id, ({ custom_attributes: before }) => ({
        custom_attributes: merged(before, values),
      }));
      const result = await rest.mergeConversationAttributes(accountId, open.id, values);
      if (result.ok) proposal.keep();
      else proposal.withdraw();
      return result;
    },
    toggleLabel: (label) => setLabel(label, !(labelled.peek() ?? []).includes(label)),
    setBlocked: (isBlocked) => setBlocked(isBlocked),
    async mergeInto(other) {
      const id = contactId.peek() ?? 0;
      const result = await rest.mergeContacts(accountId, other.id, id);
      if (result.ok) toasts.show({ kind: "merged", name: other.name ?? other.email ?? "" });
      return result;
    },
    async remove() {
      const name = conversation.peek()?.meta.sender.name ?? "";
      const result = await rest.deleteContact(accountId, contactId.peek() ?? 0);
      if (result.ok) toasts.show({ kind: "contact_deleted", name });
      return result;
    },
  };
}
