// Catching up: what a client has missed after a sequence number, read in one snapshot.
import { success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentSync, VisitorSync } from "../../protocol/socket.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import type { VisitorIdentity } from "../contacts/visitors.ts";
import { syncMessages } from "../messages/queries.ts";
import type { RoomDeps } from "../room.ts";
import {
  findConversation,
  getConversation,
  getPublicConversation,
  ofAgent,
  ofVisitor,
} from "./find.ts";

type Deps = Pick<RoomDeps, "db" | "clock">;

/** The conversation's number and its state must be of one moment, or a change would fall between. */
const snapshot = { isolationLevel: "repeatable read", accessMode: "read only" } as const;

/** Errors: `not_found`. */
export async function syncForVisitor(
  { db, clock }: Deps,
  visitor: VisitorIdentity,
  displayId: number,
  afterSeq: number,
): Promise<Result<VisitorSync>> {
  const where = ofVisitor(visitor, displayId);
  return await db.transaction(async (tx) => {
    const row = await findConversation(tx, where);
    if (!row.ok) return row;
    const conversation = await getPublicConversation({ db: tx, clock }, where);
    if (!conversation.ok) return conversation;
    const of = { conversationId: row.data.id, displayId, publicOnly: true };
    return success({ conversation: conversation.data, ...(await syncMessages(tx, of, afterSeq)) });
  }, snapshot);
}

/** Errors: `not_found`. */
export async function syncForAgent(
  { db, clock }: Deps,
  agent: AgentIdentity,
  displayId: number,
  afterSeq: number,
): Promise<Result<AgentSync>> {
  const where = ofAgent(db, agent, displayId);
  return await db.transaction(async (tx) => {
    const row = await findConversation(tx, where);
    if (!row.ok) return row;
    const conversation = await getConversation({ db: tx, clock }, where);
    if (!conversation.ok) return conversation;
    const of = { conversationId: row.data.id, displayId, publicOnly: false };
    return success({ conversation: conversation.data, ...(await syncMessages(tx, of, afterSeq)) });
  }, snapshot);
}
