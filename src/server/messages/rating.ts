// A visitor's rating: his answer to a message that asks for one (seed 003, row 92).
import { eq } from "drizzle-orm";
import type { Message } from "../../protocol/records.ts";
import type { UpdateIncomingMessage } from "../../protocol/requests.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { VisitorIdentity } from "../contacts/visitors.ts";
import { notFound, ofVisitor } from "../conversations/find.ts";
import {
  audienceOf,
  conversationState,
  publicConversationState,
} from "../conversations/records.ts";
import { conversations, messages } from "../database/tables.ts";
import type { RoomDeps } from "../room.ts";
import { findMessage } from "./queries.ts";

const RATING_OPEN_MS = 14 * 24 * 60 * 60 * 1000;

/**
 * Stores the rating in the message's `content_attributes.submitted_values`; until the survey closes
 * it may be changed. Errors: `not_found`, `invalid` (no survey, or older than 14 days).
 */
export async function rateMessage(
  { events, clock }: Pick<RoomDeps, "events" | "clock">,
  visitor: VisitorIdentity,
  displayId: number,
  messageId: number,
  input: UpdateIncomingMessage,
): Promise<Result<Message>> {
  return await events.transaction<Result<Message>>(async (tx, record) => {
    const [current] = await tx
      .select()
      .from(conversations)
      .where(ofVisitor(visitor, displayId))
      .for("no key update");
    if (!current) return notFound();
    const of = { conversationId: current.id, displayId, publicOnly: true };
    const message = await findMessage(tx, of, messageId);
    if (!message) return notFound();
    if (message.content_type !== "input_csat") {
      return failure("invalid", "This message does not ask for a rating");
    }
    if (clock().getTime() - message.created_at * 1000 > RATING_OPEN_MS) {
      return failure("invalid", "You cannot update the CSAT survey after 14 days");
    }
    const seq = current.seq + 1;
    const before = message.content_attributes["submitted_values"] ?? null;
    const content_attributes = {
      ...message.content_attributes,
      submitted_values: input.submitted_values,
    };
    await tx
      .update(messages)
      .set({ content_attributes, changed_seq: seq })
      .where(eq(messages.id, message.id));
    await tx.update(conversations).set({ seq }).where(eq(conversations.id, current.id));
    const row = { ...current, seq };
    const changed: Message = { ...message, content_attributes, changed_seq: seq };
    record({
      name: "message:updated",
      audience: audienceOf(row),
      actor: { type: "contact", id: visitor.contactId },
      message: changed,
      state: { agents: conversationState(row), visitor: publicConversationState(row) },
      changes: ratingChange(before, input),
    });
    return success(changed);
  });
}

/** The rating alone: what the visitor has written beside it is message text. */
function ratingChange(before: unknown, input: UpdateIncomingMessage) {
  const previous = before as UpdateIncomingMessage["submitted_values"] | null;
  const { rating } = input.submitted_values.csat_survey_response;
  return {
    rating: [previous?.csat_survey_response.rating ?? null, rating] as [unknown, unknown],
  };
}
