// What an agent does to a conversation: shown at once, taken back when the server refuses, undoable.
import type { AgentRest } from "../../client/agent-transport.ts";
import type { Agent, Conversation } from "../../protocol/records.ts";
import type { ConversationRecords } from "./records.ts";
import type { Toasts } from "./toasts.ts";

export interface Actions {
  /** `null` unassigns. */
  assign(conversationId: number, agent: Agent | null): Promise<void>;
  resolve(conversationId: number): Promise<void>;
  reopen(conversationId: number): Promise<void>;
  /** Until a time in milliseconds since 1970, or with `null` until the contact replies. */
  snooze(conversationId: number, untilMs: number | null): Promise<void>;
}

interface Deps {
  rest: AgentRest;
  accountId: number;
  records: ConversationRecords;
  toasts: Toasts;
  /** The server has answered: what views hold may have changed, whichever way it decided. */
  onAnswered: () => void;
}

/** Creates the actions over the given records. */
export function createActions({ rest, accountId, records, toasts, onAnswered }: Deps): Actions {
  const find = (id: number): Conversation | undefined => records.all.peek().get(id);

  async function assign(id: number, agent: Agent | null, isUndo = false): Promise<void> {
    const conversation = find(id);
    const before = conversation?.meta.assignee ?? null;
    if (!conversation || before?.id === agent?.id) return;
    const proposal = records.propose(id, { meta: { ...conversation.meta, assignee: agent } });
    const result = await rest.assignConversation(accountId, id, agent?.id ?? null);
    onAnswered();
    if (!result.ok) {
      proposal.withdraw();
      toasts.show({ kind: "failed", doing: "assign", error: result.error });
      return;
    }
    proposal.keep();
    const notice = {
      kind: "assigned",
      conversationId: id,
      agentName: agent?.available_name ?? null,
    } as const;
    if (!isUndo) toasts.show(notice, () => void assign(id, before, true));
  }

  async function setStatus(id: number, status: "open" | "resolved", isUndo = false): Promise<void> {
    const conversation = find(id);
    if (!conversation || conversation.status === status) return;
    const before = conversation.status;
    const proposal = records.propose(id, { status, snoozed_until: null });
    const result = await rest.toggleStatus(accountId, id, { status });
    onAnswered();
    if (!result.ok) {
      proposal.withdraw();
      const doing = status === "resolved" ? "resolve" : "reopen";
      toasts.show({ kind: "failed", doing, error: result.error });
      return;
    }
    proposal.keep();
    if (isUndo) return;
    // Back from resolved means open: a snooze that was ended on the way is not brought back.
    const back = before === "resolved" ? "resolved" : "open";
    const kind = status === "resolved" ? "resolved" : "reopened";
    toasts.show({ kind, conversationId: id }, () => void setStatus(id, back, true));
  }

  async function snooze(id: number, untilMs: number | null, isUndo = false): Promise<void> {
    const conversation = find(id);
    if (!conversation) return;
    const { status: before, snoozed_until: beforeUntil } = conversation;
    const snoozed_until = untilMs === null ? null : Math.floor(untilMs / 1000);
    const proposal = records.propose(id, { status: "snoozed", snoozed_until });
    const result = await rest.toggleStatus(accountId, id, { status: "snoozed", snoozed_until });
    onAnswered();
    if (!result.ok) {
      proposal.withdraw();
      toasts.show({ kind: "failed", doing: "snooze", error: result.error });
      return;
    }
    proposal.keep();
    if (isUndo) return;
    toasts.show({ kind: "snoozed", conversationId: id, untilMs }, () => {
      const untilBefore = beforeUntil === null ? null : beforeUntil * 1000;
      if (before === "snoozed") void snooze(id, untilBefore, true);
      else void setStatus(id, before === "resolved" ? "resolved" : "open", true);
    });
  }

  return {
    assign: (id, agent) => assign(id, agent),
    resolve: (id) => setStatus(id, "resolved"),
    reopen: (id) => setStatus(id, "open"),
    snooze: (id, untilMs) => snooze(id, untilMs),
  };
}
