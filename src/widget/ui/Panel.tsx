// The chat: a dialog beside the page, or over all of it on a phone.
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { Home } from "./Home.tsx";
import { texts } from "./texts.ts";
import { ThreadView } from "./ThreadView.tsx";
import { tracked, useSignalEffect } from "./tracked.ts";
import type { ChatView } from "./view.ts";
import { wordsOf } from "./words.ts";

const FOCUSABLE = "button:not(:disabled),textarea,a[href],[tabindex='0']";

/** Keeps Tab inside, where nothing of the page can be seen. */
function keepFocus(event: KeyboardEvent, panel: HTMLElement): void {
  const all = [...panel.querySelectorAll<HTMLElement>(FOCUSABLE)];
  const edge = event.shiftKey ? all[0] : all.at(-1);
  const { activeElement } = panel.getRootNode() as ShadowRoot;
  if (activeElement !== edge && activeElement !== panel) return;
  event.preventDefault();
  (event.shiftKey ? all.at(-1) : all[0])?.focus();
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
    if (!root || !panel.current) return;
    const { ownerDocument } = panel.current;
    if (reason && reason !== "restore") {
      if (!root.activeElement || !panel.current.contains(root.activeElement)) {
        opener.current = ownerDocument.activeElement;
      }
      queueMicrotask(() => focusInside(panel.current, view));
    } else if (!reason && panel.current.contains(root.activeElement)) {
      const back = opener.current;
      queueMicrotask(() => {
        const isOurs = !back?.isConnected || back === root.host || back === ownerDocument.body;
        const target = isOurs ? root.querySelector(".launcher") : back;
        (target as HTMLElement | null)?.focus({ preventScroll: true });
      });
    }
  });
}

export const Panel = tracked(function Panel({ view }: { view: ChatView }) {
  const { chatWindow, isPhone, lastReceived, settings } = view;
  const panel = useRef<HTMLDialogElement>(null);
  const isOpen = chatWindow.state.value === "maximized";
  const shown = chatWindow.view.value;
  const received = lastReceived.value;
  const viewKey = shown.name === "home" ? "home" : "thread";
  useFocus(view, panel);
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
      <dialog
        open
        ref={panel}
        class={isOpen ? "panel open" : "panel"}
        aria-modal={isPhone.value && isOpen ? "true" : undefined}
        aria-labelledby="title"
        tabIndex={-1}
      >
        {shown.name === "home" ? (
          <Home view={view} />
        ) : (
          <ThreadView key="thread" view={view} threadKey={shown.key} />
        )}
        <StatusBar view={view} />
      </dialog>
      <div class="hidden" aria-live="polite">
        {received && (
          <p key={received.id}>
            {texts.saidBy(received.sender?.name ?? texts.team, wordsOf(received))}
          </p>
        )}
      </div>
    </>
  );
});
