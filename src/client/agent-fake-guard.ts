// How the desk's fake meets every REST call: counted, refused when a test says so, only with a session.
import { failure } from "../protocol/result.ts";
import type { Failure } from "../protocol/result.ts";
import type { AgentRest } from "./agent-transport.ts";

/** Counts the calls, answers the failures that were ordered, and asks for a session. */
export function guarded(
  answers: AgentRest,
  calls: Map<keyof AgentRest, number>,
  failures: Map<keyof AgentRest, Failure>,
  isSignedIn: () => boolean,
): AgentRest {
  return new Proxy(answers, {
    get(target, method: keyof AgentRest) {
      // Calls of their own, not one of these.
      if (method === "settings") return target.settings;
      // It only makes something: what that calls is the server's business.
      if (method === "openTray") {
        return (...input: Parameters<AgentRest["openTray"]>) => target.openTray(...input);
      }
      return async (...input: never[]) => {
        calls.set(method, (calls.get(method) ?? 0) + 1);
        const error = failures.get(method);
        failures.delete(method);
        if (error) return { ok: false, error };
        if (method !== "signIn" && !isSignedIn()) return failure("unauthenticated", "no session");
        return (target[method] as (...input: never[]) => unknown)(...input);
      };
    },
  });
}
