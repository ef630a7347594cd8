// Which deliveries go next, and which of them go in a row.
import { expect, it } from "vitest";
import { webhook_deliveries, webhooks } from "../database/webhook-tables.ts";
import { startTestApp } from "../test-kit/app.ts";
import { readDue } from "./due.ts";
import type { DueLane } from "./due.ts";

const DUE = new Date("2026-11-20T12:00:00Z");
const LATER = new Date("2026-11-20T12:00:01Z");
const clock = () => DUE;

async function setUp() {
  const { db, build } = await startTestApp();
  const account_id = await build.anAccount();
  let nextEventId = 0;
  return {
    db,
    aWebhook: async (failing_since: Date | null = null): Promise<number> => {
      const url = `http://target.test/${Math.random()}`;
      const values = { account_id, url, subscriptions: [], secret_nonce: "x", failing_since };
      const [webhook] = await db.insert(webhooks).values(values).returning();
      return webhook?.id ?? 0;
    },
    /** A lane of pending deliveries, each with its time or none. */
    aLane: async (webhook_id: number, lane: string, times: (Date | null)[]): Promise<void> => {
      await db.insert(webhook_deliveries).values(
        times.map((next_attempt_at, index) => ({
          webhook_id,
          lane,
          next_attempt_at,
          event_id: (nextEventId += 1),
          event: "message_created" as const,
          payload: String(index + 1),
          retry_until: LATER,
        })),
      );
    },
  };
}

const shown = (lanes: DueLane[]) =>
  lanes.map(({ webhook, deliveries }) => [
    webhook.id,
    deliveries[0].lane,
    deliveries.map(({ payload }) => payload).join(""),
  ]);

it("is the first of a lane whose time has come, with what may follow it at once", async () => {
  const { db, aWebhook, aLane } = await setUp();
  const [fine, failing] = [await aWebhook(), await aWebhook(DUE)];
  await aLane(fine, "long", [DUE, ...Array.from({ length: 20 }, () => null)]);
  await aLane(fine, "later", [LATER, null]);
  await aLane(failing, "f", [DUE, null]);
  const due = await readDue({ db, clock }, { held: [], full: [] });
  const all = shown(due);
  expect(all).toHaveLength(2);
  expect(all).toContainEqual([fine, "long", "12345678"]);
  expect(all).toContainEqual([failing, "f", "1"]);
  const others = await readDue({ db, clock }, { held: due.slice(0, 1), full: [] });
  expect(shown(others)).toEqual(shown(due.slice(1)));
  const rest = await readDue({ db, clock }, { held: [], full: [fine] });
  expect(shown(rest)).toEqual([[failing, "f", "1"]]);
});

it("overtakes nothing of its lane that has a time too, because it is sent again by hand", async () => {
  const { db, aWebhook, aLane } = await setUp();
  const webhook = await aWebhook();
  await aLane(webhook, "again", [DUE, null, DUE, null]);
  await aLane(webhook, "waits", [DUE, LATER, null]);
  const due = await readDue({ db, clock }, { held: [], full: [] });
  expect(due.map(({ deliveries }) => deliveries[0].lane).toSorted()).toEqual(["again", "waits"]);
  for (const [, lane, payloads] of shown(due)) {
    expect([lane, payloads]).toEqual(
      lane === "waits" ? ["waits", "1"] : ["again", expect.stringMatching(/^(12|34)$/)],
    );
  }
});
