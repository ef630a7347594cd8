// The desk's ties to the browser: time, storage, address, attention, title. Stores are given these.
import { effect, signal } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import type { Clock } from "./store/clock.ts";
import { formatRoute, parseRoute } from "./store/route.ts";
import type { Route, Router } from "./store/route.ts";
import type { TextStorage } from "./store/storage.ts";

export const browserClock: Clock = {
  now: () => Date.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

/** A random text of 22 characters; `crypto.randomUUID` would need HTTPS. */
export function createId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes))
    .replace(/[+/]/gu, (sign) => (sign === "+" ? "-" : "_"))
    .replaceAll("=", "");
}

/** `open` may throw where the browser forbids storage: then nothing is kept. */
export function createTextStorage(open: () => Storage): TextStorage {
  function attempt<Value>(use: (storage: Storage) => Value): Value | null {
    try {
      return use(open());
    } catch {
      // Forbidden or full; what is stored here is a convenience.
      return null;
    }
  }
  return {
    read: (key) => attempt((storage) => storage.getItem(key)),
    write(key, text) {
      attempt((storage) => (text === null ? storage.removeItem(key) : storage.setItem(key, text)));
    },
  };
}

/** Whether a media query holds, now and later. */
export function createMediaSignal(query: string): ReadonlySignal<boolean> {
  const media = matchMedia(query);
  const matches = signal(media.matches);
  media.addEventListener("change", () => void (matches.value = media.matches));
  return matches;
}

/** Follows and changes the address. */
export function createRouter(): Router & { stop: () => void } {
  const route = signal<Route>(parseRoute(location));
  const follow = () => void (route.value = parseRoute(location));
  addEventListener("popstate", follow);
  return {
    route,
    go(next, how = "push") {
      const address = formatRoute(next);
      if (address === location.pathname + location.search + location.hash) return;
      history[how === "push" ? "pushState" : "replaceState"](null, "", address);
      route.value = next;
    },
    stop: () => removeEventListener("popstate", follow),
  };
}

/** True while the page is visible and has the focus. */
export function createAttention(): { isAttentive: ReadonlySignal<boolean>; stop: () => void } {
  const look = () => document.visibilityState === "visible" && document.hasFocus();
  const isAttentive = signal(look());
  const events = new AbortController();
  const update = () => void (isAttentive.value = look());
  const options = { signal: events.signal };
  document.addEventListener("visibilitychange", update, options);
  addEventListener("focus", update, options);
  addEventListener("blur", update, options);
  return { isAttentive, stop: () => events.abort() };
}

/** Keeps the document's title at "(3) Parlor". */
export function startTitle(unreadCount: () => number, name: string): () => void {
  return effect(() => {
    const count = unreadCount();
    document.title = count > 0 ? `(${count}) ${name}` : name;
  });
}
