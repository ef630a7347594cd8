// Keeps the chat open from page to page, as long as the settings ask for it.
import { computed, effect, untracked } from "../signals.ts";
import type { ReadonlySignal } from "../signals.ts";
import type { ChatWindow, View } from "./chat-window.ts";
import type { Settings } from "./settings.ts";
import { readJson } from "./storage.ts";
import type { KeyValueStorage } from "./storage.ts";

const KEY = "window";

/** Opens the chat again where the visitor left it open, then remembers. Answers the function that stops. */
export function rememberWindow(deps: {
  chatWindow: ChatWindow;
  settings: Settings;
  isPhone: ReadonlySignal<boolean>;
  /** Nothing is kept on the device before the visitor has done something. */
  hasActed: () => boolean;
  /** Does it once what has changed can be seen. */
  later: (write: () => void) => void;
  /** Forgets with the tab. */
  tab: KeyValueStorage;
  device: KeyValueStorage;
}): () => void {
  const { chatWindow, settings, isPhone, hasActed, later, tab, device } = deps;
  const area = computed(() => {
    const wanted = settings.host.value.persistWindowState ?? "session";
    return wanted === "never" ? null : wanted === "always" ? device : tab;
  });
  const read = (storage: KeyValueStorage) =>
    readJson<View | { name: "closed" }>(storage, KEY, ({ name }) =>
      ["home", "thread", "closed"].includes(name),
    );
  let saved: ReturnType<typeof read> = null;

  function restore(storage: KeyValueStorage): void {
    saved = read(storage);
    if (saved?.name === "closed") {
      // Whatever the page wants at its start: its visitor has closed the chat.
      settings.update({ windowState: "minimized" });
    } else if (saved) {
      // On a phone the chat would cover the new page before its visitor has seen it.
      if (isPhone.peek()) chatWindow.show(saved);
      else chatWindow.open("restore", saved);
    }
  }

  let before: KeyValueStorage | null = null;
  return effect(() => {
    const storage = area.value;
    const state = chatWindow.state.value;
    // Where it lies may be the inbox's to say, which is known late: then the visitor may have been faster.
    if (storage !== before && !chatWindow.closedBy() && state === "minimized") {
      before = storage;
      if (storage) return untracked(() => restore(storage));
    }
    if (state === "maximized") {
      const view = JSON.stringify(chatWindow.view.value);
      later(() => {
        for (const one of chatWindow.openedBy.peek() && hasActed() ? [tab, device] : []) {
          // Where the page wants it no more, nothing of it stays.
          if (one === storage) one.set(KEY, view);
          else one.remove(KEY);
        }
      });
    } else if (/button|escape/.test(chatWindow.closedBy() ?? "")) {
      storage?.set(KEY, '{"name":"closed"}');
    } else if (storage?.get(KEY) != null && saved?.name !== "closed") storage.remove(KEY);
  });
}
