// The route of the desk's search over messages: what seed 003's list (row 31) finds by `q`, with where.
import { CONVERSATIONS_PAGE_SIZE } from "../../protocol/limits.ts";
import { applicationPaths } from "../../protocol/paths.ts";
import { messageSearchSchema, searchMessagesSchema } from "../../protocol/records-search.ts";
import type { RestDoor } from "../http/door.ts";
import type { RoomDeps } from "../room.ts";
import { searchMessages } from "./search-messages.ts";

export function conversationSearchRoutes(app: RestDoor, deps: RoomDeps): void {
  app.get(
    applicationPaths.conversationSearch(":account"),
    { schema: { querystring: searchMessagesSchema, response: { 200: messageSearchSchema } } },
    async ({ agent, query }, reply) => {
      const result = await searchMessages(deps, agent, query);
      if (!result.ok) return reply.fail(result.error);
      const { total, found } = result.data;
      const { page } = query;
      reply.paged({ page, perPage: CONVERSATIONS_PAGE_SIZE, total });
      return reply.send({ meta: { count: total, current_page: page }, payload: found });
    },
  );
}
