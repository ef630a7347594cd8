// How much e-mail somebody may have sent: what goes to an inbox outside must not become a flood.
import type { Result } from "../../protocol/result.ts";
import { fingerprint } from "../random.ts";
import type { RoomDeps } from "../room.ts";

/** Counts one mail that `by` has asked for, to `to`. Errors: `too_many_requests`. */
export async function countMail(
  { rateLimits }: Pick<RoomDeps, "rateLimits">,
  by: { visitor: number } | { agent: number },
  to: string,
): Promise<Result<null>> {
  const counted =
    "visitor" in by
      ? await rateLimits.check("mail_visitor", by.visitor)
      : await rateLimits.check("mail_agent", by.agent);
  return counted.ok ? await rateLimits.check("mail_address", fingerprint(to)) : counted;
}
