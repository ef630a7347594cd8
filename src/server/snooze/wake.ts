// Waking what is due: on whichever process looks first, each conversation once.
import { and, asc, lte, sql } from "drizzle-orm";
import { success } from "../../protocol/result.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import { findAgentOfInbox } from "../agents/agents.ts";
import type { ChangeOfOne } from "../conversations/change.ts";
import { changeConversations } from "../conversations/change.ts";
import type { ConversationRow } from "../conversations/details.ts";
import type { Database, Transaction } from "../database/connection.ts";
import { conversations } from "../database/conversation-tables.ts";
import { systemActor } from "../events.ts";
import { wokenLine } from "./lines.ts";
import { forgetSnoozes, recallSnoozes } from "./memory.ts";
import type { SnoozeRow } from "./memory.ts";
import type { SnoozeDeps } from "./snooze.ts";

/**
 * Wakes up to `limit` conversations whose time has come, the longest due first. What somebody else
 * is changing at this moment is left to him, or to the next look: whoever has the lock decides, and
 * the condition is read again under it. Answers how many have woken.
 */
export async function wakeDue(deps: SnoozeDeps, limit: number): Promise<number> {
  const now = deps.clock();
  const woken = await changeConversations(
    deps,
    async (tx) =>
      success(await dueQuery(tx, now, limit).for("no key update", { skipLocked: true })),
    systemActor,
    async (rows, tx) => success(await decide(tx, now, rows)),
  );
  return woken.ok ? woken.data.length : 0;
}

/** The condition is said as the index says it. */
const isDue = (now: Date) =>
  and(
    sql`${conversations.status} = 'snoozed' and ${conversations.snoozed_until} is not null`,
    lte(conversations.snoozed_until, now),
  );

/** A look without a transaction and without locks. */
export async function isAnyDue({ db, clock }: SnoozeDeps): Promise<boolean> {
  const found = await db
    .select({ id: conversations.id })
    .from(conversations)
    .where(isDue(clock()))
    .limit(1);
  return found.length > 0;
}

export function dueQuery(db: Database | Transaction, now: Date, limit: number) {
  return db
    .select()
    .from(conversations)
    .where(isDue(now))
    .orderBy(asc(conversations.snoozed_until))
    .limit(limit);
}

async function decide(tx: Transaction, now: Date, rows: ConversationRow[]): Promise<ChangeOfOne[]> {
  const ids = rows.map(({ id }) => id);
  const remembered = await recallSnoozes(tx, ids);
  await forgetSnoozes(tx, ids);
  const findOwner = createOwnerFinder(tx, now);
  const changes: ChangeOfOne[] = [];
  for (const current of rows) {
    const snooze = remembered.get(current.id);
    const owner = await findOwner(current, snooze);
    const goesTo = owner && owner.id !== current.assignee_id ? owner : undefined;
    changes.push({
      current,
      change: {
        patch: {
          status: "open",
          snoozed_until: null,
          agent_unread_count: Math.max(1, current.agent_unread_count),
          ...(goesTo ? { assignee_id: goesTo.id } : {}),
        },
        lines: [wokenLine(snooze?.message ?? null, goesTo ?? null)],
      },
    });
  }
  return changes;
}

type Owner = Pick<AgentIdentity, "name"> & { id: number };

/** The first of the owners who may still see the conversation; each is looked up once. */
function createOwnerFinder(tx: Transaction, now: Date) {
  const known = new Map<string, Owner | undefined>();
  return async (row: ConversationRow, snooze: SnoozeRow | undefined) => {
    for (const ownerId of snooze?.owner_ids ?? []) {
      const key = `${row.inbox_id} ${ownerId}`;
      if (!known.has(key)) {
        const { account_id, inbox_id } = row;
        const agent = await findAgentOfInbox(tx, now, account_id, inbox_id, ownerId);
        known.set(key, agent && { id: agent.id, name: agent.available_name });
      }
      const owner = known.get(key);
      if (owner) return owner;
    }
    return undefined;
  };
}
