// What the messages of a whole conversation tell of it, however many they are.
import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Database } from "../database/connection.ts";
import { messages } from "../database/message-tables.ts";

export interface ConversationFacts {
  lastCustomerMessageAt: Date | null;
  /** The latest line that tells of its end; null: none does. */
  closing: { at: Date; isByCustomer: boolean } | null;
  /** Who has answered, the latest first. */
  agentIds: number[];
  /** Of the first message that somebody wrote. */
  firstType: "incoming" | "outgoing" | null;
  /** From 1 to 5. */
  rating: number | null;
}

const isPublicReply = and(
  eq(messages.message_type, "outgoing"),
  eq(messages.private, false),
  eq(messages.sender_type, "user"),
);
const endings = ["conversation_resolved", "conversation_muted"];

export async function readConversationFacts(
  db: Database,
  conversationId: number,
): Promise<ConversationFacts> {
  const one = async (where: SQL | undefined, order: SQL) => {
    const isOf = eq(messages.conversation_id, conversationId);
    const rows = db.select().from(messages).where(and(isOf, where)).orderBy(order).limit(1);
    return (await rows)[0];
  };
  const latest = desc(messages.seq);
  const code = sql`${messages.content_attributes} ->> 'code'`;
  const isWritten = and(
    inArray(messages.message_type, ["incoming", "outgoing"]),
    eq(messages.private, false),
  );
  const [incoming, closing, first, survey, agents] = await Promise.all([
    one(eq(messages.message_type, "incoming"), latest),
    one(and(eq(messages.message_type, "activity"), inArray(code, endings)), latest),
    one(isWritten, asc(messages.seq)),
    one(
      and(
        eq(messages.content_type, "input_csat"),
        sql`${messages.content_attributes} ? 'submitted_values'`,
      ),
      latest,
    ),
    db
      .select({ id: messages.sender_id })
      .from(messages)
      .where(and(eq(messages.conversation_id, conversationId), isPublicReply))
      .groupBy(messages.sender_id)
      .orderBy(desc(sql`max(${messages.seq})`)),
  ]);
  return {
    lastCustomerMessageAt: incoming?.created_at ?? null,
    closing: closing
      ? { at: closing.created_at, isByCustomer: closing.content_attributes["by"] === "contact" }
      : null,
    agentIds: agents.map(({ id }) => id),
    firstType: (first?.message_type as ConversationFacts["firstType"]) ?? null,
    rating: ratingOf(survey?.content_attributes["submitted_values"]),
  };
}

function ratingOf(values: unknown): number | null {
  const { csat_survey_response: response } = (values ?? {}) as {
    csat_survey_response?: { rating?: number };
  };
  return response?.rating ?? null;
}
