// What visitors' browsers tell that nothing but webhooks cares for: the chat's window was opened.
import { z } from "zod";
import { publicPaths } from "../../protocol/paths.ts";
import { createVisitorEventSchema } from "../../protocol/requests-webhooks.ts";
import type { CreateVisitorEvent } from "../../protocol/requests-webhooks.ts";
import type { VisitorIdentity } from "../contacts/visitors.ts";
import type { RestDoor } from "../http/door.ts";
import type { RoomDeps } from "../room.ts";

/** Declares the route on a door that knows the visitor. */
export function visitorEventRoutes(app: RestDoor, deps: RoomDeps): void {
  app.post(
    publicPaths.events(":inbox", ":source"),
    { schema: { body: createVisitorEventSchema, response: { 200: z.undefined() } } },
    async ({ visitor, body }, reply) => {
      const allowed = await deps.rateLimits.check("visitor_event", visitor.contactInboxId);
      if (!allowed.ok) return reply.fail(allowed.error);
      await recordOpened(deps, visitor, body);
      return reply.code(200).send();
    },
  );
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
