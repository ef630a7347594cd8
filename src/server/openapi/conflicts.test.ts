// What may not be done as things stand: every operation whose description says so is brought to say it.
import { afterAll, beforeAll, expect, it } from "vitest";
import { identifierHash } from "../contacts/identity.ts";
import { account_users, custom_roles } from "../database/account-tables.ts";
import { webhook_deliveries } from "../database/webhook-tables.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestAgent, TestApp } from "../test-kit/app.ts";
import { asAgent, asVisitor, call } from "../test-kit/call.ts";
import type { Answer } from "../test-kit/call.ts";
import { createDocumentChecks } from "../test-kit/document-checks.ts";

let app: TestApp;
beforeAll(async () => {
  // Nobody's mail server: what is refused is not sent.
  const mail = { smtpUrl: "smtp://127.0.0.1:1", from: "Support <support@parlor.test>" };
  app = await openTestApp({
    config: { mail, allowPrivateAddresses: ["127.0.0.1"] },
    limits: { outgoing: { resolveHost: async () => ["127.0.0.1"] } },
  });
});
afterAll(() => app.close());

async function aWorld() {
  const account = await app.build.anAccount();
  const inbox = await app.build.anInbox(account);
  const root = await app.build.anAgent(account, { role: "administrator", inboxes: [inbox] });
  const visitor = await app.build.aVisitor(inbox);
  const visit = asVisitor(app.url, visitor);
  const rule = asAgent(app.url, root);
  const signed = (identifier: string) => ({
    identifier,
    identifier_hash: identifierHash(inbox.hmacToken, identifier),
  });
  const begin = async () => (await visit("POST", "/conversations")).body.id as number;
  async function resolved(): Promise<number> {
    const id = await begin();
    await rule("POST", `/conversations/${id}/toggle_status`, { body: { status: "resolved" } });
    return id;
  }
  return { account, inbox, root, visitor, visit, rule, signed, begin, resolved };
}

type World = Awaited<ReturnType<typeof aWorld>>;

const dialect = (method: string, path: string, { accessToken }: TestAgent, body: object) =>
  call(method, `${app.url}/dialects${path}`, {
    body,
    headers: { authorization: `Bearer ${accessToken}` },
  });

const later = () => Math.floor(Date.now() / 1_000) + 3_600;
const followUp = async ({ root, visitor, resolved }: World, path: string) => {
  await resolved();
  const scheduleDate = String(later());
  const body = { objectType: "contact", contactId: visitor.id, scheduleDate };
  return await dialect("POST", `/acquire/api/v1/crm/follow-up${path}`, root, body);
};

const A = "/api/v1/accounts/{account_id}";
const visitor = "/public/api/v1/inboxes/{inbox_identifier}/contacts/{contact_identifier}";

/** By the operation's name: somebody has made things stand so that it cannot be done. */
const ways: Record<string, (world: World) => Promise<Answer>> = {
  [`PATCH ${A}/agents/{agent_id}`]: ({ rule, root }) =>
    rule("PATCH", `/agents/${root.id}`, { body: { role: "agent" } }),
  [`DELETE ${A}/agents/{agent_id}`]: ({ rule, root }) => rule("DELETE", `/agents/${root.id}`),
  async [`DELETE ${A}/custom_roles/{custom_role_id}`]({ account, rule }) {
    const agent = await app.build.anAgent(account);
    const [role] = await app.db
      .insert(custom_roles)
      .values({ account_id: account, name: "Lead", permissions: [] })
      .returning();
    await rule("PATCH", `/agents/${agent.id}`, { body: { custom_role_id: role?.id } });
    return await rule("DELETE", `/custom_roles/${role?.id}`);
  },
  async [`DELETE ${A}/profile_tokens/{agent_id}`]({ account, rule }) {
    const agent = await app.build.anAgent(account);
    const elsewhere = await app.build.anAccount();
    await app.db
      .insert(account_users)
      .values({ account_id: elsewhere, user_id: agent.id, role: "agent" });
    return await rule("DELETE", `/profile_tokens/${agent.id}`);
  },
  async [`POST ${A}/actions/contact_merge`]({ inbox, rule, signed }) {
    const one = await app.build.aVisitor(inbox, signed("one"));
    const two = await app.build.aVisitor(inbox, signed("two"));
    const body = { base_contact_id: one.id, mergee_contact_id: two.id };
    return await rule("POST", "/actions/contact_merge", { body });
  },
  async [`POST ${A}/snoozes`]({ rule, visitor: { id }, resolved }) {
    await resolved();
    const body = { object_type: "contact", object_id: id, snoozed_until: later() };
    return await rule("POST", "/snoozes", { body });
  },
  async [`POST ${A}/webhooks/{webhook_id}/deliveries/{delivery_id}/redeliver`]({ rule }) {
    const made = await rule("POST", "/webhooks", {
      body: { url: "http://target.test/", subscriptions: ["message_created"] },
    });
    const webhook = made.body.id as number;
    await rule("PATCH", `/webhooks/${webhook}`, { body: { enabled: false } });
    const [delivery] = await app.db
      .insert(webhook_deliveries)
      .values({
        webhook_id: webhook,
        event_id: 1,
        event: "message_created",
        lane: "lane",
        payload: "{}",
        state: "parked",
        retry_until: new Date(),
      })
      .returning();
    return await rule("POST", `/webhooks/${webhook}/deliveries/${delivery?.id}/redeliver`);
  },
  async [`PATCH ${visitor}`]({ visit, signed }) {
    await visit("PATCH", "", { body: signed("one") });
    return await visit("PATCH", "", { body: signed("two") });
  },
  async [`POST ${visitor}/conversations/{conversation_id}/transcript`]({ visit, begin }) {
    const body = { email: "vera@example.com" };
    return await visit("POST", `/conversations/${await begin()}/transcript`, { body });
  },
  async [`PATCH ${visitor}/conversations/{conversation_id}/messages/{message_id}`](world) {
    const { rule, visit, begin } = world;
    const messages = `/conversations/${await begin()}/messages`;
    const asked = await rule("POST", messages, {
      body: { content: "Where to?", content_type: "input_email" },
    });
    const answer = (email: string) =>
      visit("PATCH", `${messages}/${asked.body.id}`, { body: { submitted_values: { email } } });
    await answer("vera@example.com");
    return await answer("wera@example.com");
  },
  async "PUT /dialects/helpcrunch/v1/chats/snooze"({ root, resolved }) {
    const body = { id: await resolved(), snoozedUntil: String(later()) };
    return await dialect("PUT", "/helpcrunch/v1/chats/snooze", root, body);
  },
  "POST /dialects/acquire/api/v1/crm/follow-up": (world) => followUp(world, ""),
  "POST /dialects/acquire/api/v1/crm/follow-up/create": (world) => followUp(world, "/create"),
};

it.each(Object.entries(ways))("%s answers 409", async (_name, ask) => {
  const answer = await ask(await aWorld());
  expect([answer.status, answer.body]).toEqual([409, expect.anything()]);
});

it("these are all that list it", () => {
  const { operations } = createDocumentChecks(app.app.apiDocument());
  const listing = operations.filter(({ operation }) => operation.responses["409"]);
  expect(listing.map(({ name }) => name).toSorted()).toEqual(Object.keys(ways).toSorted());
});
