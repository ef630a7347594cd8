// Several processes of one installation, and the end of one of them.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase } from "../test-kit/database.ts";
import type { TestDatabase } from "../test-kit/database.ts";
import { startTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { hasRedis, startRedis } from "../test-kit/redis.ts";
import { connectAgent, connectVisitor } from "../test-kit/sockets.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** A visitor on one app and an agent on the other hear each other. */
async function expectTogether(a: TestApp, b: TestApp): Promise<void> {
  const account = await a.build.anAccount();
  const inbox = await a.build.anInbox(account);
  const agent = await a.build.anAgent(account, { name: "Ada", inboxes: [inbox] });
  const visitor = await b.build.aVisitor(inbox);
  const desk = await connectAgent(a.url, agent.pubsubToken);
  const widget = await connectVisitor(b.url, visitor.pubsubToken);
  const started = await widget.send("conversation:start", { echo_id: "c1" });
  if (!started.ok) throw new Error(started.error.message);
  const id = started.data.id;
  await desk.hears("conversation:created");
  // Longer than a NOTIFY may be.
  const content = "long ".repeat(5_000);
  await widget.send("message:send", { conversation_id: id, content, echo_id: "m1" });
  const heard = await desk.hears("message:created");
  expect(heard.message.content).toBe(content);
  await desk.send("message:send", { conversation_id: id, content: "hi", echo_id: "a1" });
  await widget.hears("message:created", (e) => e.message.content === "hi");
  await desk.send("typing:set", { conversation_id: id, typing: true });
  await widget.hears("typing:changed");
}

describe("two apps on one database", () => {
  it("bring the visitor of one and the agent of the other together", async () => {
    const config = { databaseUrl: database.connectionString };
    const start = () => startTestApp({ database, config });
    const [a, b] = await Promise.all([start(), start()]);
    await expectTogether(a, b);
  });

  it("find each other when one has long been alone", async () => {
    const config = { databaseUrl: database.connectionString };
    const alone = { clusterHeartbeatMs: 200 };
    const startedAt = performance.now();
    const a = await startTestApp({ database, config, limits: alone });
    const account = await a.build.anAccount();
    const inbox = await a.build.anInbox(account);
    const widget = await connectVisitor(a.url, (await a.build.aVisitor(inbox)).pubsubToken);
    // Long enough that it has begun to keep to itself.
    while (performance.now() < startedAt + 4 * alone.clusterHeartbeatMs) {
      await widget.send("conversation:list", {});
    }
    const b = await startTestApp({ database, config, limits: alone });
    await expectTogether(a, b);
    await expectTogether(b, a);
  });

  it("send everybody back for what was missed while one could not hear the other", async () => {
    const config = { databaseUrl: database.connectionString };
    const app = await startTestApp({ database, config });
    const account = await app.build.anAccount();
    const inbox = await app.build.anInbox(account);
    const widget = await connectVisitor(app.url, (await app.build.aVisitor(inbox)).pubsubToken);
    const closed = new Promise((resolve) => widget.socket.once("disconnect", resolve));
    await database.connection.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name = 'parlor-realtime'`,
    );
    expect((await widget.hears("server:stopping")).reconnect_after_ms).toBeGreaterThan(0);
    await closed;
  });

  it.skipIf(!hasRedis)("do so over Redis, too", async () => {
    const redisUrl = await startRedis();
    const config = { redisUrl };
    const [a, b] = await Promise.all([
      startTestApp({ database, config }),
      startTestApp({ database, config }),
    ]);
    await expectTogether(a, b);
  });
});

describe("stopping", () => {
  it("answers what has come in, tells every socket to come back, and closes them", async () => {
    const app = await startTestApp();
    const account = await app.build.anAccount();
    const inbox = await app.build.anInbox(account);
    const visitor = await app.build.aVisitor(inbox);
    const widget = await connectVisitor(app.url, visitor.pubsubToken);
    const started = await widget.send("conversation:start", { echo_id: "c1" });
    if (!started.ok) throw new Error(started.error.message);
    const closed = new Promise((resolve) => widget.socket.once("disconnect", resolve));
    const last = widget.send("message:send", {
      conversation_id: started.data.id,
      content: "the last one",
      echo_id: "m1",
    });
    await widget.hears("message:created").then(() => app.app.stop());
    expect((await last).ok).toBe(true);
    expect((await widget.hears("server:stopping")).reconnect_after_ms).toBeGreaterThan(0);
    await closed;
  });
});
