// Whether the chat is open, and what it shows.
import { computed, signal } from "../signals.ts";
import type { ReadonlySignal } from "../signals.ts";
import type { CloseReason, Emit, OpenReason } from "./events.ts";

/** A conversation's number, or the name of one that the server has not confirmed yet. */
export type ThreadKey = number | `new:${string}`;

/** `found` is a message that the visitor has looked for. */
export type View = { name: "home" } | { name: "thread"; key: ThreadKey; found?: number };

export interface ChatWindow {
  state: ReadonlySignal<"minimized" | "maximized">;
  visibility: ReadonlySignal<"shown" | "hidden">;
  view: ReadonlySignal<View>;
  /** Why it is open; undefined when it is not. */
  openedBy: ReadonlySignal<OpenReason | undefined>;
  /** Why it was closed, the last time. */
  closedBy: () => CloseReason | undefined;
  open(reason: OpenReason, view?: View): void;
  close(reason: CloseReason): void;
  show(view: View): void;
  setVisibility(visibility: "shown" | "hidden"): void;
}

export function createChatWindow(deps: { emit: Emit; now: () => number }): ChatWindow {
  const openedBy = signal<OpenReason | undefined>(undefined);
  const state = computed(() => (openedBy.value ? "maximized" : "minimized"));
  const visibility = signal<"shown" | "hidden">("shown");
  const view = signal<View>({ name: "home" });
  let openedAt = 0;
  let closedBy: CloseReason | undefined;

  function conversationId(): number | null {
    const shown = view.peek();
    return shown.name === "thread" && typeof shown.key === "number" ? shown.key : null;
  }

  function close(reason: CloseReason): void {
    if (!openedBy.peek()) return;
    closedBy = reason;
    openedBy.value = undefined;
    deps.emit(
      "chatMinimize",
      { reason, conversationId: conversationId(), openMs: Math.round(deps.now() - openedAt) },
      { source: reason === "api" || reason === "hidden" ? "api" : "visitor" },
    );
  }

  return {
    state,
    visibility,
    view,
    openedBy,
    closedBy: () => closedBy,
    open(reason, next) {
      if (next) view.value = next;
      if (openedBy.peek()) return;
      openedAt = deps.now();
      openedBy.value = reason;
      deps.emit(
        "chatMaximize",
        { reason, view: view.peek().name, conversationId: conversationId() },
        { source: reason === "api" ? "api" : reason === "restore" ? "system" : "visitor" },
      );
    },
    close,
    show(next) {
      view.value = next;
    },
    setVisibility(next) {
      if (next === visibility.peek()) return;
      if (next === "hidden") close("hidden");
      visibility.value = next;
      deps.emit("visibilityChange", { visibility: next }, { source: "api" });
    },
  };
}
