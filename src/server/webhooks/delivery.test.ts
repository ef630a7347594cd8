// What reaches a subscriber: the record, signed, in order; and the log of it.
import { createHmac } from "node:crypto";
import { describe, expect, it, vi } from "vitest";
import { conversationSchema, messageSchema } from "../../protocol/records.ts";
import { asVisitor } from "../test-kit/call.ts";
import { startTarget } from "../test-kit/target.ts";
import type { ReceivedCall } from "../test-kit/target.ts";
import {
  anAccountWithWebhooks,
  anAppWithTargets,
  contents,
  DAY_MS,
  eventsOf,
  MANY,
} from "../test-kit/webhooks.ts";
import { pruneDeliveries } from "./deliveries.ts";

// Real targets and databases on a machine that others use too.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

function signaturesAreOf(call: ReceivedCall, secrets: string[]): void {
  const timestamp = call.headers["x-parlor-timestamp"];
  expect(Math.abs(Number(timestamp) - Date.now() / 1000)).toBeLessThan(60);
  const expected = secrets.map(
    (secret) =>
      `v1=${createHmac("sha256", secret).update(`${timestamp}.${call.body}`).digest("hex")}`,
  );
  expect(call.headers["x-parlor-signature"]).toBe(expected.join(","));
}

describe("a delivery", () => {
  it("is the record and what has changed, signed over its raw body", async () => {
    const { app } = await anAppWithTargets();
    const target = await startTarget();
    const { account, inbox, rule, start, say, subscribe } = await anAccountWithWebhooks(app);
    const { secret } = await subscribe(target, [
      "conversation_created",
      "conversation_status_changed",
      "conversation_updated",
      "message_created",
      "message_updated",
      "webwidget_triggered",
    ]);
    const id = await start();
    await say(id, "hello ü");
    await rule("POST", `/conversations/${id}/messages`, { body: { content: "n", private: true } });
    await rule("POST", `/conversations/${id}/toggle_status`, { body: { status: "resolved" } });
    await expect.poll(() => target.calls.length, MANY).toBe(5);
    expect(eventsOf(target.calls)).toEqual([
      "conversation_created",
      "message_created",
      "message_created",
      "conversation_status_changed",
      "conversation_updated",
    ]);
    for (const call of target.calls) {
      signaturesAreOf(call, [secret]);
      expect(call.headers["content-type"]).toBe("application/json");
      expect(call.json.event).toBe(call.headers["x-parlor-event"]);
      expect(call.json.account).toEqual({ id: account, name: "Acme" });
      expect(call.json.inbox).toEqual({ id: inbox.id, name: "Shop" });
    }
    expect(new Set(target.calls.map((call) => call.headers["x-parlor-delivery"])).size).toBe(5);

    const [created, message, note, status, updated] = target.calls;
    conversationSchema.parse(created?.json);
    messageSchema.parse(message?.json);
    conversationSchema.parse(message?.json.conversation);
    expect(message?.json).toMatchObject({
      content: "hello ü",
      message_type: "incoming",
      content_type: "text",
      private: false,
      source_id: null,
      sender: { type: "contact", name: "Vera" },
      conversation: { id },
    });
    expect(note?.json).toMatchObject({ private: true, message_type: "outgoing" });
    for (const call of [status, updated]) {
      expect(call?.json).toMatchObject({ id, status: "resolved" });
      expect(call?.json.changed_attributes).toContainEqual({
        status: { previous_value: "open", current_value: "resolved" },
      });
    }
    // Credentials of visitors stay at home.
    for (const call of target.calls) expect(call.body).not.toMatch(/pubsub_token|"source_id":"/);
  });

  it("tells of contacts, and of visitors who open the chat", async () => {
    const { app } = await anAppWithTargets();
    const target = await startTarget();
    const { inbox, visitor, start, subscribe } = await anAccountWithWebhooks(app);
    const visit = asVisitor(app.url, visitor);
    await subscribe(target, ["contact_created", "contact_updated", "webwidget_triggered"]);
    const id = await start();
    await app.build.aVisitor(inbox, { name: "Newton", email: "n@example.com" });
    await visit("PATCH", "", { body: { name: "Vera Lynn" } });
    const event_info = { referer: "https://shop.example/cart" };
    const opened = await visit("POST", "/events", {
      body: { name: "webwidget.triggered", event_info },
    });
    expect([opened.status, opened.body]).toEqual([200, ""]);
    await expect.poll(() => target.calls.length, MANY).toBe(3);
    const told = (name: string) => target.calls.find((call) => call.json.event === name)?.json;
    expect(told("contact_created")).toMatchObject({ name: "Newton", email: "n@example.com" });
    expect(told("contact_updated")).toMatchObject({
      id: visitor.id,
      name: "Vera Lynn",
      changed_attributes: [{ name: { previous_value: "Vera", current_value: "Vera Lynn" } }],
    });
    expect(told("webwidget_triggered")).toMatchObject({
      id: expect.any(Number),
      contact: { id: visitor.id },
      inbox: { id: inbox.id, name: "Shop" },
      current_conversation: { id },
      event_info,
    });
    const unknown = await visit("POST", "/events", { body: { name: "something.else" } });
    expect(unknown.status).toBe(422);
    const flood = await Promise.all(
      Array.from({ length: 12 }, () =>
        visit("POST", "/events", { body: { name: "webwidget.triggered" } }),
      ),
    );
    const refused = flood.find((answer) => answer.status === 429);
    expect(refused?.headers.get("retry-after")).toMatch(/^\d+$/);
  });

  it("tells of what its webhook is subscribed to, in its inbox and account, since it exists", async () => {
    const { app } = await anAppWithTargets();
    const target = await startTarget();
    const own = await anAccountWithWebhooks(app);
    const other = await anAccountWithWebhooks(app);
    const id = await own.start();
    await own.say(id, "before");
    const elsewhere = await app.build.anInbox(own.account);
    const body = { subscriptions: ["message_created"] };
    await own.subscribe({ url: `${target.url}/all` }, body.subscriptions);
    await own.subscribe({ url: `${target.url}/here` }, body.subscriptions, {
      inbox_id: own.inbox.id,
    });
    await own.subscribe({ url: `${target.url}/there` }, body.subscriptions, {
      inbox_id: elsewhere.id,
    });
    const off = await own.subscribe({ url: `${target.url}/off` }, body.subscriptions);
    await own.rule("PATCH", `/webhooks/${off.id}`, { body: { enabled: false } });
    await other.say(await other.start(), "not ours");
    await own.rule("POST", `/conversations/${id}/toggle_priority`, { body: { priority: "high" } });
    await own.say(id, "after");
    await own.say(id, "last");
    await expect.poll(() => target.calls.length, MANY).toBe(4);
    const said = (path: string) => contents(target.calls.filter((call) => call.path === path));
    expect(said("/hook/all")).toEqual(["after", "last"]);
    expect(said("/hook/here")).toEqual(["after", "last"]);
  });

  it("tells of a message that is deleted, after the message itself", async () => {
    const { app } = await anAppWithTargets();
    const target = await startTarget();
    const { rule, start, subscribe } = await anAccountWithWebhooks(app);
    await subscribe(target, ["message_created", "message_updated"]);
    const path = `/conversations/${await start()}/messages`;
    const sent = await rule("POST", path, { body: { content: "my password" } });
    await expect.poll(() => target.calls.length, MANY).toBe(1);
    await rule("DELETE", `${path}/${sent.body.id}`);
    await expect.poll(() => target.calls.length, MANY).toBe(2);
    const updated = target.calls[1]?.json;
    messageSchema.parse(updated);
    expect(updated).toMatchObject({
      event: "message_updated",
      id: sent.body.id,
      content_attributes: { deleted: true },
    });
    expect(target.calls[1]?.body).not.toContain("my password");
  });

  it("comes in the order of its conversation, whatever else is going on", async () => {
    const { app } = await anAppWithTargets();
    const target = await startTarget();
    const { start, say, subscribe } = await anAccountWithWebhooks(app);
    await subscribe(target, ["message_created"]);
    const ids = await Promise.all(Array.from({ length: 5 }, start));
    const texts = Array.from({ length: 20 }, (_, index) => String(index));
    await Promise.all(
      ids.map(async (id) => {
        for (const text of texts) await say(id, text);
      }),
    );
    await expect.poll(() => target.calls.length, MANY).toBe(100);
    for (const id of ids) {
      const own = target.calls.filter((call) => call.json.conversation_id === id);
      expect(contents(own)).toEqual(texts);
    }
  });

  it("is signed with both secrets after a rotation, until the old one ends", async () => {
    const { app, time } = await anAppWithTargets();
    const target = await startTarget();
    const { rule, start, say, subscribe } = await anAccountWithWebhooks(app);
    const { id, secret } = await subscribe(target, ["message_created"]);
    const rotate = `/webhooks/${id}/rotate_secret`;
    const next = (await rule("POST", rotate, { body: { previous_secret_expires_in: 60 } })).body;
    const conversation = await start();
    await say(conversation, "one");
    await expect.poll(() => target.calls.length, MANY).toBe(1);
    signaturesAreOf(target.calls[0] as ReceivedCall, [next.secret, secret]);
    time.aheadMs = 61_000;
    await say(conversation, "two");
    await expect.poll(() => target.calls.length, MANY).toBe(2);
    const { headers, body } = target.calls[1] as ReceivedCall;
    const mac = createHmac("sha256", next.secret as string);
    const only = mac.update(`${headers["x-parlor-timestamp"]}.${body}`).digest("hex");
    expect(headers["x-parlor-signature"]).toBe(`v1=${only}`);
  });
});

describe("the log", () => {
  it("is paged, the latest first, and forgets after a month", async () => {
    const { app } = await anAppWithTargets();
    const target = await startTarget();
    const { start, say, subscribe, log, rule } = await anAccountWithWebhooks(app);
    const { id } = await subscribe(target, ["message_created"]);
    const conversation = await start();
    for (let index = 0; index < 27; index += 1) await say(conversation, String(index));
    await expect.poll(async () => (await log(id, "?state=delivered&page=2")).length, MANY).toBe(2);
    const page = await rule("GET", `/webhooks/${id}/deliveries`);
    expect(page.headers.get("total-count")).toBe("27");
    expect(page.headers.get("link")).toMatch(/page=2>; rel="next"/);
    expect(page.body[0]).toMatchObject({ payload: { content: "26" }, attempts: 1 });
    expect(page.body[0].duration_ms).toBeGreaterThanOrEqual(0);

    const { db } = app;
    const in29Days = () => new Date(Date.now() + 29 * DAY_MS);
    expect(await pruneDeliveries({ db, clock: in29Days })).toBe(0);
    const in31Days = () => new Date(Date.now() + 31 * DAY_MS);
    expect(await pruneDeliveries({ db, clock: in31Days })).toBe(27);
    expect(await log(id)).toEqual([]);
  });
});
