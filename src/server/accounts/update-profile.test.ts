// What somebody changes of himself.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { profileSchema } from "../../protocol/records.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestAgent, TestApp } from "../test-kit/app.ts";
import { asAgent, call } from "../test-kit/call.ts";
import { connectAgent } from "../test-kit/sockets.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

async function aSession({ email, password }: Pick<TestAgent, "email" | "password">) {
  const answer = await call("POST", `${app.url}/auth/sign_in`, { body: { email, password } });
  const [cookie = ""] = answer.headers.getSetCookie();
  const headers = {
    cookie: cookie.split(";")[0] ?? "",
    "x-csrf-token": answer.headers.get("x-csrf-token") ?? "",
  };
  const profile = `${app.url}/api/v1/profile`;
  return {
    status: answer.status,
    read: () => call("GET", profile, { headers }),
    change: (body: object) => call("PUT", profile, { headers, body }),
  };
}

describe("one's own profile", () => {
  it("changes by what is said, and shows the name where no other is chosen", async () => {
    const agent = await app.build.anAgent(await app.build.anAccount(), { name: "Ada" });
    const { change, read } = await aSession(agent);
    const named = await change({ display_name: " Countess ", auto_offline: false });
    expect(profileSchema.strict().parse(named.body)).toMatchObject({
      name: "Ada",
      available_name: "Countess",
      auto_offline: false,
    });
    expect((await change({ name: "Ada L.", display_name: "" })).body).toMatchObject({
      name: "Ada L.",
      display_name: null,
      available_name: "Ada L.",
      auto_offline: false,
    });
    const empty = await change({ name: " " });
    expect(empty).toMatchObject({ status: 422, body: { attributes: ["name"] } });
    expect((await read()).body).toMatchObject({ name: "Ada L." });
    expect((await call("PUT", `${app.url}/api/v1/profile`, { body: {} })).status).toBe(401);
  });

  it("takes a new password for the present one, which ends every other session", async () => {
    const agent = await app.build.anAgent(await app.build.anAccount());
    const [here, elsewhere] = [await aSession(agent), await aSession(agent)];
    const password = "Better 1 horse";
    for (const current of [{}, { current_password: "wrong" }]) {
      const refused = await here.change({ password, ...current });
      expect(refused).toMatchObject({ status: 422, body: { attributes: ["current_password"] } });
    }
    const weak = await here.change({ current_password: agent.password, password: "weak" });
    expect(weak).toMatchObject({ status: 422, body: { attributes: ["password"] } });
    expect((await elsewhere.read()).status).toBe(200);
    expect((await here.change({ current_password: agent.password, password })).status).toBe(200);
    expect((await here.read()).status).toBe(200);
    expect((await elsewhere.read()).status).toBe(401);
    expect((await aSession(agent)).status).toBe(401);
    expect((await aSession({ ...agent, password })).status).toBe(200);
  });

  it("makes every token anew with the password: the old ones open nothing, their sockets close", async () => {
    const agent = await app.build.anAgent(await app.build.anAccount());
    const desk = await connectAgent(app.url, agent.pubsubToken);
    const closed = new Promise((resolve) => desk.socket.once("disconnect", resolve));
    const { change } = await aSession(agent);
    const password = "Better 1 horse";
    const { status, body } = await change({ current_password: agent.password, password });
    expect(status).toBe(200);
    expect(await closed).toBe("io server disconnect");
    await expect(connectAgent(app.url, agent.pubsubToken)).rejects.toMatchObject({
      data: { code: "unauthenticated" },
    });
    expect((await asAgent(app.url, agent)("GET", "/agents")).status).toBe(401);
    const after = { ...agent, accessToken: body.access_token as string };
    expect((await asAgent(app.url, after)("GET", "/agents")).status).toBe(200);
    // Its own session goes on, its socket too.
    expect((await connectAgent(app.url, body.pubsub_token)).socket.connected).toBe(true);
  });

  it("shows the last use of its access token, and gives another for it", async () => {
    const agent = await app.build.anAgent(await app.build.anAccount());
    const { read } = await aSession(agent);
    expect((await read()).body.access_token_last_used_at).toBeNull();
    await asAgent(app.url, agent)("GET", "/agents");
    expect((await read()).body.access_token_last_used_at).toBeGreaterThan(0);
    const reset = await call("POST", `${app.url}/api/v1/profile/reset_access_token`, {
      headers: { "api-access-token": agent.accessToken },
    });
    expect(profileSchema.strict().parse(reset.body)).toMatchObject({
      access_token_last_used_at: null,
    });
    expect((await asAgent(app.url, agent)("GET", "/agents")).status).toBe(401);
    const after = { ...agent, accessToken: reset.body.access_token as string };
    expect((await asAgent(app.url, after)("GET", "/agents")).status).toBe(200);
  });

  it("is not guessed by whoever finds a desk unlocked", async () => {
    const agent = await app.build.anAgent(await app.build.anAccount());
    const { change } = await aSession(agent);
    const guess = { current_password: "guess", password: "Better 1 horse" };
    const statuses: number[] = [];
    for (let count = 0; count < 11; count += 1) statuses.push((await change(guess)).status);
    expect(statuses.slice(0, 9).every((status) => status === 422)).toBe(true);
    expect(statuses.at(-1)).toBe(429);
  });
});
