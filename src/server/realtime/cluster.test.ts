// Several processes of one installation, and the end of one of them.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase } from "../test-kit/database.ts";
import type { TestDatabase } from "../test-kit/database.ts";
import { startTestApp } from "../test-kit/app.ts";
import { connectAgent, connectVisitor } from "../test-kit/sockets.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

describe("two apps on one database", () => {
  it("bring the visitor of one and the agent of the other together", async () => {
    const config = { databaseUrl: database.connectionString };
    const [a, b] = await Promise.all([
      startTestApp({ database, config }),
      startTestApp({ database, config }),
    ]);
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
