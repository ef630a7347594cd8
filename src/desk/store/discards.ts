// What is thrown away with a way back: gone at once for whoever looks, and told to the server when the
// notice that offers the way back is gone, wherever the agent has gone meanwhile.
import { signal } from "@preact/signals";
import type { Result } from "../../protocol/result.ts";
import type { Notice, Toasts } from "./toasts.ts";

export interface Discards {
  /** Whether it is gone, or about to go. Follows changes when read in a view. */
  isGone(key: string): boolean;
  /** `key` names it among all things, and never anything else. */
  discard(key: string, notice: Notice, send: () => Promise<Result<unknown>>): void;
  /** Sends what still waits: the page is about to go, or the session. */
  flush(): Promise<void>;
}

/** Creates the store, which has thrown away nothing. */
export function createDiscards({ toasts }: { toasts: Toasts }): Discards {
  const gone = signal<ReadonlySet<string>>(new Set());
  /** The notices of what is not sent yet. */
  const waiting = new Map<string, number>();
  const sending = new Set<Promise<void>>();

  function bringBack(key: string): void {
    waiting.delete(key);
    gone.value = new Set([...gone.peek()].filter((one) => one !== key));
  }

  async function commit(key: string, send: () => Promise<Result<unknown>>): Promise<void> {
    waiting.delete(key);
    const result = await send();
    // Somebody else was faster: it is gone as well.
    if (result.ok || result.error.code === "not_found") return;
    bringBack(key);
    toasts.show({ kind: "failed", doing: "discard", error: result.error });
  }

  return {
    isGone: (key) => gone.value.has(key),
    discard(key, notice, send) {
      if (gone.peek().has(key)) return;
      gone.value = new Set(gone.peek()).add(key);
      const id = toasts.show(
        notice,
        () => bringBack(key),
        () => {
          const sent = commit(key, send);
          sending.add(sent);
          void sent.finally(() => sending.delete(sent));
        },
      );
      waiting.set(key, id);
    },
    async flush() {
      for (const id of waiting.values()) toasts.dismiss(id);
      await Promise.all(sending);
    },
  };
}
