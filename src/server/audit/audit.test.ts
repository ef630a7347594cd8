// The account itself, and the log of what its administrators have changed.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accountSchema, auditLogPageSchema } from "../../protocol/records-administration.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { asAgent } from "../test-kit/call.ts";
import { connectAgent } from "../test-kit/sockets.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

async function setUp() {
  const account = await app.build.anAccount("Acme");
  const inbox = await app.build.anInbox(account);
  const administrator = await app.build.anAgent(account, { role: "administrator" });
  const agent = await app.build.anAgent(account, { inboxes: [inbox] });
  return { account, inbox, administrator, agent, rule: asAgent(app.url, administrator) };
}

describe("an account", () => {
  it("is read by its agents and renamed by its administrators; desks hear of it", async () => {
    const { account, agent, rule } = await setUp();
    const desk = await connectAgent(app.url, agent.pubsubToken);
    const changed = await rule("PATCH", "", { body: { name: " Globex " } });
    expect(accountSchema.strict().parse(changed.body)).toMatchObject({
      id: account,
      name: "Globex",
    });
    expect((await asAgent(app.url, agent)("GET", "/")).body).toEqual(changed.body);
    await desk.hears("settings:changed", ({ subject, id }) => {
      return subject === "account" && id === account;
    });
    expect((await rule("PATCH", "", { body: { name: "" } })).status).toBe(422);
  });
});

describe("the audit log", () => {
  it("says who changed what, from what to what, the latest first", async () => {
    const { account, inbox, administrator, agent, rule } = await setUp();
    await rule("PATCH", "", { body: { name: "Globex" } });
    await rule("PATCH", `/inboxes/${inbox.id}`, { body: { hmac_mandatory: true } });
    await rule("PATCH", `/agents/${agent.id}`, { body: { role: "administrator" } });
    await rule("DELETE", `/inboxes/${inbox.id}`);
    const hook = { url: "http://93.184.216.34/hook", subscriptions: ["message_created"] };
    const { id, secret } = (await rule("POST", "/webhooks", { body: hook })).body;
    const log = auditLogPageSchema.strict().parse((await rule("GET", "/audit_logs")).body);
    expect(log).toMatchObject({ per_page: 25, total_entries: 5, current_page: 1 });
    expect(log.audit_logs).toMatchObject([
      { auditable_type: "Webhook", auditable_id: id, action: "create" },
      { auditable_type: "Inbox", auditable_id: inbox.id, action: "destroy" },
      {
        auditable_type: "AccountUser",
        auditable_id: agent.id,
        action: "update",
        audited_changes: { role: ["agent", "administrator"] },
      },
      { auditable_type: "Inbox", audited_changes: { hmac_mandatory: [false, true] } },
      {
        auditable_type: "Account",
        auditable_id: account,
        action: "update",
        user_id: administrator.id,
        user_type: "User",
        username: administrator.email,
        audited_changes: { name: ["Acme", "Globex"] },
        remote_address: "127.0.0.1",
      },
    ]);
    expect(JSON.stringify(log)).not.toContain(inbox.hmacToken);
    expect(JSON.stringify(log)).not.toContain(secret);
  });

  it("tells of contacts that are gone and of tokens that another has revoked, and of nobody's data", async () => {
    const { agent, administrator, rule } = await setUp();
    const work = asAgent(app.url, agent);
    const body = { name: "Vera", email: "vera@example.com" };
    const [one, other] = [
      (await work("POST", "/contacts", { body })).body.id as number,
      (await work("POST", "/contacts", { body: { name: "Twin" } })).body.id as number,
    ];
    const merge = { base_contact_id: one, mergee_contact_id: other };
    await work("POST", "/actions/contact_merge", { body: merge });
    await rule("DELETE", `/contacts/${one}`);
    const tool = { name: "Robot", scopes: ["all"] };
    const [token, own] = [
      (await work("POST", "/access_tokens", { body: tool })).body.id as number,
      (await work("POST", "/access_tokens", { body: tool })).body.id as number,
    ];
    await rule("DELETE", `/access_tokens/${token}`);
    await work("DELETE", `/access_tokens/${own}`);
    const log = (await rule("GET", "/audit_logs")).body;
    expect(log.audit_logs).toMatchObject([
      {
        auditable_type: "AccessToken",
        auditable_id: token,
        action: "destroy",
        user_id: administrator.id,
        audited_changes: { user_id: agent.id, name: "Robot" },
      },
      { auditable_type: "Contact", auditable_id: one, user_id: administrator.id },
      {
        auditable_type: "Contact",
        auditable_id: other,
        action: "destroy",
        user_id: agent.id,
        audited_changes: { merged_into: one },
      },
    ]);
    expect(JSON.stringify(log)).not.toMatch(/Vera|Twin/i);
  });

  it("keeps to what was done: nothing for what was refused or changes nothing", async () => {
    const { rule, inbox } = await setUp();
    await rule("POST", "/labels", { body: { title: "one" } });
    await rule("POST", "/labels", { body: { title: "one" } });
    await rule("PATCH", `/inboxes/${inbox.id}`, { body: { name: "Website" } });
    await rule("POST", "/inbox_members", { body: { inbox_id: inbox.id, user_ids: [999_999] } });
    expect((await rule("GET", "/audit_logs")).body.total_entries).toBe(1);
  });

  it("has pages of 25", async () => {
    const { rule } = await setUp();
    for (let index = 0; index < 26; index += 1) {
      await rule("POST", "/labels", { body: { title: `label ${index}` } });
    }
    const second = await rule("GET", "/audit_logs?page=2");
    expect(second.body).toMatchObject({ total_entries: 26, current_page: 2 });
    expect(second.body.audit_logs).toHaveLength(1);
    expect(second.headers.get("total-count")).toBe("26");
    expect(second.headers.get("link")).toContain('rel="prev"');
  });
});
