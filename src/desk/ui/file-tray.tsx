// What lies ready for the next message: each file with its progress, to be cancelled or tried again.
import { useEffect, useRef } from "preact/hooks";
import type { RefObject } from "preact";
import type { DraftKind } from "../store/drafts.ts";
import { trayKey } from "../store/files.ts";
import { useWorkspace } from "./desk-context.ts";
import { AttachIcon } from "./icons.tsx";
import { fileTexts } from "./texts-files.ts";

export function FileTray({ conversationId, kind }: { conversationId: number; kind: DraftKind }) {
  const { files } = useWorkspace();
  const items = files.items(conversationId, kind);
  if (items.length === 0) return null;
  return (
    <div class="file-tray">
      <ul aria-label={fileTexts.files}>
        {items.map(({ key, file, state, fraction, error }) => (
          <li key={key} class={`file-tray-${state}`}>
            <bdi>{file.name}</bdi>
            {state === "uploading" && (
              <progress
                max={1}
                value={fraction}
                aria-label={fileTexts.uploading(file.name, Math.round(fraction * 100))}
              />
            )}
            {state === "failed" && (
              <>
                <span role="alert">{fileTexts.failure(error?.code ?? "")}</span>
                <button
                  type="button"
                  class="text-button"
                  aria-label={fileTexts.retry(file.name)}
                  onClick={() => files.retry(conversationId, kind, key)}
                >
                  ↻
                </button>
              </>
            )}
            <button
              type="button"
              class="text-button"
              aria-label={fileTexts.remove(file.name)}
              onClick={() => files.remove(conversationId, kind, key)}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
      <output class="quiet">
        {files.waiting.value === trayKey(conversationId, kind) && fileTexts.sendsWhenUploaded}
      </output>
    </div>
  );
}

export function AttachButton({ onFiles }: { onFiles: (files: File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = "";
        }}
      />
      <button
        type="button"
        class="button icon-button"
        aria-label={fileTexts.attach}
        title={fileTexts.attach}
        onClick={() => input.current?.click()}
      >
        <AttachIcon />
      </button>
    </>
  );
}

/** Files that are dropped anywhere on the thread. */
export function useDrop(
  place: RefObject<HTMLElement | null>,
  onFiles: (files: File[]) => void,
): void {
  const latest = useRef(onFiles);
  latest.current = onFiles;
  useEffect(() => {
    const thread = place.current?.closest<HTMLElement>(".thread");
    if (!thread) return undefined;
    const over = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      const dropped = [...(event.dataTransfer?.files ?? [])];
      if (dropped.length === 0) return;
      event.preventDefault();
      latest.current(dropped);
    };
    thread.addEventListener("dragover", over);
    thread.addEventListener("drop", drop);
    return () => {
      thread.removeEventListener("dragover", over);
      thread.removeEventListener("drop", drop);
    };
  }, []);
}
