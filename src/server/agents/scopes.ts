// What an access token may be used for.
import type { AccessTokenScope } from "../../protocol/lists.ts";
import { failure } from "../../protocol/result.ts";
import type { AgentIdentity } from "./agents.ts";

export const outOfScope = () => failure("forbidden", "This access token is not meant for it");

/** Sessions and profile tokens may do all that their user may. */
export function isInScope({ scopes }: AgentIdentity, scope: AccessTokenScope): boolean {
  return scopes === undefined || scopes.includes("all") || scopes.includes(scope);
}

/** The first that fits: what is read counts, not below what it stands. */
const routes: readonly [pattern: RegExp, scope: AccessTokenScope][] = [
  [/^\/contacts\/:contact\/conversations$/, "conversations"],
  [/^\/conversations(\/|$)/, "conversations"],
  [/^\/contacts(\/|$)/, "contacts"],
  [/^\/snoozes(\/|$)/, "snooze"],
];

/** The scope that opens a route of the application API, by its pattern. */
export function scopeOfRoute(pattern = ""): AccessTokenScope {
  const [, below = ""] = /^\/api\/v1\/accounts\/:account(\/.+)$/.exec(pattern) ?? [];
  return routes.find(([of]) => of.test(below))?.[1] ?? "all";
}
