// Who of several agents has the fewest conversations to answer.
import { and, count, eq, inArray } from "drizzle-orm";
import type { Agent } from "../../protocol/records.ts";
import type { Transaction } from "../database/connection.ts";
import { conversations } from "../database/conversation-tables.ts";

/** Of those who are available, the one with the fewest open conversations. */
export async function leastBusy(
  tx: Transaction,
  accountId: number,
  agents: Agent[],
): Promise<Agent | undefined> {
  const available = agents.filter((agent) => agent.availability_status === "available");
  if (available.length <= 1) return available[0];
  const ids = available.map(({ id }) => id);
  const open = await tx
    .select({ id: conversations.assignee_id, count: count() })
    .from(conversations)
    .where(
      and(
        eq(conversations.account_id, accountId),
        inArray(conversations.assignee_id, ids),
        eq(conversations.status, "open"),
      ),
    )
    .groupBy(conversations.assignee_id);
  const load = new Map(open.map((row) => [row.id, row.count]));
  return available.toSorted(
    (one, other) => (load.get(one.id) ?? 0) - (load.get(other.id) ?? 0) || one.id - other.id,
  )[0];
}
