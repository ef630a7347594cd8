// From a host's name to its addresses, without holding up anything else of this process.
import { lookup, Resolver } from "node:dns/promises";

/** Every address of a host, IPv4 first. Rejects when there is none, or nobody answers. */
export type ResolveHost = (hostname: string, trusted: boolean) => Promise<string[]>;

const QUERY_TIMEOUT_MS = 2_000;
const QUERY_TRIES = 2;

/**
 * Asks the name servers directly: the system's own resolver would hold one of the few threads that
 * also check passwords and read files, for as long as a target's name server likes to wait. Names
 * that the operator has allowed do take the system's way, which knows /etc/hosts.
 */
export function createResolveHost(): ResolveHost {
  const resolver = new Resolver({ timeout: QUERY_TIMEOUT_MS, tries: QUERY_TRIES });
  return async (hostname, trusted) => {
    if (trusted) return (await lookup(hostname, { all: true })).map(({ address }) => address);
    // Never asked of anybody: it means this machine (RFC 6761).
    if (/(^|\.)localhost$/i.test(hostname)) return ["127.0.0.1", "::1"];
    const answers = await Promise.allSettled([
      resolver.resolve4(hostname),
      resolver.resolve6(hostname),
    ]);
    const addresses = answers.flatMap((answer) =>
      answer.status === "fulfilled" ? answer.value : [],
    );
    const [first] = answers;
    if (addresses.length === 0) {
      throw first.status === "rejected" ? first.reason : new Error(`${hostname} has no address`);
    }
    return addresses;
  };
}
