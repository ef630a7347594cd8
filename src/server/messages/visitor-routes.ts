// Routes of messages in the client API (seed 003, rows 90–92).
import { z } from "zod";
import { publicPaths } from "../../protocol/paths.ts";
import { messageSchema } from "../../protocol/records.ts";
import { idSchema } from "../../protocol/request-fields.ts";
import {
  createIncomingMessageSchema,
  searchMessagesSchema,
  listIncomingMessagesSchema,
  updateIncomingMessageSchema,
} from "../../protocol/requests-visitors.ts";
import { visitorFiles } from "../attachments/routes.ts";
import { findConversation, ofVisitor } from "../conversations/find.ts";
import { searchOwnMessages } from "../conversations/search.ts";
import type { RestDoor } from "../http/door.ts";
import type { RoomDeps } from "../room.ts";
import { answerMessage } from "./answer-message.ts";
import { sendVisitorMessage } from "./create-message.ts";
import { findBesides, listMessages } from "./queries.ts";

const path = [":inbox", ":source", ":conversation"] as const;

export function visitorMessageRoutes(app: RestDoor, deps: RoomDeps): void {
  const params = z.object({ conversation: idSchema });
  app.post(
    publicPaths.messages(...path),
    {
      schema: { params, body: createIncomingMessageSchema, response: { 200: messageSchema } },
      config: { takesFiles: visitorFiles(deps) },
    },
    async (request, reply) => {
      const result = await sendVisitorMessage(deps, request.visitor, {
        conversationId: request.params.conversation,
        content: request.body.content,
        attachments: request.body.attachments,
        echoId: request.body.echo_id,
      });
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
  app.get(
    publicPaths.messages(...path),
    {
      schema: {
        params,
        querystring: listIncomingMessagesSchema,
        response: { 200: z.array(messageSchema) },
      },
    },
    async (request, reply) => {
      const displayId = request.params.conversation;
      const found = await findConversation(deps.db, ofVisitor(request.visitor, displayId));
      if (!found.ok) return reply.fail(found.error);
      const of = { conversationId: found.data.id, displayId, publicOnly: true };
      const page = await listMessages(deps.db, of, request.query);
      const list = request.url.replace(/\?.*$/su, "");
      const { total, links } = await findBesides(deps.db, of, page, list);
      return reply.besides(links, total).send(page);
    },
  );
  app.get(
    publicPaths.search(":inbox", ":source"),
    {
      schema: { querystring: searchMessagesSchema, response: { 200: z.array(messageSchema) } },
    },
    async (request) => await searchOwnMessages(deps, request.visitor, request.query.q),
  );
  app.patch(
    publicPaths.message(...path, ":message"),
    {
      schema: {
        params: params.extend({ message: idSchema }),
        body: updateIncomingMessageSchema,
        response: { 200: messageSchema },
      },
    },
    async (request, reply) => {
      const { conversation, message } = request.params;
      const result = await answerMessage(
        deps,
        request.visitor,
        conversation,
        message,
        request.body,
      );
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
}
