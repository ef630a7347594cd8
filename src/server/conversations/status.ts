// Status, assignee and priority of a conversation, and the rules of their changes.
import type { ConversationPriority } from "../../protocol/lists.ts";
import type { Agent } from "../../protocol/records.ts";
import type { ToggleStatus } from "../../protocol/requests.ts";
import { success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import { actorOf, findAgentOfInbox } from "../agents/agents.ts";
import type { VisitorIdentity } from "../contacts/visitors.ts";
import type { Actor } from "../events.ts";
import { assignmentLine, endedByVisitorLine, namedBy, statusLine } from "../messages/lines.ts";
import type { RoomDeps } from "../room.ts";
import { snoozeConversation } from "../snooze/snooze.ts";
import type { Change } from "./change.ts";
import { changeConversation } from "./change.ts";
import { notFound, ofAgent, ofVisitor } from "./find.ts";
import type { ConversationRow } from "./details.ts";
import { withSurvey } from "./survey.ts";

type Deps = Pick<RoomDeps, "db" | "events" | "clock">;

/**
 * Sets the status, or without one flips it: open becomes resolved, everything else open. A snooze
 * without a time lasts until the contact replies. An agent who opens a conversation becomes its
 * assignee; an administrator does not. Errors: `not_found`, `invalid` (a snooze into the past).
 */
export async function toggleStatus(
  deps: Deps,
  agent: AgentIdentity,
  displayId: number,
  input: ToggleStatus,
): Promise<Result<ConversationRow>> {
  const { status: wanted } = input;
  if (wanted === "snoozed") {
    const until = input.snoozed_until == null ? null : new Date(input.snoozed_until * 1000);
    return await snoozeConversation(deps, agent, displayId, { until });
  }
  const where = ofAgent(deps.db, agent, displayId);
  return await changeConversation(deps, where, actorOf(agent), async (current, tx) => {
    const status = wanted ?? (current.status === "open" ? "resolved" : "open");
    return success(await withSurvey(tx, current, statusChange(current, status, agent)));
  });
}

/** What an agent's decision makes of a conversation; null: it is so already. */
export function statusChange(
  current: ConversationRow,
  status: Exclude<ConversationRow["status"], "snoozed">,
  agent: AgentIdentity,
): Change | null {
  const takes = status === "open" && agent.role === "agent" && current.assignee_id !== agent.userId;
  const isSame = current.status === status;
  if (isSame && !takes) return null;
  const self = namedBy(agent);
  return {
    patch: {
      ...(isSame ? {} : { status, snoozed_until: null }),
      ...(takes ? { assignee_id: agent.userId } : {}),
    },
    lines: [
      ...(isSame ? [] : [statusLine(status, self, null)]),
      ...(takes ? [assignmentLine(self, self)] : []),
    ],
  };
}

/** The visitor ends the chat; ending it again changes nothing. Errors: `not_found`. */
export async function resolveByVisitor(
  deps: Deps,
  visitor: VisitorIdentity,
  displayId: number,
): Promise<Result<ConversationRow>> {
  const actor: Actor = { type: "contact", id: visitor.contactId };
  const where = ofVisitor(visitor, displayId);
  return await changeConversation(deps, where, actor, async (current, tx) => {
    if (current.status === "resolved") return success(null);
    const change: Change = {
      patch: { status: "resolved", snoozed_until: null },
      lines: [endedByVisitorLine()],
    };
    return success(await withSurvey(tx, current, change));
  });
}

/**
 * Assigns an agent who may see the inbox; `null` or 0 unassigns.
 * Errors: `not_found` (the conversation, or nobody who could be assigned).
 */
export async function assignConversation(
  deps: Deps,
  agent: AgentIdentity,
  displayId: number,
  assigneeId: number | null,
): Promise<Result<Agent | null>> {
  let assignee: Agent | null = null;
  const changed = await changeConversation(
    deps,
    ofAgent(deps.db, agent, displayId),
    actorOf(agent),
    async (current, tx) => {
      if (assigneeId) {
        const { account_id, inbox_id } = current;
        const found = await findAgentOfInbox(tx, deps.clock(), account_id, inbox_id, assigneeId);
        if (!found) return notFound();
        assignee = found;
      }
      const id = assignee?.id ?? null;
      if (current.assignee_id === id) return success(null);
      const named = assignee && { id: assignee.id, name: assignee.available_name };
      return success({
        patch: { assignee_id: id },
        lines: [assignmentLine(namedBy(agent), named)],
      });
    },
  );
  return changed.ok ? success(assignee) : changed;
}

/** Sets or, with `null`, clears the priority. Errors: `not_found`. */
export async function setPriority(
  deps: Deps,
  agent: AgentIdentity,
  displayId: number,
  priority: ConversationPriority | null,
): Promise<Result<ConversationRow>> {
  const where = ofAgent(deps.db, agent, displayId);
  return await changeConversation(deps, where, actorOf(agent), (current) =>
    success(current.priority === priority ? null : { patch: { priority } }),
  );
}
