// Webhooks in the application API: seed 003, rows 73–75, and what completes them.
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { webhookSchema, webhookWithSecretSchema } from "../../protocol/records-webhooks.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { asAgent, call } from "../test-kit/call.ts";

// Real targets and databases on a machine that others use too.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({
    config: { allowPrivateAddresses: ["target.test"] },
    limits: {
      outgoing: {
        resolveHost: async (name) => [name === "inside.test" ? "10.0.0.8" : "93.184.216.34"],
      },
    },
  });
});
afterAll(() => app.close());

async function setUp() {
  const account = await app.build.anAccount();
  const inbox = await app.build.anInbox(account);
  const administrator = await app.build.anAgent(account, { role: "administrator" });
  const agent = await app.build.anAgent(account, { inboxes: [inbox] });
  const rule = asAgent(app.url, administrator);
  const aWebhook = async (body: object = {}) =>
    (
      await rule("POST", "/webhooks", {
        body: { url: "https://example.com/hook", subscriptions: ["message_created"], ...body },
      })
    ).body;
  return { account, inbox, administrator, agent, rule, work: asAgent(app.url, agent), aWebhook };
}

describe("webhooks (rows 73–75)", () => {
  it("are made, listed, changed and deleted in the documented shape", async () => {
    const { rule, account, inbox } = await setUp();
    const body = { url: "https://example.com/hook", subscriptions: ["conversation_created"] };
    const made = await rule("POST", "/webhooks", { body });
    expect(made.status).toBe(200);
    webhookWithSecretSchema.strict().parse(made.body);
    expect(made.body).toMatchObject({ ...body, id: expect.any(Number), account_id: account });
    expect(made.body.secret).toMatch(/^whsec_[\w-]{43}$/);

    const list = await rule("GET", "/webhooks/");
    expect(list.status).toBe(200);
    expect(list.body).toHaveLength(1);
    // The secret is shown once.
    webhookSchema.strict().parse(list.body[0]);

    const changed = await rule("PATCH", `/webhooks/${made.body.id}`, {
      body: { subscriptions: ["message_created", "message_created"], inbox_id: inbox.id },
    });
    expect(changed.status).toBe(200);
    webhookSchema.strict().parse(changed.body);
    expect(changed.body).toMatchObject({
      url: body.url,
      subscriptions: ["message_created"],
      inbox_id: inbox.id,
    });
    const wide = await rule("PATCH", `/webhooks/${made.body.id}`, { body: { inbox_id: null } });
    expect(wide.body.inbox_id).toBeNull();

    const gone = await rule("DELETE", `/webhooks/${made.body.id}`);
    expect([gone.status, gone.body]).toEqual([200, ""]);
    expect((await rule("GET", "/webhooks")).body).toEqual([]);
    expect((await rule("DELETE", `/webhooks/${made.body.id}`)).status).toBe(404);
  });

  it("take a form as well as JSON", async () => {
    const { rule } = await setUp();
    const body = new URLSearchParams([
      ["url", "https://example.com/form"],
      ["subscriptions[]", "message_created"],
      ["subscriptions[]", "message_updated"],
    ]);
    const made = await rule("POST", "/webhooks", { body });
    expect(made.status).toBe(200);
    expect(made.body.subscriptions).toEqual(["message_created", "message_updated"]);
  });

  it.each([
    ["no address", { url: undefined }, "url"],
    ["no address at all", { url: "somewhere" }, "url"],
    ["another protocol", { url: "ftp://example.com/" }, "url"],
    ["a password in the address", { url: "https://a:b@example.com/" }, "url"],
    ["an address that is too long", { url: `https://example.com/${"x".repeat(2_048)}` }, "url"],
    ["this machine", { url: "http://127.0.0.1:3000/" }, "url"],
    ["a name that leads inside", { url: "https://inside.test/" }, "url"],
    ["no subscription", { subscriptions: [] }, "subscriptions"],
    ["no list", { subscriptions: { 0: "message_created" } }, "subscriptions"],
    [
      "an unknown event",
      { subscriptions: ["message_created", "message_eaten"] },
      "subscriptions.1",
    ],
    ["an inbox of nobody", { inbox_id: 999_999 }, "inbox_id"],
  ])("refuse %s with 422 and the field, when made and when changed", async (_what, body, field) => {
    const { rule, aWebhook } = await setUp();
    const good = { url: "https://example.com/one", subscriptions: ["message_created"] };
    const made = await rule("POST", "/webhooks", { body: { ...good, ...body } });
    expect(made.status).toBe(422);
    expect(made.body.attributes).toEqual([field]);
    const [key] = Object.keys(body);
    if (body[key as keyof typeof body] === undefined) return;
    const { id } = await aWebhook();
    const changed = await rule("PATCH", `/webhooks/${id}`, { body });
    expect(changed.status).toBe(422);
    expect(changed.body.attributes).toEqual([field]);
    expect((await rule("GET", "/webhooks")).body).toHaveLength(1);
  });

  it("refuse an address twice in an account, and allow it in another", async () => {
    const { rule, aWebhook } = await setUp();
    const other = await setUp();
    await aWebhook({ url: "https://example.com/a" });
    const second = await aWebhook({ url: "https://example.com/b" });
    const body = { url: "https://example.com/a", subscriptions: ["message_created"] };
    for (const refused of [
      await rule("POST", "/webhooks", { body }),
      await rule("PATCH", `/webhooks/${second.id}`, { body: { url: body.url } }),
    ]) {
      expect(refused.status).toBe(422);
      expect(refused.body.message).toBe("Url has already been taken");
    }
    expect((await other.aWebhook({ url: body.url })).url).toBe(body.url);
  });

  it("are for administrators of the account alone", async () => {
    const { work, account, aWebhook } = await setUp();
    const other = await setUp();
    const { id } = await aWebhook();
    const paths: [string, string][] = [
      ["GET", "/webhooks"],
      ["POST", "/webhooks"],
      ["PATCH", `/webhooks/${id}`],
      ["DELETE", `/webhooks/${id}`],
      ["POST", `/webhooks/${id}/rotate_secret`],
      ["GET", `/webhooks/${id}/deliveries`],
      ["POST", `/webhooks/${id}/deliveries/${crypto.randomUUID()}/redeliver`],
    ];
    for (const [method, path] of paths) {
      const body = { url: "https://example.com/x", subscriptions: ["message_created"] };
      const more = method === "GET" ? {} : { body };
      const asAnAgent = await work(method, path, more);
      expect(asAnAgent.status).toBe(401);
      expect(asAnAgent.body.error).toBe("You are not authorized to do this action");
      const url = `${app.url}/api/v1/accounts/${account}${path}`;
      expect((await call(method, url, more)).status).toBe(401);
      const headers = { "api-access-token": other.administrator.accessToken };
      expect((await call(method, url, { ...more, headers })).status).toBe(401);
      if (path === "/webhooks") continue;
      expect((await other.rule(method, path, more)).status).toBe(404);
    }
  });

  it("get a new secret on request, the old one valid for a while or not at all", async () => {
    const { rule, aWebhook } = await setUp();
    const { id, secret } = await aWebhook();
    const rotated = await rule("POST", `/webhooks/${id}/rotate_secret`);
    expect(rotated.status).toBe(200);
    expect(rotated.body.secret).not.toBe(secret);
    const inADay = Math.floor(Date.now() / 1000) + 24 * 3_600;
    expect(Math.abs(rotated.body.previous_secret_expires_at - inADay)).toBeLessThan(60);
    const body = { previous_secret_expires_in: 0 };
    const again = await rule("POST", `/webhooks/${id}/rotate_secret`, { body });
    expect(again.body.previous_secret_expires_at).toBeNull();
    const never = { previous_secret_expires_in: -1 };
    const refused = await rule("POST", `/webhooks/${id}/rotate_secret`, { body: never });
    expect(refused.status).toBe(422);
  });

  it("answer 404 for what is no id", async () => {
    const { rule, aWebhook } = await setUp();
    const { id } = await aWebhook();
    for (const path of ["/webhooks/x", `/webhooks/${id}/deliveries/1/redeliver`]) {
      expect((await rule("POST", path, { body: {} })).status).toBe(404);
    }
    expect((await rule("PATCH", "/webhooks/0", { body: {} })).status).toBe(404);
    expect((await rule("GET", `/webhooks/${id}/deliveries?state=lost`)).status).toBe(422);
  });
});
