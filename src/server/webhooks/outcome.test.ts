// What came of deliveries, written down some at a time.
import pino from "pino";
import { expect, it } from "vitest";
import { webhook_deliveries, webhooks } from "../database/webhook-tables.ts";
import { startTestApp } from "../test-kit/app.ts";
import { recordOutcomes } from "./outcome.ts";
import type { Outcome } from "./outcome.ts";

const NEVER = new Date("9999-01-01");

it("is written down for every delivery but the one that the database refuses", async () => {
  const app = await startTestApp();
  const account = await app.build.anAccount();
  const [webhook] = await app.db
    .insert(webhooks)
    .values({
      account_id: account,
      url: "http://target.test/",
      subscriptions: [],
      secret_nonce: "x",
    })
    .returning();
  const made = await app.db
    .insert(webhook_deliveries)
    .values(
      [1, 2, 3].map((event) => ({
        webhook_id: webhook?.id ?? 0,
        event_id: event,
        event: "message_created" as const,
        lane: `conversation:${event}`,
        payload: "{}",
        retry_until: NEVER,
        next_attempt_at: NEVER,
      })),
    )
    .returning();
  const outcomes = made.map(
    ({ id, webhook_id: webhookId, lane, attempts, retry_until: retryUntil }, index): Outcome => ({
      id,
      webhookId,
      lane,
      attempts,
      retryUntil,
      // No text of PostgreSQL's holds U+0000.
      result: { ok: true, answer: { status: 200, body: index === 1 ? "\u0000" : "fine" } },
      durationMs: 5,
    }),
  );
  const log = pino({ enabled: false });

  await recordOutcomes({ db: app.db, clock: () => new Date(), log }, outcomes);

  const rows = await app.db.select().from(webhook_deliveries).orderBy(webhook_deliveries.event_id);
  expect(rows.map((row) => [row.state, row.attempts, row.response_body])).toEqual([
    ["delivered", 1, "fine"],
    ["pending", 0, null],
    ["delivered", 1, "fine"],
  ]);
});
