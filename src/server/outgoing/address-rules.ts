// Which addresses this server may call on an operator's word: public ones, and those that were allowed by name.
import ipaddr from "ipaddr.js";
import type { IPv4, IPv6 } from "ipaddr.js";
import { isIP } from "node:net";

type Address = IPv4 | IPv6;
type Range = [Address, number];

/** Where public IPv6 addresses are given out; everything else is special or unused. */
const GLOBAL_IPV6 = ipaddr.parseCIDR("2000::/3");
/** Public by number, but a machine's own cloud answers there (Azure). */
const CLOUD_INTERNAL = new Set(["168.63.129.16"]);

export interface AddressRules {
  /** Whether the host was allowed by its name: then all its addresses are. */
  trustsHost(hostname: string): boolean;
  /** Whether an address, as text, may be connected to for the sake of this host. */
  mayConnect(hostname: string, address: string): boolean;
}

/**
 * @param allowed host names, addresses and ranges (`10.0.0.0/8`) that are fine although they are private
 * @throws RangeError naming an entry that is none of these
 */
export function createAddressRules(allowed: readonly string[]): AddressRules {
  const hosts = new Set<string>();
  const ranges: Range[] = [];
  for (const entry of allowed) {
    const range = parseRange(entry);
    if (range) ranges.push(range);
    else if (isHostName(entry)) hosts.add(entry.toLowerCase());
    else throw new RangeError(entry);
  }
  const trustsHost = (hostname: string) => hosts.has(hostname.toLowerCase());
  return {
    trustsHost,
    mayConnect(hostname, text) {
      // A zone such as %eth0 names one of this machine's own networks.
      if (!isIP(text) || text.includes("%")) return false;
      const address = ipaddr.process(text);
      const isAllowed = ranges.some(
        ([network, bits]) =>
          network.kind() === address.kind() && address.match([network, bits] as never),
      );
      return isAllowed || trustsHost(hostname) || isPublic(ipaddr.parse(text));
    },
  };
}

function isPublic(address: Address): boolean {
  if (address.range() !== "unicast") return false;
  if (address.kind() === "ipv6") return (address as IPv6).match(GLOBAL_IPV6);
  return !CLOUD_INTERNAL.has(address.toString());
}

function parseRange(text: string): Range | undefined {
  if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text);
  if (!isIP(text)) return undefined;
  const address = ipaddr.process(text);
  return [address, address.kind() === "ipv4" ? 32 : 128];
}

function isHostName(text: string): boolean {
  return /^(?!-)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*$/i.test(text) && !/^[\d.]+$/.test(text);
}
