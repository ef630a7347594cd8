// What an agent does to a conversation: shown at once, taken back when the server refuses, undoable.
import type { AgentRest } from "../../client/agent-transport.ts";
import type { Agent, Conversation } from "../../protocol/records.ts";
import type { ConversationRecords } from "./records.ts";
import type { Toasts } from "./toasts.ts";
import type { WayBack } from "./way-back.ts";

export interface Actions {
  /** `null` unassigns. */
  assign(conversationId: number, agent: Agent | null): Promise<void>;
  resolve(conversationId: number): Promise<void>;
  reopen(conversationId: number): Promise<void>;
}

interface Deps {
  rest: AgentRest;
  accountId: number;
  records: ConversationRecords;
  toasts: Toasts;
  wayBack: WayBack;
  /** The server has answered: what views hold may have changed, whichever way it decided. */
  onAnswered: () => void;
}

/** Creates the actions over the given records. */
export function createActions(deps: Deps): Actions {
  const { rest, accountId, records, toasts, wayBack, onAnswered } = deps;
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

  async function setStatus(id: number, status: "open" | "resolved"): Promise<void> {
    const conversation = find(id);
    if (!conversation || conversation.status === status) return;
    const doing = status === "resolved" ? "resolve" : "reopen";
    const proposal = records.propose(id, { status, snoozed_until: null });
    const before = await wayBack.remember(conversation);
    const result = await rest.toggleStatus(accountId, id, { status });
    onAnswered();
    if (!result.ok) {
      proposal.withdraw();
      toasts.show({ kind: "failed", doing, error: result.error });
      return;
    }
    proposal.keep();
    const kind = status === "resolved" ? "resolved" : "reopened";
    toasts.show({ kind, conversationId: id }, () => void wayBack.putBack(before, doing));
  }

  return {
    assign: (id, agent) => assign(id, agent),
    resolve: (id) => setStatus(id, "resolved"),
    reopen: (id) => setStatus(id, "open"),
  };
}
