// Routes of inboxes: the widget's public configuration, and the agents' list.
import { z } from "zod";
import { applicationPaths, publicPaths } from "../../protocol/paths.ts";
import { inboxSchema, publicInboxSchema } from "../../protocol/records.ts";
import type { RestDoor } from "../http/door.ts";
import type { RoomDeps } from "../room.ts";
import { listInboxes, publicInboxRecord } from "./inboxes.ts";

export function visitorInboxRoutes(app: RestDoor, deps: RoomDeps): void {
  app.get(
    publicPaths.inbox(":inbox"),
    { schema: { response: { 200: publicInboxSchema } } },
    async (request) => await publicInboxRecord(deps, request.inbox),
  );
}

export function agentInboxRoutes(app: RestDoor, deps: RoomDeps): void {
  app.get(
    applicationPaths.inboxes(":account"),
    { schema: { response: { 200: z.array(inboxSchema) } } },
    async (request) => await listInboxes(deps, request.agent),
  );
}
