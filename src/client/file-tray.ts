// The files that lie ready for one message: uploaded as soon as they are chosen, each with its fate.
import type { Upload } from "../protocol/records-attachments.ts";
import { failure } from "../protocol/result.ts";
import type { Failure, Result } from "../protocol/result.ts";
import type { SendFile } from "./send-file.ts";

export interface TrayItem {
  key: string;
  file: File;
  state: "uploading" | "ready" | "failed";
  /** 0 to 1, of the way to the server. */
  fraction: number;
  /** What the server calls it, once it has it. */
  upload?: Upload;
  error?: Failure;
}

export interface TrayLimits {
  max_bytes: number;
  max_count: number;
}

export interface Tray {
  items(): readonly TrayItem[];
  /** Begins to upload them; what is too large or too much fails at once. */
  add(files: Iterable<File>): void;
  retry(key: string): void;
  /** Cancels and forgets it. */
  remove(key: string): void;
  /** The uploads of a message, after which the tray is empty; null while some are on their way. */
  take(): Upload[] | null;
  stop(): void;
}

/** Uploads at a time: the rest wait their turn. */
const AT_ONCE_MAX = 3;

export interface TrayDeps {
  limits: () => TrayLimits;
  send: (file: File, options: Parameters<SendFile>[2]) => Promise<Result<Upload>>;
  /** Hears of every change of an item. */
  onChange: (items: readonly TrayItem[], changed?: TrayItem) => void;
  newId: () => string;
}

/** The files that lie ready for one message. */
export function createTray(deps: TrayDeps): Tray {
  let items: readonly TrayItem[] = [];
  const running = new Map<string, AbortController>();

  function put(key: string, patch: Partial<TrayItem>): void {
    let changed: TrayItem | undefined;
    items = items.map((item) => (item.key === key ? (changed = { ...item, ...patch }) : item));
    deps.onChange(items, changed);
  }

  async function upload(item: TrayItem): Promise<void> {
    const { key, file } = item;
    const controller = new AbortController();
    running.set(key, controller);
    const result = await deps.send(file, {
      signal: controller.signal,
      onProgress: (fraction) => put(key, { fraction }),
    });
    running.delete(key);
    if (result.ok) put(key, { state: "ready", fraction: 1, upload: result.data });
    else if (!controller.signal.aborted) put(key, { state: "failed", error: result.error });
    next();
  }

  function next(): void {
    for (const item of items) {
      if (running.size >= AT_ONCE_MAX) return;
      if (item.state === "uploading" && !running.has(item.key)) void upload(item);
    }
  }

  function faultOf(file: File, count: number): Failure | undefined {
    const { max_bytes, max_count } = deps.limits();
    if (count >= max_count) return failure("invalid", "too many files", { field: "count" }).error;
    if (file.size > max_bytes) return failure("too_large", "the file is too large").error;
    return file.size === 0
      ? failure("invalid", "the file is empty", { field: "size" }).error
      : undefined;
  }

  return {
    items: () => items,
    add(files) {
      for (const file of files) {
        const error = faultOf(file, items.filter(({ state }) => state !== "failed").length);
        const state = error ? "failed" : "uploading";
        const item: TrayItem = { key: deps.newId(), file, state, fraction: 0 };
        if (error) item.error = error;
        items = [...items, item];
        deps.onChange(items, item);
      }
      next();
    },
    retry(key) {
      const item = items.find((one) => one.key === key);
      if (!item) return;
      const count = items.filter((one) => one.key !== key && one.state !== "failed").length;
      const error = faultOf(item.file, count);
      if (error) return put(key, { error });
      put(key, { state: "uploading", fraction: 0 });
      next();
    },
    remove(key) {
      items = items.filter((item) => item.key !== key);
      running.get(key)?.abort();
      deps.onChange(items);
    },
    take() {
      if (items.some(({ state }) => state === "uploading")) return null;
      const uploads = items.flatMap(({ upload: one }) => one ?? []);
      items = items.filter(({ state }) => state === "failed");
      deps.onChange(items);
      return uploads;
    },
    stop() {
      for (const controller of running.values()) controller.abort();
      items = [];
    },
  };
}
