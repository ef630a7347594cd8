// What the dialects share: who asks, by which token, and failures in the words of each.
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import type { z } from "zod";
import type { AccessTokenScope } from "../../protocol/lists.ts";
import { failure, success } from "../../protocol/result.ts";
import type { Failure, Result } from "../../protocol/result.ts";
import { findTokenHolder } from "../access-tokens/access-tokens.ts";
import type { AgentIdentity } from "../agents/agents.ts";
import { listMemberships } from "../agents/agents.ts";
import { isInScope, outOfScope } from "../agents/scopes.ts";
import { describeError } from "../describe-error.ts";
import type { RestDoor } from "../http/door.ts";
import { limitAddress, limitRequest } from "../http/limit-requests.ts";
import { fingerprint } from "../random.ts";
import type { LimitName } from "../rate-limits/rules.ts";
import type { RoomDeps } from "../room.ts";

export interface Dialect {
  /** The access token of a request. */
  tokenOf(request: FastifyRequest): string | undefined;
  /** Without it nothing opens. */
  scope: AccessTokenScope;
  /** How often one token may call; as often as elsewhere unless told. */
  limit?: LimitName;
  statuses: Partial<Record<Failure["code"], number>>;
  errorSchema: z.ZodType;
  errorBody(problem: Failure, request: FastifyRequest): unknown;
}

const STATUSES: Record<Failure["code"], number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_many_requests: 429,
  too_large: 413,
  protocol_mismatch: 400,
  origin_not_allowed: 403,
  unreachable: 503,
  internal: 500,
};

/** `Authorization: Bearer TOKEN` */
export function bearerOf({ headers }: FastifyRequest): string | undefined {
  return /^Bearer\s+(\S+)\s*$/i.exec(headers.authorization ?? "")?.[1];
}

/** An administrator's token speaks for each of his colleagues, everybody else's for himself. */
export async function actingAs(
  { db }: RoomDeps,
  holder: AgentIdentity,
  userId = holder.userId,
): Promise<Result<AgentIdentity>> {
  if (userId === holder.userId) return success(holder);
  const memberships = await listMemberships(db, userId);
  const colleague = memberships.find(({ accountId }) => accountId === holder.accountId);
  if (!colleague) return failure("not_found", "Agent not found");
  if (holder.role !== "administrator") {
    return failure("forbidden", "This access token does not speak for that agent");
  }
  return success({ ...colleague, ...(holder.scopes ? { scopes: holder.scopes } : {}) });
}

/** Answers a failure as this dialect says it. */
export type Fail = (reply: FastifyReply, problem: Failure) => FastifyReply;

/** Opens a door at which a dialect is spoken: every request has an agent, every failure its words. */
export async function speak(
  parent: RestDoor,
  deps: RoomDeps,
  dialect: Dialect,
  declare: (app: RestDoor, fail: Fail, failures: Record<number, z.ZodType>) => void,
): Promise<void> {
  const statuses = { ...STATUSES, ...dialect.statuses };
  const fail: Fail = (reply, problem) => {
    if (problem.retryAfterSeconds !== undefined) {
      reply.header("retry-after", String(problem.retryAfterSeconds));
    }
    return reply.code(statuses[problem.code]).send(dialect.errorBody(problem, reply.request));
  };
  const codes = [400, 401, 403, 404, 409, 413, 422, 429, 500, 503];
  const failures = Object.fromEntries(codes.map((code) => [code, dialect.errorSchema]));
  await parent.register(async (app: RestDoor) => {
    app.setErrorHandler((error: FastifyError, request, reply) =>
      fail(reply, failureOf(error, request)),
    );
    app.addHook("onRequest", async (request: FastifyRequest, reply: FastifyReply) => {
      const token = dialect.tokenOf(request);
      const holder = token === undefined ? undefined : await findTokenHolder(deps, token);
      const [agent] = holder?.memberships ?? [];
      if (token === undefined || !holder || !agent) {
        const problem = await limitAddress(deps, reply);
        return fail(reply, problem ?? failure("unauthenticated", "Unauthorized").error);
      }
      const key = fingerprint(token);
      const problem = await limitRequest(deps, reply, dialect.limit ?? "token", key);
      if (problem) return fail(reply, problem);
      if (!isInScope(agent, dialect.scope)) return fail(reply, outOfScope().error);
      request.user = holder.user;
      request.agent = { ...agent, remoteAddress: request.ip };
      reply.header("cache-control", "no-store");
    });
    declare(app, fail, failures);
  });
}

function failureOf(error: FastifyError, request: FastifyRequest): Failure {
  if (hasZodFastifySchemaValidationErrors(error)) {
    if (error.validationContext === "params") {
      return failure("not_found", "Resource Not Found").error;
    }
    const [first] = error.validation;
    const field = first?.instancePath.replace(/^\//, "").replaceAll("/", ".") ?? "";
    return failure("invalid", first?.message ?? "is invalid", { field }).error;
  }
  const status = error.statusCode ?? 500;
  if (status === 413) return failure("too_large", "The request is too large").error;
  if (status >= 400 && status < 500) return failure("invalid", error.message).error;
  request.log.error({ event: "request:failed", error: describeError(error) }, "request failed");
  return failure("internal", "Something went wrong on our side").error;
}
