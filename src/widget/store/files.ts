// The files of the chat as its view knows them, whoever uploads them: each thread has a tray of its own.
import type { TrayItem } from "../../client/file-tray.ts";
import type { Attachment, Upload } from "../../protocol/records-attachments.ts";
import type { ThreadKey } from "./chat-window.ts";

export type { TrayItem };

/** A file of a message that was sent, or of one that waits to be. */
export type ShownFile = Attachment | Upload;

/** The thread may have got its number meanwhile. */
export type WhenReady = (thread: ThreadKey, uploads: Upload[]) => void;

export interface FileTrays {
  items(thread: ThreadKey): readonly TrayItem[];
  /** A file's picture, small, once there is one. */
  picture(file: File): ImageBitmap | undefined;
  add(thread: ThreadKey, files: Iterable<File>): void;
  retry(thread: ThreadKey, key: string): void;
  remove(thread: ThreadKey, key: string): void;
  /**
   * The uploads for a message, after which the tray is empty. Null while some are on their way: `then` is
   * called with them when they have arrived, unless one fails.
   */
  take(thread: ThreadKey, then: WhenReady): Upload[] | null;
  /** Whether a message of this thread waits for its files. */
  isWaiting(thread: ThreadKey): boolean;
}
