// The way back of an undo: a conversation's status, assignee and snooze, with its note and owners, as
// they were before.
import type { AgentRest } from "../../client/agent-transport.ts";
import type { Snooze } from "../../protocol/records-snoozes.ts";
import type { Conversation } from "../../protocol/records.ts";
import type { Result } from "../../protocol/result.ts";
import type { ConversationRecords } from "./records.ts";
import type { Toasts } from "./toasts.ts";

export interface Before {
  conversation: Conversation;
  /** What kept it asleep. */
  snooze: Snooze | null;
}

export interface WayBack {
  /** What a conversation is now. Asks the server only for one that sleeps. */
  remember(conversation: Conversation): Promise<Before>;
  /** Makes it so again; shown at once, taken back when the server refuses. */
  putBack(before: Before, doing: "resolve" | "reopen" | "snooze" | "mute"): Promise<void>;
}

interface Deps {
  rest: AgentRest;
  accountId: number;
  agentId: number;
  records: ConversationRecords;
  toasts: Toasts;
  /** The server has answered: what views hold may have changed, whichever way it decided. */
  onAnswered: () => void;
}

/** What a snooze says, to be said again. */
export function saidBy({ object_type, object_id, snoozed_until, message, users }: Snooze) {
  const user_ids = users.map(({ id }) => id);
  return { object_type, object_id, snoozed_until, message, user_ids };
}

/** Creates the way back over the given records. */
export function createWayBack(deps: Deps): WayBack {
  const { rest, accountId, records, toasts } = deps;

  async function send({ conversation, snooze }: Before): Promise<Result<unknown>> {
    const { id, status, snoozed_until, meta } = conversation;
    if (status === "snoozed") {
      const said = snooze ? saidBy(snooze) : { snoozed_until, message: null, user_ids: [] };
      // Of a contact's snooze this is the part that was left: the others of his sleep on by it.
      return await rest.createSnooze(accountId, {
        ...said,
        object_type: "conversation",
        object_id: id,
      });
    }
    const result = await rest.toggleStatus(accountId, id, { status });
    const assigneeId = meta.assignee?.id ?? null;
    // Who opens a conversation becomes its assignee, and he only looked back.
    if (!result.ok || status !== "open" || assigneeId === deps.agentId) return result;
    return await rest.assignConversation(accountId, id, assigneeId);
  }

  return {
    async remember(conversation) {
      if (conversation.status !== "snoozed") return { conversation, snooze: null };
      const found = await rest.listSnoozesOf(accountId, conversation.id);
      // Without an answer its time is still known.
      return { conversation, snooze: (found.ok && found.data[0]) || null };
    },
    async putBack(before, doing) {
      const { id, status, snoozed_until, meta } = before.conversation;
      const proposal = records.propose(id, ({ meta: now }) => ({
        status,
        snoozed_until,
        meta: { ...now, assignee: meta.assignee },
      }));
      const result = await send(before);
      deps.onAnswered();
      if (result.ok) proposal.keep();
      else {
        proposal.withdraw();
        toasts.show({ kind: "failed", doing, error: result.error });
      }
    },
  };
}
