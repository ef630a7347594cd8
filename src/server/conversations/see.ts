// Having seen a conversation: each side's mark, which only moves forward, and its unread count.
import { and, eq, gt, sql } from "drizzle-orm";
import { success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import type { VisitorIdentity } from "../contacts/visitors.ts";
import type { Transaction } from "../database/connection.ts";
import { messages } from "../database/message-tables.ts";
import { isPublic } from "../messages/records.ts";
import type { RoomDeps } from "../room.ts";
import { changeConversation } from "./change.ts";
import { ofAgent, ofVisitor } from "./find.ts";
import type { ConversationRow } from "./details.ts";

type Deps = Pick<RoomDeps, "db" | "events" | "clock">;

/** How many of the other side's messages come after a sequence number. */
async function countUnread(
  tx: Transaction,
  conversationId: number,
  side: "contact" | "agents",
  afterSeq: number,
): Promise<number> {
  const fromTheOther =
    side === "agents"
      ? eq(messages.message_type, "incoming")
      : sql`${messages.message_type} in ('outgoing', 'template')`;
  const [row] = await tx
    .select({ count: sql<number>`count(*)`.mapWith(Number) })
    .from(messages)
    .where(
      and(
        eq(messages.conversation_id, conversationId),
        gt(messages.seq, afterSeq),
        isPublic,
        fromTheOther,
      ),
    );
  return row?.count ?? 0;
}

/** A visitor has seen everything up to `seq` (without one: everything). Errors: `not_found`. */
export async function seeAsVisitor(
  deps: Deps,
  visitor: VisitorIdentity,
  displayId: number,
  seq?: number,
): Promise<Result<ConversationRow>> {
  const actor = { type: "contact", id: visitor.contactId } as const;
  const where = ofVisitor(visitor, displayId);
  return await changeConversation(deps, where, actor, async (current, tx) => {
    const seen = Math.min(seq ?? current.seq, current.seq);
    if (seen <= current.contact_last_seen_seq) return success(null);
    return success({
      patch: {
        contact_last_seen_seq: seen,
        contact_last_seen_at: deps.clock(),
        contact_unread_count: await countUnread(tx, current.id, "contact", seen),
      },
    });
  });
}

/** Agents have seen everything up to `seq` (without one: everything). Errors: `not_found`. */
export async function seeAsAgent(
  deps: Deps,
  agent: AgentIdentity,
  displayId: number,
  seq?: number,
): Promise<Result<ConversationRow>> {
  const actor = { type: "user", id: agent.userId } as const;
  const where = ofAgent(deps.db, agent, displayId);
  return await changeConversation(deps, where, actor, async (current, tx) => {
    const seen = Math.min(seq ?? current.seq, current.seq);
    if (seen <= current.agent_last_seen_seq) return success(null);
    return success({
      patch: {
        agent_last_seen_seq: seen,
        agent_last_seen_at: deps.clock(),
        agent_unread_count: await countUnread(tx, current.id, "agents", seen),
      },
    });
  });
}
