// Routes of conversations in the client API (seed 003, rows 88–89 and what belongs to them).
import { z } from "zod";
import { publicPaths } from "../../protocol/paths.ts";
import { publicConversationSchema } from "../../protocol/records.ts";
import { idSchema } from "../../protocol/request-fields.ts";
import {
  startConversationSchema,
  toggleTypingSchema,
  updateLastSeenSchema,
} from "../../protocol/requests-visitors.ts";
import type { RestDoor } from "../http/door.ts";
import type { RoomDeps } from "../room.ts";
import { getPublicConversation, ofVisitor } from "./find.ts";
import { listPublicConversations } from "./lists.ts";
import { seeAsVisitor } from "./see.ts";
import { startConversation } from "./start.ts";
import { resolveByVisitor } from "./status.ts";
import { setVisitorTyping } from "./typing.ts";

const params = z.object({ conversation: idSchema });
const path = [":inbox", ":source"] as const;

export function visitorConversationRoutes(app: RestDoor, deps: RoomDeps): void {
  app.post(
    publicPaths.conversations(...path),
    { schema: { body: startConversationSchema, response: { 200: publicConversationSchema } } },
    async (request, reply) => {
      const result = await startConversation(deps, request.visitor, request.body);
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
  app.get(
    publicPaths.conversations(...path),
    { schema: { response: { 200: z.array(publicConversationSchema) } } },
    async (request) => await listPublicConversations(deps, request.visitor),
  );
  app.get(
    publicPaths.conversation(...path, ":conversation"),
    { schema: { params, response: { 200: publicConversationSchema } } },
    async (request, reply) => {
      const where = ofVisitor(request.visitor, request.params.conversation);
      const result = await getPublicConversation(deps, where);
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
  visitorConversationCommands(app, deps);
}

function visitorConversationCommands(app: RestDoor, deps: RoomDeps): void {
  app.post(
    publicPaths.toggleStatus(...path, ":conversation"),
    { schema: { params, response: { 200: publicConversationSchema } } },
    async (request, reply) => {
      const { conversation } = request.params;
      const resolved = await resolveByVisitor(deps, request.visitor, conversation);
      if (!resolved.ok) return reply.fail(resolved.error);
      const where = ofVisitor(request.visitor, conversation);
      const result = await getPublicConversation(deps, where);
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
  app.post(
    publicPaths.toggleTyping(...path, ":conversation"),
    { schema: { params, body: toggleTypingSchema, response: { 200: z.undefined() } } },
    async (request, reply) => {
      const typing = request.body.typing_status === "on";
      const { visitor, params } = request;
      const result = await setVisitorTyping(deps, visitor, params.conversation, typing);
      return result.ok ? reply.code(200).send() : reply.fail(result.error);
    },
  );
  app.post(
    publicPaths.updateLastSeen(...path, ":conversation"),
    { schema: { params, body: updateLastSeenSchema, response: { 200: z.undefined() } } },
    async (request, reply) => {
      const { visitor, params, body } = request;
      const result = await seeAsVisitor(deps, visitor, params.conversation, body.seq);
      return result.ok ? reply.code(200).send() : reply.fail(result.error);
    },
  );
}
