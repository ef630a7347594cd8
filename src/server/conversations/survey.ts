// Asking for a rating when a conversation is over: where the inbox wants it, once, and of somebody who wrote.
import { and, eq } from "drizzle-orm";
import type { Transaction } from "../database/connection.ts";
import { contacts } from "../database/contact-tables.ts";
import { inboxes } from "../database/inbox-tables.ts";
import { messages } from "../database/message-tables.ts";
import type { Change, Template } from "./change.ts";
import type { ConversationRow } from "./details.ts";

const survey: Template = {
  content: "How was it? Please rate the conversation.",
  content_type: "input_csat",
  content_attributes: {},
};

/** The change, and the question after it where it resolves the conversation and there is whom to ask. */
export async function withSurvey(
  tx: Transaction,
  current: ConversationRow,
  change: Change | null,
): Promise<Change | null> {
  if (change?.patch.status !== "resolved" || current.csat_requested || current.muted) return change;
  return (await isToBeAsked(tx, current))
    ? { ...change, patch: { ...change.patch, csat_requested: true }, templates: [survey] }
    : change;
}

/** A conversation that a program began, and in which nobody ever wrote, has nobody to ask. */
async function isToBeAsked(tx: Transaction, current: ConversationRow): Promise<boolean> {
  const [row] = await tx
    .select({ settings: inboxes.settings, blocked: contacts.blocked })
    .from(inboxes)
    .innerJoin(contacts, eq(contacts.id, current.contact_id))
    .where(and(eq(inboxes.id, current.inbox_id), eq(inboxes.csat_survey_enabled, true)));
  if (!row || row.blocked || row.settings.features?.csat === false) return false;
  const [written] = await tx
    .select({ id: messages.id })
    .from(messages)
    .where(and(eq(messages.conversation_id, current.id), eq(messages.message_type, "incoming")))
    .limit(1);
  return written !== undefined;
}
