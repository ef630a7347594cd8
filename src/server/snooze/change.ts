// Moving a snooze to another time, and ending it: by who has made it, or an administrator.
import { and, asc, eq } from "drizzle-orm";
import type { Snooze } from "../../protocol/records-snoozes.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import { mayBeSeenBy } from "../agents/agents.ts";
import { changeConversations } from "../conversations/change.ts";
import { notFound } from "../conversations/find.ts";
import type { ConversationRow } from "../conversations/details.ts";
import { statusChange } from "../conversations/status.ts";
import type { Transaction } from "../database/connection.ts";
import { snoozed_conversations, snoozes } from "../database/snooze-tables.ts";
import { conversations } from "../database/conversation-tables.ts";
import { namedBy } from "../messages/lines.ts";
import { unixSeconds } from "../messages/records.ts";
import { snoozedLine } from "./lines.ts";
import { forgetSnoozes } from "./memory.ts";
import { findSnooze, getSnooze } from "./records.ts";
import { checkOwners, faultOf } from "./snooze.ts";
import type { SnoozeDeps, SnoozeInput } from "./snooze.ts";

/**
 * Changes what is given of a snooze; its conversations sleep until the new time.
 * Errors: `not_found` (also: it is over), `forbidden` (somebody else's), `invalid` as for a new one.
 */
export async function moveSnooze(
  deps: SnoozeDeps,
  agent: AgentIdentity,
  snoozeId: number,
  input: Partial<SnoozeInput>,
): Promise<Result<Snooze>> {
  const fault = faultOf(input.until ?? null, deps.clock());
  if (fault) return fault;
  const changed = await changeConversations(
    deps,
    (tx) => lockSleeping(tx, agent, snoozeId),
    { type: "user", id: agent.userId },
    async (rows, tx) => {
      const owners = await checkOwners(tx, deps.clock(), rows, input.ownerIds);
      if (!owners.ok) return owners;
      const row = await rewrite(tx, snoozeId, input);
      if (!row) return notFound();
      const { snoozed_until: until, message } = row;
      const line = snoozedLine(namedBy(agent), until && unixSeconds(until), message);
      const isMoved = ({ snoozed_until: before }: ConversationRow) =>
        before?.getTime() !== until?.getTime();
      // A note or owners alone change nothing in the row, but desks that show them must hear of it.
      return success(
        rows.map((current) => ({
          current,
          change: isMoved(current)
            ? { patch: { snoozed_until: until }, lines: [line] }
            : { patch: {} },
        })),
      );
    },
  );
  return changed.ok ? await getSnooze(deps, agent, snoozeId) : changed;
}

async function rewrite(tx: Transaction, snoozeId: number, input: Partial<SnoozeInput>) {
  const values = {
    ...(input.until === undefined ? {} : { snoozed_until: input.until }),
    ...(input.message === undefined ? {} : { message: input.message || null }),
    ...(input.ownerIds === undefined ? {} : { owner_ids: input.ownerIds }),
  };
  const where = eq(snoozes.id, snoozeId);
  const [row] =
    Object.keys(values).length === 0
      ? await tx.select().from(snoozes).where(where)
      : await tx.update(snoozes).set(values).where(where).returning();
  return row;
}

/**
 * Ends a snooze: its conversations open now, as if the agent had opened each of them.
 * Errors: `not_found` (also: it is over), `forbidden` (somebody else's).
 */
export async function removeSnooze(
  deps: SnoozeDeps,
  agent: AgentIdentity,
  snoozeId: number,
): Promise<Result<null>> {
  const changed = await changeConversations(
    deps,
    (tx) => lockSleeping(tx, agent, snoozeId),
    { type: "user", id: agent.userId },
    async (rows, tx) => {
      const ids = rows.map(({ id }) => id);
      await forgetSnoozes(tx, ids);
      return success(
        rows.flatMap((current) => {
          const change = statusChange(current, "open", agent);
          return change ? [{ current, change }] : [];
        }),
      );
    },
  );
  return changed.ok ? success(null) : changed;
}

/** Locks what a snooze keeps asleep, if the agent may change it. */
async function lockSleeping(
  tx: Transaction,
  agent: AgentIdentity,
  snoozeId: number,
): Promise<Result<ConversationRow[]>> {
  const found = await findSnooze(tx, agent, snoozeId);
  if (!found.ok) return found;
  if (agent.role !== "administrator" && found.data.created_by !== agent.userId) {
    return failure("forbidden", "You are not authorized to do this action");
  }
  const rows = await tx
    .select({ conversation: conversations })
    .from(conversations)
    .innerJoin(
      snoozed_conversations,
      and(
        eq(snoozed_conversations.conversation_id, conversations.id),
        eq(snoozed_conversations.snooze_id, snoozeId),
      ),
    )
    .where(and(eq(conversations.status, "snoozed"), mayBeSeenBy(tx, agent)))
    .orderBy(asc(conversations.id))
    .for("no key update", { of: conversations });
  return rows.length > 0 ? success(rows.map(({ conversation }) => conversation)) : notFound();
}
