// Hooks of routes that are not for everybody; they answer before anything is read.
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Permission } from "../../protocol/lists.ts";
import { failure } from "../../protocol/result.ts";
import { may } from "./permissions.ts";

const notAllowed = failure("unauthenticated", "You are not authorized to do this action").error;

/** For whoever has this permission. */
export function onlyWith(permission: Permission) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    if (!may(request.agent, permission)) return reply.fail(notAllowed);
  };
}

/** For administrators. */
export async function onlyAdministrators(request: FastifyRequest, reply: FastifyReply) {
  if (request.agent.role !== "administrator") return reply.fail(notAllowed);
}
