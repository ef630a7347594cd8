// Files in the thread: pictures small, to be opened; everything else by name and size, to be saved.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Attachment, Upload } from "../../protocol/records-attachments.ts";
import { formatSize } from "./format.ts";
import { FileIcon } from "./icons.tsx";
import { fileTexts } from "./texts-files.ts";

type ShownFile = Attachment | Upload;

/** Shown at most this large, in pixels. */
const PICTURE_MAX = 280;

/** From this page's own origin, under whatever name it was opened: its policy allows no other. */
const here = (url: string) => new URL(url, location.origin).pathname;

export function MessageFiles({ files }: { files: readonly ShownFile[] }) {
  const pictures = files.filter(
    (file): file is Attachment => file.file_type === "image" && "data_url" in file,
  );
  const [shown, setShown] = useState<number | null>(null);
  return (
    <div class="message-files">
      {files.map((file, index) => {
        const at = pictures.findIndex((one) => one === file);
        return at >= 0 ? (
          <Picture key={index} file={file as Attachment} onOpen={() => setShown(at)} />
        ) : (
          <FileRow key={index} file={file} />
        );
      })}
      {shown !== null && (
        <Viewer pictures={pictures} first={shown} onClose={() => setShown(null)} />
      )}
    </div>
  );
}

function Picture({ file, onOpen }: { file: Attachment; onOpen: () => void }) {
  const [hasFailed, setFailed] = useState(false);
  if (!file.thumb_url || hasFailed) return <FileRow file={file} />;
  const [width, height] = [file.width ?? PICTURE_MAX, file.height ?? PICTURE_MAX];
  const scale = Math.min(1, PICTURE_MAX / Math.max(width, height));
  return (
    <button
      type="button"
      class="message-picture"
      aria-label={fileTexts.open(file.file_name)}
      onClick={onOpen}
    >
      <img
        src={here(file.thumb_url)}
        alt=""
        width={Math.max(1, Math.round(width * scale))}
        height={Math.max(1, Math.round(height * scale))}
        onError={() => setFailed(true)}
      />
    </button>
  );
}

function FileRow({ file }: { file: ShownFile }) {
  const size = formatSize(file.file_size);
  const inside = (
    <>
      <FileIcon />
      <bdi class="message-file-name">{file.file_name}</bdi>
      <small class="quiet">{size}</small>
    </>
  );
  if (!("data_url" in file)) return <span class="message-file">{inside}</span>;
  return (
    <a
      class="message-file"
      href={here(file.data_url)}
      download={file.file_name}
      aria-label={`${fileTexts.download(file.file_name)}, ${size}`}
    >
      {inside}
    </a>
  );
}

/** One picture over everything, and its neighbours by the arrow keys. */
function Viewer({
  pictures,
  first,
  onClose,
}: {
  pictures: readonly Attachment[];
  first: number;
  onClose: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [at, setAt] = useState(first);
  useEffect(() => dialog.current?.showModal(), []);
  const file = pictures[at];
  if (!file) return null;
  const step = (by: number) => setAt(Math.min(Math.max(at + by, 0), pictures.length - 1));
  return (
    <dialog
      ref={dialog}
      class="viewer"
      aria-label={fileTexts.viewer}
      onClose={onClose}
      onKeyDown={(event) => {
        // Single keys are the desk's commands; here they are not.
        event.stopPropagation();
        if (event.key === "ArrowLeft") step(-1);
        if (event.key === "ArrowRight") step(1);
      }}
    >
      <div class="viewer-bar">
        <bdi>{file.file_name}</bdi>
        {pictures.length > 1 && (
          <>
            <button type="button" class="button" disabled={at === 0} onClick={() => step(-1)}>
              {fileTexts.previous}
            </button>
            <button
              type="button"
              class="button"
              disabled={at === pictures.length - 1}
              onClick={() => step(1)}
            >
              {fileTexts.next}
            </button>
          </>
        )}
        <a class="button" href={here(file.data_url)} download={file.file_name}>
          {fileTexts.save}
        </a>
        <button type="button" class="button" onClick={() => dialog.current?.close()}>
          {fileTexts.close}
        </button>
      </div>
      <img src={here(file.data_url)} alt={file.file_name} />
    </dialog>
  );
}
