// Reading snoozes: those that still keep something asleep which this agent may see.
import { and, desc, eq, exists, inArray, isNotNull, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { SNOOZES_PAGE_SIZE } from "../../protocol/limits.ts";
import type { Snooze } from "../../protocol/records-snoozes.ts";
import type { ListSnoozes } from "../../protocol/requests-snoozes.ts";
import { success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import { mayBeSeenBy } from "../agents/agents.ts";
import { notFound } from "../conversations/find.ts";
import type { Database, Transaction } from "../database/connection.ts";
import { snoozed_conversations, snoozes } from "../database/snooze-tables.ts";
import { conversations } from "../database/conversation-tables.ts";
import { users } from "../database/account-tables.ts";
import { unixSeconds } from "../messages/records.ts";
import type { RoomDeps } from "../room.ts";
import type { SnoozeRow } from "./memory.ts";

type Reader = Database | Transaction;

/** The conversations that a condition on snoozes keeps asleep, as far as this agent may see them. */
function asleep(db: Reader, agent: AgentIdentity, of: SQL) {
  return db
    .select({
      snoozeId: snoozed_conversations.snooze_id,
      displayId: conversations.display_id,
      contactId: conversations.contact_id,
    })
    .from(snoozed_conversations)
    .innerJoin(conversations, eq(conversations.id, snoozed_conversations.conversation_id))
    .where(and(of, eq(conversations.status, "snoozed"), mayBeSeenBy(db, agent)));
}

/**
 * Condition: this snooze of the agent's account keeps something asleep that he may see; the
 * conversation with this number, where one is named.
 */
function isLive(db: Reader, agent: AgentIdentity, displayId?: number): SQL | undefined {
  const isOf = sql`${snoozed_conversations.snooze_id} = ${snoozes.id}`;
  const isNamed = sql`${conversations.display_id} = ${displayId}`;
  return and(
    eq(snoozes.account_id, agent.accountId),
    exists(asleep(db, agent, displayId === undefined ? isOf : sql`${isOf} and ${isNamed}`)),
  );
}

/** One page of the account's snoozes, the newest first: 25 a page. */
export async function listSnoozes(
  { db }: Pick<RoomDeps, "db">,
  agent: AgentIdentity,
  { page, object_type: type, conversation_id: displayId }: ListSnoozes,
): Promise<{ total: number; payload: Snooze[] }> {
  const column = type === "contact" ? snoozes.contact_id : snoozes.conversation_id;
  const where = and(
    isLive(db, agent, displayId),
    type === undefined ? undefined : isNotNull(column),
  );
  const [total, rows] = await Promise.all([
    db.$count(snoozes, where),
    db
      .select()
      .from(snoozes)
      .where(where)
      .orderBy(desc(snoozes.id))
      .limit(SNOOZES_PAGE_SIZE)
      .offset((page - 1) * SNOOZES_PAGE_SIZE),
  ]);
  return { total, payload: await snoozeRecords(db, agent, rows) };
}

/** The row of a snooze that is not over. Errors: `not_found`. */
export async function findSnooze(
  db: Reader,
  agent: AgentIdentity,
  snoozeId: number,
): Promise<Result<SnoozeRow>> {
  const [row] = await db
    .select()
    .from(snoozes)
    .where(and(eq(snoozes.id, snoozeId), isLive(db, agent)));
  return row ? success(row) : notFound();
}

/** Errors: `not_found` (also: it is over). */
export async function getSnooze(
  { db }: { db: Reader },
  agent: AgentIdentity,
  snoozeId: number,
): Promise<Result<Snooze>> {
  const row = await findSnooze(db, agent, snoozeId);
  if (!row.ok) return row;
  const [record] = await snoozeRecords(db, agent, [row.data]);
  return record ? success(record) : notFound();
}

/** What keeps this conversation asleep. Errors: `not_found`. */
export async function getSnoozeOfConversation(
  { db }: { db: Reader },
  agent: AgentIdentity,
  conversation: { id: number },
): Promise<Result<Snooze>> {
  const [row] = await db
    .select({ id: snoozed_conversations.snooze_id })
    .from(snoozed_conversations)
    .where(eq(snoozed_conversations.conversation_id, conversation.id));
  return row ? await getSnooze({ db }, agent, row.id) : notFound();
}

async function snoozeRecords(
  db: Reader,
  agent: AgentIdentity,
  rows: SnoozeRow[],
): Promise<Snooze[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const ownerIds = [...new Set(rows.flatMap((row) => row.owner_ids))];
  const [sleeping, owners] = await Promise.all([
    asleep(db, agent, inArray(snoozed_conversations.snooze_id, ids)),
    findUsers(db, ownerIds),
  ]);
  return rows.flatMap((row) => {
    const own = sleeping.filter(({ snoozeId }) => snoozeId === row.id);
    const [first] = own;
    // It has woken between the two readings.
    if (!first) return [];
    return {
      id: row.id,
      account_id: row.account_id,
      object_type: row.contact_id === null ? ("conversation" as const) : ("contact" as const),
      object_id: row.contact_id ?? first.displayId,
      contact_id: row.contact_id ?? first.contactId,
      conversation_ids: own.map(({ displayId }) => displayId).toSorted((a, b) => a - b),
      snoozed_until: row.snoozed_until && unixSeconds(row.snoozed_until),
      message: row.message,
      created_by: row.created_by,
      users: row.owner_ids.flatMap((id) => owners.get(id) ?? []),
      created_at: unixSeconds(row.created_at),
    };
  });
}

async function findUsers(db: Reader, ids: number[]) {
  if (ids.length === 0) return new Map<number, Snooze["users"][number]>();
  const rows = await db
    .select({
      id: users.id,
      name: sql<string>`coalesce(${users.display_name}, ${users.name})`,
      email: users.email,
    })
    .from(users)
    .where(inArray(users.id, ids));
  return new Map(rows.map((row) => [row.id, row]));
}
