// Acquire's follow-ups, which it calls snoozes: made, read, listed and removed (seed 000).
import { z } from "zod";
import {
  SNOOZES_PAGE_SIZE,
  SNOOZE_MESSAGE_MAX_LENGTH,
  SNOOZE_OWNERS_MAX,
} from "../../../protocol/limits.ts";
import type { Snooze } from "../../../protocol/records-snoozes.ts";
import { idSchema, text } from "../../../protocol/request-fields.ts";
import { listSnoozesSchema } from "../../../protocol/requests-snoozes.ts";
import type { Failure } from "../../../protocol/result.ts";
import type { RestDoor } from "../../http/door.ts";
import type { RoomDeps } from "../../room.ts";
import { removeSnooze } from "../../snooze/change.ts";
import { getSnooze, listSnoozes } from "../../snooze/records.ts";
import { createSnooze } from "../../snooze/routes.ts";
import { actingAs, bearerOf, speak } from "../dialect.ts";
import type { Dialect, Fail } from "../dialect.ts";

const BASE = "/dialects/acquire/api/v1/crm/follow-up";

/** `YYYY-MM-DD HH:MM:SS` in UTC, ISO 8601, or seconds since 1970. */
const scheduleDate = z
  .union([z.string(), z.number()])
  .transform((said) => instantOf(String(said).trim()))
  .pipe(z.date("must be a time such as 2020-05-28 12:30:00"));

function instantOf(said: string): Date | undefined {
  if (/^\d{1,12}$/.test(said)) return validDate(new Date(Number(said) * 1_000));
  const found =
    /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:?\d{2})?$/i.exec(
      said,
    );
  return found ? validDate(new Date(`${found[1]}T${found[2]}${found[3] ?? "Z"}`)) : undefined;
}

const validDate = (date: Date) => (Number.isNaN(date.getTime()) ? undefined : date);

/** Owners as numbers, or as the objects that answers show. */
const owners = z
  .array(z.union([idSchema, z.object({ id: idSchema }).transform(({ id }) => id)]))
  .max(SNOOZE_OWNERS_MAX)
  .transform((ids) => [...new Set(ids)]);

const followUpSchema = z
  .object({
    objectType: z.enum(["case", "contact"]),
    objectId: idSchema.optional(),
    caseId: idSchema.optional(),
    contactId: idSchema.optional(),
    /** Whose snooze it is; whose the token is unless said. */
    userId: idSchema.optional(),
    scheduleDate,
    message: text(SNOOZE_MESSAGE_MAX_LENGTH).nullish(),
    users: owners.nullish(),
  })
  .transform((body, context) => {
    const { objectType, objectId, caseId, contactId } = body;
    // A case may be named by its contact alone: what he has open, then.
    const ofCase = objectType === "case" ? (objectId ?? caseId) : undefined;
    const id = ofCase ?? contactId ?? objectId;
    if (id !== undefined) {
      return { ...body, type: ofCase === undefined ? ("contact" as const) : undefined, id };
    }
    context.addIssue({ code: "custom", path: ["objectId"], message: "must not be missing" });
    return z.NEVER;
  });

const snoozeSchema = z.object({
  id: z.int(),
  objectType: z.enum(["case", "contact"]),
  contactId: z.int(),
  scheduleDate: z.string().nullable(),
  objectId: z.int(),
  userId: z.int().nullable(),
  message: z.string().nullable(),
  users: z.array(z.object({ id: z.int(), name: z.string(), email: z.string() })),
});

const answerOf = <Data extends z.ZodType>(data: Data) => z.object({ data });
const doneSchema = <Data extends z.ZodType>(data: Data) =>
  answerOf(z.object({ success: z.literal(true), message: z.string(), data }));

const types: Partial<Record<Failure["code"], string>> = {
  unauthenticated: "ERROR_UNAUTHORIZED",
  forbidden: "ERROR_UNAUTHORIZED_ACCESS",
  not_found: "ERROR_RECORD_NOT_FOUND",
  internal: "ERROR_SERVER_ERROR",
};

const fields: Record<string, string> = { snoozed_until: "scheduleDate", user_ids: "users" };

const acquire: Dialect = {
  tokenOf: bearerOf,
  scope: "snooze",
  statuses: {},
  errorSchema: z.object({
    success: z.literal(false),
    error: z.object({ type: z.string(), message: z.string() }),
  }),
  errorBody: ({ code, field, message }) => ({
    success: false,
    error: {
      type: types[code] ?? "ERROR_INVALID_INPUT",
      message: field ? `${fields[field] ?? field} ${message}` : message,
    },
  }),
};

const two = (number: number) => String(number).padStart(2, "0");

function dateOf(seconds: number): string {
  const at = new Date(seconds * 1_000);
  const day = [at.getUTCFullYear(), two(at.getUTCMonth() + 1), two(at.getUTCDate())].join("-");
  return `${day} ${[at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()].map(two).join(":")}`;
}

function followUpOf(snooze: Snooze): z.infer<typeof snoozeSchema> {
  return {
    id: snooze.id,
    objectType: snooze.object_type === "contact" ? "contact" : "case",
    contactId: snooze.contact_id,
    scheduleDate: snooze.snoozed_until === null ? null : dateOf(snooze.snoozed_until),
    objectId: snooze.object_id,
    userId: snooze.created_by,
    message: snooze.message,
    users: snooze.users,
  };
}

export async function acquireRoutes(parent: RestDoor, deps: RoomDeps): Promise<void> {
  await speak(parent, deps, acquire, (app, fail, failures) => {
    createRoutes(app, deps, fail, failures);
    readRoutes(app, deps, fail, failures);
  });
}

type Failures = Record<number, z.ZodType>;

function createRoutes(app: RestDoor, deps: RoomDeps, fail: Fail, failures: Failures): void {
  for (const url of [BASE, `${BASE}/create`]) {
    app.post(
      url,
      {
        schema: { body: followUpSchema, response: { ...failures, 200: doneSchema(snoozeSchema) } },
      },
      async ({ agent, body }, reply) => {
        const maker = await actingAs(deps, agent, body.userId);
        if (!maker.ok) return fail(reply, maker.error);
        const result = await createSnooze(deps, maker.data, {
          objectType: body.type ?? "conversation",
          objectId: body.id,
          until: body.scheduleDate,
          message: body.message?.trim() ?? null,
          ownerIds: body.users ?? [],
        });
        if (!result.ok) return fail(reply, result.error);
        const data = followUpOf(result.data);
        return reply.send({ data: { success: true, message: "Snooze added successfully", data } });
      },
    );
  }
}

function readRoutes(app: RestDoor, deps: RoomDeps, fail: Fail, failures: Failures): void {
  const params = z.object({ snooze: idSchema });
  app.get(
    BASE,
    {
      schema: {
        querystring: listSnoozesSchema.pick({ page: true }),
        response: { ...failures, 200: answerOf(z.array(snoozeSchema)) },
      },
    },
    async ({ agent, query }, reply) => {
      const { total, payload } = await listSnoozes(deps, agent, query);
      reply.paged({ page: query.page, perPage: SNOOZES_PAGE_SIZE, total });
      return reply.send({ data: payload.map(followUpOf) });
    },
  );
  app.get(
    `${BASE}/:snooze`,
    { schema: { params, response: { ...failures, 200: answerOf(snoozeSchema) } } },
    async ({ agent, params }, reply) => {
      const result = await getSnooze(deps, agent, params.snooze);
      return result.ok ? reply.send({ data: followUpOf(result.data) }) : fail(reply, result.error);
    },
  );
  app.delete(
    `${BASE}/:snooze`,
    {
      schema: {
        params,
        response: { ...failures, 200: doneSchema(z.object({ id: z.int() })) },
      },
    },
    async ({ agent, params: { snooze: id } }, reply) => {
      const result = await removeSnooze(deps, agent, id);
      if (!result.ok) return fail(reply, result.error);
      const message = "Snooze deleted successfully";
      return reply.send({ data: { success: true, message, data: { id } } });
    },
  );
}
