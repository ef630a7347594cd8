// Which messages of a long thread are drawn: a window of them, which follows its reader.
import type { Message } from "../../protocol/records.ts";
import type { ThreadKey } from "../store/chat-window.ts";
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
}

export function useWindow(threadKey: ThreadKey, all: Message[]): Window {
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
    isLatest: end === all.length,
    hasAbove: start > 0,
    up: () => endAt(Math.max(SIZE, end - STEP)),
    down: () => endAt(end + STEP),
    toLatest: () => endAt(all.length),
  };
}
