// Routes of conversations beside their status: started, filtered, labelled, muted, followed
// (seed 003, rows 28, 29, 32 and 33, and what belongs to them).
import type { FastifyReply } from "fastify";
import { z } from "zod";
import { CONVERSATIONS_PAGE_SIZE } from "../../protocol/limits.ts";
import { applicationPaths } from "../../protocol/paths.ts";
import { labelListSchema } from "../../protocol/records-contacts.ts";
import { agentSchema, conversationPageSchema, conversationSchema } from "../../protocol/records.ts";
import type { Agent } from "../../protocol/records.ts";
import { setLabelsSchema } from "../../protocol/requests-contacts.ts";
import {
  createConversationSchema,
  participantsSchema,
  setConversationAttributesSchema,
  updateConversationSchema,
} from "../../protocol/requests-conversations.ts";
import { filterPageSchema, filterSchema } from "../../protocol/requests-filters.ts";
import { idSchema } from "../../protocol/request-fields.ts";
import type { Result } from "../../protocol/result.ts";
import type { RestDoor } from "../http/door.ts";
import type { RoomDeps } from "../room.ts";
import {
  changeParticipants,
  listParticipants,
  setCustomAttributes,
  setLabels,
  setMuted,
  updateConversation,
} from "./attributes.ts";
import { createConversation } from "./create.ts";
import { filterOf } from "./filter-attributes.ts";
import { findConversation, getConversation, ofAgent } from "./find.ts";
import { listConversations } from "./lists.ts";

const params = z.object({ conversation: idSchema });
const list = applicationPaths.conversations(":account");
const path = applicationPaths.conversation(":account", ":conversation");

export function conversationAttributeRoutes(app: RestDoor, deps: RoomDeps): void {
  collectionRoutes(app, deps);
  attributeRoutes(app, deps);
  labelRoutes(app, deps);
  muteRoutes(app, deps);
  participantRoutes(app, deps);
}

function collectionRoutes(app: RestDoor, deps: RoomDeps): void {
  app.post(
    list,
    { schema: { body: createConversationSchema, response: { 200: conversationSchema } } },
    async (request, reply) => {
      const result = await createConversation(deps, request.agent, request.body);
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
  app.post(
    `${list}/filter`,
    {
      schema: {
        querystring: filterPageSchema,
        body: filterSchema,
        response: { 200: conversationPageSchema },
      },
    },
    async (request, reply) => {
      const { agent, body, query } = request;
      const filter = await filterOf(deps, agent, body.payload);
      if (!filter.ok) return reply.fail(filter.error);
      const { counts, total, payload } = await listConversations(deps, filter.data, query.page);
      reply.paged({ page: query.page, perPage: CONVERSATIONS_PAGE_SIZE, total });
      return reply.send({ data: { meta: counts, payload } });
    },
  );
}

function attributeRoutes(app: RestDoor, deps: RoomDeps): void {
  app.patch(
    path,
    {
      schema: { params, body: updateConversationSchema, response: { 200: conversationSchema } },
    },
    async (request, reply) => {
      const { agent, params, body } = request;
      const changed = await updateConversation(deps, agent, params.conversation, body);
      if (!changed.ok) return reply.fail(changed.error);
      const result = await getConversation(deps, ofAgent(deps.db, agent, params.conversation));
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
  app.post(
    `${path}/custom_attributes`,
    {
      schema: {
        params,
        body: setConversationAttributesSchema,
        response: { 200: conversationSchema.pick({ custom_attributes: true }) },
      },
    },
    async (request, reply) => {
      const { agent, params, body } = request;
      const { custom_attributes } = body;
      const result = await setCustomAttributes(deps, agent, params.conversation, custom_attributes);
      return result.ok
        ? reply.send({ custom_attributes: result.data.custom_attributes })
        : reply.fail(result.error);
    },
  );
}

function labelRoutes(app: RestDoor, deps: RoomDeps): void {
  const response = { 200: labelListSchema };
  app.get(`${path}/labels`, { schema: { params, response } }, async (request, reply) => {
    const where = ofAgent(deps.db, request.agent, request.params.conversation);
    const found = await findConversation(deps.db, where);
    return found.ok ? reply.send({ payload: found.data.labels }) : reply.fail(found.error);
  });
  app.post(
    `${path}/labels`,
    { schema: { params, body: setLabelsSchema, response } },
    async (request, reply) => {
      const { agent, params, body } = request;
      const result = await setLabels(deps, agent, params.conversation, body.labels);
      return result.ok ? reply.send({ payload: result.data.labels }) : reply.fail(result.error);
    },
  );
}

function muteRoutes(app: RestDoor, deps: RoomDeps): void {
  for (const [word, muted] of [
    ["mute", true],
    ["unmute", false],
  ] as const) {
    app.post(
      `${path}/${word}`,
      { schema: { params, response: { 200: z.undefined() } } },
      async (request, reply) => {
        const result = await setMuted(deps, request.agent, request.params.conversation, muted);
        return result.ok ? reply.code(200).send() : reply.fail(result.error);
      },
    );
  }
}

function participantRoutes(app: RestDoor, deps: RoomDeps): void {
  const url = `${path}/participants`;
  const response = { 200: z.array(agentSchema) };
  const answer = (reply: FastifyReply, result: Result<Agent[]>) =>
    result.ok ? reply.send(result.data) : reply.fail(result.error);
  app.get(url, { schema: { params, response } }, async (request, reply) =>
    answer(reply, await listParticipants(deps, request.agent, request.params.conversation)),
  );
  for (const [method, how] of [
    ["POST", "add"],
    ["PATCH", "set"],
    ["DELETE", "remove"],
  ] as const) {
    app.route({
      method,
      url,
      schema: { params, body: participantsSchema, response },
      handler: async (request, reply) => {
        const { agent, params, body } = request;
        const { conversation } = params;
        return answer(
          reply,
          await changeParticipants(deps, agent, conversation, how, body.user_ids),
        );
      },
    });
  }
}
