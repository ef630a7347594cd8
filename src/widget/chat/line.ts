// The line to the server as a browser's page lives: shared by its tabs, given up by a page that sleeps, taken
// up again by one that wakes.
import { signal } from "../signals.ts";
import type { ReadonlySignal } from "../signals.ts";
import { createLeanSocket } from "../../client/lean-socket.ts";
import { createSharedSocket } from "../../client/share.ts";
import type { VisitorSocket } from "../../client/visitor-transport.ts";
import { VISITOR_NAMESPACE } from "../../protocol/path-parts.ts";
import type { VisitorCommandMap, VisitorEventMap } from "../../protocol/socket.ts";
import type { Core } from "../core.ts";
import type { ChatStores } from "../store/chat.ts";
import { CONSENT_KEY } from "../store/storage.ts";

/** Creates the visitor's socket, not yet connected; tabs of one identity share it. */
export function createLine(core: Pick<Core, "page" | "baseUrl" | "customer">): VisitorSocket {
  const { page, baseUrl, customer } = core;
  const line = {
    baseUrl,
    namespace: VISITOR_NAMESPACE,
    pubsubToken: () => customer.contact.peek()?.pubsub_token ?? "",
  };
  return createSharedSocket<VisitorCommandMap, VisitorEventMap>({
    own: createLeanSocket({
      ...line,
      async fetchFallback(dial, goBack) {
        const { createPolling } = await import("../../client/polling.ts");
        return createPolling({ ...line, dial, goBack });
      },
    }),
    page,
    name: () => `parlor:${line.pubsubToken()}`,
    load: () => import("../../client/tabs.ts"),
  });
}

/** Keeps the line as the page comes and goes, and hears what other tabs write on the device. */
export function keepLine(
  { page, settings, storage, kept }: Pick<Core, "page" | "settings" | "storage" | "kept">,
  { connection, outbox, reread }: Pick<ChatStores, "connection" | "outbox" | "reread">,
  stop: AbortSignal,
): { isPageVisible: ReadonlySignal<boolean>; isOnline: ReadonlySignal<boolean> } {
  const { document } = page;
  const isPageVisible = signal(document.visibilityState === "visible");
  const isOnline = signal(page.navigator.onLine);
  const listen = (target: EventTarget, names: string, hear: (event: Event) => void) => {
    for (const name of names.split(" ")) target.addEventListener(name, hear, { signal: stop });
  };
  listen(page, "online offline", () => {
    isOnline.value = page.navigator.onLine;
    if (!isOnline.peek()) return;
    connection.nudge();
    outbox.flush();
  });
  listen(document, "visibilitychange", () => {
    isPageVisible.value = document.visibilityState === "visible";
    if (isPageVisible.peek()) connection.nudge();
  });
  // A page that sleeps answers nobody, and a browser keeps none for later that holds a line or a lock.
  listen(page, "pagehide", connection.close);
  listen(document, "freeze", connection.close);
  listen(document, "resume", connection.open);
  // A page's first showing is none: a socket that is on its way would be cut off, with an error in the console.
  listen(
    page,
    "pageshow",
    (event) => (event as PageTransitionEvent).persisted && connection.open(),
  );
  listen(page, "storage", (event) => {
    const { key, oldValue, newValue } = event as StorageEvent;
    if (!key?.startsWith(kept.prefix)) return;
    const name = key.slice(kept.prefix.length);
    if (settings.host.peek().consent !== "denied") reread();
    // Who denies in another tab takes all from the device: here, it lasts as long as the page.
    else if (newValue === null && name !== CONSENT_KEY) storage.set(name, oldValue ?? "");
  });
  return { isPageVisible, isOnline };
}
