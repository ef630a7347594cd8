// Routes of messages in the application API (seed 003, rows 58–60).
import { z } from "zod";
import { applicationPaths } from "../../protocol/paths.ts";
import { messageSchema } from "../../protocol/records.ts";
import { idSchema } from "../../protocol/request-fields.ts";
import { createMessageSchema, listMessagesSchema } from "../../protocol/requests.ts";
import { failure } from "../../protocol/result.ts";
import { agentFiles } from "../attachments/routes.ts";
import { findConversation, ofAgent } from "../conversations/find.ts";
import type { RestDoor } from "../http/door.ts";
import type { RoomDeps } from "../room.ts";
import { sendAgentMessage } from "./create-message.ts";
import { deleteMessage } from "./delete-message.ts";
import { findBesides, listMessages } from "./queries.ts";

const path = [":account", ":conversation"] as const;

export function agentMessageRoutes(app: RestDoor, deps: RoomDeps): void {
  const params = z.object({ conversation: idSchema });
  app.get(
    applicationPaths.messages(...path),
    {
      schema: {
        params,
        querystring: listMessagesSchema,
        response: { 200: z.array(messageSchema) },
      },
    },
    async (request, reply) => {
      const displayId = request.params.conversation;
      const found = await findConversation(deps.db, ofAgent(deps.db, request.agent, displayId));
      if (!found.ok) return reply.fail(found.error);
      const of = { conversationId: found.data.id, displayId, publicOnly: false };
      const page = await listMessages(deps.db, of, request.query);
      const list = applicationPaths.messages(request.agent.accountId, displayId);
      const { total, links } = await findBesides(deps.db, of, page, list);
      return reply.besides(links, total).send(page);
    },
  );
  app.post(
    applicationPaths.messages(...path),
    {
      schema: { params, body: createMessageSchema, response: { 200: messageSchema } },
      config: { takesFiles: agentFiles(deps) },
    },
    async (request, reply) => {
      const {
        content,
        attachments,
        echo_id,
        private: isPrivate,
        content_type,
        content_attributes,
      } = request.body;
      const result = await sendAgentMessage(deps, request.agent, {
        conversationId: request.params.conversation,
        content,
        attachments,
        private: isPrivate,
        echoId: echo_id,
        contentType: content_type,
        contentAttributes: content_attributes,
      });
      if (result.ok) return reply.send(result.data);
      const { code, message, retryAfterSeconds } = result.error;
      if (code !== "too_many_requests") return reply.fail(result.error);
      // As seed 003 answers it.
      reply.header("retry-after", String(retryAfterSeconds));
      return reply.fail(failure("invalid", message).error);
    },
  );
  app.delete(
    applicationPaths.message(...path, ":message"),
    {
      schema: {
        params: params.extend({ message: idSchema }),
        response: { 200: messageSchema },
      },
    },
    async (request, reply) => {
      const { conversation, message } = request.params;
      const result = await deleteMessage(deps, request.agent, conversation, message);
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
}
