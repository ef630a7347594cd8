// The one way to change a conversation: locked, numbered, with its lines and events, in one transaction.
import { eq } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { Transaction } from "../database/connection.ts";
import { conversations, messages } from "../database/tables.ts";
import type { Actor, Changes, RecordedEvent } from "../events.ts";
import { systemActor } from "../events.ts";
import type { Line } from "../messages/lines.ts";
import { messageRecord } from "../messages/records.ts";
import type { RoomDeps } from "../room.ts";
import { notFound } from "./find.ts";
import { audienceOf, conversationState, publicConversationState } from "./records.ts";
import type { ConversationRow } from "./records.ts";

export interface Change {
  patch: Partial<ConversationRow>;
  /** Quiet lines that tell agents of it. */
  lines?: Line[];
}

/** Looks at the locked row; answers what to change, `null` for nothing, or why it must not be. */
export type Decide = (
  current: ConversationRow,
  tx: Transaction,
) => Result<Change | null> | Promise<Result<Change | null>>;

/**
 * Changes the conversation that `where` names. Takes the next sequence number, and one more for each
 * line. Answers the row as it is afterwards. Errors: `not_found`, and whatever `decide` answers.
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
    const { patch, lines = [] } = decided.data;
    const [row] = await tx
      .update(conversations)
      .set({ ...patch, seq: current.seq + 1 + lines.length })
      .where(eq(conversations.id, current.id))
      .returning();
    if (!row) throw new Error("a locked conversation has vanished");
    record({
      name: "conversation:updated",
      audience: audienceOf(row),
      actor,
      seq: current.seq + 1,
      changes: changesOf(current, patch),
    });
    if (lines.length > 0) {
      for (const event of await writeLines(tx, row, current.seq + 2, lines, clock())) record(event);
    }
    return success(row);
  });
}

function changesOf(before: ConversationRow, patch: Partial<ConversationRow>): Changes {
  return Object.fromEntries(
    Object.entries(patch).map(([key, value]) => [key, [before[key as keyof typeof patch], value]]),
  );
}

async function writeLines(
  tx: Transaction,
  row: ConversationRow,
  firstSeq: number,
  lines: Line[],
  now: Date,
): Promise<RecordedEvent[]> {
  const stored = await tx
    .insert(messages)
    .values(
      lines.map((line, index) => ({
        ...line,
        account_id: row.account_id,
        conversation_id: row.id,
        seq: firstSeq + index,
        changed_seq: firstSeq + index,
        message_type: "activity" as const,
        sender_type: "system" as const,
        created_at: now,
      })),
    )
    .returning();
  return stored.map((message) => ({
    name: "message:created",
    audience: audienceOf(row),
    actor: systemActor,
    message: messageRecord(
      { ...message, sender_name: null, sender_avatar_url: null },
      row.display_id,
    ),
    state: { agents: conversationState(row), visitor: publicConversationState(row) },
    changes: {},
  }));
}
