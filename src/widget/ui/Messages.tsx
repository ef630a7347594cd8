// The log of a conversation, which stays where its reader is.
import { untracked } from "@preact/signals-core";
import type { OutboxEntry } from "../store/outbox.ts";
import type { ThreadKey } from "../store/chat-window.ts";
import { groupMessages } from "./group-messages.ts";
import { Group, Typing } from "./Group.tsx";
import { Icon } from "./Icon.tsx";
import { texts } from "./texts.ts";
import { tracked, useSignalEffect } from "./tracked.ts";
import { usePlace } from "./use-place.ts";
import { useWindow } from "./use-window.ts";
import type { ChatView } from "./view.ts";

/** Reads as soon as it is on screen, and tells the server. */
function useSeen(view: ChatView, isAtEnd: { value: boolean }): void {
  useSignalEffect(() => {
    const { chatWindow, connection, conversations, isPageVisible, thread } = view;
    const shown = thread.value;
    const seq = shown?.messages.value.at(-1)?.seq;
    const isReading = chatWindow.state.value === "maximized" && isPageVisible.value;
    if (!shown || seq === undefined || !isReading || !isAtEnd.value) return;
    // Read again whenever the count says so: a list fetched meanwhile may still count what is on screen.
    void conversations.unreadByConversation.value;
    if (connection.state.value !== "connected") return;
    untracked(() => conversations.see(shown.id, seq));
  });
}

const Placeholder = tracked(function Placeholder({
  view,
  waiting,
}: {
  view: ChatView;
  waiting: OutboxEntry[];
}) {
  const thread = view.thread.value;
  if (!thread) return waiting.length > 0 ? null : <p class="empty">{texts.startHint}</p>;
  if (thread.status.value === "failed") {
    return (
      <div class="empty" role="alert">
        <p>{texts.failure(thread.failure.value?.code ?? "internal")}</p>
        <button type="button" class="link" onClick={() => void thread.refresh()}>
          {texts.retry}
        </button>
      </div>
    );
  }
  if (thread.status.value === "ready") return null;
  return (
    <output class="skeleton bubbles" aria-label={texts.loadingMessages}>
      <i />
      <i />
      <i />
    </output>
  );
});

export const Messages = tracked(function Messages({
  view,
  threadKey,
}: {
  view: ChatView;
  threadKey: ThreadKey;
}) {
  const { thread, outbox, conversations, dates, typing } = view;
  const waiting = outbox.entries.value.filter((entry) => entry.thread === threadKey);
  const conversation = typeof threadKey === "number" ? conversations.get(threadKey) : undefined;
  const all = thread.value?.messages.value ?? [];
  const drawn = useWindow(threadKey, all);
  const days = groupMessages(drawn.messages, drawn.isLatest ? waiting : [], {
    agentSeenSeq: conversation?.agent_last_seen_seq ?? 0,
    dayKey: dates.dayKey,
  });
  const lastOwnKey = days.flatMap(({ groups }) => groups).findLast(({ isOwn }) => isOwn)?.key;
  const typist = conversation && typing.byConversation.value.get(conversation.id);
  const { log, isAtEnd, missed, toEnd, onScroll } = usePlace(
    view,
    threadKey,
    drawn,
    waiting.at(-1) ?? all.at(-1),
  );
  useSeen(view, isAtEnd);
  return (
    <div class="log-box">
      <div
        ref={log}
        class="log"
        role="log"
        aria-live="off"
        aria-label={texts.messages}
        // What scrolls must be reachable by keyboard: the arrows move it.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        onScroll={onScroll}
      >
        {thread.value?.isLoadingOlder.value && <p class="older">{texts.loadingMessages}</p>}
        <Placeholder view={view} waiting={waiting} />
        {days.map((day) => (
          <div key={day.key}>
            <p class="day">
              <span>{dates.day(day.at)}</span>
            </p>
            {day.groups.map((group) => (
              <Group key={group.key} view={view} group={group} isLast={group.key === lastOwnKey} />
            ))}
          </div>
        ))}
        {typist && <Typing sender={typist} />}
      </div>
      {!isAtEnd.value && (
        <button
          type="button"
          class="jump"
          aria-label={missed.value ? undefined : texts.jumpToLatest}
          onClick={toEnd}
        >
          {missed.value > 0 && texts.newMessages(missed.value)}
          <Icon name="down" />
        </button>
      )}
    </div>
  );
});
