import { describe, expect, it } from "vitest";
import { createAddressRules } from "./address-rules.ts";

const none = createAddressRules([]);

describe("createAddressRules", () => {
  it.each([
    "93.184.216.34",
    "8.8.8.8",
    "172.32.0.1",
    "2606:2800:220:1::1",
    "2a00:1450:4001:81b::200e",
  ])("lets %s be called", (address) => {
    expect(none.mayConnect("example.com", address)).toBe(true);
  });

  it.each([
    ["this host", "0.0.0.0"],
    ["this network", "0.1.2.3"],
    ["loopback", "127.0.0.1"],
    ["all of loopback", "127.255.255.254"],
    ["private, class A", "10.1.2.3"],
    ["private, class B", "172.31.255.255"],
    ["private, class C", "192.168.0.1"],
    ["link-local, where clouds keep credentials", "169.254.169.254"],
    ["carrier-grade NAT", "100.64.0.1"],
    ["protocol assignments", "192.0.0.8"],
    ["documentation", "203.0.113.7"],
    ["benchmarking", "198.19.0.1"],
    ["6to4 relays", "192.88.99.1"],
    ["multicast", "224.0.0.251"],
    ["reserved", "240.0.0.1"],
    ["broadcast", "255.255.255.255"],
    ["a cloud's inside", "168.63.129.16"],
    ["IPv6 this host", "::"],
    ["IPv6 loopback", "::1"],
    ["IPv6 link-local", "fe80::1"],
    ["IPv6 link-local with a zone", "fe80::1%eth0"],
    ["IPv6 unique local", "fd00:ec2::254"],
    ["IPv6 site-local", "fec0::1"],
    ["IPv6 multicast", "ff02::1"],
    ["IPv4-mapped loopback", "::ffff:127.0.0.1"],
    ["IPv4-mapped public", "::ffff:8.8.8.8"],
    ["IPv4-mapped in hexadecimal", "::ffff:7f00:1"],
    ["IPv4-compatible", "::127.0.0.1"],
    ["IPv4-translated", "::ffff:0:127.0.0.1"],
    ["NAT64", "64:ff9b::10.0.0.1"],
    ["local NAT64", "64:ff9b:1::10.0.0.1"],
    ["6to4 of a private address", "2002:a00:1::1"],
    ["Teredo", "2001:0:4136:e378::1"],
    ["IPv6 documentation", "2001:db8::1"],
    ["discard", "100::1"],
    ["not given out", "4000::1"],
    ["no address", "example.com"],
    ["no canonical address", "0x7f.1"],
    ["nothing", ""],
  ])("refuses %s", (_what, address) => {
    expect(none.mayConnect("example.com", address)).toBe(false);
  });

  it("lets what was allowed be called, and nothing beside it", () => {
    const rules = createAddressRules(["10.1.0.0/16", "192.168.7.7", "fd00::/8", "N8N.internal"]);
    expect(rules.mayConnect("anything", "10.1.255.1")).toBe(true);
    expect(rules.mayConnect("anything", "::ffff:10.1.255.1")).toBe(true);
    expect(rules.mayConnect("anything", "10.2.0.1")).toBe(false);
    expect(rules.mayConnect("anything", "192.168.7.7")).toBe(true);
    expect(rules.mayConnect("anything", "192.168.7.8")).toBe(false);
    expect(rules.mayConnect("anything", "fd12::1")).toBe(true);
    expect(rules.mayConnect("n8n.internal", "172.20.0.5")).toBe(true);
    expect(rules.mayConnect("other.internal", "172.20.0.5")).toBe(false);
    expect(rules.trustsHost("n8n.INTERNAL")).toBe(true);
  });

  it.each(["10.0.0.0/33", "http://n8n", "a b", "127.1", "-", "*"])(
    "does not take %s for a place",
    (entry) => {
      expect(() => createAddressRules([entry])).toThrow(new RangeError(entry));
    },
  );
});
