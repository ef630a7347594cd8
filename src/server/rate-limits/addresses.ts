// Network addresses as somebody's: which of them count together, which are no visitor's at all.
import ipaddr from "ipaddr.js";

const ownRanges = new Set(["loopback", "private", "linkLocal", "uniqueLocal"]);

/** What belongs to one customer of a provider: an IPv4 address, or the first 64 bits of an IPv6 one. */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === "ipv4") return parsed.toString();
  return parsed.toByteArray().slice(0, 8).join(".");
}

/**
 * An address inside: of a proxy of ours that does not say who asks, or of a program of ours. As the
 * address of one person it would stop everybody at once.
 */
export function isInside(address: string): boolean {
  return ipaddr.isValid(address) && ownRanges.has(ipaddr.process(address).range());
}
