// Keeps a reader's place in the log: where reading begins when a thread comes on screen, then at the end while there,
// else where they are, whatever comes or goes around.
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Message } from "../../protocol/records.ts";
import type { OutboxEntry } from "../store/outbox.ts";
import type { ThreadKey } from "../store/chat-window.ts";
import { useSignal, useSignalEffect } from "./tracked.ts";
import type { Window } from "./use-window.ts";
import type { ChatView } from "./view.ts";

/** This close to the end, a reader is at the end. */
const END_PX = 48;
/** This close to what is drawn last, more is drawn, or fetched. */
const NEAR_PX = 400;
/** Above the message where reading begins. */
const LEAD_PX = 24;

/** What the reader looks at, and how far down it stands. */
function lookAt(log: HTMLElement | null): { element: HTMLElement; top: number } | undefined {
  if (!log) return undefined;
  const end = log.scrollTop + log.clientHeight;
  const groups = [...log.querySelectorAll<HTMLElement>(".group")];
  const element = groups.findLast(({ offsetTop }) => offsetTop - log.offsetTop < end);
  return element && { element, top: element.offsetTop };
}

interface Shown {
  threadKey: ThreadKey;
  drawn: Window;
  /** The latest of the thread, whether it is drawn or not. */
  last: Message | OutboxEntry | undefined;
  /** Everything is there that is to be read first. */
  isReady: boolean;
  /** The message that was looked for. */
  found: number | undefined;
}

/** Whether somebody can see the chat. */
export const isReading = ({ chatWindow, isPageVisible }: ChatView): boolean =>
  chatWindow.state.value === "maximized" && isPageVisible.value;

export function usePlace(view: ChatView, { threadKey, drawn, last, isReady, found }: Shown) {
  const log = useRef<HTMLDivElement>(null);
  /** The thread at whose end the reader is. */
  const atEnd = useSignal<ThreadKey | undefined>(undefined);
  /** Where to go as soon as one can: `begin` is the message that was looked for, the first new one, or the end. */
  const goal = useRef<"begin" | "end" | undefined>("begin");
  const place = useRef<{ lastKey: string | undefined; height: number; end: number }>({
    lastKey: undefined,
    height: 0,
    end: 0,
  });
  const isAtEnd = () => atEnd.peek() === threadKey;
  // Read before anything is drawn anew.
  const before = isAtEnd() ? undefined : lookAt(log.current);
  const lastKey = last && String(last.echo_id ?? ("id" in last && last.id));

  function noteEnd({ scrollTop, scrollHeight, clientHeight }: HTMLElement): boolean {
    const isEnd = drawn.isLatest && scrollHeight - clientHeight - scrollTop < END_PX;
    atEnd.value = isEnd ? threadKey : undefined;
    return isEnd;
  }
  function go(): void {
    const { current } = log;
    if (!current || !isReady || !isReading(view)) return;
    const isBegin = goal.current === "begin";
    if (isBegin && found !== undefined && drawn.seek(found)) return;
    const mark = isBegin
      ? (current.querySelector<HTMLElement>(".found") ??
        current.querySelector<HTMLElement>(".fresh"))
      : null;
    if (!mark && !drawn.isLatest) {
      goal.current = "end";
      return drawn.toLatest();
    }
    goal.current = undefined;
    const top = (mark?.offsetTop ?? Infinity) - current.offsetTop - LEAD_PX;
    current.scrollTop = Math.min(top, current.scrollHeight);
    noteEnd(current);
  }
  function toEnd(): void {
    goal.current = "end";
    go();
  }
  function lookAround(): void {
    const { current } = log;
    if (!current) return;
    const { scrollTop, scrollHeight, clientHeight } = current;
    if (isAtEnd() && scrollHeight > clientHeight) return;
    const thread = view.thread.peek();
    if (scrollTop < NEAR_PX) {
      if (drawn.hasAbove) drawn.up();
      // What did not come is asked for again by the reader.
      else if (!thread?.olderFailure.peek()) void thread?.loadOlder();
    } else if (!drawn.isLatest && scrollHeight - scrollTop - clientHeight < NEAR_PX) drawn.down();
  }
  useLayoutEffect(() => {
    goal.current = "begin";
  }, [typeof threadKey === "string" ? "new" : threadKey]);
  useLayoutEffect(() => {
    const { current } = log;
    if (!current) return;
    const known = place.current;
    const isNewLast = known.lastKey !== undefined && known.lastKey !== lastKey;
    if (isNewLast && last && "thread" in last && view.outbox.originOf(last.echo_id))
      goal.current = "end";
    if (goal.current) go();
    else if (isAtEnd()) current.scrollTop = current.scrollHeight;
    else if (before?.element.isConnected) {
      current.scrollTop += before.element.offsetTop - before.top;
    } else current.scrollTop += current.scrollHeight - known.height;
    if (!goal.current) lookAround();
    const { scrollHeight, clientHeight } = current;
    place.current = { lastKey, height: scrollHeight, end: scrollHeight - clientHeight };
  });
  // Who comes back to the end of a thread begins where they have stopped.
  useSignalEffect(() => {
    if (isReading(view) || atEnd.peek() === undefined) return;
    atEnd.value = undefined;
    goal.current = "begin";
  });
  useEffect(() => {
    const { current } = log;
    if (!current) return undefined;
    // The composer grows, a keyboard comes: the end stays in sight.
    const observer = new ResizeObserver(() => {
      if (atEnd.peek() !== undefined) current.scrollTop = current.scrollHeight;
    });
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  function onScroll(): void {
    const { current } = log;
    if (!current || goal.current === "begin") return;
    // On the way to the end, a reader may have another wish.
    goal.current = undefined;
    const end = current.scrollHeight - current.clientHeight;
    const isMoved = end !== place.current.end;
    const wasAtEnd = isAtEnd();
    place.current.end = end;
    // Who scrolls leaves the end; a page that is turned, or what grows below, does not.
    if (!noteEnd(current) && wasAtEnd && isMoved) return toEnd();
    lookAround();
  }
  return { log, atEnd, toEnd, onScroll };
}
