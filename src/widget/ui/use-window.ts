// Which messages of a long thread are drawn: a window of them, which follows its reader.
import type { Message } from "../../protocol/records.ts";
import type { ThreadKey } from "../store/chat-window.ts";
import type { Thread } from "../store/thread.ts";
import { useSignal } from "./tracked.ts";

/** Many screens' worth: search in the page and screen readers find what is near, and a phone stays quick. */
const SIZE = 200;
/** So many come at one end, and go at the other. */
const STEP = 60;

export interface Window {
  messages: Message[];
  /** The latest message is among them. */
  isLatest: boolean;
  /** Loaded messages are above. */
  hasAbove: boolean;
  up(): void;
  down(): void;
  toLatest(): void;
  /** Draws what is around a message; answers whether it was not drawn, but can be. */
  seek(id: number): boolean;
}

export function useWindow(threadKey: ThreadKey, thread: Thread | undefined): Window {
  const all = thread?.messages.value ?? [];
  /** The last one drawn, of which thread; undefined follows the latest. */
  const last = useSignal<{ threadKey: ThreadKey; id: number } | undefined>(undefined);
  const held = last.value?.threadKey === threadKey ? last.value.id : undefined;
  const found = held === undefined ? -1 : all.findIndex(({ id }) => id === held);
  const end = found < 0 ? all.length : found + 1;
  const start = Math.max(0, end - SIZE);

  function endAt(next: number): void {
    const id = all[next - 1]?.id;
    last.value = next >= all.length || id === undefined ? undefined : { threadKey, id };
  }
  return {
    messages: all.slice(start, end),
    isLatest: end === all.length && !thread?.hasNewer.value,
    hasAbove: start > 0,
    up: () => endAt(Math.max(SIZE, end - STEP)),
    down() {
      if (end === all.length) void thread?.loadNewer();
      endAt(end + STEP);
    },
    toLatest() {
      thread?.leave();
      endAt(all.length);
    },
    seek(id) {
      const index = all.findIndex((one) => one.id === id);
      if (index < 0 || (index >= start && index < end)) return false;
      endAt(index + SIZE / 2);
      return true;
    },
  };
}
