// The built server, which delivers in a thread of its own, and ends while it does so: by kill -9, another process
// goes on where it stopped; in order, it waits for what is under way. Nothing is lost.
import { sql } from "drizzle-orm";
import type { ServerResponse } from "node:http";
import { expect, it, onTestFinished, vi } from "vitest";
import { startTestApp } from "../test-kit/app.ts";
import { asAgent, asVisitor } from "../test-kit/call.ts";
import { createTestDatabase } from "../test-kit/database.ts";
import { startServerProcess } from "../test-kit/process.ts";
import { startTarget } from "../test-kit/target.ts";

// Real targets and databases on a machine that others use too.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const MANY = { timeout: 30_000, interval: 20 };

/** A server that delivers, another one that would, a target, and a visitor with a conversation. */
async function setUp() {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  const doomed = await startServerProcess({
    env: {
      DATABASE_URL: database.connectionString,
      PARLOR_SECRET: "a secret for tests, 32 characters",
      PARLOR_ALLOW_PRIVATE_ADDRESSES: "127.0.0.1",
      PARLOR_ADMIN_EMAIL: "root@example.com",
      PARLOR_ADMIN_PASSWORD: "a long password for tests",
    },
  });
  onTestFinished(() => doomed.stop());
  await expect.poll(() => doomed.stderr(), MANY).toMatch(/one-process:begun.*parlor_webhooks/);
  const heir = await startTestApp({ database, config: { allowPrivateAddresses: ["127.0.0.1"] } });
  const account = await heir.build.anAccount();
  const inbox = await heir.build.anInbox(account);
  const administrator = await heir.build.anAgent(account, { role: "administrator" });
  const visitor = await heir.build.aVisitor(inbox);
  const target = await startTarget();
  const made = await asAgent(heir.url, administrator)("POST", "/webhooks", {
    body: { url: `http://127.0.0.1:${target.port}/`, subscriptions: ["message_created"] },
  });
  expect(made.status).toBe(200);
  const begun = await asVisitor(doomed.url, visitor)("POST", "/conversations");
  const said: string[] = [];
  const say = async (url: string, content: string) => {
    const path = `/conversations/${begun.body.id as number}/messages`;
    expect((await asVisitor(url, visitor)("POST", path, { body: { content } })).status).toBe(200);
    said.push(content);
  };
  return { doomed, heir, target, said, say };
}

it("delivers after a kill -9 what had been acknowledged, in order and under the same ids", async () => {
  const { doomed, heir, target, said, say } = await setUp();
  target.answer = () => {};
  await say(doomed.url, "one");
  await expect.poll(() => target.calls.length, MANY).toBe(1);
  await say(doomed.url, "two");
  await say(doomed.url, "three");
  await doomed.kill("SIGKILL");
  target.answer = () => 200;
  await say(heir.url, "four");

  await expect.poll(() => target.calls.length, MANY).toBe(5);
  const [first, ...rest] = target.calls;
  expect(rest.map((call) => call.json.content as string)).toEqual(said);
  const idOf = (call: typeof first) => call?.headers["x-parlor-delivery"];
  expect(idOf(rest[0])).toBe(idOf(first));
  expect(new Set(rest.map(idOf)).size).toBe(4);
});

it("lets a call that is under way end, and writes it down, before it stops", async () => {
  const { doomed, heir, target, say } = await setUp();
  let held: ServerResponse | undefined;
  target.answer = (_call, response) => void (held = response);
  await say(doomed.url, "one");
  await expect.poll(() => held, MANY).toBeDefined();
  const stopping = doomed.kill("SIGTERM");
  await expect.poll(() => doomed.stderr(), MANY).toContain("process:stopping");
  held?.writeHead(202).end();
  await stopping;
  expect(await doomed.stopped).toBe(0);
  const { rows } = await heir.db.execute(
    sql`select state, attempts, response_status from webhook_deliveries`,
  );
  expect(rows).toEqual([{ state: "delivered", attempts: 1, response_status: 202 }]);
});
