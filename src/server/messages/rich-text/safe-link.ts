// Which addresses a message may link to, and what a link says about where it leads.
import { URL_MAX_LENGTH } from "../../../protocol/limits.ts";

/** Controls, blanks and backslashes, all of which browsers drop or reinterpret within an address. */
const DISGUISE = /[\p{Cc}\p{Z}\\]/u;
/** Two slashes and a host without `user@`: what is read as the host is the host. */
const WEB = /^https?:\/\/[^/?#@]+(?:[/?#]|$)/iu;
const MAIL = /^mailto:[^@?#]+@[^@?#]+(?:\?|$)/iu;
const PHONE = /^tel:\+?[\d.()-]{2,32}$/iu;

/**
 * The canonical form of an absolute http, https, mailto or tel address, as a browser will read it;
 * `undefined` for any other and for one that pretends: control characters, `user@host`, one slash.
 */
export function safeHref(address: string): string | undefined {
  if (address.length > URL_MAX_LENGTH || DISGUISE.test(address)) return undefined;
  if (!WEB.test(address) && !MAIL.test(address) && !PHONE.test(address)) return undefined;
  if (!URL.canParse(address)) return undefined;
  const { href } = new URL(address);
  return href.length > URL_MAX_LENGTH ? undefined : href;
}

/** Characters that show nothing, or that change the order or the shape of what is shown. */
const UNSEEN = /[\p{Cf}\p{Cc}\p{Co}\p{M}]/u;

/**
 * Where a safe address leads, when the text shown for it does not itself start with that: the host
 * in ASCII, the e-mail address or the telephone number.
 */
export function undisclosedDestination(href: string, text: string): string | undefined {
  const { protocol, host, pathname } = new URL(href);
  const web = protocol === "http:" || protocol === "https:";
  const destination = web ? host : pathname;
  const shown = text
    .trim()
    .toLowerCase()
    .replace(/^(?:https?:\/\/|mailto:|tel:)/u, "");
  if (UNSEEN.test(shown) || !shown.startsWith(destination.toLowerCase())) return destination;
  const next = shown.slice(destination.length);
  return next === "" || (web && /^[/?#]/u.test(next)) ? undefined : destination;
}
