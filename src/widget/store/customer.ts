// Who this browser is to the server: the contact, its tokens, and what the page says about the person.
import { computed, signal } from "../signals.ts";
import type { ReadonlySignal } from "../signals.ts";
import type { VisitorRest } from "../../client/visitor-transport.ts";
import type { PublicContact } from "../../protocol/records.ts";
import type { CreateContact } from "../../protocol/requests-visitors.ts";
import { failure } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { CustomerInfo, CustomerPatch } from "./customer-info.ts";
import type { Emit } from "./events.ts";
import { readJson } from "./storage.ts";
import type { KeyValueStorage } from "./storage.ts";

export interface CustomerStore {
  contact: ReadonlySignal<PublicContact | null>;
  info: ReadonlySignal<CustomerInfo>;
  /** Keeps the patch until there is a contact, else stores it there. */
  setInfo(patch: CustomerPatch): Promise<Result<CustomerInfo>>;
  /** Is whom the device knows, where there is nobody yet; `isAnybody`: be he proven or not. */
  adopt: (isAnybody?: boolean) => void;
  /** The contact, created now if there is none. */
  ensure(): Promise<Result<PublicContact>>;
  /** Somebody else, or nobody, of whom the page has said nothing yet. */
  become: (next: PublicContact | null) => void;
  /** Takes what the device knows of the same person. */
  reread(): void;
  /** How whoever was proven is made anew once the server has forgotten him. Until somebody else comes. */
  renewBy: (make: VisitorRest["createContact"]) => void;
  /** The server does not know the contact any more. */
  forget(): void;
}

export const CONTACT_KEY = "contact";
const GONE = "somebody else is here now";

type Undefinable<Fields> = { [Key in keyof Fields]: Fields[Key] | undefined };

/** Whom the device knows, or memory where nothing may be kept there. */
export const keptContact = (storage: KeyValueStorage): PublicContact | null =>
  readJson<PublicContact>(
    storage,
    CONTACT_KEY,
    (value) => typeof value.source_id === "string" && typeof value.pubsub_token === "string",
  );

/** The page's words in the record's; what is undefined is not sent. */
function toContact({ fields, company, phone, avatarUrl, name, email }: CustomerPatch) {
  const contact: Undefinable<CreateContact> = {
    name,
    email,
    phone_number: phone,
    avatar_url: avatarUrl,
    custom_attributes: fields || company !== undefined ? { ...fields, company } : undefined,
  };
  return contact as CreateContact;
}

function merge(a: CustomerPatch, b: CustomerPatch): CustomerPatch {
  return { ...a, ...b, ...(a.fields || b.fields ? { fields: { ...a.fields, ...b.fields } } : {}) };
}

/** The entries of a record that say something. */
const filled = (fields: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null));

function toInfo(contact: PublicContact | null, pending: CustomerPatch): CustomerInfo {
  const { company = null, ...fields } = contact?.custom_attributes ?? {};
  const info: CustomerInfo = {
    contactId: contact?.id ?? null,
    verified: contact?.hmac_verified ?? false,
    name: contact?.name ?? null,
    email: contact?.email ?? null,
    phone: contact?.phone_number ?? null,
    avatarUrl: contact?.avatar_url ?? null,
    company: company as string | null,
    fields,
  };
  return { ...info, ...pending, fields: filled({ ...fields, ...pending.fields }) };
}

/** Names of what is not as before. */
export const changedKeys = (before: CustomerInfo, after: CustomerInfo): string[] =>
  (Object.keys(after) as (keyof CustomerInfo)[]).filter(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );

export function createCustomerStore(deps: {
  rest: Pick<VisitorRest, "createContact" | "updateContact">;
  storage: KeyValueStorage;
  emit: Emit;
}): CustomerStore {
  const { rest, storage, emit } = deps;
  const contact = signal(keptContact(storage));
  const pending = signal<CustomerPatch>({});
  const info = computed(() => toInfo(contact.value, pending.value));
  let creating: Promise<Result<PublicContact>> | undefined;
  /** One after another: what was said last is what holds. */
  let updating: ReturnType<VisitorRest["updateContact"]> | undefined;
  /** How often somebody else has come. */
  let turns = 0;
  let make = rest.createContact;

  function keep(next: PublicContact): void {
    contact.value = next;
    storage.set(CONTACT_KEY, JSON.stringify(next));
  }

  /** Another tab was first: is whom it has become. Somebody proven is only who proves it here. */
  function adopt(isAnybody?: boolean): void {
    const other = contact.peek() || creating ? null : keptContact(storage);
    if (!other || (other.hmac_verified && !isAnybody)) return;
    contact.value = other;
    const said = pending.peek();
    pending.value = {};
    if (Object.keys(said).length > 0) void setInfo(said);
  }

  /** Whether it is somebody else by now; in another tab, this one becomes whom that has become. */
  function hasLeft({ source_id: source }: PublicContact): boolean {
    if (contact.peek()?.source_id !== source) return true;
    const kept = keptContact(storage);
    if (kept?.source_id === source) return false;
    become(kept);
    return true;
  }

  async function create(): Promise<Result<PublicContact>> {
    const sent = pending.peek();
    const turn = turns;
    const result = await make(toContact(sent));
    if (turn !== turns) return failure("unreachable", GONE);
    creating = undefined;
    if (result.ok) {
      keep(result.data);
      const later = pending.peek();
      pending.value = {};
      // Said by the page while the contact was on its way.
      if (later !== sent) void setInfo(later);
    }
    return result;
  }

  async function setInfo(patch: CustomerPatch): Promise<Result<CustomerInfo>> {
    const before = info.peek();
    const present = contact.peek();
    const gone = failure("conflict", GONE);
    if (present && updating) {
      await updating;
      return hasLeft(present) ? gone : setInfo(patch);
    }
    if (!present || creating) {
      pending.value = merge(pending.peek(), patch);
    } else if (changedKeys(before, toInfo(present, patch))[0]) {
      if (hasLeft(present)) return gone;
      updating = rest.updateContact(present.source_id, toContact(patch));
      const result = await updating;
      updating = undefined;
      if (hasLeft(present)) return gone;
      if (!result.ok) {
        if (result.error.code !== "not_found") return result;
        forget();
        pending.value = merge(pending.peek(), patch);
      } else if (result.data.id === contact.peek()?.id) keep(result.data);
      // Proven meanwhile to be somebody whom the answer does not know yet.
      else return setInfo(patch);
    }
    const changed = changedKeys(before, info.peek());
    if (changed[0]) emit("customerInfoChange", info.peek(), { source: "api", changed });
    return { ok: true, data: info.peek() };
  }

  function become(next: PublicContact | null): void {
    turns += 1;
    creating = undefined;
    make = rest.createContact;
    pending.value = {};
    if (next) return keep(next);
    contact.value = null;
    storage.remove(CONTACT_KEY);
  }

  function forget(): void {
    const { contactId: _, verified: __, ...said } = info.peek();
    contact.value = null;
    // Who the person is stays true; whoever comes next on the server is told again.
    pending.value = { ...filled(said), fields: said.fields };
    storage.remove(CONTACT_KEY);
  }

  return {
    contact,
    info,
    setInfo,
    adopt,
    ensure() {
      adopt();
      const present = contact.peek();
      if (present) return Promise.resolve({ ok: true, data: present });
      creating ??= create();
      return creating;
    },
    forget,
    become,
    reread: () => void (contact.value = keptContact(storage)),
    renewBy: (next) => void (make = next),
  };
}
