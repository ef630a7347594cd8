// To whom a new conversation goes by itself, in an inbox that wants it.
import { and, eq } from "drizzle-orm";
import { listAgentsOfInbox } from "../agents/agents.ts";
import { team_members } from "../database/administration-tables.ts";
import type { Transaction } from "../database/connection.ts";
import { conversations } from "../database/conversation-tables.ts";
import { inbox_members, inboxes } from "../database/inbox-tables.ts";
import { teams } from "../database/account-tables.ts";
import type { RecordedEvent } from "../events.ts";
import { systemActor } from "../events.ts";
import { autoAssignedLine } from "../messages/lines.ts";
import { changeWithin } from "./change.ts";
import { leastBusy } from "./least-busy.ts";
import type { ConversationRow } from "./details.ts";

/**
 * Gives a conversation that has just been made, is open and nobody's to the available member of its inbox
 * who has the fewest open ones; of its team's members, if it is a team's that wants it. Nobody there:
 * it stays nobody's. The account's row is locked since its number was taken, so two at once count each other.
 */
export async function autoAssign(
  tx: Transaction,
  record: (event: RecordedEvent) => void,
  created: ConversationRow,
  now: Date,
): Promise<void> {
  if (created.status !== "open" || created.assignee_id !== null) return;
  const [inbox] = await tx
    .select({ wantsIt: inboxes.enable_auto_assignment })
    .from(inboxes)
    .where(eq(inboxes.id, created.inbox_id));
  if (!inbox?.wantsIt) return;
  const { account_id, inbox_id } = created;
  const ids = await candidates(tx, created);
  const agents = await listAgentsOfInbox(tx, now, account_id, inbox_id, ids);
  const chosen = await leastBusy(tx, account_id, agents);
  const [current] = await tx.select().from(conversations).where(eq(conversations.id, created.id));
  if (!chosen || !current) return;
  const lines = [autoAssignedLine({ id: chosen.id, name: chosen.available_name })];
  const change = { patch: { assignee_id: chosen.id }, lines };
  await changeWithin(tx, record, systemActor, { current, change }, now);
}

async function candidates(tx: Transaction, { team_id, inbox_id }: ConversationRow) {
  const rows =
    team_id === null
      ? await tx
          .select({ id: inbox_members.user_id })
          .from(inbox_members)
          .where(eq(inbox_members.inbox_id, inbox_id))
      : await tx
          .select({ id: team_members.user_id })
          .from(team_members)
          .innerJoin(teams, eq(teams.id, team_members.team_id))
          .where(and(eq(team_members.team_id, team_id), eq(teams.allow_auto_assign, true)));
  return rows.map(({ id }) => id);
}
