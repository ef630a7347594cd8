// Who is typing, both ways: what others do is forgotten unless repeated, what we do is told sparingly.
import { signal } from "@preact/signals";
import type { AgentSocket } from "../../client/agent-transport.ts";
import { TYPING_EXPIRES_MS, TYPING_REPEAT_MS } from "../../protocol/limits.ts";
import type { Sender } from "../../protocol/records.ts";
import type { Clock } from "./clock.ts";

export interface Typist {
  sender: Sender;
  isPrivate: boolean;
}

export interface Typing {
  /** Who types in a conversation, apart from us; follows changes when read in a view. */
  of(conversationId: number): readonly Typist[];
  /** We have typed something, or stopped. */
  tell(conversationId: number, isTyping: boolean, isPrivate: boolean): void;
  /** Who sends a message is typing no more. */
  settle(conversationId: number, sender: Sender | null): void;
  stop(): void;
}

interface Entry extends Typist {
  conversationId: number;
  cancel: () => void;
}

const isSame = (a: Sender, b: Sender): boolean => a.type === b.type && a.id === b.id;

/** Creates the store; `agentId` is ours, so that our other tabs stay out of the picture. */
export function createTyping(deps: { socket: AgentSocket; clock: Clock; agentId: number }): Typing {
  const { socket, clock, agentId } = deps;
  const entries = signal<readonly Entry[]>([]);
  let told: { conversationId: number; isPrivate: boolean; at: number } | null = null;

  function forget(conversationId: number, sender: Sender): void {
    const matches = (entry: Entry) =>
      entry.conversationId === conversationId && isSame(entry.sender, sender);
    for (const entry of entries.peek()) if (matches(entry)) entry.cancel();
    if (entries.peek().some(matches)) {
      entries.value = entries.peek().filter((entry) => !matches(entry));
    }
  }

  const stopEvents = socket.on("typing:changed", (event) => {
    const { conversation_id: conversationId, sender } = event;
    if (sender.type === "user" && sender.id === agentId) return;
    forget(conversationId, sender);
    if (!event.typing) return;
    const cancel = clock.after(TYPING_EXPIRES_MS, () => forget(conversationId, sender));
    const entry = { conversationId, sender, isPrivate: event.private, cancel };
    entries.value = [...entries.peek(), entry];
  });

  function send(conversationId: number, typing: boolean, isPrivate: boolean): void {
    // A lost signal is nothing to repair: it expires by itself.
    void socket.send("typing:set", { conversation_id: conversationId, typing, private: isPrivate });
  }

  return {
    of: (id) => entries.value.filter(({ conversationId }) => conversationId === id),
    tell(conversationId, isTyping, isPrivate) {
      const isSameAsTold = told?.conversationId === conversationId && told.isPrivate === isPrivate;
      if (told && (!isTyping || !isSameAsTold)) {
        send(told.conversationId, false, told.isPrivate);
        told = null;
      }
      if (!isTyping || (told && clock.now() - told.at < TYPING_REPEAT_MS)) return;
      told = { conversationId, isPrivate, at: clock.now() };
      send(conversationId, true, isPrivate);
    },
    settle(conversationId, sender) {
      if (sender) forget(conversationId, sender);
    },
    stop() {
      stopEvents();
      for (const entry of entries.peek()) entry.cancel();
    },
  };
}
