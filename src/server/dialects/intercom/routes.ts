// Intercom's replies to a conversation: snoozed, open, close, assignment, comment and note (seed 002).
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { idSchema, messageContentSchema } from "../../../protocol/request-fields.ts";
import { success } from "../../../protocol/result.ts";
import type { Failure, Result } from "../../../protocol/result.ts";
import type { AgentIdentity } from "../../agents/agents.ts";
import { isInScope, outOfScope } from "../../agents/scopes.ts";
import { findConversation, getConversation, ofAgent } from "../../conversations/find.ts";
import { assignConversation, toggleStatus } from "../../conversations/status.ts";
import type { RestDoor } from "../../http/door.ts";
import { sendAgentMessage } from "../../messages/create-message.ts";
import { syncMessages } from "../../messages/queries.ts";
import type { RoomDeps } from "../../room.ts";
import { actingAs, bearerOf, speak } from "../dialect.ts";
import type { Dialect } from "../dialect.ts";
import { intercomConversation, intercomConversationSchema, textOfHtml } from "./conversation.ts";

const html = z.string().transform(textOfHtml).pipe(messageContentSchema);
const admin = { admin_id: idSchema };
const instant = z.coerce.number().int().min(1).max(253_402_300_799);

const replySchema = z.discriminatedUnion("message_type", [
  z.object({ ...admin, message_type: z.literal("snoozed"), snoozed_until: instant }),
  z.object({ ...admin, message_type: z.literal("open") }),
  z.object({ ...admin, message_type: z.literal("close"), body: html.optional() }),
  z.object({
    ...admin,
    message_type: z.literal("assignment"),
    assignee_id: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  }),
  z.object({ ...admin, message_type: z.literal("comment"), body: html }),
  z.object({ ...admin, message_type: z.literal("note"), body: html }),
]);
type Reply = z.infer<typeof replySchema>;

const errorSchema = z.object({
  type: z.literal("error.list"),
  request_id: z.string(),
  errors: z.array(z.object({ code: z.string(), message: z.string() })),
});

const codes: Partial<Record<Failure["code"], string>> = {
  unauthenticated: "unauthorized",
  invalid: "parameter_invalid",
  too_many_requests: "rate_limit_exceeded",
  too_large: "request_too_large",
  internal: "server_error",
};

/** Bearer, or Basic with the token as the user's name. */
function tokenOf(request: FastifyRequest): string | undefined {
  const basic = /^Basic\s+(\S+)\s*$/i.exec(request.headers.authorization ?? "")?.[1];
  if (basic === undefined) return bearerOf(request);
  return Buffer.from(basic, "base64").toString("utf8").split(":")[0];
}

const intercom: Dialect & { scope: "conversations" } = {
  tokenOf,
  scope: "conversations",
  statuses: {},
  errorSchema,
  errorBody: ({ code, message, field }, request) => ({
    type: "error.list",
    request_id: request.id,
    errors: [{ code: codes[code] ?? code, message: field ? `${field} ${message}` : message }],
  }),
};

export async function intercomRoutes(parent: RestDoor, deps: RoomDeps): Promise<void> {
  const params = z.object({ conversation: idSchema });
  await speak(parent, deps, intercom, (app, fail, failures) => {
    for (const name of ["reply", "parts"]) {
      app.post(
        `/dialects/intercom/conversations/:conversation/${name}`,
        {
          schema: {
            params,
            body: replySchema,
            response: { ...failures, 200: intercomConversationSchema },
          },
        },
        async (request, reply) => {
          const { conversation } = request.params;
          const agent = await actingAs(deps, request.agent, request.body.admin_id);
          if (!agent.ok) return fail(reply, agent.error);
          const done = await carryOut(deps, agent.data, conversation, request.body);
          if (!done.ok) return fail(reply, done.error);
          const answer = await describe(deps, agent.data, conversation);
          return answer.ok ? reply.send(answer.data) : fail(reply, answer.error);
        },
      );
    }
  });
}

async function carryOut(
  deps: RoomDeps,
  agent: AgentIdentity,
  conversationId: number,
  said: Reply,
): Promise<Result<unknown>> {
  const say = (content: string, isPrivate: boolean) =>
    sendAgentMessage(deps, agent, {
      conversationId,
      content,
      private: isPrivate,
      echoId: undefined,
    });
  switch (said.message_type) {
    case "snoozed":
      if (!isInScope(agent, "snooze")) return outOfScope();
      return await toggleStatus(deps, agent, conversationId, {
        status: "snoozed",
        snoozed_until: said.snoozed_until,
      });
    case "open":
      return await toggleStatus(deps, agent, conversationId, { status: "open" });
    case "close": {
      const last = said.body === undefined ? success(null) : await say(said.body, false);
      if (!last.ok) return last;
      return await toggleStatus(deps, agent, conversationId, { status: "resolved" });
    }
    case "assignment":
      return await assignConversation(deps, agent, conversationId, said.assignee_id);
    case "comment":
    case "note":
      return await say(said.body, said.message_type === "note");
  }
}

async function describe(deps: RoomDeps, agent: AgentIdentity, displayId: number) {
  const where = ofAgent(deps.db, agent, displayId);
  const row = await findConversation(deps.db, where);
  if (!row.ok) return row;
  const conversation = await getConversation(deps, where);
  if (!conversation.ok) return conversation;
  const of = { conversationId: row.data.id, displayId, publicOnly: false };
  const messages = [];
  for (let afterSeq = 0, complete = false; !complete;) {
    const page = await syncMessages(deps.db, of, afterSeq);
    messages.push(...page.messages);
    afterSeq = page.messages.at(-1)?.changed_seq ?? afterSeq;
    complete = page.complete;
  }
  const inOrder = messages.toSorted((a, b) => a.seq - b.seq);
  return success(intercomConversation(conversation.data, inOrder));
}
