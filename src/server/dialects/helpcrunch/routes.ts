// HelpCrunch's way to snooze a chat and to wake it (seed 001).
import { z } from "zod";
import type { Agent, Conversation, Message } from "../../../protocol/records.ts";
import { idSchema } from "../../../protocol/requests.ts";
import { success } from "../../../protocol/result.ts";
import type { Failure, Result } from "../../../protocol/result.ts";
import type { AgentIdentity } from "../../agents/agents.ts";
import { findConversation, getConversation, ofAgent } from "../../conversations/find.ts";
import { toggleStatus } from "../../conversations/status.ts";
import type { RestDoor } from "../../http/door.ts";
import { listMessages } from "../../messages/queries.ts";
import type { RoomDeps } from "../../room.ts";
import { snoozeConversation } from "../../snooze/snooze.ts";
import { bearerOf, speak } from "../dialect.ts";
import type { Dialect } from "../dialect.ts";

const numeric = "This value should be of type numeric.";
const blank = "This value should not be blank.";

/** A text of digits, as its document says, or the number that older clients send, with a fraction perhaps. */
const instant = z
  .union([z.number(), z.string().regex(/^\d{1,12}(\.\d+)?$/, numeric)], numeric)
  .transform((said) => Math.floor(Number(said)))
  .pipe(z.number().min(1, numeric).max(253_402_300_799, numeric));

const snoozeSchema = z.object({
  id: idSchema,
  snoozedUntil: z.union([z.null(), instant], blank),
});

const person = z.object({ id: z.int(), name: z.string(), email: z.string(), role: z.string() });
const seconds = z.string().nullable();

const chatSchema = z.object({
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

const codes: Partial<Record<Failure["code"], string>> = {
  unauthenticated: "unauthorized",
  // As its document prints it, and so as its clients may compare it.
  not_found: "not_fount",
};

const helpcrunch: Dialect = {
  tokenOf: bearerOf,
  scope: "snooze",
  limit: "helpcrunch",
  statuses: {},
  errorSchema: z.object({
    errors: z.array(z.object({ code: z.string(), message: z.string() })),
  }),
  errorBody({ code, field, message }) {
    const own = { code: field || codes[code] || code, message };
    const general = { code: "invalid_request", message: "Invalid request" };
    if (code === "not_found") return { errors: [own] };
    return { errors: code === "invalid" && !field ? [general] : [general, own] };
  },
};

export async function helpcrunchRoutes(parent: RestDoor, deps: RoomDeps): Promise<void> {
  await speak(parent, deps, helpcrunch, (app, fail, failures) => {
    app.put(
      "/dialects/helpcrunch/v1/chats/snooze",
      { schema: { body: snoozeSchema, response: { ...failures, 200: chatSchema } } },
      async ({ agent, body }, reply) => {
        const done =
          body.snoozedUntil === null
            ? await wake(deps, agent, body.id)
            : await snooze(deps, agent, body.id, body.snoozedUntil);
        if (!done.ok) return fail(reply, inItsWords(done.error, body.id));
        const chat = await describe(deps, agent, body.id);
        return chat.ok ? reply.send(chat.data) : fail(reply, inItsWords(chat.error, body.id));
      },
    );
  });
}

async function snooze(deps: RoomDeps, agent: AgentIdentity, id: number, until: number) {
  const time = { until: new Date(until * 1000), refusesResolved: true };
  return await snoozeConversation(deps, agent, id, time);
}

/** Nothing to do for one that does not sleep. */
async function wake(deps: RoomDeps, agent: AgentIdentity, id: number): Promise<Result<unknown>> {
  const found = await findConversation(deps.db, ofAgent(deps.db, agent, id));
  if (!found.ok || found.data.status !== "snoozed") return found;
  return await toggleStatus(deps, agent, id, { status: "open" });
}

function inItsWords(problem: Failure, id: number): Failure {
  if (problem.code === "not_found") {
    return { ...problem, message: `Chat for ID "${id}" was not found` };
  }
  if (problem.code === "conflict") {
    return { ...problem, message: "Snooze chat is not allowed for closed chat" };
  }
  return problem.field === "snoozed_until" ? { ...problem, field: "snoozedUntil" } : problem;
}

async function describe(deps: RoomDeps, agent: AgentIdentity, displayId: number) {
  const where = ofAgent(deps.db, agent, displayId);
  const row = await findConversation(deps.db, where);
  if (!row.ok) return row;
  const conversation = await getConversation(deps, where);
  if (!conversation.ok) return conversation;
  const of = { conversationId: row.data.id, displayId, publicOnly: false };
  return success(chatOf(conversation.data, await listMessages(deps.db, of)));
}

const textOf = (at: number | null | undefined) => (at == null ? null : String(at));
const personOf = ({ id, name, email, role }: Agent) => ({ id, name, email, role });

/** @param latest the latest messages, the oldest first */
function chatOf(conversation: Conversation, latest: Message[]): z.infer<typeof chatSchema> {
  const { sender, assignee } = conversation.meta;
  const isClosed = conversation.status === "resolved";
  const lastOf = (type: Message["message_type"]) =>
    latest.findLast((message) => message.message_type === type && !message.private);
  const closing = latest.findLast(
    ({ content_attributes: { code } }) => code === "conversation_resolved",
  );
  const closedBy = closing?.content_attributes["by"] === "contact" ? "customer" : "agent";
  const [last] = conversation.messages;
  return {
    id: conversation.id,
    closedBy: isClosed ? closedBy : null,
    lastCustomerMessageAt: textOf(lastOf("incoming")?.created_at),
    status: statusOf(conversation),
    closedAt: isClosed ? textOf(closing?.created_at ?? conversation.last_activity_at) : null,
    rating: null,
    createdAt: String(conversation.created_at),
    lastMessageAt: textOf(last?.created_at),
    createdWith: "widget",
    snoozedUntil: textOf(conversation.snoozed_until),
    lastMessageText: last?.content ?? null,
    lastMessageId: last?.id ?? null,
    applicationId: conversation.inbox_id,
    lastCommunicatedAgentId: lastOf("outgoing")?.sender?.id ?? null,
    agents: assignee ? [personOf(assignee)] : [],
    customer: {
      id: sender.id,
      name: sender.name,
      email: sender.email,
      userId: sender.identifier,
    },
    assignee: assignee && personOf(assignee),
    department: null,
  };
}

function statusOf({ status, first_reply_created_at: repliedAt, messages }: Conversation) {
  if (status === "resolved") return "closed";
  if (status === "snoozed") return "on hold";
  if (status === "pending") return "pending";
  if (messages.length === 0) return "no communication";
  return repliedAt === null ? "new" : "opened";
}
