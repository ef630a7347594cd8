// One log line for each answered request: the route's pattern, never its URL, which holds credentials.
import type { RestDoor } from "./door.ts";

export function logRequests(app: RestDoor): void {
  app.addHook("onResponse", async (request, reply) => {
    request.log.info(
      {
        event: "request:answered",
        method: request.method,
        route: request.routeOptions.url ?? "unknown",
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
      },
      "request answered",
    );
  });
}
