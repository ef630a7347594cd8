// Files, composed: uploads, their tray, and files in the thread. Loaded when there is one or is to be one.
import { effect, signal, untracked } from "../signals.ts";
import type { ReadonlySignal } from "../signals.ts";
import { createTray } from "../../client/file-tray.ts";
import type { Tray as ClientTray, TrayItem } from "../../client/file-tray.ts";
import { createSendFile } from "../../client/send-file.ts";
import { visitorUploadsPath } from "../../protocol/paths-of-uploads.ts";
import { newId } from "../browser/new-id.ts";
import { smallPicture } from "../browser/small-picture.ts";
import type { Core } from "../core.ts";
import type { ThreadKey } from "../store/chat-window.ts";
import type { FileTrays, ShownFile, WhenReady } from "../store/files.ts";
import { fileSize } from "../ui/file-size.ts";
import css from "../ui/files.css?inline";
import { FilesGone, MessageFiles, Tray } from "../ui/Files.tsx";
import type { FileActions } from "../ui/Files.tsx";
import { fileTexts } from "../ui/texts-files.ts";

export interface ChatFiles extends FileTrays {
  Tray: (props: { thread: ThreadKey }) => preact.ComponentChild;
  Shown: (props: { files: ShownFile[] }) => preact.ComponentChild;
  /** What there is to do for a message whose files are gone. */
  Gone: typeof FilesGone;
  /** The server gave a conversation its number. */
  move(from: ThreadKey, to: ThreadKey): void;
  stop(): void;
}

/** The network's fault, which passes. */
const isCut = ({ state, error }: TrayItem) => state === "failed" && error?.code === "unreachable";

/** @param isUp whether the line to the server is up: what it has cut goes on when it is again */
export function createFiles(
  core: Core,
  locale: ReadonlySignal<string>,
  isUp: ReadonlySignal<boolean>,
): ChatFiles {
  const { inbox, customer, emit } = core;
  const sendFile = createSendFile({ baseUrl: core.baseUrl });
  const trays = new Map<ThreadKey, ClientTray>();
  const all = signal<ReadonlyMap<ThreadKey, readonly TrayItem[]>>(new Map());
  /** Messages that wait for their files. */
  const waiting = signal<ReadonlyMap<ThreadKey, WhenReady>>(new Map());
  /** Small pictures of files that were chosen here. */
  const pictures = signal<ReadonlyMap<File, ImageBitmap>>(new Map());
  /** By upload. */
  const chosen = new Map<string, File>();
  let isStyled = false;
  let isStopped = false;
  let closeViewer: () => void = () => undefined;
  core.addStyle(css);

  async function send(file: File, options: Parameters<typeof sendFile>[2]) {
    const contact = await customer.ensure();
    if (!contact.ok) return contact;
    const { identifier } = inbox.value.peek() ?? { identifier: "" };
    const path = visitorUploadsPath(identifier, contact.data.source_id);
    return await sendFile(path, file, options);
  }

  async function makeSmall(file: File): Promise<void> {
    if (!file.type.startsWith("image/")) return;
    const small = await smallPicture(file);
    if (isStopped) small.close();
    else pictures.value = new Map(pictures.peek()).set(file, small);
  }

  function tell(item: TrayItem): void {
    const { file, state, fraction, upload } = item;
    if (state === "uploading" && fraction > 0) return;
    if (upload) chosen.set(upload.upload_id, file);
    // What cannot be drawn is shown by its name.
    else if (state === "uploading") void makeSmall(file).catch(() => undefined);
    const detail = { state, size: file.size, contentType: upload?.content_type ?? file.type };
    emit("attachmentUpload", detail, { source: "visitor" });
  }

  function onChange(thread: ThreadKey, items: readonly TrayItem[], changed?: TrayItem): void {
    all.value = new Map(all.peek()).set(thread, items);
    if (changed) tell(changed);
    const held = waiting.peek().get(thread);
    if (!held || items.some((item) => item.state === "uploading" || isCut(item))) return;
    hold(thread);
    // What failed otherwise is for the visitor to decide.
    if (items.every(({ state }) => state === "ready")) held(thread, trayOf(thread).take() ?? []);
  }

  function hold(thread: ThreadKey, then?: WhenReady): void {
    const others = new Map(waiting.peek());
    others.delete(thread);
    waiting.value = then ? others.set(thread, then) : others;
  }

  function trayOf(thread: ThreadKey): ClientTray {
    const known = trays.get(thread);
    if (known) return known;
    const limits = () => inbox.value.peek()?.attachment_limits ?? { max_bytes: 0, max_count: 0 };
    const made: ClientTray = createTray({
      limits,
      send,
      newId,
      onChange: (items, changed) => onChange(keyOf(made) ?? thread, items, changed),
    });
    trays.set(thread, made);
    return made;
  }
  const stopGoingOn = effect(() => {
    if (!isUp.value) return;
    untracked(() => {
      for (const tray of trays.values()) {
        for (const item of tray.items()) if (isCut(item)) tray.retry(item.key);
      }
    });
  });
  const keyOf = (tray: ClientTray) => [...trays].find(([, one]) => one === tray)?.[0];

  function explain(error: TrayItem["error"]): string {
    const { max_bytes, max_count } = inbox.value.value?.attachment_limits ?? {};
    if (error?.code === "too_large" && max_bytes) {
      return fileTexts.tooLarge(fileSize(max_bytes, locale.value));
    }
    if (error?.field === "count" && max_count) return fileTexts.tooMany(max_count);
    return error?.field === "size" ? fileTexts.empty : fileTexts.failure(error?.code ?? "");
  }

  function pictureOf(uploadId: string): ImageBitmap | undefined {
    const file = chosen.get(uploadId);
    return file && pictures.value.get(file);
  }

  const actions: FileActions = {
    get locale() {
      return locale.value;
    },
    picture: (file) => ("upload_id" in file ? pictureOf(file.upload_id) : undefined),
    view(file, pictures) {
      if (!("data_url" in file)) return;
      void (async () => {
        const { openViewer } = await import("../ui/Viewer.tsx");
        const sent = pictures.filter((one) => "data_url" in one);
        const { root, addStyle } = core;
        closeViewer = openViewer({
          root,
          addStyle,
          all: sent,
          first: sent.indexOf(file),
          isStyled,
        });
        isStyled = true;
      })().catch(() => undefined);
    },
  };

  const files: ChatFiles = {
    isWaiting: (thread) => waiting.value.has(thread),
    items: (thread) => all.value.get(thread) ?? [],
    picture: (file) => pictures.value.get(file),
    add: (thread, list) => trayOf(thread).add(list),
    retry: (thread, key) => trayOf(thread).retry(key),
    remove(thread, key) {
      const item = trayOf(thread)
        .items()
        .find((one) => one.key === key);
      trayOf(thread).remove(key);
      if (item?.state !== "uploading") return;
      const { size, type: contentType } = item.file;
      emit("attachmentUpload", { state: "cancelled", size, contentType }, { source: "visitor" });
    },
    take(thread, then) {
      const tray = trayOf(thread);
      const uploads = tray.items().some(isCut) ? null : tray.take();
      hold(thread, uploads ? undefined : then);
      return uploads;
    },
    move(from, to) {
      const tray = trays.get(from);
      if (!tray) return;
      trays.delete(from);
      trays.set(to, tray);
      all.value = new Map(all.peek()).set(to, tray.items());
      const held = waiting.peek().get(from);
      hold(from);
      if (held) hold(to, held);
    },
    Tray: ({ thread }) => <Tray trays={files} thread={thread} explain={explain} />,
    Shown: ({ files: list }) => <MessageFiles files={list} actions={actions} />,
    Gone: FilesGone,
    stop() {
      stopGoingOn();
      closeViewer();
      for (const tray of trays.values()) tray.stop();
      isStopped = true;
      for (const picture of pictures.peek().values()) picture.close();
    },
  };
  return files;
}
