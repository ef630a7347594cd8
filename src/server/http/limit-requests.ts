// Limits of requests at the doors: one point for each, and headers that tell what is left.
import type { FastifyReply } from "fastify";
import type { Failure } from "../../protocol/result.ts";
import { isInside, networkOf } from "../rate-limits/addresses.ts";
import { problemOf } from "../rate-limits/rate-limits.ts";
import type { Standing } from "../rate-limits/rate-limits.ts";
import type { LimitName } from "../rate-limits/rules.ts";
import type { RoomDeps } from "../room.ts";

type Deps = Pick<RoomDeps, "rateLimits">;

/** Counts a request. Answers why it may not go on, or nothing. */
export async function limitRequest(
  { rateLimits }: Deps,
  reply: FastifyReply,
  name: LimitName,
  key: string | number,
): Promise<Failure | undefined> {
  const standing = await rateLimits.take(name, key);
  if (!standing) return undefined;
  tell(reply, standing);
  return standing.isOver ? problemOf(standing) : undefined;
}

/** Counts a request of somebody who is only an address as yet. */
export async function limitAddress(deps: Deps, reply: FastifyReply): Promise<Failure | undefined> {
  const { ip } = reply.request;
  return isInside(ip) ? undefined : await limitRequest(deps, reply, "address", networkOf(ip));
}

/** Of several limits, the one that ends first. */
function tell(reply: FastifyReply, { points, windowSeconds, remaining, resetSeconds }: Standing) {
  const told = reply.getHeader("ratelimit-remaining");
  if (told !== undefined && Number(told) < remaining) return;
  reply.headers({
    "ratelimit-limit": String(points),
    "ratelimit-remaining": String(remaining),
    "ratelimit-reset": String(resetSeconds),
    "ratelimit-policy": `${points};w=${windowSeconds}`,
  });
}
