// To whom a new conversation goes when a share link names a team or an agent.
import { and, eq } from "drizzle-orm";
import type { StartConversation } from "../../protocol/requests-visitors.ts";
import type { VisitorIdentity } from "../contacts/visitors.ts";
import type { Transaction } from "../database/connection.ts";
import { account_users } from "../database/account-tables.ts";
import { inbox_members } from "../database/inbox-tables.ts";
import { isTeamOf } from "./find.ts";

/**
 * The columns that the link's wishes make. A link outlives teams and agents, and anybody may write another
 * number into it: whoever is not of this account and inbox is left out, without a word.
 */
export async function wishedFor(
  tx: Transaction,
  visitor: VisitorIdentity,
  { team_id, assignee_id }: Pick<StartConversation, "team_id" | "assignee_id">,
): Promise<{ team_id?: number; assignee_id?: number }> {
  const hasTeam = team_id !== undefined && (await isTeamOf(tx, visitor.accountId, team_id));
  const hasAgent = assignee_id !== undefined && (await answersIn(tx, visitor, assignee_id));
  return { ...(hasTeam ? { team_id } : {}), ...(hasAgent ? { assignee_id } : {}) };
}

async function answersIn(
  tx: Transaction,
  { accountId, inboxId }: VisitorIdentity,
  userId: number,
): Promise<boolean> {
  const [row] = await tx
    .select({ id: inbox_members.user_id })
    .from(inbox_members)
    .innerJoin(account_users, eq(account_users.user_id, inbox_members.user_id))
    .where(
      and(
        eq(inbox_members.inbox_id, inboxId),
        eq(inbox_members.user_id, userId),
        eq(account_users.account_id, accountId),
        account_users.active,
      ),
    );
  return row !== undefined;
}
