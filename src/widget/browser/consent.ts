// What a decision of the visitor, or where it is to be kept, means for what lies on the device.
import { effect, untracked } from "../signals.ts";
import type { ReadonlySignal } from "../signals.ts";
import type { Chat } from "../core.ts";
import { CONTACT_KEY } from "../store/customer.ts";
import type { CustomerStore } from "../store/customer.ts";
import type { Emit } from "../store/events.ts";
import type { HostSettings } from "../store/host-settings.ts";
import type { Settings } from "../store/settings.ts";
import { CONSENT_KEY, LIVE_UNTIL_KEY } from "../store/storage.ts";
import type { KeyValueStorage } from "../store/storage.ts";

export interface Kept {
  prefix: string;
  /** Already refuse the device, or allow it. */
  storage: KeyValueStorage;
  tabStorage: KeyValueStorage;
}

export interface KeepingDeps {
  page: Window;
  settings: Settings;
  customer: Pick<CustomerStore, "contact" | "adopt">;
  emit: Emit;
  chat: ReadonlySignal<Pick<Chat, "stores"> | null>;
  /** The chat is worth having. */
  onIntent: () => void;
  kept: Kept & {
    /** The visitor has opened the chat: what is pending is granted. */
    hasOpened: ReadonlySignal<boolean>;
    consentAtStart: HostSettings["consent"];
    /** What another tab has just said of it. */
    heard?: HostSettings["consent"];
  };
  stop: AbortSignal;
}

/**
 * Keeps where the settings and the visitor allow it, whenever they come to: a setting may be the inbox's, which is
 * known late. Who was here before is found again then. Answers the function that stops.
 */
export function followConsent(deps: KeepingDeps): () => void {
  const { page, settings, customer, emit, chat, kept } = deps;
  let previous = kept.consentAtStart ?? "granted";
  /** What the first stage knows without this. */
  let applied = { isDenied: false, isFree: true, wanted: "local" };
  return effect(() => {
    const { consent = "granted", storage: wanted = "local" } = settings.host.value;
    const isDenied = consent === "denied";
    const isFree = !isDenied && (consent === "granted" || kept.hasOpened.value);
    untracked(() => {
      if (consent !== previous) {
        const source = settings.said.peek().consent === consent ? "api" : "system";
        const local = kept.heard !== consent;
        emit("consentChange", { consent, previous }, { source, local });
        if (local && source === "api") tellConsent(page, kept.prefix, consent);
        previous = consent;
        delete kept.heard;
      }
      const before = applied;
      applied = { isDenied, isFree, wanted };
      const isSame = before.isDenied === isDenied && before.isFree === isFree;
      if ((isSame && before.wanted === wanted) || (!isDenied && !isFree)) return;
      applyConsent({ page, ...kept, isDenied, wanted });
      if (before.wanted === "session" && wanted === "local") {
        fill(kept.storage, () => page.sessionStorage, kept.prefix);
      }
      // Another tab may have taken him and his from the device already; here they stay.
      const here = customer.contact.peek();
      if (isDenied && here) kept.storage.set(CONTACT_KEY, JSON.stringify(here));
      customer.adopt(true);
      if (!isDenied) chat.peek()?.stores.reread();
      if (Number(kept.storage.get(LIVE_UNTIL_KEY)) > Date.now()) deps.onIntent();
    });
  });
}

/**
 * A visitor decides for his browser, not for one of its tabs: they hear of what is written and gone again, before they
 * hear that anything else was taken away.
 */
function tellConsent(page: Window, prefix: string, consent: string): void {
  try {
    page.localStorage.setItem(prefix + CONSENT_KEY, consent);
    page.localStorage.removeItem(prefix + CONSENT_KEY);
  } catch {
    // A browser that refuses the device keeps nothing in any of its tabs.
  }
}

/**
 * Brings the device in line: after `denied` nothing under the prefix is left there, and memory holds it as
 * long as the page; after `granted`, what memory holds goes where it is wanted, and is nowhere else.
 */
export function applyConsent(
  deps: Kept & { page: Window; isDenied: boolean; wanted?: HostSettings["storage"] },
): void {
  const { page, prefix, storage, tabStorage, isDenied, wanted = "local" } = deps;
  const isNowhere = isDenied || wanted === "memory";
  if (isNowhere || wanted === "session") empty(storage, () => page.localStorage, prefix);
  if (isNowhere) {
    empty(storage, () => page.sessionStorage, prefix);
    empty(tabStorage, () => page.sessionStorage, prefix);
    return;
  }
  for (const kept of [storage, tabStorage]) {
    for (const key of kept.keys()) kept.set(key, kept.get(key) ?? "");
  }
}

/** Takes everything of an area; what is known where it goes is not overwritten by what lay where it does not belong. */
function empty(kept: KeyValueStorage, area: () => Storage, prefix: string): void {
  fill(kept, area, prefix, (device, name) => device.removeItem(name));
}

function fill(
  kept: KeyValueStorage,
  area: () => Storage,
  prefix: string,
  read?: (device: Storage, name: string) => void,
): void {
  try {
    const device = area();
    for (const name of Object.keys(device).filter((one) => one.startsWith(prefix))) {
      const key = name.slice(prefix.length);
      const value = device.getItem(name) ?? "";
      read?.(device, name);
      if (kept.get(key) === null) kept.set(key, value);
    }
  } catch {
    // A browser that refuses the device has kept nothing there.
  }
}
