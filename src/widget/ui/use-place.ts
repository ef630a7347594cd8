// Keeps a reader's place in the log: at the end while there, else where they are, whatever comes or goes around.
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Message } from "../../protocol/records.ts";
import type { OutboxEntry } from "../store/outbox.ts";
import type { ThreadKey } from "../store/chat-window.ts";
import { useSignal } from "./tracked.ts";
import type { Window } from "./use-window.ts";
import type { ChatView } from "./view.ts";

/** This close to the end, a reader is at the end. */
const END_PX = 48;
/** This close to what is drawn last, more is drawn, or fetched. */
const NEAR_PX = 400;

/** What the reader looks at, and how far down it stands. */
function lookAt(log: HTMLElement | null): { element: HTMLElement; top: number } | undefined {
  if (!log) return undefined;
  const end = log.scrollTop + log.clientHeight;
  const groups = [...log.querySelectorAll<HTMLElement>(".group")];
  const element = groups.findLast(({ offsetTop }) => offsetTop - log.offsetTop < end);
  return element && { element, top: element.offsetTop };
}

/** `last` is the latest of the thread, whether it is drawn or not. */
export function usePlace(
  view: ChatView,
  threadKey: ThreadKey,
  drawn: Window,
  last: Message | OutboxEntry | undefined,
) {
  const log = useRef<HTMLDivElement>(null);
  const isAtEnd = useSignal(true);
  const missed = useSignal(0);
  const place = useRef<{ lastKey: string | undefined; height: number; end: number }>({
    lastKey: undefined,
    height: 0,
    end: 0,
  });
  // Read before anything is drawn anew.
  const before = isAtEnd.peek() ? undefined : lookAt(log.current);
  const lastKey = last && String(last.echo_id ?? ("id" in last && last.id));

  function toEnd(): void {
    isAtEnd.value = true;
    missed.value = 0;
    drawn.toLatest();
    if (log.current) log.current.scrollTop = log.current.scrollHeight;
  }
  function lookAround(): void {
    const { current } = log;
    if (!current || isAtEnd.peek()) return;
    const { scrollTop, scrollHeight, clientHeight } = current;
    if (scrollTop < NEAR_PX) {
      if (drawn.hasAbove) drawn.up();
      else void view.thread.peek()?.loadOlder();
    } else if (!drawn.isLatest && scrollHeight - scrollTop - clientHeight < NEAR_PX) drawn.down();
  }
  useLayoutEffect(toEnd, [typeof threadKey === "string" ? "new" : threadKey]);
  useLayoutEffect(() => {
    const { current } = log;
    if (!current) return;
    const known = place.current;
    const isNewLast = known.lastKey !== undefined && known.lastKey !== lastKey;
    if (isAtEnd.peek() || (isNewLast && last && "thread" in last)) toEnd();
    else {
      if (before?.element.isConnected) current.scrollTop += before.element.offsetTop - before.top;
      else current.scrollTop += current.scrollHeight - known.height;
      if (isNewLast) missed.value += 1;
      lookAround();
    }
    const { scrollHeight, clientHeight } = current;
    place.current = { lastKey, height: scrollHeight, end: scrollHeight - clientHeight };
  });
  useEffect(() => {
    const { current } = log;
    if (!current) return undefined;
    // The composer grows, a keyboard comes: the end stays in sight.
    const observer = new ResizeObserver(() => {
      if (isAtEnd.peek()) current.scrollTop = current.scrollHeight;
    });
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  function onScroll(): void {
    const { current } = log;
    if (!current) return;
    const { scrollTop, scrollHeight, clientHeight } = current;
    const end = scrollHeight - clientHeight;
    const isMoved = end !== place.current.end;
    const isEnd = drawn.isLatest && end - scrollTop < END_PX;
    place.current.end = end;
    // Who scrolls leaves the end; a page that is turned, or what grows below, does not.
    if (isAtEnd.peek() && isMoved && !isEnd) return toEnd();
    isAtEnd.value = isEnd;
    if (isEnd) missed.value = 0;
    lookAround();
  }
  return { log, isAtEnd, missed, toEnd, onScroll };
}
