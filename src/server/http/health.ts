// Health: whether the process lives, and whether it can do its work.
import { sql } from "drizzle-orm";
import { z } from "zod";
import { failure } from "../../protocol/result.ts";
import type { RoomDeps } from "../room.ts";
import type { RestDoor } from "./door.ts";

const healthy = z.object({ status: z.literal("ok") });
const unreachable = failure("unreachable", "The database cannot be reached").error;

export function healthRoutes(app: RestDoor, { db }: Pick<RoomDeps, "db">): void {
  const schema = { response: { 200: healthy } };
  app.get("/health", { schema }, () => ({ status: "ok" as const }));
  app.get("/ready", { schema }, async (_request, reply) => {
    try {
      await db.execute(sql`select 1`);
      return await reply.send({ status: "ok" });
    } catch {
      return reply.fail(unreachable);
    }
  });
}
