// Files in the thread and on their way to it: pictures small, everything else by name and size.
import { useLayoutEffect, useRef } from "preact/hooks";
import { PICTURE_MAX } from "../browser/small-picture.ts";
import type { ThreadKey } from "../store/chat-window.ts";
import type { Outbox, OutboxEntry } from "../store/outbox.ts";
import type { FileTrays, ShownFile, TrayItem } from "../store/files.ts";
import { fileSize } from "./file-size.ts";
import { fileTexts } from "./texts-files.ts";
import { tracked, useSignal } from "./tracked.ts";

export interface FileActions {
  locale: string;
  /** Shows a picture large; `all` are those to leaf through. */
  view(file: ShownFile, all: ShownFile[]): void;
  /** What this browser still holds of an upload, small. */
  picture(file: ShownFile): ImageBitmap | undefined;
}

/** Drawn in a place of its size before it is there: nothing moves when it comes. */
function sizeOf({ width, height }: ShownFile): { width: number; height: number } {
  const [w, h] = [width ?? PICTURE_MAX, height ?? PICTURE_MAX];
  const scale = Math.min(1, PICTURE_MAX / Math.max(w, h));
  return { width: Math.max(1, Math.round(w * scale)), height: Math.max(1, Math.round(h * scale)) };
}

function Drawn({ picture }: { picture: ImageBitmap }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => canvas.current?.getContext("2d")?.drawImage(picture, 0, 0), [picture]);
  const { width, height } = picture;
  return <canvas aria-hidden="true" width={width} height={height} ref={canvas} />;
}

const Picture = tracked(function Picture({
  file,
  all,
  actions,
}: {
  file: ShownFile;
  all: ShownFile[];
  actions: FileActions;
}) {
  const hasFailed = useSignal(false);
  const drawn = actions.picture(file);
  const src = "thumb_url" in file && file.thumb_url;
  // The page may not allow pictures of our server: it can still be saved.
  if (!drawn && (!src || hasFailed.value)) return <FileRow file={file} actions={actions} />;
  return (
    <button
      type="button"
      class="picture"
      aria-label={fileTexts.open(file.file_name)}
      onClick={() => actions.view(file, all)}
    >
      {drawn ? (
        <Drawn picture={drawn} />
      ) : (
        <img {...sizeOf(file)} src={src || ""} alt="" onError={() => (hasFailed.value = true)} />
      )}
    </button>
  );
});

function FileRow({ file, actions }: { file: ShownFile; actions: FileActions }) {
  const inside = (
    <>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d="M15 2H6a2 2 0 0 0-2 2v16a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2V7zM14 2v5h6" />
      </svg>
      <span>
        <bdi>{file.file_name}</bdi> <small>{fileSize(file.file_size, actions.locale)}</small>
      </span>
    </>
  );
  if (!("data_url" in file)) return <span class="file">{inside}</span>;
  return (
    <a
      class="file"
      href={file.data_url}
      download={file.file_name}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={`${fileTexts.download(file.file_name)} ${fileSize(file.file_size, actions.locale)}`}
    >
      {inside}
    </a>
  );
}

/** The files of one message. */
export function MessageFiles({ files, actions }: { files: ShownFile[]; actions: FileActions }) {
  const pictures = files.filter(({ file_type }) => file_type === "image");
  return (
    <div class="files">
      {files.map((file, index) =>
        file.file_type === "image" ? (
          <Picture key={index} file={file} all={pictures} actions={actions} />
        ) : (
          <FileRow key={index} file={file} actions={actions} />
        ),
      )}
    </div>
  );
}

/** For a message that the server does not take because it has its files no longer. */
export function FilesGone({ entry, outbox }: { entry: OutboxEntry; outbox: Outbox }) {
  return (
    <>
      {fileTexts.gone}{" "}
      {entry.content && (
        <button type="button" class="link" onClick={() => outbox.retry(entry.echo_id, true)}>
          {fileTexts.withoutFiles}
        </button>
      )}
    </>
  );
}

interface TrayProps {
  trays: FileTrays;
  thread: ThreadKey;
  /** Why a file did not get there, and what to do about it. */
  explain: (error: TrayItem["error"]) => string;
}

const Item = tracked(function Item({
  item,
  trays,
  thread,
  explain,
}: TrayProps & { item: TrayItem }) {
  const { key, file, state, fraction, error } = item;
  const percent = Math.round(fraction * 100);
  const picture = trays.picture(file);
  return (
    <li class={state}>
      {picture && <Drawn picture={picture} />}
      <bdi>
        <span>{file.name}</span>
      </bdi>
      {state === "uploading" && (
        <progress max={1} value={fraction} aria-label={fileTexts.uploading(file.name, percent)} />
      )}
      {state === "ready" && <span class="hidden">{fileTexts.ready}</span>}
      {state === "failed" && (
        <>
          <span role="alert">{explain(error)}</span>
          <button
            type="button"
            aria-label={fileTexts.retry(file.name)}
            onClick={() => trays.retry(thread, key)}
          >
            ↻
          </button>
        </>
      )}
      <button
        type="button"
        aria-label={fileTexts.remove(file.name)}
        onClick={() => trays.remove(thread, key)}
      >
        ×
      </button>
    </li>
  );
});

/** What lies ready for the next message. */
export const Tray = tracked(function Tray({ trays, thread, explain }: TrayProps) {
  const items = trays.items(thread);
  if (items.length === 0) return null;
  return (
    <div class="tray">
      <ul aria-label={fileTexts.files}>
        {items.map((item) => (
          <Item key={item.key} item={item} trays={trays} thread={thread} explain={explain} />
        ))}
      </ul>
      <output>{trays.isWaiting(thread) && fileTexts.sendsWhenUploaded}</output>
    </div>
  );
});
