// Where the thread is scrolled to: at the newest unless the agent went up, and unmoved when older pages come.
import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

/** Closer to the end than this counts as being there. */
const AT_END_PX = 48;
/** Older messages are asked for this long before the top is reached. */
const NEAR_TOP_PX = 400;

interface Options {
  isReady: boolean;
  /** Of the first and last thing shown. */
  firstKey: number | string | null;
  lastKey: number | string | null;
  /** The latest message of our own that is being sent: it always comes into sight. */
  ownLatest: string | null;
  onTop: () => void;
}

export function useThreadScroll({ isReady, firstKey, lastKey, ownLatest, onTop }: Options) {
  const log = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const fromEnd = useRef(0);
  const shown = useRef({ firstKey, lastKey });
  const isAway = useSignal(false);
  const hasNew = useSignal(false);

  function toLatest(): void {
    const element = log.current;
    if (!element) return;
    element.scrollTop = element.scrollHeight;
    onScroll();
  }

  function onScroll(): void {
    const element = log.current;
    if (!element) return;
    fromEnd.current = element.scrollHeight - element.scrollTop;
    isAtEnd.current = fromEnd.current - element.clientHeight < AT_END_PX;
    isAway.value = !isAtEnd.current;
    if (isAtEnd.current) hasNew.value = false;
    if (element.scrollTop < NEAR_TOP_PX && isReady) onTop();
  }

  useLayoutEffect(() => {
    const element = log.current;
    if (!element || !isReady) return;
    const before = shown.current;
    shown.current = { firstKey, lastKey };
    if (isAtEnd.current) return toLatest();
    const grewAbove = before.firstKey !== firstKey && before.lastKey === lastKey;
    if (grewAbove) element.scrollTop = element.scrollHeight - fromEnd.current;
    else if (before.lastKey !== lastKey) hasNew.value = true;
    onScroll();
  }, [isReady, firstKey, lastKey]);

  useLayoutEffect(() => {
    if (ownLatest !== null) toLatest();
  }, [ownLatest]);

  // Pictures, fonts, a resized window or composer: what was at the end stays there.
  useEffect(() => {
    const observer = new ResizeObserver(() => {
      if (isAtEnd.current) toLatest();
    });
    for (const element of [log.current, content.current]) if (element) observer.observe(element);
    return () => observer.disconnect();
  }, []);

  return { log, content, onScroll, toLatest, isAway, hasNew };
}
