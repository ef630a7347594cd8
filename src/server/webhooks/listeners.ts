// Whether anybody listens at all: most installations have no webhooks, and their messages shall pay nothing.
import { eq } from "drizzle-orm";
import { webhooks } from "../database/webhook-tables.ts";
import type { RoomDeps } from "../room.ts";

/** How late the first webhook may be noticed; whoever runs them looks by himself as often. */
const REMEMBERED_MS = 1_000;

/** Answers without a question to the database, most of the time; never rejects: nobody knows, somebody may. */
export function createListenerCheck({ db }: Pick<RoomDeps, "db">): () => Promise<boolean> {
  let known: { until: number; areListening: Promise<boolean> } | undefined;

  async function look(): Promise<boolean> {
    const enabled = db.select({ id: webhooks.id }).from(webhooks).where(eq(webhooks.enabled, true));
    return await enabled.limit(1).then(
      (rows) => rows.length > 0,
      () => true,
    );
  }

  return () => {
    const now = performance.now();
    if (!known || known.until < now) known = { until: now + REMEMBERED_MS, areListening: look() };
    return known.areListening;
  };
}
