// Losing access: by deactivation, demotion, removal or a void token, on whatever process the socket is.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { account_users, sessions, users } from "../database/account-tables.ts";
import { inbox_members } from "../database/inbox-tables.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestAgent, TestApp } from "../test-kit/app.ts";
import { asAgent, asVisitor, call } from "../test-kit/call.ts";
import { createTestDatabase } from "../test-kit/database.ts";
import type { TestDatabase } from "../test-kit/database.ts";
import { connectAgent } from "../test-kit/sockets.ts";

let database: TestDatabase;
let a: TestApp;
/** Another process, which hears of what happens in the first. */
let b: TestApp;
/** One that does not: as if every word were lost. */
let deaf: TestApp;
beforeAll(async () => {
  database = await createTestDatabase();
  const config = { databaseUrl: database.connectionString };
  // Only the word of the other process closes a socket of these in time.
  const limits = { accessCheckMs: 600_000 };
  a = await openTestApp({ database, config, limits });
  b = await openTestApp({ database, config, limits });
  deaf = await openTestApp({ database, limits: { accessCheckMs: 100 } });
});
afterAll(async () => {
  for (const app of [deaf, b, a]) await app.close();
  await database.drop();
});

async function setUp() {
  const account = await a.build.anAccount();
  const inbox = await a.build.anInbox(account);
  const root = await a.build.anAgent(account, { name: "Root", role: "administrator" });
  const agent = await a.build.anAgent(account, { name: "Ada", inboxes: [inbox] });
  const fallen = await a.build.anAgent(account, { name: "Bea", role: "administrator" });
  return { account, inbox, agent, fallen, root, rule: asAgent(a.url, root) };
}

async function aDesk(app: TestApp, token: string) {
  const desk = await connectAgent(app.url, token);
  const closed = new Promise((resolve) => desk.socket.once("disconnect", resolve));
  return { desk, closed };
}

async function aSession(agent: TestAgent) {
  const body = { email: agent.email, password: agent.password };
  const answer = await call("POST", `${a.url}/auth/sign_in`, { body });
  const cookie = (answer.headers.getSetCookie()[0] ?? "").split(";")[0] ?? "";
  const read = () => call("GET", `${a.url}/api/v1/profile`, { headers: { cookie } });
  return { status: answer.status, token: answer.body.pubsub_token as string, read };
}

describe("deactivation", () => {
  it("shuts him out everywhere, keeps him in the lists, and is undone", async () => {
    const { rule, inbox, agent } = await setUp();
    const { body: begun } = await asVisitor(a.url, await a.build.aVisitor(inbox))(
      "POST",
      "/conversations",
    );
    const assignment = { body: { assignee_id: agent.id } };
    await rule("POST", `/conversations/${begun.id}/assignments`, assignment);
    const session = await aSession(agent);
    const { closed } = await aDesk(a, session.token);
    const work = asAgent(a.url, agent);
    const off = await rule("PATCH", `/agents/${agent.id}`, { body: { active: false } });
    expect(off).toMatchObject({ status: 200, body: { active: false, role: "agent" } });
    expect(off.body.availability_status).toBe("offline");
    expect(await closed).toBe("io server disconnect");
    expect((await session.read()).status).toBe(401);
    expect((await work("GET", "/conversations")).status).toBe(401);
    expect((await aSession(agent)).status).toBe(401);
    await expect(connectAgent(a.url, agent.pubsubToken)).rejects.toMatchObject({
      data: { code: "unauthenticated" },
    });
    await expect
      .poll(async () => (await rule("GET", "/conversations/meta")).body.meta.unassigned_count)
      .toBe(1);
    expect((await rule("POST", `/conversations/${begun.id}/assignments`, assignment)).status).toBe(
      404,
    );
    const listed = (await rule("GET", `/inbox_members/${inbox.id}`)).body;
    expect(listed).toMatchObject([{ id: agent.id, active: false }]);
    const inboxPath = `${a.url}/public/api/v1/inboxes/${inbox.token}`;
    expect((await call("GET", inboxPath)).body.agents).toEqual([]);
    await rule("PATCH", `/agents/${agent.id}`, { body: { active: true } });
    expect((await work("GET", "/conversations")).status).toBe(200);
    expect((await aSession(agent)).status).toBe(200);
    const log = (await rule("GET", "/audit_logs")).body.audit_logs;
    expect(log[0].audited_changes).toEqual({ active: [false, true] });
  });

  it("leaves an account one administrator who can work", async () => {
    const { rule, root, fallen } = await setUp();
    const set = (agent: TestAgent, body: object) => rule("PATCH", `/agents/${agent.id}`, { body });
    expect((await set(fallen, { active: false })).status).toBe(200);
    expect((await set(root, { active: false })).status).toBe(409);
    expect((await set(root, { role: "agent" })).status).toBe(409);
    expect((await rule("DELETE", `/agents/${root.id}`)).status).toBe(409);
    expect((await rule("DELETE", `/agents/${fallen.id}`)).status).toBe(200);
  });
});

describe("a socket on another process", () => {
  it("closes when its agent is deactivated, demoted or removed here", async () => {
    const { rule, agent, fallen } = await setUp();
    const one = await aDesk(b, agent.pubsubToken);
    await rule("PATCH", `/agents/${agent.id}`, { body: { active: false } });
    expect(await one.closed).toBe("io server disconnect");
    const session = await aSession(fallen);
    const two = await aDesk(b, session.token);
    const three = await aDesk(b, fallen.pubsubToken);
    await rule("PATCH", `/agents/${fallen.id}`, { body: { role: "agent" } });
    expect(await two.closed).toBe("io server disconnect");
    expect(await three.closed).toBe("io server disconnect");
    expect((await session.read()).status).toBe(401);
  });

  it("closes within moments also when nobody tells that process", async () => {
    const { account, rule, inbox, agent, fallen } = await setUp();
    const session = await aSession(fallen);
    const [demoted, ofSession] = [
      await aDesk(deaf, fallen.pubsubToken),
      await aDesk(deaf, session.token),
    ];
    await rule("PATCH", `/agents/${fallen.id}`, { body: { role: "agent" } });
    expect(await demoted.closed).toBe("io server disconnect");
    expect(await ofSession.closed).toBe("io server disconnect");

    const changes: (() => Promise<unknown>)[] = [
      () => a.db.delete(inbox_members).where(eq(inbox_members.inbox_id, inbox.id)),
      () =>
        a.db
          .update(account_users)
          .set({ active: false })
          .where(eq(account_users.user_id, agent.id)),
    ];
    for (const change of changes) {
      const { closed } = await aDesk(deaf, agent.pubsubToken);
      await change();
      expect(await closed).toBe("io server disconnect");
    }
    const other = await a.build.anAgent(account);
    const rotated = await aDesk(deaf, other.pubsubToken);
    const pubsub_token = crypto.randomUUID();
    await a.db.update(users).set({ pubsub_token }).where(eq(users.id, other.id));
    expect(await rotated.closed).toBe("io server disconnect");
    const again = await aSession(other);
    const ended = await aDesk(deaf, again.token);
    await a.db.delete(sessions).where(eq(sessions.user_id, other.id));
    expect(await ended.closed).toBe("io server disconnect");
  });

  it("stays while nothing has changed", async () => {
    const { agent, rule, inbox } = await setUp();
    const { desk } = await aDesk(deaf, agent.pubsubToken);
    const dropped: unknown[] = [];
    desk.socket.on("disconnect", (why) => dropped.push(why));
    const other = await a.build.anAgent(agent.accountId, { inboxes: [inbox] });
    // Several looks have come and gone by the time that this one's socket has been closed.
    for (let count = 0; count < 3; count += 1) {
      const { closed } = await aDesk(deaf, other.pubsubToken);
      const role = count % 2 === 0 ? "administrator" : "agent";
      await rule("PATCH", `/agents/${other.id}`, { body: { role } });
      await closed;
    }
    expect(dropped).toEqual([]);
    expect(desk.socket.connected).toBe(true);
  });
});
