// What only administrators may do.
import type { FastifyReply, FastifyRequest } from "fastify";
import { failure } from "../../protocol/result.ts";

const notAllowed = failure("unauthenticated", "You are not authorized to do this action").error;

/** Hook of a route that is for administrators: everybody else is told so before anything is read. */
export async function onlyAdministrators(request: FastifyRequest, reply: FastifyReply) {
  if (request.agent.role !== "administrator") return reply.fail(notAllowed);
}
