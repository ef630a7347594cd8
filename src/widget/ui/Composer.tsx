// Where the visitor writes. Enter sends, Shift+Enter breaks the line, a draft stays until it is sent.
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { MESSAGE_CONTENT_MAX_LENGTH } from "../../protocol/limits.ts";
import type { Upload } from "../../protocol/records-attachments.ts";
import type { ThreadKey } from "../store/chat-window.ts";
import { EmojiButton } from "./EmojiButton.tsx";
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
  const picker = useRef<HTMLInputElement>(null);
  /** Chosen a moment ago: the tray is on its way. */
  const coming = useRef<Promise<void> | undefined>(undefined);
  /** The server gave a new conversation its number: what began under `from` goes on under `to`. */
  const moved = useRef<{ from: ThreadKey; to: ThreadKey } | undefined>(undefined);
  const keyNow = () => (moved.current?.from === threadKey ? moved.current.to : threadKey);
  const files = view.files.value;
  const limits = view.inbox.value.value?.attachment_limits;
  const takesFiles =
    view.settings.isOn("attachments") && Boolean(limits && limits.max_count * limits.kinds.length);
  const text = useSignal("");
  const prefills = drafts.prefills.value;
  const shownKey = useRef<ThreadKey | undefined>(undefined);

  function write(key: ThreadKey, next: string): void {
    drafts.set(key, next);
    if (shownKey.current === key) text.value = next;
    if (typeof key === "number") typing.set(key, next !== "");
  }

  function send(): void {
    const written = text.peek();
    field.current?.focus();
    // Another thread may be on screen, or other words in the field, when its files are there.
    const say = (key: ThreadKey, uploads: Upload[]) => {
      const content = written.trim();
      if (content === "" && !uploads[0]) return;
      outbox.send(key, content, "visitor", uploads);
      const draft = drafts.get(key);
      write(key, draft.startsWith(written) ? draft.slice(written.length) : draft);
    };
    if (coming.current) {
      return void coming.current.then(() => shownKey.current === keyNow() && send());
    }
    const trays = view.files.peek();
    const uploads = trays ? trays.take(keyNow(), say) : [];
    if (uploads) say(keyNow(), uploads);
  }

  async function put(chosen: File[]): Promise<void> {
    const tray = await view.loadFiles();
    coming.current = undefined;
    tray?.add(keyNow(), chosen);
  }
  /** Files that were chosen, dropped or pasted; answers whether there are any. */
  function attach(list: Iterable<File> | null | undefined): boolean {
    const chosen = takesFiles ? [...(list ?? [])] : [];
    if (chosen[0]) coming.current = put(chosen);
    return chosen.length > 0;
  }
  function paste(event: ClipboardEvent): void {
    const { clipboardData: data } = event;
    const said = data?.getData("text") ?? "";
    // A spreadsheet brings a picture of what it says; a file manager brings its files' names.
    if (!said || [...(data?.files ?? [])].every(({ name }) => said.includes(name))) {
      if (attach(data?.files)) event.preventDefault();
    }
  }
  function pick(capture: string): void {
    const { current } = picker;
    if (!current) return;
    current.setAttribute("capture", capture);
    current.accept = capture ? "image/*" : "";
    if (!capture) current.removeAttribute("capture");
    current.click();
  }

  useLayoutEffect(() => {
    const before = shownKey.current;
    shownKey.current = threadKey;
    const isSame = typeof before === "string" && typeof threadKey === "number";
    if (isSame) {
      moved.current = { from: before, to: threadKey };
      view.files.peek()?.move(before, threadKey);
    }
    // What is in the field goes on.
    if (!isSame || !text.peek()) text.value = drafts.get(threadKey);
    return () => {
      if (typeof threadKey === "number") typing.set(threadKey, false);
    };
  }, [threadKey, drafts, typing, text, prefills]);
  // Dropped anywhere on the conversation.
  useEffect(() => {
    const place = field.current?.closest<HTMLElement>(".thread");
    if (!takesFiles || !place) return undefined;
    const over = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      if (attach(event.dataTransfer?.files)) event.preventDefault();
    };
    place.addEventListener("dragover", over);
    place.addEventListener("drop", drop);
    return () => {
      place.removeEventListener("dragover", over);
      place.removeEventListener("drop", drop);
    };
  }, [takesFiles, threadKey]);
  const value = text.value;
  useLayoutEffect(() => {
    if (field.current) fit(field.current);
  }, [value]);

  const Tray = files?.Tray;
  const hasFiles = Boolean(files?.items(threadKey).some(({ state }) => state !== "failed"));
  return (
    <>
      {Tray && <Tray thread={threadKey} />}
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
          onInput={(event) => write(threadKey, event.currentTarget.value)}
          onPaste={paste}
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
        {takesFiles && (
          <>
            <input
              ref={picker}
              type="file"
              multiple
              hidden
              onChange={({ currentTarget: input }) => {
                attach(input.files);
                input.value = "";
              }}
            />
            <button type="button" class="attach" aria-label={texts.attach} onClick={() => pick("")}>
              <Icon name="attach" />
            </button>
            {view.isPhone.value && (
              <button
                type="button"
                class="attach"
                aria-label={texts.camera}
                onClick={() => pick("environment")}
              >
                <Icon name="camera" />
              </button>
            )}
          </>
        )}
        {view.settings.isOn("emoji") && (
          <EmojiButton view={view} field={field} onWrite={(next) => write(threadKey, next)} />
        )}
        <button type="submit" aria-label={texts.send} disabled={value.trim() === "" && !hasFiles}>
          <Icon name="send" />
        </button>
      </form>
    </>
  );
});
