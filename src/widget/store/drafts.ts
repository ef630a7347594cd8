// What is written and not sent, for each conversation; it survives a reload.
import { signal } from "../signals.ts";
import type { ReadonlySignal } from "../signals.ts";
import type { ThreadKey } from "./chat-window.ts";
import type { KeyValueStorage } from "./storage.ts";

export interface Drafts {
  get(thread: ThreadKey): string;
  set(thread: ThreadKey, text: string): void;
  move(from: ThreadKey, to: ThreadKey): void;
  /** Writes for the visitor, from outside the field. */
  prefill(thread: ThreadKey, text: string): void;
  /** Another tab has written. */
  reread(): void;
  /** How often that has happened. */
  prefills: ReadonlySignal<number>;
}

export function createDrafts(storage: KeyValueStorage): Drafts {
  // A conversation that has not begun has one draft, whatever its name will be.
  const keyOf = (thread: ThreadKey) => `draft:${typeof thread === "number" ? thread : "new"}`;
  const get = (thread: ThreadKey) => storage.get(keyOf(thread)) ?? "";
  function set(thread: ThreadKey, text: string): void {
    if (text) storage.set(keyOf(thread), text);
    else storage.remove(keyOf(thread));
  }
  const prefills = signal(0);
  return {
    get,
    set,
    prefills,
    reread: () => void (prefills.value += 1),
    prefill(thread, text) {
      set(thread, text);
      prefills.value += 1;
    },
    move(from, to) {
      const text = get(from);
      if (!text) return;
      set(to, text);
      set(from, "");
    },
  };
}
