// Putting to sleep: one conversation, or all that a contact has, until a time or until he replies.
import { and, asc, eq, ne } from "drizzle-orm";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import { findAgentOfInbox, mayBeSeenBy } from "../agents/agents.ts";
import { isInScope, outOfScope } from "../agents/scopes.ts";
import type { Change } from "../conversations/change.ts";
import { changeConversations } from "../conversations/change.ts";
import { notFound, ofAgent } from "../conversations/find.ts";
import type { ConversationRow } from "../conversations/details.ts";
import type { Transaction } from "../database/connection.ts";
import { contacts } from "../database/contact-tables.ts";
import { conversations } from "../database/conversation-tables.ts";
import { namedBy } from "../messages/lines.ts";
import { unixSeconds } from "../messages/records.ts";
import type { RoomDeps } from "../room.ts";
import { snoozedLine } from "./lines.ts";
import { rememberSnooze } from "./memory.ts";
import type { SnoozeRow } from "./memory.ts";

export type SnoozeDeps = Pick<RoomDeps, "db" | "events" | "clock">;

export interface SnoozeInput {
  /** Null: until the contact replies. */
  until: Date | null;
  /** For whoever works on it when it wakes. */
  message?: string | null | undefined;
  /** Whom it goes to when it wakes; nobody named: it stays with its assignee. */
  ownerIds?: number[] | undefined;
}

/**
 * Snoozes a conversation, whatever its status. Doing so again replaces what was said before.
 * Errors: `not_found`, `invalid` (a time that has passed, an owner who may not see it), `conflict`
 * (`refusesResolved`, and it is).
 */
export async function snoozeConversation(
  deps: SnoozeDeps,
  agent: AgentIdentity,
  displayId: number,
  input: SnoozeInput & { refusesResolved?: boolean },
): Promise<Result<ConversationRow>> {
  if (!isInScope(agent, "snooze")) return outOfScope();
  const fault = faultOf(input.until, deps.clock());
  if (fault) return fault;
  const changed = await changeConversations(
    deps,
    async (tx) => {
      const where = ofAgent(tx, agent, displayId);
      const rows = await tx.select().from(conversations).where(where).for("no key update");
      const [row] = rows;
      if (!row) return notFound();
      if (input.refusesResolved && row.status === "resolved") {
        return failure("conflict", "A closed conversation cannot be snoozed");
      }
      return isSnoozedAlike(row, input) ? success([]) : success(rows);
    },
    { type: "user", id: agent.userId },
    async (rows, tx) => {
      const owners = await checkOwners(tx, deps.clock(), rows, input.ownerIds);
      if (!owners.ok) return owners;
      const [{ id }] = rows as [ConversationRow];
      await rememberSnooze(tx, { ...rowOf(agent, input), conversation_id: id }, [id]);
      return success(rows.map((current) => ({ current, change: snoozed(agent, input) })));
    },
  );
  if (!changed.ok) return changed;
  const [row] = changed.data;
  return row ? success(row) : await findAgain(deps, agent, displayId);
}

async function findAgain({ db }: SnoozeDeps, agent: AgentIdentity, displayId: number) {
  const [row] = await db
    .select()
    .from(conversations)
    .where(ofAgent(db, agent, displayId));
  return row ? success(row) : notFound();
}

/**
 * Snoozes all conversations of a contact that this agent sees and that are not resolved.
 * Errors: `not_found`, `invalid` as for one conversation, `conflict` (there is none to snooze).
 */
export async function snoozeContact(
  deps: SnoozeDeps,
  agent: AgentIdentity,
  contactId: number,
  input: SnoozeInput,
): Promise<Result<SnoozeRow>> {
  const fault = faultOf(input.until, deps.clock());
  if (fault) return fault;
  let snooze: SnoozeRow | undefined;
  const changed = await changeConversations(
    deps,
    (tx) => lockContact(tx, agent, contactId),
    { type: "user", id: agent.userId },
    async (rows, tx) => {
      const owners = await checkOwners(tx, deps.clock(), rows, input.ownerIds);
      if (!owners.ok) return owners;
      const ids = rows.map(({ id }) => id);
      snooze = await rememberSnooze(tx, { ...rowOf(agent, input), contact_id: contactId }, ids);
      return success(rows.map((current) => ({ current, change: snoozed(agent, input) })));
    },
  );
  if (!changed.ok) return changed;
  if (!snooze) throw new Error("a contact's conversations sleep, but nothing is remembered of it");
  return success(snooze);
}

async function lockContact(
  tx: Transaction,
  agent: AgentIdentity,
  contactId: number,
): Promise<Result<ConversationRow[]>> {
  const [contact] = await tx
    .select({ id: contacts.id })
    .from(contacts)
    .where(and(eq(contacts.account_id, agent.accountId), eq(contacts.id, contactId)))
    .for("no key update");
  if (!contact) return notFound();
  const rows = await tx
    .select()
    .from(conversations)
    .where(
      and(
        eq(conversations.contact_id, contactId),
        ne(conversations.status, "resolved"),
        mayBeSeenBy(tx, agent),
      ),
    )
    .orderBy(asc(conversations.id))
    .for("no key update");
  return rows.length > 0
    ? success(rows)
    : failure("conflict", "This contact has no open conversation to snooze");
}

/** A time must come yet. */
export function faultOf(until: Date | null, now: Date) {
  return until && until <= now
    ? failure("invalid", "must be in the future", { field: "snoozed_until" })
    : undefined;
}

/** Each owner must be able to work on one of them at least. Errors: `invalid`. */
export async function checkOwners(
  tx: Transaction,
  now: Date,
  rows: ConversationRow[],
  ownerIds: number[] = [],
): Promise<Result<null>> {
  const inboxes = new Map(rows.map((row) => [row.inbox_id, row.account_id]));
  for (const ownerId of ownerIds) {
    let mayWork = false;
    for (const [inboxId, accountId] of inboxes) {
      mayWork ||= (await findAgentOfInbox(tx, now, accountId, inboxId, ownerId)) !== undefined;
    }
    if (!mayWork) {
      return failure("invalid", "must be agents who may see it", { field: "user_ids" });
    }
  }
  return success(null);
}

function isSnoozedAlike(row: ConversationRow, { until, message, ownerIds }: SnoozeInput): boolean {
  return (
    row.status === "snoozed" &&
    row.snoozed_until?.getTime() === until?.getTime() &&
    message === undefined &&
    ownerIds === undefined
  );
}

function snoozed(agent: AgentIdentity, { until, message }: SnoozeInput): Change {
  return {
    patch: { status: "snoozed", snoozed_until: until },
    lines: [snoozedLine(namedBy(agent), until && unixSeconds(until), message || null)],
  };
}

function rowOf(agent: AgentIdentity, { until, message, ownerIds }: SnoozeInput) {
  return {
    account_id: agent.accountId,
    snoozed_until: until,
    message: message || null,
    created_by: agent.userId,
    owner_ids: ownerIds ?? [],
  };
}
