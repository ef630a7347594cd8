// A visitor answers a message that asks: a choice, a form, an e-mail address, a rating (seed 003, row 92).
import { isDeepStrictEqual } from "node:util";
import { eq } from "drizzle-orm";
import type { Message } from "../../protocol/records.ts";
import type { UpdateIncomingMessage } from "../../protocol/requests-visitors.ts";
import type { SubmittedValues } from "../../protocol/rich-content.ts";
import { RATING_OPEN_MS } from "../../protocol/rich-content.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import { applyStated } from "../contacts/apply-fields.ts";
import type { VisitorIdentity } from "../contacts/visitors.ts";
import { notFound, ofVisitor } from "../conversations/find.ts";
import {
  audienceOf,
  conversationState,
  publicConversationState,
} from "../conversations/records.ts";
import type { ConversationRow } from "../conversations/details.ts";
import type { Transaction } from "../database/connection.ts";
import { contacts } from "../database/contact-tables.ts";
import { conversations } from "../database/conversation-tables.ts";
import { messages } from "../database/message-tables.ts";
import type { Changes, RecordedEvent } from "../events.ts";
import type { RoomDeps } from "../room.ts";
import { findMessage } from "./queries.ts";
import { parseAnswer } from "./rich-content/answer.ts";

/**
 * Stores the answer in the message's `content_attributes.submitted_values`, once; a rating may be
 * changed until the survey closes. The same answer again changes nothing.
 * Errors: `not_found`, `conflict` (answered otherwise before), `invalid` (it does not ask, it does not
 * offer this, or the survey is older than 14 days).
 */
export async function answerMessage(
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
    const answer = parseAnswer(message, input.submitted_values);
    if (!answer.ok) return answer;
    const before = message.content_attributes["submitted_values"];
    if (isDeepStrictEqual(before, answer.data)) return success(message);
    const refused = refusal(message, before, clock());
    if (refused) return refused;
    const changed = await store(tx, record, current, message, answer.data, clock());
    await keepEmail(tx, record, visitor, changed);
    return success(changed);
  });
}

/** Why it takes no answer any more. */
function refusal({ content_type, created_at }: Message, before: unknown, now: Date) {
  if (content_type === "input_csat") {
    return now.getTime() - created_at * 1_000 > RATING_OPEN_MS
      ? failure("invalid", "You cannot update the CSAT survey after 14 days")
      : undefined;
  }
  return before === undefined ? undefined : failure("conflict", "This has been answered already");
}

async function store(
  tx: Transaction,
  record: (event: RecordedEvent) => void,
  current: ConversationRow,
  message: Message,
  submitted_values: SubmittedValues[keyof SubmittedValues],
  now: Date,
): Promise<Message> {
  const seq = current.seq + 1;
  const content_attributes = { ...message.content_attributes, submitted_values };
  await tx
    .update(messages)
    .set({ content_attributes, changed_seq: seq })
    .where(eq(messages.id, message.id));
  // A rating comes after the end: it does not bring the conversation up again.
  const patch = message.content_type === "input_csat" ? {} : { last_activity_at: now };
  await tx
    .update(conversations)
    .set({ seq, ...patch })
    .where(eq(conversations.id, current.id));
  const row = { ...current, ...patch, seq };
  const changed: Message = { ...message, content_attributes, changed_seq: seq };
  record({
    name: "message:updated",
    audience: audienceOf(row),
    actor: { type: "contact", id: current.contact_id },
    message: changed,
    state: { agents: conversationState(row), visitor: publicConversationState(row) },
    changes: changesOf(message.content_attributes["submitted_values"], changed),
  });
  return changed;
}

/** The rating alone, and that there is an answer: what a visitor writes is message text. */
function changesOf(before: unknown, { content_type, content_attributes }: Message): Changes {
  if (content_type !== "input_csat") return { answered: [false, true] };
  const ratingOf = (values: unknown) =>
    (values as SubmittedValues["input_csat"] | undefined)?.csat_survey_response.rating ?? null;
  return { rating: [ratingOf(before), ratingOf(content_attributes["submitted_values"])] };
}

/** Where the visitor can be reached is the contact's too. */
async function keepEmail(
  tx: Transaction,
  record: (event: RecordedEvent) => void,
  visitor: VisitorIdentity,
  { content_type, content_attributes }: Message,
): Promise<void> {
  if (content_type !== "input_email") return;
  const [contact] = await tx
    .select()
    .from(contacts)
    .where(eq(contacts.id, visitor.contactId))
    .for("update");
  if (!contact) return;
  const { email } = content_attributes["submitted_values"] as SubmittedValues["input_email"];
  for (const event of await applyStated(tx, contact, { email })) record(event);
}
