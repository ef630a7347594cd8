// Where an agent writes: to the visitor, or a note to the team. The draft survives everything but sending.
import { effect } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { MESSAGE_CONTENT_MAX_LENGTH } from "../../protocol/limits.ts";
import type { DraftKind } from "../store/drafts.ts";
import { useCannedPicker } from "./canned-picker.tsx";
import { useDesk, useWorkspace } from "./desk-context.ts";
import { AttachButton, FileTray, useDrop } from "./file-tray.tsx";
import { LockIcon, SendIcon } from "./icons.tsx";
import { texts } from "./texts.ts";

const kinds = [
  { kind: "reply", name: texts.reply, hint: texts.replyHint },
  { kind: "note", name: texts.note, hint: texts.noteHint },
] as const;

export function Composer() {
  const { layout } = useDesk();
  const kind = layout.composerKind.value;
  const isPrivate = kind === "note";
  const { hint, name } = isPrivate ? kinds[1] : kinds[0];
  const field = useRef<HTMLTextAreaElement>(null);
  const { text, change, send, stopTyping } = useDraft(kind);
  const { files, conversationId } = useWorkspace();
  const id = conversationId.value ?? 0;
  const hasFiles = files.items(id, kind).some(({ state }) => state !== "failed");
  const addFiles = (chosen: File[]) => files.add(id, kind, chosen);
  useDrop(field, addFiles);
  const canned = useCannedPicker({ field, text, change });

  // Each wish to write moves the focus here, at once: the next key is already part of the text.
  useLayoutEffect(() => {
    const before = layout.composerFocusRequests.peek();
    return effect(() => {
      if (layout.composerFocusRequests.value !== before) field.current?.focus();
    });
  }, []);

  // Where the browser cannot size the field by its text, the number of lines does.
  useLayoutEffect(() => {
    if (field.current) field.current.rows = Math.min(10, Math.max(2, text.split("\n").length));
  }, [text]);

  function onKeyDown(event: KeyboardEvent): void {
    if (canned.takeKey(event)) return;
    if (event.key === "Escape") return field.current?.blur();
    // Enter that ends an input method's composition is not for us.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  }

  return (
    <form
      class={isPrivate ? "composer composer-note" : "composer"}
      onSubmit={(event) => {
        event.preventDefault();
        send();
        field.current?.focus();
      }}
    >
      <KindTabs kind={kind} onChoose={(chosen) => layout.write(chosen)} />
      {canned.list}
      <textarea
        {...canned.fieldProps}
        ref={field}
        id="composer-field"
        class="composer-field"
        aria-label={name}
        placeholder={hint}
        maxLength={MESSAGE_CONTENT_MAX_LENGTH}
        dir="auto"
        rows={2}
        value={text}
        onPaste={(event) => {
          const pasted = [...(event.clipboardData?.files ?? [])];
          if (pasted.length === 0) return;
          event.preventDefault();
          addFiles(pasted);
        }}
        onInput={(event) => {
          change(event.currentTarget.value);
          canned.look();
        }}
        onKeyDown={onKeyDown}
        onSelect={canned.look}
        onFocus={canned.look}
        onBlur={() => {
          stopTyping();
          canned.look();
        }}
      />
      <FileTray conversationId={id} kind={kind} />
      <div class="composer-foot">
        <AttachButton onFiles={addFiles} />
        <span class="quiet composer-hint">{texts.sendHint}</span>
        <button
          type="submit"
          class="button button-primary send-button"
          aria-disabled={text.trim() === "" && !hasFiles}
        >
          {isPrivate ? <LockIcon /> : <SendIcon />}
          {texts.send}
        </button>
      </div>
    </form>
  );
}

/** The draft of one kind, and what typing in it tells others. */
function useDraft(kind: DraftKind) {
  const { conversationId, drafts, files, outbox, typing } = useWorkspace();
  const id = conversationId.value ?? 0;
  const isPrivate = kind === "note";
  const text = drafts.read(id, kind);
  const stopTyping = () => typing.tell(id, false, isPrivate);

  useEffect(() => stopTyping, [kind]);

  function send(): void {
    const content = drafts.read(id, kind).trim();
    const uploads = files.take(id, kind, send);
    if (!uploads || (content === "" && uploads.length === 0)) return;
    stopTyping();
    const message = { conversationId: id, content, isPrivate };
    outbox.send(uploads.length > 0 ? { ...message, files: uploads } : message);
    drafts.write(id, kind, "");
  }

  return {
    text,
    stopTyping,
    change: (next: string): void => {
      drafts.write(id, kind, next);
      typing.tell(id, next.trim() !== "", isPrivate);
    },
    send,
  };
}

function KindTabs({ kind, onChoose }: { kind: DraftKind; onChoose: (kind: DraftKind) => void }) {
  const tabs = useRef<HTMLDivElement>(null);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    const next = [...(tabs.current?.querySelectorAll<HTMLElement>("[role=tab]") ?? [])].find(
      (tab) => tab !== document.activeElement,
    );
    next?.click();
    next?.focus();
  }

  return (
    <div ref={tabs} class="tabs" role="tablist" aria-label={texts.reply}>
      {kinds.map((one) => (
        <button
          key={one.kind}
          type="button"
          role="tab"
          class="tab"
          aria-selected={one.kind === kind}
          aria-controls="composer-field"
          tabIndex={one.kind === kind ? 0 : -1}
          onKeyDown={onKeyDown}
          onClick={() => onChoose(one.kind)}
        >
          {one.name}
        </button>
      ))}
    </div>
  );
}
