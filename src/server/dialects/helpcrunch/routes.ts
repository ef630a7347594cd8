// HelpCrunch's way to snooze a chat and to wake it (seed 001).
import { z } from "zod";
import { idSchema } from "../../../protocol/request-fields.ts";
import { success } from "../../../protocol/result.ts";
import type { Failure, Result } from "../../../protocol/result.ts";
import type { AgentIdentity } from "../../agents/agents.ts";
import { listAgents } from "../../agents/agents.ts";
import { findConversation, getConversation, ofAgent } from "../../conversations/find.ts";
import { toggleStatus } from "../../conversations/status.ts";
import type { RestDoor } from "../../http/door.ts";
import type { RoomDeps } from "../../room.ts";
import { snoozeConversation } from "../../snooze/snooze.ts";
import { bearerOf, speak } from "../dialect.ts";
import type { Dialect } from "../dialect.ts";
import { chatOf, chatSchema } from "./chat.ts";
import { readConversationFacts } from "../../messages/conversation-facts.ts";

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
  const facts = await readConversationFacts(deps.db, row.data.id);
  return success(chatOf(conversation.data, facts, await listAgents(deps, agent.accountId)));
}
