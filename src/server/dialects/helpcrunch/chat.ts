// A chat's object as HelpCrunch's API prints it (seed 001).
import { z } from "zod";
import type { Agent, Conversation } from "../../../protocol/records.ts";
import { unixSeconds } from "../../messages/records.ts";
import type { ConversationFacts } from "../../messages/conversation-facts.ts";

const person = z.object({ id: z.int(), name: z.string(), email: z.string(), role: z.string() });
const seconds = z.string().nullable();

export const chatSchema = z.object({
  id: z.int(),
  closedBy: z.string().nullable(),
  lastCustomerMessageAt: seconds,
  status: z.enum(["new", "opened", "pending", "on hold", "no communication", "closed"]),
  closedAt: seconds,
  rating: z.string().nullable(),
  createdAt: z.string(),
  lastMessageAt: seconds,
  createdWith: z.string(),
  snoozedUntil: seconds,
  lastMessageText: z.string().nullable(),
  lastMessageId: z.int().nullable(),
  applicationId: z.int(),
  lastCommunicatedAgentId: z.int().nullable(),
  agents: z.array(person),
  customer: z.object({
    id: z.int(),
    name: z.string().nullable(),
    email: z.string().nullable(),
    userId: z.string().nullable(),
  }),
  assignee: person.nullable(),
  department: z.object({ id: z.int(), name: z.string() }).nullable(),
});

const textOf = (at: number | null | undefined) => (at == null ? null : String(at));
const textOfDate = (at: Date | null) => textOf(at && unixSeconds(at));
const personOf = ({ id, name, email, role }: Agent) => ({ id, name, email, role });

/** In its words, from one star to five. */
const ratings = ["very poor", "poor", "average", "great", "perfect"];
/** What began a chat. One without a word was begun by a program. */
const beginnings = { incoming: "customer_message", outgoing: "agent_message" };

/** @param everybody the account's agents */
export function chatOf(
  conversation: Conversation,
  facts: ConversationFacts,
  everybody: readonly Agent[],
): z.infer<typeof chatSchema> {
  const { sender, assignee, team } = conversation.meta;
  const { closing, agentIds, firstType, rating } = facts;
  const isClosed = conversation.status === "resolved";
  const [last] = conversation.messages;
  const isInIt = ({ id }: Agent) => id === assignee?.id || agentIds.includes(id);
  return {
    id: conversation.id,
    closedBy: isClosed ? (closing?.isByCustomer ? "customer" : "agent") : null,
    lastCustomerMessageAt: textOfDate(facts.lastCustomerMessageAt),
    status: statusOf(conversation),
    closedAt: isClosed
      ? (textOfDate(closing?.at ?? null) ?? textOf(conversation.last_activity_at))
      : null,
    rating: rating === null ? null : (ratings[rating - 1] ?? null),
    createdAt: String(conversation.created_at),
    lastMessageAt: textOf(last?.created_at),
    createdWith: firstType === null ? "public_api" : beginnings[firstType],
    snoozedUntil: textOf(conversation.snoozed_until),
    lastMessageText: last?.content ?? null,
    lastMessageId: last?.id ?? null,
    applicationId: conversation.inbox_id,
    lastCommunicatedAgentId: agentIds[0] ?? null,
    agents: everybody.filter(isInIt).map(personOf),
    customer: {
      id: sender.id,
      name: sender.name,
      email: sender.email,
      userId: sender.identifier,
    },
    assignee: assignee && personOf(assignee),
    department: team ? { id: team.id, name: team.name } : null,
  };
}

function statusOf({ status, first_reply_created_at: repliedAt, messages }: Conversation) {
  if (status === "resolved") return "closed";
  if (status === "snoozed") return "on hold";
  if (status === "pending") return "pending";
  if (messages.length === 0) return "no communication";
  return repliedAt === null ? "new" : "opened";
}
