// What an operator may write as the address of a target: read once, refused with a reason.
import { URL_MAX_LENGTH } from "../../protocol/limits.ts";

/** Ports of other protocols, which must not be spoken to by mistake: the "bad ports" of the fetch standard. */
const BAD_PORTS = new Set([
  1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102,
  103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465,
  512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993,
  995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668,
  6669, 6679, 6697, 10080,
]);

export type ParsedUrl = { ok: true; url: URL; hostname: string } | { ok: false; message: string };

/** `hostname` is without the brackets of an IPv6 address and without a dot at its end. */
export function parseOutgoingUrl(text: string): ParsedUrl {
  const refuse = (message: string): ParsedUrl => ({ ok: false, message });
  if (text.length > URL_MAX_LENGTH) {
    return refuse(`is too long (maximum is ${URL_MAX_LENGTH} characters)`);
  }
  if (!URL.canParse(text)) return refuse("must be an http or https address");
  const url = new URL(text);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    return refuse("must be an http or https address");
  }
  if (url.username || url.password) return refuse("must not contain a user name or password");
  if (url.port === "0" || BAD_PORTS.has(Number(url.port)))
    return refuse("has a port that is not allowed");
  url.hash = "";
  const hostname = url.hostname.replace(/^\[(.*)\]$/, "$1").replace(/\.$/, "");
  if (hostname === "") return refuse("must be an http or https address");
  return { ok: true, url, hostname };
}
