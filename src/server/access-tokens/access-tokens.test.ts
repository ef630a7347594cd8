// Access tokens for tools: made, listed with their last use, held to their scopes, revoked.
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import {
  accessTokenSchema,
  newAccessTokenSchema,
  profileTokenSchema,
} from "../../protocol/access-tokens.ts";
import type { ProfileToken } from "../../protocol/access-tokens.ts";
import { access_tokens } from "../database/access-token-tables.ts";
import { account_users, users } from "../database/account-tables.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestAgent, TestApp } from "../test-kit/app.ts";
import { asAgent, asVisitor, call } from "../test-kit/call.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

async function aDesk() {
  const account = await app.build.anAccount();
  const inbox = await app.build.anInbox(account);
  const ada = await app.build.anAgent(account, { inboxes: [inbox] });
  const visitor = await app.build.aVisitor(inbox);
  const begun = await asVisitor(app.url, visitor)("POST", "/conversations");
  return { account, inbox, ada, id: begun.body.id as number };
}

async function aToken(agent: TestAgent, scopes: string[]) {
  const made = await asAgent(app.url, agent)("POST", "/access_tokens", {
    body: { name: "Robot", scopes },
  });
  expect(made.status).toBe(200);
  return newAccessTokenSchema.strict().parse(made.body);
}

const withToken = (agent: TestAgent, token: string) =>
  asAgent(app.url, { ...agent, accessToken: token });

describe("an access token", () => {
  it("opens what its scopes say, and nothing else", async () => {
    const { ada, id } = await aDesk();
    const snoozed = { body: { object_id: id } };
    const toggled = { body: { status: "snoozed" } };
    const cases: [string[], Record<string, number>][] = [
      [["all"], { list: 200, snoozes: 200, contacts: 200, toggle: 200, agents: 200, tokens: 200 }],
      [
        ["conversations"],
        { list: 200, snoozes: 403, contacts: 403, toggle: 403, agents: 403, tokens: 403 },
      ],
      [
        ["snooze"],
        { list: 403, snoozes: 200, contacts: 403, toggle: 403, agents: 403, tokens: 403 },
      ],
      [
        ["conversations", "snooze"],
        { list: 200, snoozes: 200, contacts: 403, toggle: 200, agents: 403, tokens: 403 },
      ],
      [
        ["contacts"],
        { list: 403, snoozes: 403, contacts: 200, toggle: 403, agents: 403, tokens: 403 },
      ],
    ];
    for (const [scopes, expected] of cases) {
      const { token } = await aToken(ada, scopes);
      const ask = withToken(ada, token);
      const answers = {
        list: await ask("GET", "/conversations"),
        snoozes: await ask("POST", "/snoozes", snoozed),
        contacts: await ask("GET", "/contacts"),
        toggle: await ask("POST", `/conversations/${id}/toggle_status`, toggled),
        agents: await ask("GET", "/agents"),
        tokens: await ask("GET", "/access_tokens"),
      };
      const statuses = Object.entries(answers).map(([name, { status }]) => [name, status]);
      expect(Object.fromEntries(statuses), scopes.join()).toEqual(expected);
      const profile = await call("GET", `${app.url}/api/v1/profile`, {
        headers: { authorization: `Bearer ${token}` },
      });
      expect(profile.status).toBe(scopes.includes("all") ? 200 : 403);
    }
  });

  it("is shown once, kept as a fingerprint, and listed with its last use", async () => {
    const { ada } = await aDesk();
    const made = await aToken(ada, ["conversations"]);
    expect(made).toMatchObject({ user_id: ada.id, hint: made.token.slice(-4), last_used_at: null });
    const [row] = await app.db.select().from(access_tokens).where(eq(access_tokens.id, made.id));
    expect(JSON.stringify(row)).not.toContain(made.token);
    await withToken(ada, made.token)("GET", "/conversations");
    const [listed] = (await asAgent(app.url, ada)("GET", "/access_tokens")).body;
    expect(accessTokenSchema.strict().parse(listed).last_used_at).toBeGreaterThan(0);
  });

  it("opens nothing once it is revoked, or its user has left the account", async () => {
    const { account, ada } = await aDesk();
    const admin = await app.build.anAgent(account, { role: "administrator" });
    const colleague = await app.build.anAgent(account);
    const [one, two] = [await aToken(ada, ["all"]), await aToken(ada, ["all"])];
    const revoke = (agent: TestAgent, id: number) =>
      asAgent(app.url, agent)("DELETE", `/access_tokens/${id}`);
    expect((await revoke(colleague, one.id)).status).toBe(404);
    expect((await asAgent(app.url, colleague)("GET", "/access_tokens")).body).toEqual([]);
    expect((await revoke(admin, one.id)).status).toBe(200);
    expect((await withToken(ada, one.token)("GET", "/agents")).status).toBe(401);
    expect((await withToken(ada, two.token)("GET", "/agents")).status).toBe(200);
    await app.db
      .delete(account_users)
      .where(and(eq(account_users.account_id, account), eq(account_users.user_id, ada.id)));
    expect((await withToken(ada, two.token)("GET", "/agents")).status).toBe(401);
  });

  it("works in its own account only", async () => {
    const { ada } = await aDesk();
    const other = await app.build.anAccount();
    await app.db
      .insert(account_users)
      .values({ account_id: other, user_id: ada.id, role: "agent" });
    const { token } = await aToken(ada, ["all"]);
    expect((await withToken({ ...ada, accountId: other }, token)("GET", "/agents")).status).toBe(
      401,
    );
    expect((await asAgent(app.url, { ...ada, accountId: other })("GET", "/agents")).status).toBe(
      200,
    );
  });

  it("begins no conversation asleep without the scope to snooze", async () => {
    const { ada, inbox } = await aDesk();
    const { id: contact_id } = await app.build.aVisitor(inbox);
    const ask = async (scopes: string[], status: string) => {
      const body = { inbox_id: inbox.id, contact_id, status };
      const { token } = await aToken(ada, scopes);
      return (await withToken(ada, token)("POST", "/conversations", { body })).status;
    };
    expect(await ask(["conversations"], "snoozed")).toBe(403);
    expect(await ask(["conversations"], "open")).toBe(200);
    expect(await ask(["conversations", "snooze"], "snoozed")).toBe(200);
  });

  it("reads conversations by the scope for them only, also a contact's", async () => {
    const { ada, inbox } = await aDesk();
    const { id } = await app.build.aVisitor(inbox);
    const ask = async (scopes: string[]) => {
      const { token } = await aToken(ada, scopes);
      return (await withToken(ada, token)("GET", `/contacts/${id}/conversations`)).status;
    };
    expect(await ask(["contacts"])).toBe(403);
    expect(await ask(["conversations"])).toBe(200);
  });

  it("learns nothing that opens more than its own account", async () => {
    const { ada } = await aDesk();
    const { token } = await aToken(ada, ["all"]);
    const headers = { "api-access-token": token };
    const profile = await call("GET", `${app.url}/api/v1/profile`, { headers });
    expect(profile.body).toMatchObject({ access_token: "", pubsub_token: "" });
    const reset = `${app.url}/api/v1/profile/reset_access_token`;
    expect((await call("POST", reset, { headers })).status).toBe(403);
    expect((await asAgent(app.url, ada)("GET", "/agents")).status).toBe(200);
  });

  it("must have a name and scopes that there are", async () => {
    const { ada } = await aDesk();
    const wrong = [
      {},
      { name: "", scopes: ["all"] },
      { name: "x", scopes: [] },
      { name: "x", scopes: ["root"] },
    ];
    for (const body of wrong) {
      expect((await asAgent(app.url, ada)("POST", "/access_tokens", { body })).status).toBe(422);
    }
  });
});

describe("the token of an agent's profile", () => {
  it("is seen by administrators with its last use, and ended by them, which the log tells", async () => {
    const { account, ada } = await aDesk();
    const root = await app.build.anAgent(account, { role: "administrator", name: "Root" });
    const rule = asAgent(app.url, root);
    await app.db.update(users).set({ password_hash: "x" }).where(eq(users.id, ada.id));
    const hers = async () =>
      z
        .array(profileTokenSchema.strict())
        .parse((await rule("GET", "/profile_tokens")).body)
        .find((token) => token.user_id === ada.id);
    expect(await hers()).toMatchObject({
      email: ada.email,
      hint: ada.accessToken.slice(-4),
      last_used_at: null,
      is_elsewhere: false,
    });
    expect((await asAgent(app.url, ada)("GET", "/agents")).status).toBe(200);
    expect((await hers())?.last_used_at).toBeGreaterThan(0);
    expect((await rule("DELETE", `/profile_tokens/${ada.id}`)).status).toBe(200);
    expect((await asAgent(app.url, ada)("GET", "/agents")).status).toBe(401);
    const after = await hers();
    expect(after?.last_used_at).toBeNull();
    expect(after?.hint).not.toBe(ada.accessToken.slice(-4));
    const [entry] = (await rule("GET", "/audit_logs")).body.audit_logs;
    expect(entry).toMatchObject({
      auditable_type: "ProfileToken",
      auditable_id: ada.id,
      action: "destroy",
    });
  });

  it("tells nothing and stays where it opens other accounts too", async () => {
    const { account, ada } = await aDesk();
    const root = await app.build.anAgent(account, { role: "administrator" });
    const other = await app.build.anAccount();
    await app.db
      .insert(account_users)
      .values({ account_id: other, user_id: ada.id, role: "agent" });
    await app.db.update(users).set({ password_hash: "x" }).where(eq(users.id, ada.id));
    const rule = asAgent(app.url, root);
    expect((await asAgent(app.url, ada)("GET", "/agents")).status).toBe(200);
    const listed = (await rule("GET", "/profile_tokens")).body;
    expect(listed.find((token: ProfileToken) => token.user_id === ada.id)).toMatchObject({
      hint: null,
      last_used_at: null,
      is_elsewhere: true,
    });
    expect((await rule("DELETE", `/profile_tokens/${ada.id}`)).status).toBe(409);
    expect((await asAgent(app.url, ada)("GET", "/agents")).status).toBe(200);
    expect((await rule("DELETE", "/profile_tokens/999999")).status).toBe(404);
  });
});
