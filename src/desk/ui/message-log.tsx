// The thread's messages, oldest first, with older pages above and the newest kept in sight.
import { useMemo } from "preact/hooks";
import type { Sender } from "../../protocol/records.ts";
import { useDesk, useWorkspace } from "./desk-context.ts";
import { contactName, formatDay, formatFull } from "./format.ts";
import { groupMessages } from "./group-messages.ts";
import type { ThreadItem } from "./group-messages.ts";
import { ArrowDownIcon } from "./icons.tsx";
import { MessageGroup } from "./message-group.tsx";
import { texts, typingText } from "./texts.ts";
import { useThreadScroll } from "./thread-scroll.ts";

const SKELETON_BUBBLES = ["wide", "short own", "wide own", "short"];

export function MessageLog() {
  const { thread, outbox, agentId, conversationId } = useWorkspace();
  const profile = useDesk().session.profile.value;
  const open = thread.value;
  const messages = open?.messages.value ?? [];
  const isReady = open?.status.value.kind === "ready";
  const pending = outbox.entries.value.filter((one) => one.conversationId === conversationId.value);
  const seenSeq = open?.seenSeqAtOpen.value ?? null;

  const items = useMemo(() => {
    const name = profile?.available_name ?? "";
    const self: Sender = {
      type: "user",
      id: agentId,
      name,
      avatar_url: profile?.avatar_url ?? null,
    };
    return groupMessages({ messages, outbox: pending, self, seenSeq });
  }, [messages, outbox.entries.value, seenSeq, profile]);

  const ownLatest = pending.at(-1)?.echoId ?? null;
  const scroll = useThreadScroll({
    isReady,
    firstKey: messages[0]?.id ?? null,
    lastKey: pending.at(-1)?.echoId ?? messages.at(-1)?.id ?? null,
    ownLatest,
    onTop: () => void open?.loadOlder(),
  });

  return (
    <div class="log-holder">
      <div
        ref={scroll.log}
        class="log"
        role="log"
        aria-label={texts.messages}
        // A live region of its own announces new messages, once: not pages that are loaded.
        aria-live="off"
        aria-busy={!isReady}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
        tabIndex={0}
        onScroll={scroll.onScroll}
      >
        <div class="log-content" ref={scroll.content}>
          {isReady ? <Items items={items} /> : <Skeleton />}
          {isReady && items.length === 0 && <p class="quiet log-empty">{texts.noMessages}</p>}
          <TypingLine />
        </div>
      </div>
      {scroll.isAway.value && (
        <button type="button" class="latest-button" onClick={scroll.toLatest}>
          <ArrowDownIcon />
          {scroll.hasNew.value && <span>{texts.newMessages}</span>}
          <span class="visually-hidden">{texts.latest}</span>
        </button>
      )}
    </div>
  );
}

function Items({ items }: { items: readonly ThreadItem[] }) {
  const { thread, conversation } = useWorkspace();
  const contactSeenSeq = conversation.value?.contact_last_seen_seq ?? 0;
  const seenSeq =
    thread.value?.messages.value.findLast(
      ({ message_type, private: isPrivate, seq }) =>
        message_type === "outgoing" && !isPrivate && seq <= contactSeenSeq,
    )?.seq ?? null;
  return (
    <>
      {thread.value?.isLoadingOlder.value && (
        <output class="log-older block" aria-label={texts.loadingMessages}>
          <span class="bone bone-bubble" aria-hidden="true" />
        </output>
      )}
      {items.map((item) => (
        <Item key={item.key} item={item} seenSeq={seenSeq} />
      ))}
    </>
  );
}

function Item({ item, seenSeq }: { item: ThreadItem; seenSeq: number | null }) {
  const now = useDesk().now.value;
  switch (item.kind) {
    case "day":
      return (
        <h2 class="log-day">
          <span>{formatDay(item.atMs, now)}</span>
        </h2>
      );
    case "new":
      return (
        <p class="log-new">
          <span>{texts.newMessages}</span>
        </p>
      );
    case "activity":
      return (
        <p class="log-activity" title={formatFull(item.atMs)} dir="auto">
          {item.content}
        </p>
      );
    case "group":
      return <MessageGroup group={item} seenSeq={seenSeq} />;
    default:
      return item satisfies never;
  }
}

function Skeleton() {
  return (
    <output class="block" aria-label={texts.loadingMessages}>
      {SKELETON_BUBBLES.map((kind) => (
        <span key={kind} class={`bone bone-bubble ${kind}`} aria-hidden="true" />
      ))}
    </output>
  );
}

function TypingLine() {
  const { typing, conversation } = useWorkspace();
  const record = conversation.value;
  const names = (record ? typing.of(record.id) : []).map(({ sender }) =>
    sender.type === "contact" && record ? contactName(record.meta.sender) : sender.name,
  );
  return (
    <p class="log-typing" dir="auto">
      {names.length > 0 && (
        <>
          <span class="typing-dots" aria-hidden="true">
            <span />
            <span />
            <span />
          </span>
          {typingText(names)}
        </>
      )}
    </p>
  );
}
