// The third pane: one conversation, or what to do while none is open.
import { useSignalEffect } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Composer } from "./composer.tsx";
import { useDesk, useWorkspace } from "./desk-context.ts";
import { wordsOf } from "./format.ts";
import { FirstRun } from "./first-run.tsx";
import { ChatIcon } from "./icons.tsx";
import { MessageLog } from "./message-log.tsx";
import { announceText, failureText, texts } from "./texts.ts";
import { ThreadFacts } from "./thread-facts.tsx";
import { ThreadHeader } from "./thread-header.tsx";
import { ThreadSnooze } from "./thread-snooze.tsx";

export function ThreadPane() {
  const { conversationId } = useWorkspace();
  const id = conversationId.value;
  return (
    <main class="thread-pane" id="thread" tabIndex={-1}>
      {id === null ? <NoSelection /> : <OpenConversation key={id} />}
    </main>
  );
}

function NoSelection() {
  const { isFirstRun } = useWorkspace();
  if (isFirstRun.value) return <FirstRun />;
  return (
    <div class="empty empty-thread">
      <span class="empty-picture">
        <ChatIcon />
      </span>
      <h2 class="empty-title">{texts.noSelectionTitle}</h2>
      <p class="quiet">{texts.noSelectionText}</p>
    </div>
  );
}

function OpenConversation() {
  const { layout } = useDesk();
  const { thread, conversation, open } = useWorkspace();
  const pane = useRef<HTMLDivElement>(null);
  const status = thread.value?.status.value;

  useLayoutEffect(() => {
    layout.composerKind.value = "reply";
  }, []);

  // Where one pane is shown at a time, the focus would be left behind on a hidden row.
  useLayoutEffect(() => {
    const focused = document.activeElement;
    if (focused === document.body || focused?.checkVisibility?.() === false) pane.current?.focus();
  }, []);

  if (status?.kind === "missing") {
    return (
      <div class="empty empty-thread">
        <h2 class="empty-title">{texts.missingTitle}</h2>
        <p class="quiet">{texts.missingText}</p>
        <button type="button" class="button" onClick={() => open(null)}>
          {texts.back}
        </button>
      </div>
    );
  }
  return (
    <div class="thread" ref={pane} tabIndex={-1}>
      <ThreadHeader />
      {conversation.value && <ThreadSnooze conversation={conversation.value} />}
      {conversation.value && <ThreadFacts conversation={conversation.value} />}
      {status?.kind === "failed" ? (
        <div class="empty empty-thread" role="alert">
          <p>{failureText(status.error)}</p>
          <button type="button" class="button" onClick={() => void thread.value?.load()}>
            {texts.retry}
          </button>
        </div>
      ) : (
        <MessageLog />
      )}
      <Composer />
      <Announcer />
    </div>
  );
}

/** Tells new messages of the open conversation to those who listen rather than look. */
function Announcer() {
  const workspace = useWorkspace();
  const region = useRef<HTMLDivElement>(null);
  const first = useRef(workspace.latestIncoming.peek());

  useSignalEffect(() => {
    const message = workspace.latestIncoming.value;
    if (!message || message === first.current || !region.current) return;
    if (message.conversation_id !== workspace.conversationId.peek()) return;
    const name = message.sender?.name || texts.contact;
    region.current.textContent = announceText(name, wordsOf(message));
  });

  return <div ref={region} class="visually-hidden" aria-live="polite" />;
}
