// Which hops in front of the server may say who asks.
import ipaddr from "ipaddr.js";
import { z } from "zod";

const names = new Set(["loopback", "linklocal", "uniquelocal"]);

/** A hop in a private network says who asks; nobody else can reach a server that sits behind one. */
export const DEFAULT_TRUST_PROXY = "loopback, linklocal, uniquelocal";

const isHop = (entry: string) =>
  names.has(entry) || ipaddr.isValid(entry) || ipaddr.isValidCIDR(entry);

/** The environment's variable, for the schema of the configuration. */
export const trustProxyVariable = z
  .string()
  .transform((text) =>
    text
      .split(",")
      .map((entry) => entry.trim())
      .filter(Boolean),
  )
  .refine(
    (entries) => (entries.length === 1 && entries[0] === "none") || entries.every(isHop),
    "is no list of networks; write it like loopback, uniquelocal, 203.0.113.0/24, or none",
  )
  .transform((entries) => entries.join(", "))
  .optional();
