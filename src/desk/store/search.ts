// The search over messages and contacts: asked a moment after the last key, answered in pages.
import { batch, signal } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import type { AgentRest } from "../../client/agent-transport.ts";
import type { Contact } from "../../protocol/records-contacts.ts";
import type { MessageSearch } from "../../protocol/records-search.ts";
import type { Conversation } from "../../protocol/records.ts";
import { success } from "../../protocol/result.ts";
import type { Failure } from "../../protocol/result.ts";
import type { Clock } from "./clock.ts";

export type SearchStatus =
  { kind: "idle" | "searching" | "ready" } | { kind: "failed"; error: Failure };

export interface FoundPart<Item> {
  items: readonly Item[];
  /** On all pages. */
  total: number;
}

export interface Search {
  readonly words: ReadonlySignal<string>;
  readonly status: ReadonlySignal<SearchStatus>;
  readonly messages: ReadonlySignal<FoundPart<MessageSearch["payload"][number]>>;
  readonly contacts: ReadonlySignal<FoundPart<Contact>>;
  /** A found contact whose conversations are looked at; they are null until loaded. */
  readonly contact: ReadonlySignal<{
    contact: Contact;
    conversations: readonly Conversation[] | null;
  } | null>;
  type(words: string): void;
  /** Asks again at once. */
  run(): Promise<void>;
  moreMessages(): Promise<void>;
  moreContacts(): Promise<void>;
  showContact(contact: Contact | null): Promise<void>;
  stop(): void;
}

const TYPING_PAUSE_MS = 200;
const noMessages = success<MessageSearch>({ meta: { count: 0, current_page: 1 }, payload: [] });
const noContacts: Awaited<ReturnType<AgentRest["searchContacts"]>> = success({
  meta: { count: 0, current_page: 1 },
  payload: [],
});
const nothing = { items: [], total: 0 };

/** Creates the search, without words. */
export function createSearch(deps: {
  rest: AgentRest;
  accountId: number;
  clock: Clock;
  /** Where messages are of no use. */
  isForContacts?: boolean;
  /** Whether contacts are this agent's to see. */
  findsContacts?: () => boolean;
}): Search {
  const { rest, accountId, clock, isForContacts = false, findsContacts = () => true } = deps;
  const words = signal("");
  const status = signal<SearchStatus>({ kind: "idle" });
  const messages = signal<FoundPart<MessageSearch["payload"][number]>>(nothing);
  const contacts = signal<FoundPart<Contact>>(nothing);
  const contact = signal<{
    contact: Contact;
    conversations: readonly Conversation[] | null;
  } | null>(null);
  let generation = 0;
  let messagePages = 0;
  let contactPages = 0;
  let cancel: (() => void) | null = null;

  function forget(): void {
    generation += 1;
    cancel?.();
    cancel = null;
    contact.value = null;
  }

  async function run(): Promise<void> {
    forget();
    const mine = generation;
    const asked = words.peek().trim();
    status.value = { kind: asked === "" ? "idle" : "searching" };
    if (asked === "") return;
    const [written, people] = await Promise.all([
      isForContacts ? noMessages : rest.searchMessages(accountId, asked, 1),
      findsContacts() ? rest.searchContacts(accountId, asked, 1) : noContacts,
    ]);
    if (mine !== generation) return;
    const failed = written.ok ? (people.ok ? null : people.error) : written.error;
    if (failed) status.value = { kind: "failed", error: failed };
    if (!written.ok || !people.ok) return;
    batch(() => {
      messagePages = 1;
      contactPages = 1;
      messages.value = { items: written.data.payload, total: written.data.meta.count };
      contacts.value = {
        items: people.data.payload.map(({ payload }) => payload.contact),
        total: people.data.meta.count,
      };
      status.value = { kind: "ready" };
    });
  }

  return {
    words,
    status,
    messages,
    contacts,
    contact,
    run,
    type(said) {
      forget();
      words.value = said;
      if (said.trim() === "") {
        status.value = { kind: "idle" };
        messages.value = nothing;
        contacts.value = nothing;
        return;
      }
      status.value = { kind: "searching" };
      cancel = clock.after(TYPING_PAUSE_MS, () => void run());
    },
    async moreMessages() {
      const mine = generation;
      const result = await rest.searchMessages(accountId, words.peek().trim(), messagePages + 1);
      if (mine !== generation) return;
      if (!result.ok) return void (status.value = { kind: "failed", error: result.error });
      messagePages += 1;
      const known = new Set(messages.peek().items.map((one) => one.conversation.id));
      const more = result.data.payload.filter((one) => !known.has(one.conversation.id));
      messages.value = {
        items: [...messages.peek().items, ...more],
        total: result.data.meta.count,
      };
    },
    async moreContacts() {
      const mine = generation;
      const result = await rest.searchContacts(accountId, words.peek().trim(), contactPages + 1);
      if (mine !== generation) return;
      if (!result.ok) return void (status.value = { kind: "failed", error: result.error });
      contactPages += 1;
      const known = new Set(contacts.peek().items.map((one) => one.id));
      const more = result.data.payload.map(({ payload }) => payload.contact);
      contacts.value = {
        items: [...contacts.peek().items, ...more.filter((one) => !known.has(one.id))],
        total: result.data.meta.count,
      };
    },
    async showContact(chosen) {
      contact.value = chosen && { contact: chosen, conversations: null };
      if (!chosen) return;
      const result = await rest.listContactConversations(accountId, chosen.id);
      if (contact.peek()?.contact !== chosen) return;
      if (result.ok) contact.value = { contact: chosen, conversations: result.data };
      else {
        contact.value = null;
        status.value = { kind: "failed", error: result.error };
      }
    },
    stop: () => cancel?.(),
  };
}
