// Messages of one sender in a row: the name and time once, then the bubbles with their state.
import type { OutboxEntry } from "../store/outbox.ts";
import { Avatar } from "./avatar.tsx";
import { useWorkspace } from "./desk-context.ts";
import { contactName, formatFull, formatTime } from "./format.ts";
import type { Bubble, ThreadItem } from "./group-messages.ts";
import { AlertIcon, LockIcon } from "./icons.tsx";
import { MessageFiles } from "./message-files.tsx";
import { RichContent } from "./rich-content.tsx";
import { RichText } from "./rich-text.tsx";
import { DeleteMessage } from "./delete-message.tsx";
import { failureText, texts } from "./texts.ts";
import { contactTexts } from "./texts-contact.ts";

type Group = Extract<ThreadItem, { kind: "group" }>;

export function MessageGroup({ group, seenSeq }: { group: Group; seenSeq: number | null }) {
  const { agentId, conversation } = useWorkspace();
  const { sender, side, isPrivate, bubbles } = group;
  const contact = conversation.value?.meta.sender;
  const isOwn = sender?.type === "user" && sender.id === agentId;
  const isContact = side === "contact";
  const knownName = isContact && contact ? contactName(contact) : (sender?.name ?? texts.system);
  const startedAtMs = bubbles[0]?.atMs ?? 0;
  return (
    <article
      class={`group group-${side}${isPrivate ? " group-note" : ""}`}
      aria-label={isPrivate ? `${knownName}, ${texts.note}` : knownName}
    >
      <Avatar
        name={isContact ? (contact?.name ?? sender?.name ?? null) : (sender?.name ?? texts.system)}
        id={sender?.id ?? 0}
        url={sender?.avatar_url ?? null}
        size="medium"
      />
      <div class="group-body">
        <p class="group-head">
          {isPrivate && (
            <span class="note-mark">
              <LockIcon />
              {texts.note}
            </span>
          )}
          <span class="group-name" dir="auto">
            {isOwn ? texts.you : knownName}
          </span>
          <time dateTime={new Date(startedAtMs).toISOString()} title={formatFull(startedAtMs)}>
            {formatTime(startedAtMs)}
          </time>
        </p>
        {bubbles.map((bubble) => (
          <BubbleView
            key={bubble.key}
            bubble={bubble}
            isSeen={bubble.seq === seenSeq}
            isOwn={isOwn}
          />
        ))}
      </div>
    </article>
  );
}

const EMOJI_ONLY = /^(?:\p{Extended_Pictographic}|\p{Emoji_Component}|\s){1,12}$/u;

function classOf(bubble: Bubble): string {
  const isEmojiOnly =
    EMOJI_ONLY.test(bubble.content) && /\p{Extended_Pictographic}/u.test(bubble.content);
  const state = bubble.outbox ? (bubble.outbox.error ? "failed" : "sending") : "sent";
  return `bubble bubble-${state}${isEmojiOnly ? " bubble-emoji" : ""}`;
}

interface BubbleProps {
  bubble: Bubble;
  isSeen: boolean;
  isOwn: boolean;
}

function BubbleView({ bubble, isSeen, isOwn }: BubbleProps) {
  if (bubble.isDeleted) {
    return (
      <div class="bubble-line">
        <p class="bubble bubble-deleted">{contactTexts.messageDeleted}</p>
      </div>
    );
  }
  return (
    <div class="bubble-line">
      {isOwn && bubble.id !== null && <DeleteMessage messageId={bubble.id} />}
      {(bubble.content !== "" || bubble.files.length === 0) && (
        <div class={classOf(bubble)} dir="auto" title={formatFull(bubble.atMs)}>
          {bubble.tree ? <RichText tree={bubble.tree} /> : bubble.content}
        </div>
      )}
      {bubble.files.length > 0 && <MessageFiles files={bubble.files} />}
      {bubble.rich && (
        <div class="bubble-asked">
          <RichContent message={bubble.rich} />
        </div>
      )}
      {bubble.outbox && <OutboxState entry={bubble.outbox} />}
      {isSeen && bubble.seq !== null && <p class="bubble-state">{texts.seen}</p>}
    </div>
  );
}

function OutboxState({ entry }: { entry: OutboxEntry }) {
  const { outbox, drafts } = useWorkspace();
  if (!entry.error) return <p class="bubble-state">{texts.sending}</p>;

  function editAgain(): void {
    const kind = entry.isPrivate ? "note" : "reply";
    const rest = drafts.read(entry.conversationId, kind);
    const text = outbox.discard(entry.echoId) ?? "";
    drafts.write(entry.conversationId, kind, rest === "" ? text : `${text}\n${rest}`);
  }

  return (
    <div class="bubble-state bubble-problem" role="alert">
      <AlertIcon />
      <span>
        {texts.failed} {failureText(entry.error)}
      </span>
      <button type="button" class="text-button" onClick={() => outbox.retry(entry.echoId)}>
        {texts.retry}
      </button>
      <button type="button" class="text-button" onClick={editAgain}>
        {texts.discard}
      </button>
    </div>
  );
}
