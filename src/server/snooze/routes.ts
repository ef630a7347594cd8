// Routes of snoozes in the application API: on a conversation or a contact, listed, moved and ended.
import { z } from "zod";
import { SNOOZES_PAGE_SIZE } from "../../protocol/limits.ts";
import { applicationPaths } from "../../protocol/paths.ts";
import { snoozeSchema } from "../../protocol/records-snoozes.ts";
import type { Snooze } from "../../protocol/records-snoozes.ts";
import { idSchema } from "../../protocol/request-fields.ts";
import {
  createSnoozeSchema,
  listSnoozesSchema,
  updateSnoozeSchema,
} from "../../protocol/requests-snoozes.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import type { RestDoor } from "../http/door.ts";
import type { RoomDeps } from "../room.ts";
import { moveSnooze, removeSnooze } from "./change.ts";
import { getSnooze, getSnoozeOfConversation, listSnoozes } from "./records.ts";
import { snoozeContact, snoozeConversation } from "./snooze.ts";
import type { SnoozeDeps, SnoozeInput } from "./snooze.ts";

const params = z.object({ snooze: idSchema });

const timeOf = (seconds: number | null) => (seconds === null ? null : new Date(seconds * 1000));

export function snoozeRoutes(app: RestDoor, deps: RoomDeps): void {
  const all = applicationPaths.snoozes(":account");
  app.get(
    all,
    { schema: { querystring: listSnoozesSchema, response: { 200: z.array(snoozeSchema) } } },
    async ({ agent, query }, reply) => {
      const { total, payload } = await listSnoozes(deps, agent, query);
      reply.paged({ page: query.page, perPage: SNOOZES_PAGE_SIZE, total });
      return reply.send(payload);
    },
  );
  app.post(
    all,
    { schema: { body: createSnoozeSchema, response: { 200: snoozeSchema } } },
    async ({ agent, body }, reply) => {
      const result = await createSnooze(deps, agent, {
        objectType: body.object_type,
        objectId: body.object_id,
        until: timeOf(body.snoozed_until ?? null),
        message: body.message ?? null,
        ownerIds: body.user_ids ?? [],
      });
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
  oneSnoozeRoutes(app, deps);
}

function oneSnoozeRoutes(app: RestDoor, deps: RoomDeps): void {
  const one = applicationPaths.snooze(":account", ":snooze");
  app.get(
    one,
    { schema: { params, response: { 200: snoozeSchema } } },
    async ({ agent, params }, reply) => {
      const result = await getSnooze(deps, agent, params.snooze);
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
  app.patch(
    one,
    { schema: { params, body: updateSnoozeSchema, response: { 200: snoozeSchema } } },
    async ({ agent, params, body }, reply) => {
      const result = await moveSnooze(deps, agent, params.snooze, {
        ...(body.snoozed_until === undefined ? {} : { until: timeOf(body.snoozed_until) }),
        message: body.message,
        ownerIds: body.user_ids,
      });
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
  app.delete(
    one,
    { schema: { params, response: { 200: z.undefined() } } },
    async ({ agent, params }, reply) => {
      const result = await removeSnooze(deps, agent, params.snooze);
      return result.ok ? reply.send() : reply.fail(result.error);
    },
  );
}

/** Snoozes a conversation by its number, or a contact. Errors as of both. */
export async function createSnooze(
  deps: SnoozeDeps,
  agent: AgentIdentity,
  input: SnoozeInput & { objectType: Snooze["object_type"]; objectId: number },
): Promise<Result<Snooze>> {
  if (input.objectType === "contact") {
    const snooze = await snoozeContact(deps, agent, input.objectId, input);
    return snooze.ok ? await getSnooze(deps, agent, snooze.data.id) : snooze;
  }
  const conversation = await snoozeConversation(deps, agent, input.objectId, input);
  return conversation.ok
    ? await getSnoozeOfConversation(deps, agent, conversation.data)
    : conversation;
}
