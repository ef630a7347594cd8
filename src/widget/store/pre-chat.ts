// The form before a conversation: whom it asks for what, and what becomes of the answers.
import { effect, signal, untracked } from "../signals.ts";
import type { PreChatField, PreChatForm } from "../../protocol/records-pre-chat.ts";
import type { PreChatAnswers } from "../../protocol/requests-visitors.ts";
import type { ChatStores } from "./chat.ts";
import type { ThreadKey } from "./chat-window.ts";
import type { CustomerInfo } from "./customer-info.ts";
import type { CustomerStore } from "./customer.ts";
import type { Emit } from "./events.ts";
import { readJson } from "./storage.ts";
import type { KeyValueStorage, WishPrefix } from "./storage.ts";

export type FieldValues = Record<string, string | boolean>;

export interface PreChatStore {
  form: () => PreChatForm | null;
  asks: (key: ThreadKey) => boolean;
  /** What is known of the visitor, field by field. */
  known(field: PreChatField): string | boolean;
  /** Keeps the answers for the message that begins the conversation. */
  submit(key: ThreadKey, values: FieldValues, consent: boolean): void;
}

export interface PreChatDeps {
  stores: Pick<ChatStores, "inbox" | "outbox">;
  customer: Pick<CustomerStore, "contact" | "info">;
  storage: KeyValueStorage;
  emit: Emit;
  stop: AbortSignal;
}

const wishPrefix: WishPrefix = "wish:";
const standard: Record<string, keyof Pick<CustomerInfo, "name" | "email" | "phone">> = {
  fullName: "name",
  emailAddress: "email",
  phoneNumber: "phone",
};

export function createPreChat(deps: PreChatDeps): PreChatStore {
  const { stores, customer, storage, emit, stop } = deps;
  const { inbox, outbox } = stores;
  /** How often a form was sent: what is stored is no signal. */
  const submits = signal(0);
  const form = () => inbox.value.value?.pre_chat_form ?? null;

  type Wish = { pre_chat?: PreChatAnswers };
  const wishOf = (key: ThreadKey) => readJson<Wish>(storage, wishPrefix + key, () => true);

  function known({ name, type, field_type }: PreChatField): string | boolean {
    const info = customer.info.value;
    const said = field_type === "standard" ? info[standard[name] ?? "name"] : info.fields[name];
    if (type === "checkbox") return said === true;
    return typeof said === "string" || typeof said === "number" ? String(said) : "";
  }

  function isKnown({ fields, consent }: PreChatForm): boolean {
    if (!customer.contact.value?.hmac_verified || consent?.required) return false;
    return fields.every((field) => known(field) !== "");
  }

  function asks(key: ThreadKey): boolean {
    const asked = form();
    if (typeof key === "number" || !asked || isKnown(asked)) return false;
    void submits.value;
    const written = outbox.entries.value.filter((entry) => entry.thread === key);
    // What the page or an earlier visit has sent goes its way; what was refused is asked anew.
    return !wishOf(key)?.pre_chat && written.every(({ state }) => state === "failed");
  }

  function submit(key: ThreadKey, values: FieldValues, consent: boolean): void {
    const said = Object.entries(values).filter(([, value]) => value !== "");
    const pre_chat: PreChatAnswers = { fields: Object.fromEntries(said), consent };
    storage.set(wishPrefix + key, JSON.stringify({ ...wishOf(key), pre_chat }));
    submits.value += 1;
    emit("prechatSubmit", { fields: said.map(([name]) => name) }, { source: "visitor" });
    for (const entry of outbox.entries.peek()) {
      if (entry.thread === key && entry.state === "failed") outbox.retry(entry.echo_id);
    }
  }

  // The server does not take the answers (its form is another one by now): the visitor is asked again.
  const stopAsking = effect(() => {
    for (const { thread: key, state, code } of outbox.entries.value) {
      if (state !== "failed" || code !== "invalid" || typeof key === "number") continue;
      const { pre_chat, ...others } = wishOf(key) ?? {};
      if (!pre_chat) continue;
      storage.set(wishPrefix + key, JSON.stringify(others));
      untracked(() => (submits.value += 1));
    }
  });
  stop.addEventListener("abort", stopAsking);

  return { form, asks, known, submit };
}
