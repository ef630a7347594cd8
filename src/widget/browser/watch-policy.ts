// Whether it is the page's own policy that lets nothing of the chat load.
import { ParlorError } from "../host/error.ts";

/** Answers what says why something of the server's did not load. */
export function watchPolicy(
  page: Document,
  baseUrl: string,
  signal: AbortSignal,
): (error: unknown) => ParlorError {
  let forbiddenBy = "";
  const hear = ({ blockedURI, effectiveDirective }: SecurityPolicyViolationEvent) => {
    if (blockedURI.startsWith(baseUrl)) forbiddenBy = effectiveDirective;
  };
  page.addEventListener("securitypolicyviolation", hear, { signal });
  return (error) =>
    forbiddenBy
      ? new ParlorError("csp", `the page's ${forbiddenBy} forbids ${baseUrl}`)
      : new ParlorError("unreachable", String(error));
}
