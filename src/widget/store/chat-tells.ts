// What the page hears of the visitor's conversations that needs more than one store to say.
import type { Message, PublicConversation } from "../../protocol/records.ts";
import { parties, tellAssignee } from "./conversations.ts";
import type { Conversations } from "./conversations.ts";
import type { Emit } from "./events.ts";
import type { Origin } from "./outbox.ts";

export interface ChatTells {
  /** A conversation has begun; `origin`: who in this tab has asked for it. */
  started: (conversation: PublicConversation, echoId: string | null, origin?: Origin) => void;
  /** Somebody else has written. */
  received: (message: Message) => void;
  /** Whatever the number of unread messages is now; `isEnd`: because the page has taken the chat away. */
  unread: (byConversation: Record<number, number>, isEnd?: boolean) => void;
}

export function createChatTells(deps: {
  conversations: Pick<Conversations, "readsHere">;
  emit: Emit;
}): ChatTells {
  const { conversations, emit } = deps;
  let toldCount = 0;
  let toldReads = 0;

  return {
    started(conversation, echoId, origin) {
      const startedBy = parties[conversation.started_by];
      const from = { source: origin ?? startedBy, local: origin !== undefined };
      emit("chatStarted", { conversationId: conversation.id, echoId, startedBy }, from);
      tellAssignee(undefined, conversation, emit);
    },
    received({ conversation_id: conversationId, id: messageId, content, sender }) {
      const agent = sender && { id: sender.id, name: sender.name, avatarUrl: sender.avatar_url };
      emit(
        "messageReceived",
        { conversationId, messageId, text: content ?? "", agent },
        // What nobody wrote is Parlor's own: that nobody is there, or a question.
        { source: sender ? "agent" : "bot", local: false },
      );
    },
    unread(byConversation, isEnd = false) {
      const count = Object.values(byConversation).reduce((sum, one) => sum + one, 0);
      const reads = conversations.readsHere();
      const isRead = count < toldCount && reads > toldReads;
      toldReads = reads;
      if (count === toldCount) return;
      toldCount = count;
      const source = isRead ? "visitor" : isEnd ? "api" : "system";
      emit("unreadCountChange", { count, byConversation }, { source, local: isRead || isEnd });
    },
  };
}
