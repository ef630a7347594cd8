// How much e-mail somebody may have sent: what goes to an inbox outside must not become a flood.
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import { fingerprint } from "../random.ts";
import type { RoomDeps } from "../room.ts";

export interface MailThrottle {
  /** Counts one mail that `by` has asked for, to `to`. Errors: `too_many_requests`. */
  count(by: { visitor: number } | { agent: number }, to: string): Promise<Result<null>>;
}

const WINDOW_SECONDS = 60 * 60;
const MAILS_PER_VISITOR = 5;
const MAILS_PER_AGENT = 60;
/** Whoever asks. */
const MAILS_PER_ADDRESS = 10;

/** Keeps its counts in the database, so that all processes count together. */
export function createMailThrottle({ pool }: Pick<RoomDeps, "pool">): MailThrottle {
  const limiter = (keyPrefix: string, points: number) =>
    new RateLimiterPostgres({
      storeClient: pool,
      storeType: "pool",
      tableName: "rate_limits",
      tableCreated: true,
      keyPrefix,
      points,
      duration: WINDOW_SECONDS,
    });
  const byVisitor = limiter("mail_visitor", MAILS_PER_VISITOR);
  const byAgent = limiter("mail_agent", MAILS_PER_AGENT);
  const byAddress = limiter("mail_address", MAILS_PER_ADDRESS);

  return {
    async count(by, to) {
      try {
        if ("visitor" in by) await byVisitor.consume(by.visitor);
        else await byAgent.consume(by.agent);
        await byAddress.consume(fingerprint(to));
        return success(null);
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        const retryAfterSeconds = Math.max(1, Math.ceil(refused.msBeforeNext / 1_000));
        return failure("too_many_requests", "Too many e-mails", { retryAfterSeconds });
      }
    },
  };
}
