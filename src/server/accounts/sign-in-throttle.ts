// How often a sign-in may fail, for one address with one e-mail, and for one address at all.
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { fingerprint } from "../random.ts";
import type { RoomDeps } from "../room.ts";

export interface SignInThrottle {
  /** Counts an attempt. Answers the seconds to wait when there were too many. */
  attempt(email: string, address: string): Promise<number | undefined>;
  /** Forgets the attempts with this e-mail after a right password. */
  succeeded(email: string, address: string): Promise<void>;
}

const WINDOW_SECONDS = 15 * 60;
const ATTEMPTS_PER_EMAIL = 10;
const ATTEMPTS_PER_ADDRESS = 100;

/** Keeps its counts in the database, so that all processes count together. */
export function createSignInThrottle({ pool }: Pick<RoomDeps, "pool">): SignInThrottle {
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
  const byEmail = limiter("sign_in_email", ATTEMPTS_PER_EMAIL);
  const byAddress = limiter("sign_in_address", ATTEMPTS_PER_ADDRESS);
  const keyOf = (email: string, address: string) => fingerprint(`${email}\n${address}`);

  return {
    async attempt(email, address) {
      try {
        await byAddress.consume(fingerprint(address));
        await byEmail.consume(keyOf(email, address));
        return undefined;
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        return Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
      }
    },
    async succeeded(email, address) {
      await byEmail.delete(keyOf(email, address));
    },
  };
}
