// Identity of a contact: what a website has signed, and what a browser merely claims.
import { failure, success } from "../../protocol/result.ts";
import type { Result } from "../../protocol/result.ts";
import type { InboxRow } from "../inboxes/inboxes.ts";
import { hmac, sameText } from "../random.ts";

/** What the website's server computes for its user. */
export function identifierHash(hmacToken: string, identifier: string): string {
  return hmac(hmacToken, identifier).toString("hex");
}

/**
 * The identifier that the website has signed, or undefined for a browser that proves nothing.
 * Errors: `unauthenticated`, when the hash is wrong, or missing although the inbox demands it.
 */
export function provenIdentifier(
  inbox: Pick<InboxRow, "hmac_token" | "hmac_mandatory">,
  claim: { identifier?: string | undefined; identifier_hash?: string | undefined },
): Result<string | undefined> {
  const { identifier, identifier_hash: hash } = claim;
  if (hash === undefined || hash === "") {
    return inbox.hmac_mandatory
      ? failure("unauthenticated", "identifier_hash is required by this inbox")
      : success(undefined);
  }
  const right =
    identifier !== undefined &&
    sameText(hash.toLowerCase(), identifierHash(inbox.hmac_token, identifier));
  return right
    ? success(identifier)
    : failure("unauthenticated", "identifier_hash does not match the identifier");
}
