// Routes of conversations in the application API (seed 003, rows 27, 30, 31, 34–36).
import { z } from "zod";
import { CONVERSATIONS_PAGE_SIZE } from "../../protocol/limits.ts";
import { conversationStatuses } from "../../protocol/lists.ts";
import { applicationPaths } from "../../protocol/paths.ts";
import {
  agentSchema,
  conversationCountsSchema,
  conversationPageSchema,
  conversationSchema,
} from "../../protocol/records.ts";
import { teamSchema } from "../../protocol/records-administration.ts";
import { idSchema } from "../../protocol/request-fields.ts";
import {
  assignConversationSchema,
  getConversationSchema,
  listConversationsSchema,
  togglePrioritySchema,
  toggleStatusSchema,
} from "../../protocol/requests.ts";
import { updateLastSeenSchema } from "../../protocol/requests-visitors.ts";
import type { RestDoor } from "../http/door.ts";
import { unixSeconds } from "../messages/records.ts";
import type { RoomDeps } from "../room.ts";
import { assign } from "./assign-team.ts";
import { getConversation, getWholeConversation, ofAgent } from "./find.ts";
import { filterFor } from "./list-filter.ts";
import { countConversations, listConversations } from "./lists.ts";
import { seeAsAgent } from "./see.ts";
import { setPriority, toggleStatus } from "./status.ts";

const params = z.object({ conversation: idSchema });
const path = [":account", ":conversation"] as const;

export function agentConversationRoutes(app: RestDoor, deps: RoomDeps): void {
  app.get(
    applicationPaths.conversations(":account"),
    { schema: { querystring: listConversationsSchema, response: { 200: conversationPageSchema } } },
    async (request, reply) => {
      const filter = await filterFor(deps.db, request.agent, request.query);
      if (!filter.ok) return reply.fail(filter.error);
      const { page } = request.query;
      const { counts, total, payload } = await listConversations(deps, filter.data, page);
      reply.paged({ page, perPage: CONVERSATIONS_PAGE_SIZE, total });
      return reply.send({ data: { meta: counts, payload } });
    },
  );
  app.get(
    applicationPaths.conversationCounts(":account"),
    {
      schema: {
        querystring: listConversationsSchema.omit({
          assignee_type: true,
          sort_by: true,
          page: true,
        }),
        response: { 200: z.object({ meta: conversationCountsSchema }) },
      },
    },
    async (request, reply) => {
      const filter = await filterFor(deps.db, request.agent, request.query);
      if (!filter.ok) return reply.fail(filter.error);
      return reply.send({ meta: await countConversations(deps.db, filter.data) });
    },
  );
  app.get(
    applicationPaths.conversation(...path),
    {
      schema: {
        params,
        querystring: getConversationSchema,
        response: { 200: conversationSchema },
      },
    },
    async (request, reply) => {
      const { agent, params, query } = request;
      const where = ofAgent(deps.db, agent, params.conversation);
      if (query.messages === "last") {
        const result = await getConversation(deps, where);
        return result.ok ? reply.send(result.data) : reply.fail(result.error);
      }
      const result = await getWholeConversation(deps, where);
      if (!result.ok) return reply.fail(result.error);
      const { conversation, hasOlder } = result.data;
      const list = applicationPaths.messages(agent.accountId, params.conversation);
      const older = `${list}?before=${conversation.messages[0]?.id}`;
      return reply.besides(hasOlder ? { prev: older } : {}).send(conversation);
    },
  );
  statusRoutes(app, deps);
  assignmentRoutes(app, deps);
}

const toggledSchema = z.object({
  meta: z.object({}),
  payload: z.object({
    success: z.boolean(),
    current_status: z.enum(conversationStatuses),
    conversation_id: z.int(),
    snoozed_until: z.int().nullable().optional(),
  }),
});

function statusRoutes(app: RestDoor, deps: RoomDeps): void {
  app.post(
    applicationPaths.toggleStatus(...path),
    { schema: { params, body: toggleStatusSchema, response: { 200: toggledSchema } } },
    async (request, reply) => {
      const { agent, params, body } = request;
      const result = await toggleStatus(deps, agent, params.conversation, body);
      if (!result.ok) return reply.fail(result.error);
      const { status, display_id, snoozed_until } = result.data;
      const until = snoozed_until && unixSeconds(snoozed_until);
      return reply.send({
        meta: {},
        payload: {
          success: true,
          current_status: status,
          conversation_id: display_id,
          ...(status === "snoozed" ? { snoozed_until: until } : {}),
        },
      });
    },
  );
  app.post(
    applicationPaths.togglePriority(...path),
    { schema: { params, body: togglePrioritySchema, response: { 200: z.undefined() } } },
    async (request, reply) => {
      const { agent, params, body } = request;
      const priority = body.priority === "none" ? null : (body.priority ?? null);
      const result = await setPriority(deps, agent, params.conversation, priority);
      return result.ok ? reply.code(200).send() : reply.fail(result.error);
    },
  );
}

/** Whom it went to; null for nobody. */
const assignedSchema = z.union([agentSchema, teamSchema, z.null()]);

function assignmentRoutes(app: RestDoor, deps: RoomDeps): void {
  app.post(
    applicationPaths.assignments(...path),
    { schema: { params, body: assignConversationSchema, response: { 200: assignedSchema } } },
    async (request, reply) => {
      const { agent, params, body } = request;
      const result = await assign(deps, agent, params.conversation, body);
      if (!result.ok) return reply.fail(result.error);
      return result.data ? reply.send(result.data) : reply.sendNull();
    },
  );
  app.post(
    applicationPaths.updateLastSeen(...path),
    { schema: { params, body: updateLastSeenSchema, response: { 200: conversationSchema } } },
    async (request, reply) => {
      const { agent, params, body } = request;
      const seen = await seeAsAgent(deps, agent, params.conversation, body.seq);
      if (!seen.ok) return reply.fail(seen.error);
      const result = await getConversation(deps, ofAgent(deps.db, agent, params.conversation));
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
}
