// Typing that a socket has begun: a connection that breaks must not leave somebody typing for ever.
import type { Events, TypingChanged } from "../events.ts";

export interface Typing {
  remember(event: TypingChanged): void;
  /** Tells everybody whom it was told that it has stopped. */
  stopAll(): void;
}

export function createTyping(events: Pick<Events, "publish">): Typing {
  let begun: Map<number, TypingChanged> | undefined;
  return {
    remember(event) {
      const { conversationId } = event.audience;
      if (event.typing) (begun ??= new Map()).set(conversationId, event);
      else begun?.delete(conversationId);
    },
    stopAll() {
      for (const event of begun?.values() ?? []) events.publish({ ...event, typing: false });
      begun = undefined;
    },
  };
}
