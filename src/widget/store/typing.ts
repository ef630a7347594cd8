// Who is typing where: ours repeated while it lasts, theirs forgotten when it is not repeated.
import { signal } from "../signals.ts";
import type { ReadonlySignal } from "../signals.ts";
import type { VisitorSocket } from "../../client/visitor-transport.ts";
import { TYPING_EXPIRES_MS, TYPING_REPEAT_MS } from "../../protocol/limits.ts";
import type { Sender } from "../../protocol/records.ts";
import type { Emit } from "./events.ts";

export interface Typing {
  byConversation: ReadonlySignal<ReadonlyMap<number, Sender>>;
  /** The visitor types, or has stopped. */
  set(conversationId: number, isTyping: boolean): void;
  /** Somebody else does. */
  apply(conversationId: number, sender: Sender, isTyping: boolean): void;
  stop(): void;
}

export function createTyping(deps: {
  socket: Pick<VisitorSocket, "send" | "state">;
  emit: Emit;
  now: () => number;
}): Typing {
  const byConversation = signal<ReadonlyMap<number, Sender>>(new Map());
  const timers = new Map<number, ReturnType<typeof setTimeout>>();
  let told: { conversationId: number; at: number } | undefined;

  function tell(conversationId: number, typing: boolean): void {
    told = typing ? { conversationId, at: deps.now() } : undefined;
    if (deps.socket.state !== "connected") return;
    void deps.socket.send("typing:set", { conversation_id: conversationId, typing });
  }

  function apply(conversationId: number, sender: Sender, isTyping: boolean): void {
    clearTimeout(timers.get(conversationId));
    const next = new Map(byConversation.peek());
    if (isTyping) {
      next.set(conversationId, sender);
      const forget = () => apply(conversationId, sender, false);
      timers.set(conversationId, setTimeout(forget, TYPING_EXPIRES_MS));
    } else next.delete(conversationId);
    if (isTyping !== byConversation.peek().has(conversationId)) {
      const agent = { id: sender.id, name: sender.name, avatarUrl: sender.avatar_url };
      const from = { source: "agent", local: false } as const;
      deps.emit("typing", { conversationId, typing: isTyping, agent }, from);
    }
    byConversation.value = next;
  }

  return {
    byConversation,
    set(conversationId, isTyping) {
      if (told && (told.conversationId !== conversationId || !isTyping)) {
        tell(told.conversationId, false);
      }
      if (isTyping && (!told || deps.now() - told.at >= TYPING_REPEAT_MS)) {
        tell(conversationId, true);
      }
    },
    apply,
    stop() {
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}
