// What other tabs of this browser have done: here, too, the visitor is who he is there, and the page hears of it.
import { tellTabs } from "../browser/tell-tabs.ts";
import type { Core } from "../core.ts";
import type { ParlorEvent } from "../host/events.ts";
import { CONTACT_KEY, changedKeys, keptContact } from "../store/customer.ts";
import type { EventDetails, EventSource } from "../store/events.ts";

/** Facts of the visitor that no server tells his other tabs. */
const shared = ["csatSubmit", "prechatSubmit", "readReceipt"] as const;
type Shared = (typeof shared)[number];

interface Said {
  name: Shared;
  detail: EventDetails[Shared];
  source: EventSource;
  /** Tabs without a storage in common may be different people. */
  contactId: number | undefined;
}

/**
 * Becomes whom the device knows, now and whenever another tab changes that. Somebody else, or nobody any more, starts
 * the chat anew through `reset`; what waited to be sent was the other's and is gone.
 */
export function followOtherTabs(core: Core, reset: () => void, signal: AbortSignal): void {
  const { page, storage, customer, chatWindow, emit } = core;
  /** Answers whether somebody else is here now. */
  function look(): boolean {
    // Nobody may be kept on the device: whoever is gone from there is still here.
    if (core.settings.host.peek().consent === "denied") return false;
    const before = customer.contact.peek();
    const next = keptContact(storage);
    if (before?.source_id === next?.source_id && before?.id === next?.id) {
      if (next) refresh();
      return false;
    }
    // A first message makes nobody somebody else, a proof does, and so does leaving.
    if (before || next?.hmac_verified) core.identifying?.stop.abort();
    customer.become(next);
    const detail = {
      contactId: next?.id ?? null,
      verified: next?.hmac_verified ?? false,
      previousContactId: before?.id ?? null,
    };
    emit("identityChange", detail, { local: false });
    // The first message in another tab, or a proof there of who this very browser is, takes nothing away.
    return before !== null && before.source_id !== next?.source_id;
  }
  /** The same person, of whom another tab may know more. */
  function refresh(): void {
    const before = customer.info.peek();
    customer.reread();
    const info = customer.info.peek();
    const changed = changedKeys(before, info);
    if (changed[0]) emit("customerInfoChange", info, { source: "api", local: false, changed });
  }
  look();
  page.addEventListener(
    "storage",
    ({ key }) => {
      if ((key !== null && !key.endsWith(`:${CONTACT_KEY}`)) || !look()) return;
      chatWindow.show({ name: "home" });
      reset();
    },
    { signal },
  );
  shareFacts(core, signal);
}

function shareFacts(core: Core, signal: AbortSignal): void {
  const { page, kept, customer, on, emit } = core;
  const contactId = () => customer.contact.peek()?.id;
  const hear = (said: unknown) => {
    const { name, detail, source, contactId: of } = said as Said;
    if (shared.includes(name) && of === contactId()) emit(name, detail, { source, local: false });
  };
  const tell = tellTabs(page, `${kept.prefix}facts`, hear, signal);
  for (const name of shared) {
    const share = ({ local, source, detail }: ParlorEvent<Shared>) => {
      if (local) tell({ name, detail, source, contactId: contactId() } satisfies Said);
    };
    on(name, share, { signal, replay: false });
  }
}
