// The one way to change what administrators keep: the change and its line in the log commit together,
// then desks hear of it.
import { eq } from "drizzle-orm";
import type { AuditAction, SettingsSubject } from "../../protocol/lists.ts";
import { failure } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import { audit_logs } from "../database/administration-tables.ts";
import type { Transaction } from "../database/connection.ts";
import { violatesUnique } from "../database/errors.ts";
import { users } from "../database/account-tables.ts";
import type { PassingEvent, RecordedEvent } from "../events.ts";
import type { RoomDeps } from "../room.ts";

export interface AuditEntry {
  action: AuditAction;
  /** What it is, as the log names it: `Inbox`. */
  type: string;
  id: number;
  changes: Record<string, unknown>;
  /** Desks read it again. */
  subject?: SettingsSubject;
}

export interface Ledger {
  /** Writes the change down. */
  note: (entry: AuditEntry) => void;
  /** An event that is a fact: it commits with the change. */
  record: (event: RecordedEvent) => void;
  /** Whatever else is to be heard after the commit. */
  tell: (event: PassingEvent) => void;
}

/** A unique index, and the field to blame when it holds the value already. */
export interface Unique {
  index: string;
  field: string;
}

/** Undoes what a transaction has written, on the way to answering why. */
class Refused extends Error {
  readonly refusal: Result<never>;
  constructor(refusal: Result<never>) {
    super("refused");
    this.refusal = refusal;
  }
}

/**
 * Does one piece of administration; a failure that `work` answers undoes what it has written.
 * Errors: `invalid` for a value that `unique` holds already, and whatever `work` answers.
 */
export async function administer<Value>(
  { events }: Pick<RoomDeps, "events">,
  agent: AgentIdentity,
  work: (tx: Transaction, ledger: Ledger) => Promise<Result<Value>>,
  unique?: Unique,
): Promise<Result<Value>> {
  const entries: AuditEntry[] = [];
  const told: PassingEvent[] = [];
  let result: Result<Value>;
  try {
    result = await events.transaction(async (tx, record) => {
      const ledger = {
        record,
        note: (entry: AuditEntry) => void entries.push(entry),
        tell: (event: PassingEvent) => void told.push(event),
      };
      const done = await work(tx, ledger);
      if (!done.ok) throw new Refused(done);
      if (entries.length > 0) await writeDown(tx, agent, entries);
      return done;
    });
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    if (unique && violatesUnique(error, unique.index)) {
      return failure("invalid", "has already been taken", { field: unique.field });
    }
    throw error;
  }
  for (const { subject, id, action } of entries) {
    if (subject === undefined) continue;
    const removed = action === "destroy";
    const { accountId } = agent;
    events.publish({ name: "settings:changed", accountId, subject, id, removed });
  }
  for (const event of told) events.publish(event);
  return result;
}

async function writeDown(tx: Transaction, agent: AgentIdentity, entries: AuditEntry[]) {
  const [user] = await tx
    .select({ email: users.email })
    .from(users)
    .where(eq(users.id, agent.userId));
  await tx.insert(audit_logs).values(
    entries.map(({ type, id, action, changes }) => ({
      account_id: agent.accountId,
      auditable_type: type,
      auditable_id: id,
      action,
      user_id: agent.userId,
      username: user?.email ?? "",
      audited_changes: changes,
      remote_address: agent.remoteAddress ?? null,
    })),
  );
}

/** `{ attribute: [previous, current] }` of those that are not the same. */
export function changesBetween<Row extends Record<string, unknown>>(
  before: Row,
  after: Row,
): Record<string, [unknown, unknown]> {
  return Object.fromEntries(
    Object.keys(after).flatMap((key) =>
      JSON.stringify(before[key]) === JSON.stringify(after[key])
        ? []
        : [[key, [before[key], after[key]] as [unknown, unknown]]],
    ),
  );
}
