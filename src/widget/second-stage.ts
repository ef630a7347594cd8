// Fetches the second stage when the visitor means to chat, once.
import { signal } from "./signals.ts";
import type { ReadonlySignal } from "./signals.ts";
import { failure, success } from "../protocol/result.ts";
import type { Result } from "../protocol/result.ts";
import type { Chat, Core } from "./core.ts";

export interface SecondStage {
  chat: ReadonlySignal<Chat | null>;
  /** The visitor waits for it, and it did not come. */
  hasFailed: ReadonlySignal<boolean>;
  /** Fetches and evaluates it; a failure may be tried again. */
  load: () => Promise<Result<null>>;
  retry: () => void;
  /** Takes it away; it may be loaded again. */
  reset: () => void;
  stop: () => void;
}

export function createSecondStage(core: Core): SecondStage {
  const chat = signal<Chat | null>(null);
  const hasFailed = signal(false);
  let isStopped = false;
  let loading: Promise<Result<null>> | undefined;

  async function fetchIt(): Promise<Result<null>> {
    try {
      const { startChat } = await import("./chat/start-chat.tsx");
      if (!isStopped) chat.value = startChat(core, reset);
      return success(null);
    } catch (error) {
      loading = undefined;
      hasFailed.value = core.chatWindow.state.peek() === "maximized";
      return failure("unreachable", String(error));
    }
  }
  const load = () => (loading ??= fetchIt());
  function reset(): void {
    if (!chat.peek()) return;
    chat.peek()?.stop();
    chat.value = null;
    loading = undefined;
    if (core.chatWindow.state.peek() === "maximized") void load();
  }

  return {
    chat,
    hasFailed,
    load,
    retry() {
      hasFailed.value = false;
      void load();
    },
    reset,
    stop() {
      isStopped = true;
      chat.peek()?.stop();
    },
  };
}
