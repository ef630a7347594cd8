// Another tab of this browser has changed who the visitor is: here, too, nothing of the one before is left.
import type { Core } from "../core.ts";
import { CONTACT_KEY, keptContact } from "../store/customer.ts";

/**
 * Becomes whom the device knows, now and whenever another tab changes that. Somebody else, or nobody any more, starts
 * the chat anew through `reset`; what waited to be sent was the other's and is gone.
 */
export function followOtherTabs(core: Core, reset: () => void, signal: AbortSignal): void {
  const { page, storage, customer, chatWindow, emit } = core;
  /** Answers whether somebody else is here now. */
  function look(): boolean {
    const before = customer.contact.peek();
    const next = keptContact(storage);
    if (before?.source_id === next?.source_id && before?.id === next?.id) return false;
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
}
