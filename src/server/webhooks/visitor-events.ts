// What visitors' browsers tell that nothing but webhooks cares for: the chat's window was opened.
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { z } from "zod";
import { publicPaths } from "../../protocol/paths.ts";
import { createVisitorEventSchema } from "../../protocol/requests-webhooks.ts";
import type { CreateVisitorEvent } from "../../protocol/requests-webhooks.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { VisitorIdentity } from "../contacts/visitors.ts";
import type { RestDoor } from "../http/door.ts";
import type { RoomDeps } from "../room.ts";

/** More openings than anybody's, fewer than a script's. */
const EVENTS_PER_MINUTE = 10;

/** Declares the route on a door that knows the visitor. */
export function visitorEventRoutes(app: RestDoor, deps: RoomDeps): void {
  const limiter = new RateLimiterPostgres({
    storeClient: deps.pool,
    storeType: "pool",
    tableName: "rate_limits",
    tableCreated: true,
    keyPrefix: "visitor_event",
    points: EVENTS_PER_MINUTE,
    duration: 60,
  });
  app.post(
    publicPaths.events(":inbox", ":source"),
    { schema: { body: createVisitorEventSchema, response: { 200: z.undefined() } } },
    async ({ visitor, body }, reply) => {
      const allowed = await consume(limiter, visitor.contactInboxId);
      if (!allowed.ok) return reply.fail(allowed.error);
      await recordOpened(deps, visitor, body);
      return reply.code(200).send();
    },
  );
}

async function consume(limiter: RateLimiterPostgres, key: number): Promise<Result<null>> {
  try {
    await limiter.consume(key);
    return success(null);
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    const retryAfterSeconds = Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
    return failure("too_many_requests", "Too many events", { retryAfterSeconds });
  }
}

async function recordOpened(
  { events }: Pick<RoomDeps, "events">,
  { accountId, contactId, contactInboxId }: VisitorIdentity,
  { event_info }: CreateVisitorEvent,
): Promise<void> {
  await events.transaction(async (_tx, record) =>
    record({
      name: "widget:opened",
      accountId,
      contactId,
      contactInboxId,
      actor: { type: "contact", id: contactId },
      changes: { event_info: [null, event_info] },
    }),
  );
}
