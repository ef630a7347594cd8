// The chat: a dialog beside the page, or over all of it on a phone.
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { afterPaint } from "../browser/after-paint.ts";
import { effect } from "../signals.ts";
import { Home } from "./Home.tsx";
import { texts } from "./texts.ts";
import { ThreadView } from "./ThreadView.tsx";
import { tracked, useSignalEffect } from "./tracked.ts";
import type { ChatView } from "./view.ts";
import { wordsOf } from "./words.ts";

const FOCUSABLE = "a[href],button,input,select,summary,textarea,[tabindex]";
/** A fold's inside counts only where it can be seen. */
const OUT_OF_REACH = ":disabled,[tabindex='-1'],details:not([open])>:not(summary) *";

/** Whether Tab would stop there. */
const isStop = (element: HTMLElement): boolean =>
  !element.matches(OUT_OF_REACH) &&
  (element.checkVisibility?.({ visibilityProperty: true }) ?? true);

/** Keeps Tab inside, where nothing of the page can be seen. */
function keepFocus(event: KeyboardEvent, panel: HTMLElement): void {
  const stops = [...panel.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(isStop);
  const edges = [stops[0], stops.at(-1)];
  if (event.shiftKey) edges.reverse();
  const { activeElement } = panel.getRootNode() as ShadowRoot;
  if (activeElement !== edges[1] && !(event.shiftKey && activeElement === panel)) return;
  event.preventDefault();
  edges[0]?.focus();
}

const StatusBar = tracked(function StatusBar({ view }: { view: ChatView }) {
  const { connection, isOnline } = view;
  const refusal = connection.refusal.value;
  const isWaiting = connection.isLate.value;
  const text = refusal
    ? texts.failure(refusal.code)
    : isOnline.value
      ? isWaiting && texts.reconnecting
      : texts.offline;
  return <output class="status">{text}</output>;
});

/** Where a visitor goes on: the message, but on a phone not so that the keyboard hides what there is to read. */
function focusInside(panel: HTMLElement | null, { chatWindow, isPhone }: ChatView): void {
  const shown = chatWindow.view.peek();
  const isReading = isPhone.peek() && !(shown.name === "thread" && typeof shown.key === "string");
  const field = isReading ? null : panel?.querySelector("textarea");
  (field ?? panel)?.focus({ preventScroll: true });
}

/** Where focus was before the chat took it, and the way back. */
function useFocus(view: ChatView, panel: { current: HTMLElement | null }): void {
  const opener = useRef<Element | null>(null);
  useSignalEffect(() => {
    const reason = view.chatWindow.openedBy.value;
    const root = panel.current?.getRootNode() as ShadowRoot | undefined;
    if (!root || !panel.current) return undefined;
    const { ownerDocument } = panel.current;
    if (reason && reason !== "restore") {
      if (!root.activeElement || !panel.current.contains(root.activeElement)) {
        opener.current = ownerDocument.activeElement;
      }
      // Once it is seen: before, a browser would have to lay all of it out at once.
      const closing = new AbortController();
      afterPaint(view.core.page, closing.signal, () => focusInside(panel.current, view));
      return () => closing.abort();
    }
    if (!reason && panel.current.contains(root.activeElement)) {
      const back = opener.current;
      queueMicrotask(() => {
        const isOurs = !back?.isConnected || back === root.host || back === ownerDocument.body;
        const target = isOurs ? root.querySelector(".launcher") : back;
        (target as HTMLElement | null)?.focus({ preventScroll: true });
      });
    }
    return undefined;
  });
}

/** What a control leads to may take the control away: focus goes on where one writes, not back to the page. */
function useFocusKept(view: ChatView, panel: { current: HTMLElement | null }): void {
  useEffect(() => {
    const { current } = panel;
    if (!current) return undefined;
    const root = current.getRootNode() as ShadowRoot;
    const isInside = () => current.contains(root.activeElement);
    let last: Element | null = null;
    const observer = new MutationObserver(() => {
      if (!last || last.isConnected) return;
      last = null;
      if (!isInside()) focusInside(current, view);
    });
    observer.observe(current, { childList: true, subtree: true });
    const come = () => (last = root.activeElement);
    // Some browsers tell this of a control that is just being taken away, too.
    const go = () =>
      queueMicrotask(() => {
        if (last?.isConnected && !isInside()) last = null;
      });
    current.addEventListener("focusin", come);
    current.addEventListener("focusout", go);
    return () => {
      observer.disconnect();
      current.removeEventListener("focusin", come);
      current.removeEventListener("focusout", go);
    };
  }, [panel, view]);
}

/** What is said aloud, once: what somebody writes, and what could not be sent. */
const Announcements = tracked(function Announcements({ view }: { view: ChatView }) {
  const received = view.lastReceived.value;
  const failed = view.outbox.entries.value.findLast(({ state }) => state === "failed");
  return (
    <div class="hidden" aria-live="polite">
      {received && (
        <p key={received.id}>
          {texts.saidBy(received.sender?.name ?? texts.team, wordsOf(received))}
        </p>
      )}
      {failed && (
        <p key={failed.echo_id}>
          {texts.notSent} {texts.failure(failed.code ?? "")}
        </p>
      )}
    </div>
  );
});

export const Panel = tracked(function Panel({ view }: { view: ChatView }) {
  const { chatWindow, isPhone, settings } = view;
  const panel = useRef<HTMLDialogElement>(null);
  const shown = chatWindow.view.value;
  const viewKey = shown.name === "home" ? "home" : "thread";
  // Opened and closed without being drawn: what is inside is as it was.
  useLayoutEffect(
    () =>
      effect(() => {
        const isOpen = chatWindow.state.value === "maximized";
        const { current } = panel;
        current?.classList.toggle("open", isOpen);
        current?.setAttribute("aria-modal", String(isPhone.value && isOpen));
      }),
    [chatWindow, isPhone],
  );
  useFocus(view, panel);
  useFocusKept(view, panel);
  const previous = useRef(viewKey);
  useLayoutEffect(() => {
    if (previous.current === viewKey) return;
    previous.current = viewKey;
    // The control that led here is gone: without this, focus would fall back to the page.
    if (chatWindow.state.peek() === "maximized") focusInside(panel.current, view);
  }, [viewKey, chatWindow, view]);
  useEffect(() => {
    const { current } = panel;
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing || event.defaultPrevented) return;
      if (event.key === "Escape") {
        event.stopPropagation();
        if (!settings.host.peek().container) chatWindow.close("escape");
      } else if (event.key === "Tab" && isPhone.peek() && current) keepFocus(event, current);
    };
    current?.addEventListener("keydown", onKey);
    return () => current?.removeEventListener("keydown", onKey);
  }, [chatWindow, isPhone, settings]);
  return (
    <>
      <dialog open ref={panel} class="panel" aria-labelledby="title" tabIndex={-1}>
        {shown.name === "home" ? (
          <Home view={view} />
        ) : (
          <ThreadView key="thread" view={view} threadKey={shown.key} />
        )}
        <StatusBar view={view} />
      </dialog>
      <Announcements view={view} />
    </>
  );
});
