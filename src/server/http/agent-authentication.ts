// Who asks the application API: an access token, or a cookie session with its CSRF token.
import type { FastifyReply, FastifyRequest } from "fastify";
import { findTokenHolder } from "../access-tokens/access-tokens.ts";
import type { UserRow } from "../accounts/users.ts";
import type { Session } from "../accounts/sessions.ts";
import { findSession } from "../accounts/sessions.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import type { Requester } from "../agents/requesters.ts";
import { isInScope, outOfScope, scopeOfRoute } from "../agents/scopes.ts";
import { failure } from "../../protocol/result.ts";
import { fingerprint, sameText } from "../random.ts";
import type { RoomDeps } from "../room.ts";
import { sessionCookie } from "./cookies.ts";
import type { RestDoor } from "./door.ts";
import { limitAddress, limitRequest } from "./limit-requests.ts";
import { isOwnOrigin } from "./origins.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Who is signed in; set on every route of the application API. */
    user: UserRow;
    /** The cookie session that says so; undefined with an access token. */
    session: Session | undefined;
    /** As what, in the account that the path names (without one: his first). */
    agent: AgentIdentity;
  }
}

const invalidToken = failure("unauthenticated", "Invalid Access Token").error;
const foreignAccount = failure(
  "unauthenticated",
  "You are not authorized to access this account",
).error;
const forged = failure("forbidden", "The CSRF token is missing or wrong").error;
const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/** The access token of a request, by any of its three headers. */
function accessTokenOf({ headers }: FastifyRequest): string | undefined {
  const own = headers["api_access_token"] ?? headers["api-access-token"];
  if (typeof own === "string" && own !== "") return own;
  return /^Bearer +(\S+)$/i.exec(headers.authorization ?? "")?.[1];
}

/** Whose limit counts: each session's and each token's is its own. */
const callerOf = (request: FastifyRequest) =>
  request.session ? `session ${request.session.id}` : fingerprint(accessTokenOf(request) ?? "");

/** A page of another site may send our cookie along; only our own pages know the session's token. */
function isForged(
  request: FastifyRequest,
  csrfToken: string | undefined,
  publicUrl: string,
): boolean {
  const { origin, host } = request.headers;
  const site = request.headers["sec-fetch-site"];
  if (origin !== undefined && !isOwnOrigin(origin, publicUrl, host)) return true;
  if (origin === undefined && site !== undefined && site !== "same-origin" && site !== "none") {
    return true;
  }
  if (csrfToken === undefined) return false;
  const said = request.headers["x-csrf-token"];
  return typeof said !== "string" || !sameText(said, csrfToken);
}

/** Guards every route of `app`: 401 unless somebody is signed in and belongs to the path's account. */
export function authenticateAgents(
  app: RestDoor,
  deps: Pick<RoomDeps, "db" | "clock" | "config" | "rateLimits">,
): void {
  const cookie = sessionCookie(deps.config.publicUrl);
  app.decorateRequest("session", undefined);

  async function identify(request: FastifyRequest): Promise<Requester | undefined> {
    const token = accessTokenOf(request);
    if (token !== undefined) return await findTokenHolder(deps, token);
    const value = request.cookies[cookie.name];
    const found = value === undefined ? undefined : await findSession(deps, value);
    request.session = found?.session;
    return found;
  }

  app.addHook("onRequest", async (request: FastifyRequest, reply: FastifyReply) => {
    const holder = await identify(request);
    if (!holder) return reply.fail((await limitAddress(deps, reply)) ?? invalidToken);
    const limited = await limitRequest(deps, reply, "token", callerOf(request));
    if (limited) return reply.fail(limited);
    const { user, memberships } = holder;
    const { session } = request;
    if (session && !safeMethods.has(request.method)) {
      if (isForged(request, session.csrfToken, deps.config.publicUrl)) return reply.fail(forged);
    }
    const asked = (request.params as { account?: string }).account;
    const agent =
      asked === undefined
        ? memberships[0]
        : memberships.find((membership) => String(membership.accountId) === asked);
    if (!agent) return reply.fail(foreignAccount);
    if (!isInScope(agent, scopeOfRoute(request.routeOptions.url))) {
      return reply.fail(outOfScope().error);
    }
    request.user = user;
    request.agent = { ...agent, remoteAddress: request.ip };
    // What an agent may see must not be kept by anything between him and us.
    reply.header("cache-control", "no-store");
  });
}

/** Guards routes that sign somebody in: a page of another site must not do it for him. */
export function refuseForeignPages(
  app: RestDoor,
  deps: Pick<RoomDeps, "config" | "rateLimits">,
): void {
  app.addHook("onRequest", async (request: FastifyRequest, reply: FastifyReply) => {
    const limited = await limitAddress(deps, reply);
    if (limited) return reply.fail(limited);
    if (isForged(request, undefined, deps.config.publicUrl)) return reply.fail(forged);
  });
}
