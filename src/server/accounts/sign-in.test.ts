// Signing in and out: cookie sessions, access tokens, forged requests, guessing.
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { profileSchema } from "../../protocol/records.ts";
import { sessions, users } from "../database/account-tables.ts";
import { openTestApp, startTestApp } from "../test-kit/app.ts";
import type { TestAgent, TestApp } from "../test-kit/app.ts";
import { asAgent, call } from "../test-kit/call.ts";
import { connectAgent } from "../test-kit/sockets.ts";

let app: TestApp;
let now = new Date();
beforeAll(async () => {
  app = await openTestApp({ clock: () => now });
});
afterAll(() => app.close());

const anAgent = async () => await app.build.anAgent(await app.build.anAccount());

const signIn = (agent: Pick<TestAgent, "email" | "password">, headers = {}) =>
  call("POST", `${app.url}/auth/sign_in`, {
    body: { email: agent.email, password: agent.password },
    headers,
  });

async function aSession(agent: TestAgent) {
  const answer = await signIn(agent);
  const [cookie = ""] = answer.headers.getSetCookie();
  const csrf = answer.headers.get("x-csrf-token") ?? "";
  return { profile: answer.body, cookie, headers: { cookie: cookie.split(";")[0] ?? "" }, csrf };
}

const profileOf = (headers: Record<string, string>) =>
  call("GET", `${app.url}/api/v1/profile`, { headers });

describe("signing in", () => {
  it("answers the profile and sets a cookie that scripts and other sites cannot use", async () => {
    const agent = await anAgent();
    const { profile, cookie, csrf } = await aSession({
      ...agent,
      email: agent.email.toUpperCase(),
    });
    expect(profileSchema.strict().parse(profile)).toMatchObject({
      id: agent.id,
      email: agent.email,
      access_token: agent.accessToken,
      accounts: [{ id: agent.accountId, role: "agent" }],
      availability_status: "available",
    });
    expect(cookie).toMatch(
      /^parlor_session=[\w-]{32}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    expect(csrf).toMatch(/^[\w-]{32}$/);
  });

  it("ties the cookie to its host where the server is reached over https", async () => {
    const secure = await startTestApp({ config: { publicUrl: "https://chat.example.com" } });
    const agent = await secure.build.anAgent(await secure.build.anAccount());
    const answer = await call("POST", `${secure.url}/auth/sign_in`, {
      body: { email: agent.email, password: agent.password },
    });
    expect(answer.headers.getSetCookie()[0]).toMatch(/^__Host-parlor_session=.*; Secure; /);
    expect(answer.headers.get("strict-transport-security")).toContain("max-age");
  });

  it("answers an unknown e-mail address just like a wrong password", async () => {
    const agent = await anAgent();
    const wrong = await signIn({ ...agent, password: "wrong" });
    const unknown = await signIn({ email: "nobody@example.com", password: "wrong" });
    expect(wrong.status).toBe(401);
    expect({ ...wrong, headers: null }).toEqual({ ...unknown, headers: null });
    expect(wrong.headers.getSetCookie()).toEqual([]);
  });

  it("makes guessers wait, and says for how long", async () => {
    const agent = await anAgent();
    const guess = () => signIn({ ...agent, password: "wrong" });
    for (let attempt = 0; attempt < 10; attempt += 1) expect((await guess()).status).toBe(401);
    const refused = await guess();
    expect(refused.status).toBe(429);
    expect(refused.body.code).toBe("too_many_requests");
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await signIn(agent)).status).toBe(429);
    expect((await signIn(await anAgent())).status).toBe(200);
  });

  it("keeps of the password only a salted hash", async () => {
    const agent = await anAgent();
    const [row] = await app.db.select().from(users).where(eq(users.id, agent.id));
    expect(row?.password_hash).toMatch(/^scrypt\$\d+\$[\w-]{22}\$[\w-]{43}$/);
    expect(JSON.stringify(row)).not.toContain(agent.accessToken);
  });

  it("refuses a page of another site that signs somebody in", async () => {
    const agent = await anAgent();
    const answer = await signIn(agent, { origin: "https://evil.example" });
    expect(answer.status).toBe(403);
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect((await signIn(agent, { origin: app.url })).status).toBe(200);
    expect((await signIn(agent, { origin: app.config.publicUrl })).status).toBe(200);
  });
});

describe("a session", () => {
  it("reads with its cookie alone, and writes only with its CSRF token", async () => {
    const agent = await anAgent();
    const { headers, csrf } = await aSession(agent);
    const read = await profileOf(headers);
    expect(read.status).toBe(200);
    expect(read.headers.get("x-csrf-token")).toBe(csrf);
    const set = (more: Record<string, string>) =>
      call("PUT", `${app.url}/api/v1/profile/availability`, {
        body: { availability: "busy" },
        headers: { ...headers, ...more },
      });
    const other = await aSession(await anAgent());
    const forgeries: Record<string, string>[] = [
      {},
      { "x-csrf-token": "guess" },
      { "x-csrf-token": other.csrf },
      { "x-csrf-token": csrf, origin: "https://evil.example" },
      { "x-csrf-token": csrf, "sec-fetch-site": "cross-site" },
    ];
    for (const forged of forgeries) expect((await set(forged)).status).toBe(403);
    expect((await profileOf(headers)).body.availability_status).toBe("available");
    const done = await set({ "x-csrf-token": csrf, origin: app.url });
    expect(done.status).toBe(200);
    expect(done.body.availability_status).toBe("busy");
  });

  it("is another one after each sign-in, the one before is over", async () => {
    const agent = await anAgent();
    const first = await aSession(agent);
    const again = await signIn(agent, first.headers);
    expect(again.headers.getSetCookie()[0]).not.toContain(first.headers.cookie);
    expect((await profileOf(first.headers)).status).toBe(401);
  });

  it("ends at sign-out, with its sockets, and its socket token opens nothing any more", async () => {
    const agent = await anAgent();
    const { headers, csrf, profile } = await aSession(agent);
    const desk = await connectAgent(app.url, profile.pubsub_token);
    const api = await connectAgent(app.url, agent.pubsubToken);
    const closed = new Promise((resolve) => desk.socket.once("disconnect", resolve));
    const out = await call("DELETE", `${app.url}/auth/sign_out`, {
      headers: { ...headers, "x-csrf-token": csrf },
    });
    expect(out.status).toBe(200);
    expect(await closed).toBe("io server disconnect");
    expect((await profileOf(headers)).status).toBe(401);
    await expect(connectAgent(app.url, profile.pubsub_token)).rejects.toMatchObject({
      data: { code: "unauthenticated" },
    });
    expect(api.socket.connected).toBe(true);
  });

  it("is over after 30 days", async () => {
    const agent = await anAgent();
    const { headers } = await aSession(agent);
    now = new Date(now.getTime() + 30 * 24 * 60 * 60 * 1000 - 1_000);
    expect((await profileOf(headers)).status).toBe(200);
    now = new Date(now.getTime() + 2_000);
    expect((await profileOf(headers)).status).toBe(401);
    await aSession(agent);
    const rows = await app.db
      .select()
      .from(sessions)
      .where(and(eq(sessions.user_id, agent.id)));
    expect(rows).toHaveLength(1);
  });
});

describe("an access token", () => {
  it("is read from each of its headers and needs no CSRF token", async () => {
    const agent = await anAgent();
    for (const headers of [
      { api_access_token: agent.accessToken },
      { "Api-Access-Token": agent.accessToken },
      { authorization: `Bearer ${agent.accessToken}` },
    ]) {
      expect((await profileOf(headers as Record<string, string>)).body.id).toBe(agent.id);
    }
    const answer = await call("POST", `${app.url}/api/v1/profile/availability/`, {
      body: { availability: "online" },
      headers: { "api-access-token": agent.accessToken },
    });
    expect(answer.body.availability_status).toBe("available");
  });

  it("is refused in the documented words when it is nobody's", async () => {
    const wrong = ["", "x", "null", "\u00ff", agentToken(64)];
    for (const token of wrong) {
      const answer = await profileOf({ "api-access-token": token });
      expect(answer.status).toBe(401);
      expect(answer.body).toEqual({ error: "Invalid Access Token", code: "unauthenticated" });
    }
  });
});

const agentToken = (length: number) => "A".repeat(length);

describe("agents and inboxes of an account", () => {
  it("are listed for each of its agents, by name", async () => {
    const account = await app.build.anAccount();
    const inbox = await app.build.anInbox(account);
    const zoe = await app.build.anAgent(account, { name: "Zoe", inboxes: [inbox] });
    const bob = await app.build.anAgent(account, { name: "bob", role: "administrator" });
    const agents = await asAgent(app.url, zoe)("GET", "/agents");
    expect(agents.body).toMatchObject([
      { id: bob.id, name: "bob", role: "administrator", availability_status: "offline" },
      { id: zoe.id, name: "Zoe", role: "agent", confirmed: true, auto_offline: true },
    ]);
    expect(JSON.stringify(agents.body)).not.toContain(bob.accessToken);
    const inboxes = await asAgent(app.url, zoe)("GET", "/inboxes/");
    expect(inboxes.body).toMatchObject([
      {
        id: inbox.id,
        website_token: inbox.token,
        web_widget_script: `<script async src="http://parlor.test/widget.js" data-inbox="${inbox.token}"></script>`,
      },
    ]);
  });
});
