// Agents in the application API (seed 003, rows 15–17): added, changed, removed, and shut out at once.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addedAgentSchema } from "../../protocol/records-administration.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestAgent, TestApp } from "../test-kit/app.ts";
import { asAgent, asVisitor, call } from "../test-kit/call.ts";
import { connectAgent } from "../test-kit/sockets.ts";

let app: TestApp;
let now = new Date();
beforeAll(async () => {
  app = await openTestApp({ clock: () => now });
});
afterAll(() => app.close());

const PASSWORD = "Correct-horse-7";

async function setUp() {
  const account = await app.build.anAccount();
  const inbox = await app.build.anInbox(account);
  const administrator = await app.build.anAgent(account, { name: "Root", role: "administrator" });
  const agent = await app.build.anAgent(account, { name: "Ada", inboxes: [inbox] });
  const rule = asAgent(app.url, administrator);
  const add = (email: string, more: object = {}) =>
    rule("POST", "/agents", { body: { name: "Bea", email, role: "agent", ...more } });
  return { account, inbox, administrator, agent, rule, add, work: asAgent(app.url, agent) };
}

const anAddress = () => `${crypto.randomUUID()}@example.com`;
const signIn = (email: string, password: string) =>
  call("POST", `${app.url}/auth/sign_in`, { body: { email, password } });
const setPassword = (token: string, password: string = PASSWORD) =>
  call("PUT", `${app.url}/auth/password`, { body: { reset_password_token: token, password } });

async function aSession(agent: TestAgent) {
  const answer = await signIn(agent.email, agent.password);
  return (answer.headers.getSetCookie()[0] ?? "").split(";")[0] ?? "";
}

describe("adding an agent (row 16)", () => {
  it("answers him as printed, with an invitation to set his password", async () => {
    const { rule, add } = await setUp();
    const email = anAddress();
    const added = await add(email.toUpperCase(), { availability_status: "busy" });
    expect(added.status).toBe(200);
    expect(addedAgentSchema.strict().parse(added.body)).toMatchObject({
      name: "Bea",
      email,
      role: "agent",
      confirmed: false,
    });
    expect((await signIn(email, "")).status).toBe(422);
    expect((await signIn(email, PASSWORD)).status).toBe(401);
    const { token } = added.body.invitation;
    expect((await setPassword(token, "password")).body.attributes).toEqual(["password"]);
    expect((await setPassword("no such token")).status).toBe(422);
    expect((await setPassword(token)).status).toBe(200);
    expect((await setPassword(token)).status).toBe(422);
    expect((await signIn(email, PASSWORD)).status).toBe(200);
    const list = await rule("GET", "/agents");
    expect(list.body.find((row: { email: string }) => row.email === email).confirmed).toBe(true);
  });

  it("gives an invitation a week", async () => {
    const { add } = await setUp();
    const { token } = (await add(anAddress())).body.invitation;
    now = new Date(now.getTime() + 7 * 24 * 3_600_000 + 1_000);
    expect((await setPassword(token)).status).toBe(422);
  });

  it("takes a known user in, but neither twice nor from another account's invitation", async () => {
    const { add } = await setUp();
    const other = await setUp();
    const linked = await add(other.agent.email);
    expect(linked.body).toMatchObject({ id: other.agent.id, confirmed: true, invitation: null });
    const again = await add(other.agent.email);
    expect(again.status).toBe(422);
    expect(again.body.attributes).toEqual(["email"]);
    const invited = anAddress();
    const theirs = (await other.add(invited)).body.invitation.token;
    expect((await add(invited)).status).toBe(422);
    expect((await setPassword(theirs)).status).toBe(200);
    expect((await add(invited)).status).toBe(200);
  });

  it.each([
    [{ role: "owner" }, "role"],
    [{ email: "nobody" }, "email"],
    [{ name: "" }, "name"],
    [{ availability_status: "asleep" }, "availability_status"],
  ])("refuses %o", async (more, field) => {
    const { add } = await setUp();
    const refused = await add(anAddress(), more);
    expect(refused.status).toBe(422);
    expect(refused.body.attributes).toEqual([field]);
  });
});

describe("changing an agent (row 17)", () => {
  it("answers him as printed, and changes his membership alone", async () => {
    const { rule, agent } = await setUp();
    const body = { role: "administrator", availability: "busy", auto_offline: false };
    const changed = await rule("PATCH", `/agents/${agent.id}`, { body });
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({
      role: "administrator",
      availability_status: "busy",
      auto_offline: false,
    });
    const stranger = await app.build.anAgent(await app.build.anAccount());
    for (const id of [stranger.id, 999_999_999]) {
      expect((await rule("PATCH", `/agents/${id}`, { body })).status).toBe(404);
      expect((await rule("DELETE", `/agents/${id}`)).status).toBe(404);
    }
  });

  it("ends the sessions and sockets of one who is demoted", async () => {
    const { rule, account, inbox } = await setUp();
    const fallen = await app.build.anAgent(account, { role: "administrator" });
    const cookie = await aSession(fallen);
    const desk = await connectAgent(app.url, fallen.pubsubToken);
    const closed = new Promise((resolve) => desk.socket.once("disconnect", resolve));
    await rule("PATCH", `/agents/${fallen.id}`, { body: { role: "agent" } });
    expect(await closed).toBe("io server disconnect");
    const profile = await call("GET", `${app.url}/api/v1/profile`, { headers: { cookie } });
    expect(profile.status).toBe(401);
    const again = await connectAgent(app.url, fallen.pubsubToken);
    const visitor = await app.build.aVisitor(inbox);
    await asVisitor(app.url, visitor)("POST", "/conversations");
    await rule("PATCH", `/agents/${fallen.id}`, { body: { auto_offline: false } });
    await again.hears("agent:updated", ({ auto_offline }) => !auto_offline);
    expect(again.heard.map(({ name }) => name)).not.toContain("conversation:created");
  });

  it("leaves an account its last administrator", async () => {
    const { rule, administrator } = await setUp();
    const path = `/agents/${administrator.id}`;
    expect((await rule("PATCH", path, { body: { role: "agent" } })).status).toBe(409);
    expect((await rule("DELETE", path)).status).toBe(409);
    expect((await rule("GET", "/agents")).status).toBe(200);
  });
});

describe("removing an agent", () => {
  it("shuts him out at once, and makes his conversations nobody's", async () => {
    const { rule, work, agent, inbox } = await setUp();
    const visitor = await app.build.aVisitor(inbox);
    const { id } = (await asVisitor(app.url, visitor)("POST", "/conversations")).body;
    await work("POST", `/conversations/${id}/assignments`, { body: { assignee_id: agent.id } });
    const cookie = await aSession(agent);
    const desk = await connectAgent(app.url, agent.pubsubToken);
    const closed = new Promise((resolve) => desk.socket.once("disconnect", resolve));
    const removed = await rule("DELETE", `/agents/${agent.id}`);
    expect([removed.status, removed.body]).toEqual([200, ""]);
    expect(await closed).toBe("io server disconnect");
    expect((await work("GET", "/inboxes")).status).toBe(401);
    const profile = await call("GET", `${app.url}/api/v1/profile`, { headers: { cookie } });
    expect(profile.status).toBe(401);
    await expect(connectAgent(app.url, agent.pubsubToken)).rejects.toMatchObject({
      data: { code: "unauthenticated" },
    });
    await expect
      .poll(async () => (await rule("GET", "/conversations/meta")).body.meta.unassigned_count)
      .toBe(1);
    expect((await rule("GET", `/inbox_members/${inbox.id}`)).body).toEqual([]);
  });
});
