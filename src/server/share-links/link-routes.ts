// Routes of conversation links in the client API: made by a visitor's browser, followed by one.
import { z } from "zod";
import { publicPaths } from "../../protocol/paths.ts";
import { conversationLinkSchema } from "../../protocol/records.ts";
import { idSchema } from "../../protocol/request-fields.ts";
import { openLinkSchema } from "../../protocol/requests-visitors.ts";
import type { RestDoor } from "../http/door.ts";
import type { RoomDeps } from "../room.ts";
import { linkConversation, openLink } from "./conversation-links.ts";

const params = z.object({ conversation: idSchema });

/** Declares them on a door that knows the visitor. */
export function visitorLinkRoutes(app: RestDoor, deps: RoomDeps): void {
  app.post(
    publicPaths.conversationLink(":inbox", ":source", ":conversation"),
    { schema: { params, response: { 200: conversationLinkSchema } } },
    async ({ visitor, params: { conversation } }, reply) => {
      const result = await linkConversation(deps, visitor, conversation);
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
  app.post(
    publicPaths.openLink(":inbox", ":source"),
    { schema: { body: openLinkSchema, response: { 200: z.object({ id: z.int() }) } } },
    async ({ visitor, body }, reply) => {
      const result = await openLink(deps, visitor, body.link);
      return result.ok ? reply.send(result.data) : reply.fail(result.error);
    },
  );
}
