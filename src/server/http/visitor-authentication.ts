// Who asks the client API: the inbox of the path, the website that embeds it, the visitor's source id.
import type { FastifyReply, FastifyRequest } from "fastify";
import { publicPaths } from "../../protocol/paths.ts";
import { failure } from "../../protocol/result.ts";
import { findVisitorBySource } from "../contacts/visitors.ts";
import type { Visitor } from "../contacts/visitors.ts";
import { allowsOrigin } from "../inboxes/allowed-domains.ts";
import { findInboxByToken } from "../inboxes/inboxes.ts";
import type { InboxRow } from "../inboxes/inboxes.ts";
import type { RoomDeps } from "../room.ts";
import type { RestDoor } from "./door.ts";
import { notFoundFailure } from "./failures.ts";
import { limitAddress, limitRequest } from "./limit-requests.ts";
import { isOwnOrigin } from "./origins.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** The inbox that the path names; set on every route of the client API. */
    inbox: InboxRow;
    /** The visitor whose source id the path holds; set on the routes below it. */
    visitor: Visitor;
  }
}

const originRefused = failure("origin_not_allowed", "This inbox does not allow this website").error;
const CORS_MAX_AGE_S = 7_200;
/** What a page may read of an answer that has it. */
const EXPOSED_HEADERS = [
  "retry-after",
  "total-count",
  "link",
  "ratelimit-limit",
  "ratelimit-remaining",
  "ratelimit-reset",
  "ratelimit-policy",
];

/**
 * Guards every route of `app`, whose path has `:inbox`: 404 for an unknown one, 403 for a page of a
 * website that it does not allow, unless it is our own: the hosted chat page. Requests without `Origin` do not come from pages: servers may ask.
 * The refusal itself is readable from everywhere, so that a page can say why there is no chat.
 */
export function openToWebsites(
  app: RestDoor,
  deps: Pick<RoomDeps, "db" | "config" | "rateLimits">,
): void {
  const { publicUrl } = deps.config;
  app.addHook("onRequest", async (request: FastifyRequest, reply: FastifyReply) => {
    const { origin, host } = request.headers;
    if (origin !== undefined) {
      reply.header("access-control-allow-origin", origin).header("vary", "Origin");
    }
    reply.header("cache-control", "no-store");
    if (request.method === "OPTIONS") return;
    const limited = await limitAddress(deps, reply);
    if (limited) return reply.fail(limited);
    const inbox = await findInboxByToken(deps.db, (request.params as { inbox: string }).inbox);
    if (!inbox) return reply.fail(notFoundFailure);
    const isOwn = origin === undefined || isOwnOrigin(origin, publicUrl, host);
    if (!isOwn && !allowsOrigin(inbox.allowed_domains, origin)) return reply.fail(originRefused);
    request.inbox = inbox;
  });
  app.addHook("onSend", async ({ headers: { origin } }, reply) => {
    const exposed = EXPOSED_HEADERS.filter((name) => reply.hasHeader(name));
    if (origin !== undefined && exposed[0]) {
      reply.header("access-control-expose-headers", exposed.join(", "));
    }
  });
  const path = publicPaths.inbox(":inbox");
  for (const url of [path, `${path}/*`]) app.options(url, { schema: { hide: true } }, preflight);
}

function preflight(_request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const headers = {
    "access-control-allow-methods": "GET, POST, PATCH, OPTIONS",
    "access-control-allow-headers": "content-type, accept",
    "access-control-max-age": String(CORS_MAX_AGE_S),
  };
  return reply.code(204).headers(headers).send();
}

/** Guards every route of `app`, whose path has `:source` too: 404 unless it is a visitor's. */
export function authenticateVisitors(
  app: RestDoor,
  deps: Pick<RoomDeps, "db" | "rateLimits">,
): void {
  app.addHook("onRequest", async (request: FastifyRequest, reply: FastifyReply) => {
    const { source } = request.params as { source: string };
    const visitor = await findVisitorBySource(deps.db, request.inbox.id, source);
    if (!visitor) return reply.fail(notFoundFailure);
    const limited = await limitRequest(deps, reply, "visitor", visitor.contactInboxId);
    if (limited) return reply.fail(limited);
    request.visitor = visitor;
  });
}
