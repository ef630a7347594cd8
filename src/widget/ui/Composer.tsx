// Where the visitor writes. Enter sends, Shift+Enter breaks the line, a draft stays until it is sent.
import { useLayoutEffect, useRef } from "preact/hooks";
import { MESSAGE_CONTENT_MAX_LENGTH } from "../../protocol/limits.ts";
import type { ThreadKey } from "../store/chat-window.ts";
import { Icon } from "./Icon.tsx";
import { texts } from "./texts.ts";
import { tracked, useSignal } from "./tracked.ts";
import type { ChatView } from "./view.ts";

const ROWS_MAX = 6;

/** Where the style sheet cannot size a field by its content. */
function fit(field: HTMLTextAreaElement): void {
  if (CSS.supports("field-sizing", "content")) return;
  field.rows = 1;
  while (field.scrollHeight > field.clientHeight && field.rows < ROWS_MAX) field.rows += 1;
}

export const Composer = tracked(function Composer({
  view,
  threadKey,
}: {
  view: ChatView;
  threadKey: ThreadKey;
}) {
  const { drafts, outbox, typing } = view;
  const field = useRef<HTMLTextAreaElement>(null);
  const text = useSignal("");
  const prefills = drafts.prefills.value;
  const shownKey = useRef<ThreadKey | undefined>(undefined);

  function write(next: string): void {
    text.value = next;
    drafts.set(threadKey, next);
    if (typeof threadKey === "number") typing.set(threadKey, next !== "");
  }

  function send(): void {
    const content = text.peek().trim();
    field.current?.focus();
    if (content === "") return;
    outbox.send(threadKey, content);
    write("");
  }

  useLayoutEffect(() => {
    const before = shownKey.current;
    shownKey.current = threadKey;
    // The server gave this conversation its number: what is in the field goes on.
    const isSame = typeof before === "string" && typeof threadKey === "number";
    if (!isSame || !text.peek()) text.value = drafts.get(threadKey);
    return () => {
      if (typeof threadKey === "number") typing.set(threadKey, false);
    };
  }, [threadKey, drafts, typing, text, prefills]);
  const value = text.value;
  useLayoutEffect(() => {
    if (field.current) fit(field.current);
  }, [value]);

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        ref={field}
        rows={1}
        dir="auto"
        maxLength={MESSAGE_CONTENT_MAX_LENGTH}
        aria-label={texts.message}
        placeholder={texts.placeholder}
        value={value}
        onInput={(event) => write(event.currentTarget.value)}
        onBlur={() => typeof threadKey === "number" && typing.set(threadKey, false)}
        onKeyDown={(event) => {
          // While an input method composes, Enter picks a word (229: Safari, after the fact).
          if (event.isComposing || event.keyCode === 229) return;
          if (event.key === "Enter" && !event.shiftKey) {
            event.preventDefault();
            send();
          }
        }}
      />
      <button type="submit" aria-label={texts.send} disabled={value.trim() === ""}>
        <Icon name="send" />
      </button>
    </form>
  );
});
