// Deleting a message: a tombstone stays where it was, and both sides are told (seed 003, row 60).
import { eq } from "drizzle-orm";
import type { Message } from "../../protocol/records.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import { actorOf } from "../agents/agents.ts";
import { letGo } from "../attachments/sweep.ts";
import { notFound, ofAgent } from "../conversations/find.ts";
import {
  audienceOf,
  conversationState,
  publicConversationState,
} from "../conversations/records.ts";
import { conversations } from "../database/conversation-tables.ts";
import { messages } from "../database/message-tables.ts";
import type { RoomDeps } from "../room.ts";
import { findMessage } from "./queries.ts";

/** In English; a view chooses its own words by `content_attributes.deleted`. */
const TOMBSTONE = "This message was deleted";

/**
 * Takes a message's content away for good; deleting it again changes nothing.
 * Errors: `not_found`, `invalid` (a line about the conversation itself).
 */
export async function deleteMessage(
  { events, db, jobs }: Pick<RoomDeps, "events" | "db" | "jobs">,
  agent: AgentIdentity,
  displayId: number,
  messageId: number,
): Promise<Result<Message>> {
  return await events.transaction<Result<Message>>(async (tx, record) => {
    const [current] = await tx
      .select()
      .from(conversations)
      .where(ofAgent(db, agent, displayId))
      .for("no key update");
    if (!current) return notFound();
    const of = { conversationId: current.id, displayId, publicOnly: false };
    const message = await findMessage(tx, of, messageId);
    if (!message) return notFound();
    if (message.message_type === "activity") {
      return failure("invalid", "What became of a conversation cannot be deleted");
    }
    if (message.content_attributes["deleted"] === true) return success(message);
    const seq = current.seq + 1;
    const tombstone = {
      content: TOMBSTONE,
      content_type: "text",
      content_attributes: { deleted: true },
      changed_seq: seq,
    } as const;
    await tx
      .update(messages)
      .set({ ...tombstone, content_tree: null, attachments: null })
      .where(eq(messages.id, message.id));
    const files = message.attachments.map((attachment) => attachment.id);
    await letGo({ jobs }, tx, message.id, files);
    await tx.update(conversations).set({ seq }).where(eq(conversations.id, current.id));
    const { content_tree: _gone, ...rest } = message;
    const deleted: Message = { ...rest, ...tombstone, attachments: [], attachment: null };
    const row = { ...current, seq };
    record({
      name: "message:updated",
      audience: audienceOf(row),
      actor: actorOf(agent),
      message: deleted,
      state: { agents: conversationState(row), visitor: publicConversationState(row) },
      changes: { deleted: [false, true] },
    });
    return success(deleted);
  });
}
