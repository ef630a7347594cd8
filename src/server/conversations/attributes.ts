// What agents write on a conversation: labels, custom attributes, mute, and who follows it.
import type { SQL } from "drizzle-orm";
import type { Agent } from "../../protocol/records.ts";
import type { UpdateConversation } from "../../protocol/requests-conversations.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import { actorOf, listAgentsOfInbox } from "../agents/agents.ts";
import { mergedAttributes } from "../contacts/fields.ts";
import { labelLines, muteLine, namedBy } from "../messages/lines.ts";
import type { RoomDeps } from "../room.ts";
import type { Change } from "./change.ts";
import { changeConversation } from "./change.ts";
import { findConversation, ofAgent } from "./find.ts";
import type { ConversationRow } from "./details.ts";

type Deps = Pick<RoomDeps, "db" | "events" | "clock">;

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** Sets the whole set of labels. A line tells of those that came, another of those that went. */
export async function setLabels(
  deps: Deps,
  agent: AgentIdentity,
  displayId: number,
  labels: string[],
): Promise<Result<ConversationRow>> {
  const where = ofAgent(deps.db, agent, displayId);
  return await changeConversation(deps, where, actorOf(agent), ({ labels: before }) => {
    if (same(labels, before)) return success(null);
    const added = labels.filter((label) => !before.includes(label));
    const removed = before.filter((label) => !labels.includes(label));
    return success({ patch: { labels }, lines: labelLines(namedBy(agent), added, removed) });
  });
}

/** Priority and attributes together; what is missing stays. Errors: `not_found`. */
export async function updateConversation(
  deps: Deps,
  agent: AgentIdentity,
  displayId: number,
  input: UpdateConversation,
): Promise<Result<ConversationRow>> {
  const where = ofAgent(deps.db, agent, displayId);
  return await changeConversation(deps, where, actorOf(agent), (current) => {
    const patch: Partial<ConversationRow> = {};
    if (input.priority !== undefined) {
      const priority = input.priority === "none" ? null : input.priority;
      if (priority !== current.priority) patch.priority = priority;
    }
    if (input.custom_attributes) {
      const merged = mergedAttributes(current.custom_attributes, input.custom_attributes);
      if (!same(merged, current.custom_attributes)) patch.custom_attributes = merged;
    }
    return success(orNothing({ patch }));
  });
}

/** Sets the whole set of custom attributes. Errors: `not_found`. */
export async function setCustomAttributes(
  deps: Deps,
  agent: AgentIdentity,
  displayId: number,
  custom_attributes: Record<string, unknown>,
): Promise<Result<ConversationRow>> {
  const where = ofAgent(deps.db, agent, displayId);
  return await changeConversation(deps, where, actorOf(agent), (current) =>
    success(
      same(custom_attributes, current.custom_attributes) ? null : { patch: { custom_attributes } },
    ),
  );
}

/**
 * Mutes or unmutes. A muted conversation is resolved, and whatever the contact writes in it is kept
 * without opening it again or counting as unread. Errors: `not_found`.
 */
export async function setMuted(
  deps: Deps,
  agent: AgentIdentity,
  displayId: number,
  muted: boolean,
): Promise<Result<ConversationRow>> {
  const where = ofAgent(deps.db, agent, displayId);
  return await changeConversation(deps, where, actorOf(agent), (current) => {
    if (current.muted === muted) return success(null);
    const ends = muted && current.status !== "resolved";
    return success({
      patch: { muted, ...(ends ? { status: "resolved", snoozed_until: null } : {}) },
      lines: [muteLine(namedBy(agent), muted)],
    });
  });
}

const orNothing = (change: Change) => (Object.keys(change.patch).length === 0 ? null : change);

/** The agents who follow a conversation. Errors: `not_found`. */
export async function listParticipants(
  deps: Deps,
  agent: AgentIdentity,
  displayId: number,
): Promise<Result<Agent[]>> {
  const found = await findConversation(deps.db, ofAgent(deps.db, agent, displayId));
  return found.ok ? success(await participantsOf(deps, found.data)) : found;
}

async function participantsOf(
  { db, clock }: Deps,
  { account_id, inbox_id, participant_ids }: ConversationRow,
): Promise<Agent[]> {
  return await listAgentsOfInbox(db, clock(), account_id, inbox_id, participant_ids);
}

export type ParticipantChange = "add" | "remove" | "set";

/**
 * Adds, removes or sets those who follow. Answers who does then.
 * Errors: `not_found`, `invalid` (somebody who may not see the inbox).
 */
export async function changeParticipants(
  deps: Deps,
  agent: AgentIdentity,
  displayId: number,
  how: ParticipantChange,
  userIds: number[],
): Promise<Result<Agent[]>> {
  const where: SQL | undefined = ofAgent(deps.db, agent, displayId);
  const changed = await changeConversation(deps, where, actorOf(agent), async (current, tx) => {
    const { account_id, inbox_id, participant_ids: before } = current;
    if (how !== "remove") {
      const known = await listAgentsOfInbox(tx, deps.clock(), account_id, inbox_id, userIds);
      if (known.length < userIds.length) return failure("invalid", "User must exist");
    }
    const participant_ids = nextParticipants(before, how, userIds);
    return success(same(participant_ids, before) ? null : { patch: { participant_ids } });
  });
  return changed.ok ? success(await participantsOf(deps, changed.data)) : changed;
}

function nextParticipants(before: number[], how: ParticipantChange, userIds: number[]): number[] {
  switch (how) {
    case "add":
      return [...new Set([...before, ...userIds])];
    case "remove":
      return before.filter((id) => !userIds.includes(id));
    case "set":
      return userIds;
  }
}
