// Inboxes and their members in the application API: seed 003, rows 45–48 and 51–54.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inboxDetailsSchema } from "../../protocol/records-administration.ts";
import { agentSchema } from "../../protocol/records.ts";
import { conversations } from "../database/conversation-tables.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { asAgent, asVisitor, call } from "../test-kit/call.ts";
import { documentedRequest, filledIn } from "../test-kit/documented-examples.ts";
import { connectAgent, connectVisitor } from "../test-kit/sockets.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

async function setUp() {
  const account = await app.build.anAccount();
  const inbox = await app.build.anInbox(account);
  const hidden = await app.build.anInbox(account, { name: "Hidden" });
  const administrator = await app.build.anAgent(account, { role: "administrator" });
  const agent = await app.build.anAgent(account, { name: "Bea", inboxes: [inbox] });
  const rule = asAgent(app.url, administrator);
  const work = asAgent(app.url, agent);
  return { account, inbox, hidden, administrator, agent, rule, work };
}

describe("inboxes (rows 45–48)", () => {
  it("are listed and read as printed; an agent has those of which he is a member", async () => {
    const { rule, work, inbox, hidden } = await setUp();
    const all = await rule("GET", "/inboxes");
    expect(all.body).toHaveLength(2);
    for (const row of all.body) inboxDetailsSchema.strict().parse(row);
    expect(all.body[0].hmac_token).toMatch(/^[\w-]{32}$/);
    const mine = await work("GET", "/inboxes");
    expect(mine.body.map((row: { id: number }) => row.id)).toEqual([inbox.id]);
    expect(mine.body[0]).not.toHaveProperty("hmac_token");
    expect((await work("GET", `/inboxes/${inbox.id}/`)).body).toEqual(mine.body[0]);
    expect((await work("GET", `/inboxes/${hidden.id}`)).status).toBe(404);
    expect((await rule("GET", "/inboxes/x")).status).toBe(404);
  });

  it("are made as the seed's example asks", async () => {
    const { rule } = await setUp();
    const made = await rule("POST", "/inboxes/", {
      body: filledIn(documentedRequest(47), { "channel.widget_color": "#123abc" }),
    });
    expect(made.status).toBe(200);
    expect(made.body).toMatchObject({
      name: "string",
      website_url: "https://string",
      welcome_title: "string",
      widget_color: "#123abc",
    });
    const config = await call("GET", `${app.url}/public/api/v1/inboxes/${made.body.website_token}`);
    expect(config.body).toMatchObject({ name: "string", widget_color: "#123abc" });
  });

  it("give a tag that waits for the inbox where that may keep the chat off a page", async () => {
    const { rule, inbox } = await setUp();
    const tagFor = async (settings: object) =>
      (await rule("PATCH", `/inboxes/${inbox.id}`, { body: { settings } })).body
        .web_widget_script as string;
    const wait = `data-inbox="${inbox.token}" data-launcher='{"wait":true}'></script>`;
    expect(await tagFor({ visibility: "hidden" })).toContain(wait);
    expect(await tagFor({ visibility: "shown" })).not.toContain("data-launcher");
    expect(await tagFor({ targeting: { exclude: ["/checkout*"] } })).toContain(wait);
    expect(await tagFor({ targeting: null })).not.toContain("data-launcher");
  });

  it("change field by field, and the widget sees it", async () => {
    const { rule, inbox } = await setUp();
    const patch = (body: object | FormData) => rule("PATCH", `/inboxes/${inbox.id}`, { body });
    const form = new FormData();
    form.append("enable_auto_assignment", "true");
    form.append("channel[welcome_title]", "Hello");
    const changed = await patch(form);
    expect(changed.body).toMatchObject({ enable_auto_assignment: true, welcome_title: "Hello" });
    const strict = await patch({
      allowed_domains: ["https://Shop.example.com/x", "*.bücher.example"],
      hmac_mandatory: true,
      greeting_enabled: false,
    });
    expect(strict.body).toMatchObject({
      name: "Website",
      welcome_title: "Hello",
      allowed_domains: ["shop.example.com", "*.xn--bcher-kva.example"],
      hmac_mandatory: true,
    });
    const config = await call("GET", `${app.url}/public/api/v1/inboxes/${inbox.token}`, {
      headers: { origin: "https://evil.example" },
    });
    expect(config.status).toBe(403);
  });

  it.each([
    [{ name: " " }, "name"],
    [{ channel: { type: "email" } }, "channel.type"],
    [{ website_url: "javascript:alert(1)" }, "website_url"],
    [{ channel: { widget_color: "red;}" } }, "channel.widget_color"],
    [{ allowed_domains: ["exa mple"] }, "allowed_domains.0"],
    [{ hmac_mandatory: "perhaps" }, "hmac_mandatory"],
  ])("refuse what they cannot be: %o", async (body, field) => {
    const { rule } = await setUp();
    const refused = await rule("POST", "/inboxes", { body: { name: "Shop", ...body } });
    expect(refused.status).toBe(422);
    expect(refused.body.attributes).toEqual([field]);
  });

  it("go with their conversations, and close the chats on their pages", async () => {
    const { rule, work, inbox, agent } = await setUp();
    const visitor = await app.build.aVisitor(inbox);
    await asVisitor(app.url, visitor)("POST", "/conversations");
    const chat = await connectVisitor(app.url, visitor.pubsubToken);
    const desk = await connectAgent(app.url, agent.pubsubToken);
    const closed = new Promise((resolve) => chat.socket.once("disconnect", resolve));
    expect((await rule("DELETE", `/inboxes/${inbox.id}`)).status).toBe(200);
    expect(await closed).toBe("io server disconnect");
    await desk.hears("settings:changed", ({ subject, id, removed }) => {
      return subject === "inbox" && id === inbox.id && removed;
    });
    const rows = await app.db
      .select()
      .from(conversations)
      .where(eq(conversations.inbox_id, inbox.id));
    expect(rows).toEqual([]);
    expect((await work("GET", "/inboxes")).body).toEqual([]);
    expect((await rule("DELETE", `/inboxes/${inbox.id}`)).status).toBe(404);
  });
});

describe("members of an inbox (rows 51–54)", () => {
  it("are listed, added, replaced and removed", async () => {
    const { rule, work, account, inbox, hidden, agent, administrator } = await setUp();
    const cem = await app.build.anAgent(account, { name: "Cem" });
    const members = async () => {
      const list = await rule("GET", `/inbox_members/${inbox.id}`);
      return list.body.map((row: { id: number }) => row.id);
    };
    const change = (method: string, user_ids: number[]) =>
      rule(method, "/inbox_members", { body: { inbox_id: String(inbox.id), user_ids } });
    const added = await change("POST", [cem.id, agent.id]);
    expect(added.status).toBe(200);
    for (const row of added.body) agentSchema.strict().parse(row);
    expect(await members()).toEqual([agent.id, cem.id]);
    await change("PATCH", [cem.id, administrator.id]);
    expect(await members()).toEqual([administrator.id, cem.id]);
    const removed = await change("DELETE", [cem.id, 999_999_999]);
    expect([removed.status, removed.body]).toEqual([200, ""]);
    expect(await members()).toEqual([administrator.id]);
    expect((await work("GET", `/inbox_members/${hidden.id}`)).status).toBe(404);
  });

  it("are agents of the account, or nobody is added", async () => {
    const { rule, account, inbox } = await setUp();
    const cem = await app.build.anAgent(account);
    const stranger = await app.build.anAgent(await app.build.anAccount());
    for (const method of ["POST", "PATCH"]) {
      const refused = await rule(method, "/inbox_members", {
        body: { inbox_id: inbox.id, user_ids: [cem.id, stranger.id] },
      });
      expect(refused.status).toBe(422);
      expect(refused.body.message).toBe("User must exist");
    }
    expect((await rule("GET", `/inbox_members/${inbox.id}`)).body).toHaveLength(1);
    const unknown = { inbox_id: 999_999_999, user_ids: [cem.id] };
    expect((await rule("POST", "/inbox_members", { body: unknown })).status).toBe(404);
  });

  it("lose sight of it at once, on the sockets that are open too", async () => {
    const { rule, work, inbox, agent } = await setUp();
    const visitor = await app.build.aVisitor(inbox);
    const { id } = (await asVisitor(app.url, visitor)("POST", "/conversations")).body;
    expect((await work("GET", `/conversations/${id}`)).status).toBe(200);
    const desk = await connectAgent(app.url, agent.pubsubToken);
    const closed = new Promise((resolve) => desk.socket.once("disconnect", resolve));
    await rule("DELETE", "/inbox_members", { body: { inbox_id: inbox.id, user_ids: [agent.id] } });
    expect(await closed).toBe("io server disconnect");
    expect((await work("GET", `/conversations/${id}`)).status).toBe(404);
    const again = await connectAgent(app.url, agent.pubsubToken);
    await asVisitor(app.url, visitor)("POST", `/conversations/${id}/messages`, {
      body: { content: "secret" },
    });
    await rule("PATCH", `/inboxes/${inbox.id}`, { body: { welcome_title: "after it" } });
    await again.hears("settings:changed");
    expect(again.heard.map(({ name }) => name)).not.toContain("message:created");
  });
});
