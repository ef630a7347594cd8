// Fetches the second stage when the visitor means to chat, once.
import { signal } from "./signals.ts";
import type { ReadonlySignal } from "./signals.ts";
import type { Chat, Core } from "./core.ts";
import type { ParlorError } from "./host/error.ts";

export const fetchChat = () => import("./chat/start-chat.tsx");

export interface SecondStage {
  chat: ReadonlySignal<Chat | null>;
  /** The visitor waits for it, and it did not come. */
  hasFailed: ReadonlySignal<boolean>;
  /** Fetches and evaluates it; answers why it could not, which may be tried again. */
  load: () => Promise<ParlorError | undefined>;
  retry: () => void;
  /** Takes it away; it may be loaded again. */
  reset: () => void;
  stop: () => void;
}

/** `refusal` says why something did not load. */
export function createSecondStage(
  core: Core,
  refusal: (error: unknown) => ParlorError,
): SecondStage {
  const chat = signal<Chat | null>(null);
  const hasFailed = signal(false);
  let isStopped = false;
  let loading: Promise<ParlorError | undefined> | undefined;

  async function fetchIt(): Promise<ParlorError | undefined> {
    try {
      const { startChat } = await fetchChat();
      if (!isStopped) chat.value = startChat(core, reset);
      return undefined;
    } catch (error) {
      loading = undefined;
      hasFailed.value = core.chatWindow.state.peek() === "maximized";
      const failed = refusal(error);
      const { code, message } = failed;
      core.emit("error", { code, message });
      return failed;
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
