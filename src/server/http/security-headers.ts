// Headers that every answer carries, whatever it is.
import type { RestDoor } from "./door.ts";

/** Pages add their own policies to these. */
export function hardenAnswers(app: RestDoor, { isHttps }: { isHttps: boolean }): void {
  app.addHook("onRequest", async (_request, reply) => {
    reply.header("x-content-type-options", "nosniff");
    if (isHttps) reply.header("strict-transport-security", "max-age=31536000");
  });
}
