// Routes of contacts in the client API (seed 003, rows 85–87).
import { publicPaths } from "../../protocol/paths.ts";
import { publicContactSchema } from "../../protocol/records.ts";
import { createContactSchema, updateContactSchema } from "../../protocol/requests-visitors.ts";
import type { RestDoor } from "../http/door.ts";
import type { RoomDeps } from "../room.ts";
import { createVisitor, updateVisitor } from "./contacts.ts";

export function createVisitorRoutes(app: RestDoor, deps: RoomDeps): void {
  app.post(
    publicPaths.contacts(":inbox"),
    { schema: { body: createContactSchema, response: { 200: publicContactSchema } } },
    async (request, reply) => {
      const result = await createVisitor(deps, request.inbox, request.body);
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
}

export function visitorRoutes(app: RestDoor, deps: RoomDeps): void {
  const path = publicPaths.contact(":inbox", ":source");
  app.get(
    path,
    { schema: { response: { 200: publicContactSchema } } },
    async (request) => request.visitor.contact,
  );
  app.patch(
    path,
    { schema: { body: updateContactSchema, response: { 200: publicContactSchema } } },
    async (request, reply) => {
      const result = await updateVisitor(deps, request.inbox, request.visitor, request.body);
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
}
