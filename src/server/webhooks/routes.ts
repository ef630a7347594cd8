// Routes of webhooks in the application API (seed 003, rows 73–75), with their log; for administrators.
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { WEBHOOK_DELIVERIES_PAGE_SIZE } from "../../protocol/limits.ts";
import { applicationPaths } from "../../protocol/paths.ts";
import {
  webhookDeliverySchema,
  webhookSchema,
  webhookWithSecretSchema,
} from "../../protocol/records-webhooks.ts";
import { idSchema } from "../../protocol/request-fields.ts";
import {
  createWebhookSchema,
  listWebhookDeliveriesSchema,
  rotateWebhookSecretSchema,
  updateWebhookSchema,
} from "../../protocol/requests-webhooks.ts";
import { failure } from "../../protocol/result.ts";
import type { RestDoor } from "../http/door.ts";
import { listDeliveries, redeliver } from "./deliveries.ts";
import {
  createWebhook,
  deleteWebhook,
  listWebhooks,
  rotateSecret,
  updateWebhook,
} from "./webhooks.ts";
import type { WebhookRoomDeps } from "./webhooks.ts";

const params = z.object({ webhook: idSchema });
const deliveryParams = params.extend({ delivery: z.uuid() });
const notAllowed = failure("unauthenticated", "You are not authorized to do this action").error;

/** Declares the routes on a door that knows the agent. */
export async function webhookRoutes(parent: RestDoor, deps: WebhookRoomDeps): Promise<void> {
  await parent.register(async (app: RestDoor) => {
    app.addHook("onRequest", async (request: FastifyRequest, reply: FastifyReply) => {
      if (request.agent.role !== "administrator") return reply.fail(notAllowed);
    });
    subscriptionRoutes(app, deps);
    changeRoutes(app, deps);
    deliveryRoutes(app, deps);
  });
}

function subscriptionRoutes(app: RestDoor, deps: WebhookRoomDeps): void {
  app.get(
    applicationPaths.webhooks(":account"),
    { schema: { response: { 200: z.array(webhookSchema) } } },
    async (request) => await listWebhooks(deps, request.agent.accountId),
  );
  app.post(
    applicationPaths.webhooks(":account"),
    { schema: { body: createWebhookSchema, response: { 200: webhookWithSecretSchema } } },
    async (request, reply) => {
      const result = await createWebhook(deps, request.agent, request.body);
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
}

function changeRoutes(app: RestDoor, deps: WebhookRoomDeps): void {
  const path = applicationPaths.webhook(":account", ":webhook");
  app.patch(
    path,
    { schema: { params, body: updateWebhookSchema, response: { 200: webhookSchema } } },
    async ({ agent, params, body }, reply) => {
      const result = await updateWebhook(deps, agent, params.webhook, body);
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
  app.delete(
    path,
    { schema: { params, response: { 200: z.undefined() } } },
    async ({ agent, params }, reply) => {
      const result = await deleteWebhook(deps, agent, params.webhook);
      return result.ok ? reply.send() : reply.fail(result.error);
    },
  );
  app.post(
    applicationPaths.rotateWebhookSecret(":account", ":webhook"),
    {
      schema: {
        params,
        body: rotateWebhookSecretSchema,
        response: { 200: webhookWithSecretSchema },
      },
    },
    async ({ agent, params, body }, reply) => {
      const seconds = body.previous_secret_expires_in;
      const result = await rotateSecret(deps, agent, params.webhook, seconds);
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
}

function deliveryRoutes(app: RestDoor, deps: WebhookRoomDeps): void {
  app.get(
    applicationPaths.webhookDeliveries(":account", ":webhook"),
    {
      schema: {
        params,
        querystring: listWebhookDeliveriesSchema,
        response: { 200: z.array(webhookDeliverySchema) },
      },
    },
    async ({ agent, params, query }, reply) => {
      const result = await listDeliveries(deps, agent.accountId, params.webhook, query);
      if (!result.ok) return reply.fail(result.error);
      const { total, payload } = result.data;
      reply.paged({ page: query.page, perPage: WEBHOOK_DELIVERIES_PAGE_SIZE, total });
      return reply.send(payload);
    },
  );
  app.post(
    applicationPaths.redeliver(":account", ":webhook", ":delivery"),
    { schema: { params: deliveryParams, response: { 200: webhookDeliverySchema } } },
    async ({ agent, params }, reply) => {
      const result = await redeliver(deps, agent.accountId, params.webhook, params.delivery);
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
}
