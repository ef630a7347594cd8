// How often a sign-in may fail, for one address with one e-mail, and for one address at all.
import { fingerprint } from "../random.ts";
import { networkOf } from "../rate-limits/addresses.ts";
import type { RoomDeps } from "../room.ts";

export interface SignInThrottle {
  /** Counts an attempt. Answers the seconds to wait when there were too many. */
  attempt(email: string, address: string): Promise<number | undefined>;
  /** Forgets the attempts with this e-mail after a right password. */
  succeeded(email: string, address: string): Promise<void>;
}

export function createSignInThrottle({ rateLimits }: Pick<RoomDeps, "rateLimits">): SignInThrottle {
  const keyOf = (email: string, address: string) => fingerprint(`${email}\n${networkOf(address)}`);

  return {
    async attempt(email, address) {
      const byAddress = await rateLimits.take("sign_in_address", fingerprint(networkOf(address)));
      if (byAddress?.isOver) return byAddress.resetSeconds;
      const byEmail = await rateLimits.take("sign_in_email", keyOf(email, address));
      return byEmail?.isOver ? byEmail.resetSeconds : undefined;
    },
    async succeeded(email, address) {
      await rateLimits.forget("sign_in_email", keyOf(email, address));
    },
  };
}
