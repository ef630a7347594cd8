// The log: one JSON object a line on stderr, without secrets and without what people wrote.
import pino from "pino";
import type { DestinationStream, Logger } from "pino";
import { describeError } from "./describe-error.ts";

/** What the parts of the process need of a log. */
export type Log = Pick<Logger, "debug" | "info" | "warn" | "error">;

/**
 * stdout stays free for what a person reads. Lines are written at once, so that the last ones before
 * a crash are there.
 */
export function createLog(
  level: string,
  destination: DestinationStream = pino.destination({ fd: 2, sync: true }),
): Logger {
  return pino(
    {
      level,
      serializers: { err: (error: unknown) => describeOnce(error), req: describeRequest },
      hooks: {
        // Without words of the caller pino takes the error's own, and they repeat a query's values.
        logMethod([first, ...rest], method) {
          const isBare = first instanceof Error || (isObject(first) && first["err"] !== undefined);
          const merged = first instanceof Error ? { err: first } : first;
          method.apply(this, isBare && rest.length === 0 ? [merged, "error"] : [merged, ...rest]);
        },
      },
      redact: ["*.password", "*.secret", "*.token", "*.authorization", "*.cookie", "headers"],
    },
    destination,
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** Some callers describe the error themselves. */
function describeOnce(error: unknown): unknown {
  return error instanceof Error ? describeError(error) : error;
}

/** The route's pattern, never the address: that holds source ids and tokens. */
function describeRequest(request: { method?: string; routeOptions?: { url?: string } }) {
  return { method: request.method, route: request.routeOptions?.url };
}
