// The log of a conversation, which stays where its reader is.
import { untracked } from "../signals.ts";
import type { ReadonlySignal } from "../signals.ts";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Message, PublicConversation } from "../../protocol/records.ts";
import type { OutboxEntry } from "../store/outbox.ts";
import type { ThreadKey } from "../store/chat-window.ts";
import type { Thread } from "../store/thread.ts";
import { groupMessages, isMark } from "./group-messages.ts";
import type { Mark } from "./group-messages.ts";
import { Group, Typing } from "./Group.tsx";
import { Icon } from "./Icon.tsx";
import { texts } from "./texts.ts";
import { tracked, useSignalEffect } from "./tracked.ts";
import { isReading, usePlace } from "./use-place.ts";
import { useWindow } from "./use-window.ts";
import type { ChatView } from "./view.ts";

/** So many are loaded at once to find where what is new begins. */
const NEWS_MAX = 200;

/** Reads as soon as it is on screen, and tells the server. */
function useSeen(view: ChatView, atEnd: ReadonlySignal<ThreadKey | undefined>): void {
  useSignalEffect(() => {
    const { connection, conversations, thread } = view;
    const shown = thread.value;
    const seq = shown?.messages.value.at(-1)?.seq;
    if (!shown || seq === undefined || !isReading(view) || atEnd.value !== shown.id) return;
    // Read again whenever the count says so: a list fetched meanwhile may still count what is on screen.
    void conversations.unreadByConversation.value;
    if (connection.state.value !== "connected" || shown.hasNewer.value) return;
    untracked(() => conversations.see(shown.id, seq));
  });
}

interface Seen {
  id: number;
  /** Up to this number. */
  seq: number;
  unread: number;
}

/** What the visitor had read when the thread came on screen: what is new stays so while he looks at it. */
function useSeenBefore(view: ChatView, thread: Thread | undefined): Seen | undefined {
  const seen = useRef<Seen | undefined>(undefined);
  const conversation = view.conversations.get(thread?.id ?? 0);
  if (!isReading(view) || seen.current?.id !== thread?.id) seen.current = undefined;
  if (isReading(view) && conversation && thread?.status.value === "ready") {
    const { id, contact_last_seen_seq: seq, unread_count: unread } = conversation;
    seen.current ??= { id, seq, unread };
  }
  return seen.current;
}

const isNews = (seq: number) => (message: Message) =>
  message.message_type !== "incoming" && message.seq > seq;

/** What is told between messages: what everybody may know of the conversation, and where new ones begin. */
function marksOf(conversation: PublicConversation | undefined, firstNew?: Message): Mark[] {
  const marks: Mark[] = [];
  const mark = (seq: number | null, at: number | null, text: string, isFresh?: boolean) => {
    if (seq !== null && at !== null) marks.push({ key: text, seq, at: at * 1_000, text, isFresh });
  };
  if (firstNew) mark(firstNew.seq - 0.5, firstNew.created_at, texts.unreadFrom, true);
  if (!conversation) return marks;
  const { assignee, assigned_seq, assigned_at, resolved_by, resolved_seq } = conversation;
  if (assignee) mark(assigned_seq, assigned_at, texts.joined(assignee.name));
  if (resolved_by) {
    const at = conversation.created_at + (conversation.resolved_after_ms ?? 0) / 1_000;
    mark(resolved_seq, at, resolved_by === "contact" ? texts.endedByYou : texts.ended);
  }
  return marks;
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
  const { chatWindow, thread, outbox, conversations, dates, typing } = view;
  const waiting = outbox.entries.value.filter((entry) => entry.thread === threadKey);
  const conversation = typeof threadKey === "number" ? conversations.get(threadKey) : undefined;
  const shown = thread.value;
  const all = shown?.messages.value ?? [];
  const drawn = useWindow(threadKey, shown);
  const seen = useSeenBefore(view, shown);
  const news = seen?.unread ? all.filter(isNews(seen.seq)) : [];
  const olderFailure = shown?.olderFailure.value;
  // What is new may begin on a page that is not loaded.
  const isPartOfNews =
    news.length < (seen?.unread ?? 0) &&
    all.length < NEWS_MAX &&
    shown?.hasOlder.value &&
    !olderFailure;
  useLayoutEffect(() => {
    if (isPartOfNews) void shown?.loadOlder();
  });
  const { value: at } = chatWindow.view;
  const found = at.name === "thread" ? at.found : undefined;
  const [first] = drawn.messages;
  const isFromStart = !drawn.hasAbove && !shown?.hasOlder.value;
  const marks = marksOf(conversation, news[0]).filter(
    ({ seq }) =>
      (isFromStart || seq > (first?.seq ?? 0)) &&
      (drawn.isLatest || seq < (drawn.messages.at(-1)?.seq ?? 0)),
  );
  const days = groupMessages(drawn.messages, drawn.isLatest ? waiting : [], {
    agentSeenSeq: conversation?.agent_last_seen_seq ?? 0,
    dayKey: dates.dayKey,
    found,
    marks,
  });
  const lastOwnKey = days
    .flatMap(({ groups }) => groups)
    .findLast((group) => !isMark(group) && group.isOwn)?.key;
  const typist = conversation && typing.byConversation.value.get(conversation.id);
  const { log, atEnd, toEnd, onScroll } = usePlace(view, {
    threadKey,
    drawn,
    last: waiting.at(-1) ?? all.at(-1),
    isReady: !shown || (shown.status.value === "ready" && !isPartOfNews),
    found,
  });
  useSeen(view, atEnd);
  const isAtEnd = atEnd.value === threadKey;
  const missed = isAtEnd ? 0 : all.filter(isNews(conversation?.contact_last_seen_seq ?? 0)).length;
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
        {shown?.isLoadingOlder.value && <p class="older">{texts.loadingMessages}</p>}
        {olderFailure && (
          <p class="older">
            <output>{texts.failure(olderFailure.code)}</output>{" "}
            <button type="button" class="link" onClick={() => void shown?.loadOlder()}>
              {texts.retry}
            </button>
          </p>
        )}
        <Placeholder view={view} waiting={waiting} />
        {days.map((day) => (
          <div key={day.key}>
            <p class="day">
              <span>{dates.day(day.at)}</span>
            </p>
            {day.groups.map((group) =>
              isMark(group) ? (
                <p key={group.key} class={group.isFresh ? "day fresh" : "quiet"}>
                  <span>{group.text}</span>
                </p>
              ) : (
                <Group
                  key={group.key}
                  view={view}
                  group={group}
                  isLast={group.key === lastOwnKey}
                />
              ),
            )}
          </div>
        ))}
        {typist && <Typing view={view} sender={typist} />}
      </div>
      {!isAtEnd && shown?.status.value === "ready" && (
        <button
          type="button"
          class="jump"
          aria-label={missed ? undefined : texts.jumpToLatest}
          onClick={toEnd}
        >
          {missed > 0 && texts.newMessages(missed)}
          <Icon name="down" />
        </button>
      )}
    </div>
  );
});
