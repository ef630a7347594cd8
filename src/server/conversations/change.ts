// The one way to change a conversation: locked, numbered, with its lines and events, in one transaction.
import { eq, inArray, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Message } from "../../protocol/records.ts";
import { success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { Transaction } from "../database/connection.ts";
import { conversations } from "../database/conversation-tables.ts";
import { messages } from "../database/message-tables.ts";
import type { Actor, Changes, RecordedEvent } from "../events.ts";
import { systemActor } from "../events.ts";
import type { Line } from "../messages/lines.ts";
import { messageRecord } from "../messages/records.ts";
import type { RoomDeps } from "../room.ts";
import { notFound } from "./find.ts";
import { audienceOf, conversationState, publicConversationState } from "./records.ts";
import type { ConversationRow } from "./details.ts";

export interface Change {
  patch: Partial<ConversationRow>;
  /** Quiet lines that tell agents of it. */
  lines?: Line[];
  /** What Parlor itself says to the contact then. */
  templates?: Template[];
}

/** A message that nobody wrote; `content` is English, and a view may choose its own words by the type. */
export type Template = Pick<Message, "content" | "content_type" | "content_attributes">;

/** Looks at the locked row; answers what to change, `null` for nothing, or why it must not be. */
export type Decide = (
  current: ConversationRow,
  tx: Transaction,
) => Result<Change | null> | Promise<Result<Change | null>>;

/**
 * Changes the conversation that `where` names. Takes the next sequence number, and one more for each
 * line and template. Answers the row as it is afterwards. Errors: `not_found`, and whatever `decide` answers.
 */
export async function changeConversation(
  { events, clock }: Pick<RoomDeps, "events" | "clock">,
  where: SQL | undefined,
  actor: Actor,
  decide: Decide,
): Promise<Result<ConversationRow>> {
  return await events.transaction(async (tx, record) => {
    const [current] = await tx.select().from(conversations).where(where).for("no key update");
    if (!current) return notFound();
    const decided = await decide(current, tx);
    if (!decided.ok) return decided;
    if (decided.data === null) return success(current);
    const [row] = await write(tx, record, actor, [{ current, change: decided.data }], clock());
    if (!row) throw new Error("a locked conversation has vanished");
    return success(row);
  });
}

/** Changes a conversation that this transaction has locked or made. */
export async function changeWithin(
  tx: Transaction,
  record: (event: RecordedEvent) => void,
  actor: Actor,
  one: ChangeOfOne,
  now: Date,
): Promise<void> {
  await write(tx, record, actor, [one], now);
}

/** A locked row, and what is to become of it. */
export interface ChangeOfOne {
  current: ConversationRow;
  change: Change;
}

/**
 * Changes many conversations at once: all or none. `lock` selects them for update, in the order of
 * their ids or without waiting for others; `decide` looks at them. Answers the rows as they are
 * afterwards. Errors: whatever `decide` answers.
 */
export async function changeConversations(
  { events, clock }: Pick<RoomDeps, "events" | "clock">,
  lock: (tx: Transaction) => Promise<Result<ConversationRow[]>>,
  actor: Actor,
  decide: (rows: ConversationRow[], tx: Transaction) => Promise<Result<ChangeOfOne[]>>,
): Promise<Result<ConversationRow[]>> {
  return await events.transaction(async (tx, record) => {
    const locked = await lock(tx);
    if (!locked.ok || locked.data.length === 0) return locked;
    const decided = await decide(locked.data, tx);
    if (!decided.ok) return decided;
    return success(await write(tx, record, actor, decided.data, clock()));
  });
}

/** Rows that are changed alike are written together. */
async function write(
  tx: Transaction,
  record: (event: RecordedEvent) => void,
  actor: Actor,
  changes: ChangeOfOne[],
  now: Date,
): Promise<ConversationRow[]> {
  const alike = new Map<string, ChangeOfOne[]>();
  for (const one of changes) {
    const key = JSON.stringify([one.change.patch, countSaid(one.change)]);
    alike.set(key, [...(alike.get(key) ?? []), one]);
  }
  const rows = new Map<number, ConversationRow>();
  for (const group of alike.values()) {
    const change = group[0]?.change ?? { patch: {} };
    const ids = group.map(({ current }) => current.id);
    const updated = await tx
      .update(conversations)
      .set({
        ...change.patch,
        ...factsOf(change.patch, actor, now),
        seq: sql`${conversations.seq} + ${1 + countSaid(change)}`,
      })
      .where(inArray(conversations.id, ids))
      .returning();
    for (const row of updated) rows.set(row.id, row);
  }
  const written = changes.map((one) => {
    const row = rows.get(one.current.id);
    if (!row) throw new Error("a locked conversation has vanished");
    return { ...one, row };
  });
  const said = await writeMessages(tx, written, now);
  const told: ConversationRow[] = [];
  for (const { current, change, row: before } of written) {
    const stored = said.get(before.id) ?? [];
    const row = change.templates?.length ? await showLast(tx, before, stored, now) : before;
    told.push(row);
    record({
      name: "conversation:updated",
      audience: audienceOf(row),
      actor,
      seq: current.seq + 1,
      changes: changesOf(current, change.patch),
    });
    for (const message of stored) record(messageEvent(row, message));
  }
  return told;
}

/** Who has ended a conversation and when, and how long its contact waited for his agent: told to the contact. */
function factsOf({ status, assignee_id }: Change["patch"], actor: Actor, now: Date) {
  const { resolved_by, resolved_at, resolved_seq, waiting_since } = conversations;
  const { assignee_waited_ms, assigned_seq, assigned_at } = conversations;
  const isEnd = sql`${conversations.status} <> 'resolved'`;
  const isHanded = sql`${conversations.assignee_id} is distinct from ${assignee_id}::bigint`;
  const nextSeq = sql`${conversations.seq} + 1`;
  const at = sql`${now.toISOString()}::timestamptz`;
  const waitedMs = sql`extract(epoch from ${now.toISOString()}::timestamptz - ${waiting_since}) * 1000`;
  return {
    ...(status === "resolved" && {
      resolved_seq: sql`case when ${isEnd} then ${nextSeq} else ${resolved_seq} end`,
      resolved_by: sql`case when ${isEnd} then ${actor.type} else ${resolved_by} end`,
      resolved_at: sql`case when ${isEnd} then ${now.toISOString()}::timestamptz else ${resolved_at} end`,
    }),
    ...(assignee_id !== undefined && {
      assigned_seq: sql`case when ${isHanded} then ${nextSeq} else ${assigned_seq} end`,
      assigned_at: sql`case when ${isHanded} then ${at} else ${assigned_at} end`,
      assignee_waited_ms: sql`case when ${isHanded} then greatest(0, coalesce(${waitedMs}, 0))::bigint
        else ${assignee_waited_ms} end`,
    }),
  };
}

const countSaid = ({ lines = [], templates = [] }: Change) => lines.length + templates.length;

/** What Parlor has said is the last that lists show, and unread. */
async function showLast(
  tx: Transaction,
  row: ConversationRow,
  stored: StoredMessage[],
  now: Date,
): Promise<ConversationRow> {
  const templates = stored.filter(({ message_type }) => message_type === "template");
  const last = templates.at(-1)?.id ?? null;
  const [shown] = await tx
    .update(conversations)
    .set({
      last_message_id: last,
      last_public_message_id: last,
      contact_unread_count: row.contact_unread_count + templates.length,
      last_activity_at: now,
    })
    .where(eq(conversations.id, row.id))
    .returning();
  return shown ?? row;
}

function changesOf(before: ConversationRow, patch: Partial<ConversationRow>): Changes {
  return Object.fromEntries(
    Object.entries(patch).map(([key, value]) => [key, [before[key as keyof typeof patch], value]]),
  );
}

type StoredMessage = typeof messages.$inferSelect;

/** The lines and then the templates, by conversation. */
async function writeMessages(
  tx: Transaction,
  written: (ChangeOfOne & { row: ConversationRow })[],
  now: Date,
): Promise<Map<number, StoredMessage[]>> {
  const values = written.flatMap(({ current, change: { lines = [], templates = [] }, row }) =>
    [
      ...lines.map((line) => ({ ...line, message_type: "activity" as const })),
      ...templates.map((template) => ({ ...template, message_type: "template" as const })),
    ].map((said, index) => ({
      ...said,
      account_id: row.account_id,
      conversation_id: row.id,
      seq: current.seq + 2 + index,
      changed_seq: current.seq + 2 + index,
      sender_type: "system" as const,
      created_at: now,
    })),
  );
  const byConversation = new Map<number, StoredMessage[]>();
  if (values.length === 0) return byConversation;
  for (const message of await tx.insert(messages).values(values).returning()) {
    const { conversation_id: id } = message;
    byConversation.set(id, [...(byConversation.get(id) ?? []), message]);
  }
  return byConversation;
}

function messageEvent(row: ConversationRow, message: StoredMessage): RecordedEvent {
  return {
    name: "message:created",
    audience: audienceOf(row),
    actor: systemActor,
    message: messageRecord(
      { ...message, sender_name: null, sender_avatar_url: null },
      row.display_id,
    ),
    state: { agents: conversationState(row), visitor: publicConversationState(row) },
    changes: {},
  };
}
