// Files that lie ready for the agent's next messages: a tray for each conversation and kind.
import { signal } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import type { AgentRest } from "../../client/agent-transport.ts";
import type { Tray, TrayItem } from "../../client/file-tray.ts";
import type { AttachmentLimits } from "../../protocol/records-attachments.ts";
import type { Upload } from "../../protocol/records-attachments.ts";
import type { DraftKind } from "./drafts.ts";

export interface Files {
  items(conversationId: number, kind: DraftKind): readonly TrayItem[];
  add(conversationId: number, kind: DraftKind, files: Iterable<File>): void;
  retry(conversationId: number, kind: DraftKind, key: string): void;
  remove(conversationId: number, kind: DraftKind, key: string): void;
  /** The uploads for a message; null while some are on their way: `then` is called when they are there. */
  take(conversationId: number, kind: DraftKind, then: () => void): readonly Upload[] | null;
  /** The tray whose message waits for its files. */
  waiting: ReadonlySignal<string | null>;
  stop(): void;
}

export const trayKey = (conversationId: number, kind: DraftKind) => `${conversationId}:${kind}`;

/** Creates empty trays. */
export function createFiles({
  rest,
  accountId,
  limitsOf,
  createId,
}: {
  rest: Pick<AgentRest, "openTray">;
  accountId: number;
  /** What the conversation's inbox takes. */
  limitsOf: (conversationId: number) => AttachmentLimits | undefined;
  createId: () => string;
}): Files {
  const trays = new Map<string, Tray>();
  const all = signal<ReadonlyMap<string, readonly TrayItem[]>>(new Map());
  const waiting = signal<string | null>(null);
  let then: () => void = () => undefined;

  function onChange(key: string, items: readonly TrayItem[]): void {
    all.value = new Map(all.peek()).set(key, items);
    if (waiting.peek() !== key || items.some(({ state }) => state === "uploading")) return;
    waiting.value = null;
    // What failed is for the agent to decide.
    if (items.every(({ state }) => state === "ready")) then();
  }

  function trayOf(conversationId: number, kind: DraftKind): Tray {
    const key = trayKey(conversationId, kind);
    const known = trays.get(key);
    if (known) return known;
    const made = rest.openTray(accountId, conversationId, {
      limits: () => limitsOf(conversationId) ?? { max_bytes: Infinity, max_count: Infinity },
      newId: createId,
      onChange: (items) => onChange(key, items),
    });
    trays.set(key, made);
    return made;
  }

  return {
    waiting,
    items: (id, kind) => all.value.get(trayKey(id, kind)) ?? [],
    add: (id, kind, files) => trayOf(id, kind).add(files),
    retry: (id, kind, key) => trayOf(id, kind).retry(key),
    remove: (id, kind, key) => trayOf(id, kind).remove(key),
    take(id, kind, next) {
      const uploads = trayOf(id, kind).take();
      then = next;
      waiting.value = uploads ? null : trayKey(id, kind);
      return uploads;
    },
    stop() {
      for (const tray of trays.values()) tray.stop();
    },
  };
}
