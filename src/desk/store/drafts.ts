// What was written and not yet sent, per conversation and kind, kept across a reload of the tab.
import { signal } from "@preact/signals";
import type { TextStorage } from "./storage.ts";

export type DraftKind = "reply" | "note";

export interface Drafts {
  /** The draft's text; follows changes when read in a view. */
  read(conversationId: number, kind: DraftKind): string;
  /** An empty text forgets the draft. */
  write(conversationId: number, kind: DraftKind, text: string): void;
}

/** Creates the drafts over a storage that lives as long as the tab. */
export function createDrafts({ storage }: { storage: TextStorage }): Drafts {
  const known = signal<ReadonlyMap<string, string>>(new Map());
  const keyOf = (id: number, kind: DraftKind) => `parlor:desk:draft:${id}:${kind}`;

  return {
    read(id, kind) {
      const key = keyOf(id, kind);
      return known.value.get(key) ?? storage.read(key) ?? "";
    },
    write(id, kind, text) {
      const key = keyOf(id, kind);
      known.value = new Map(known.peek()).set(key, text);
      storage.write(key, text === "" ? null : text);
    },
  };
}
