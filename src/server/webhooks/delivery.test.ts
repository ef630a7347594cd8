// What reaches a subscriber: signed, in order, once, and again until it has been heard.
import { createHmac } from "node:crypto";
import { sql } from "drizzle-orm";
import { describe, expect, it, vi } from "vitest";
import { conversationSchema, messageSchema } from "../../protocol/records.ts";
import { webhookDeliverySchema } from "../../protocol/records-webhooks.ts";
import type { WebhookDelivery } from "../../protocol/records-webhooks.ts";
import { startTestApp } from "../test-kit/app.ts";
import type { TestApp, TestAppOptions } from "../test-kit/app.ts";
import { asAgent, asVisitor } from "../test-kit/call.ts";
import { startTarget } from "../test-kit/target.ts";
import type { ReceivedCall, TestTarget } from "../test-kit/target.ts";
import { pruneDeliveries } from "./deliveries.ts";

// Real targets and databases on a machine that others use too.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const DAY_MS = 24 * 3_600_000;
const MANY = { timeout: 30_000, interval: 20 };

/** An app whose names all lead to this machine, and whose clock the test may move. */
async function anApp(more: TestAppOptions = {}) {
  const time = { aheadMs: 0 };
  const app = await startTestApp({
    config: { allowPrivateAddresses: ["target.test"] },
    clock: () => new Date(Date.now() + time.aheadMs),
    limits: {
      outgoing: {
        resolveHost: async () => ["127.0.0.1"],
        limits: { connectMs: 1_000, firstByteMs: 1_000, totalMs: 1_500 },
      },
    },
    ...more,
  });
  return { app, time };
}

/** Longer than a test lasts: what hangs, hangs for all of it, and a slow machine is no slow target. */
const patient = {
  outgoing: {
    resolveHost: async () => ["127.0.0.1"],
    limits: { connectMs: 60_000, firstByteMs: 60_000, totalMs: 60_000 },
  },
};

async function people(app: TestApp) {
  const account = await app.build.anAccount("Acme");
  const inbox = await app.build.anInbox(account, { name: "Shop" });
  const administrator = await app.build.anAgent(account, { role: "administrator", name: "Root" });
  const visitor = await app.build.aVisitor(inbox, { name: "Vera" });
  const rule = asAgent(app.url, administrator);
  const visit = asVisitor(app.url, visitor);
  return {
    account,
    inbox,
    rule,
    visitor,
    start: async () => (await visit("POST", "/conversations")).body.id as number,
    say: (conversation: number, content: string) =>
      visit("POST", `/conversations/${conversation}/messages`, { body: { content } }),
    subscribe: async (target: Pick<TestTarget, "url">, subscriptions: string[], more = {}) => {
      const body = { url: target.url, subscriptions, ...more };
      const made = await rule("POST", "/webhooks", { body });
      expect(made.status).toBe(200);
      return made.body as { id: number; secret: string };
    },
    log: async (webhook: number, query = ""): Promise<WebhookDelivery[]> =>
      (await rule("GET", `/webhooks/${webhook}/deliveries${query}`)).body,
    webhook: async (id: number) =>
      (await rule("GET", "/webhooks")).body.find((one: { id: number }) => one.id === id),
  };
}

const contents = (calls: ReceivedCall[]) => calls.map((call) => call.json.content as string);
const eventsOf = (calls: ReceivedCall[]) => calls.map((call) => call.headers["x-parlor-event"]);

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
    const { app } = await anApp();
    const target = await startTarget();
    const { account, inbox, rule, start, say, subscribe } = await people(app);
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
    const { app } = await anApp();
    const target = await startTarget();
    const { inbox, visitor, start, subscribe } = await people(app);
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
    const { app } = await anApp();
    const target = await startTarget();
    const own = await people(app);
    const other = await people(app);
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
    const { app } = await anApp();
    const target = await startTarget();
    const { rule, start, subscribe } = await people(app);
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
    const { app } = await anApp();
    const target = await startTarget();
    const { start, say, subscribe } = await people(app);
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
    const { app, time } = await anApp();
    const target = await startTarget();
    const { rule, start, say, subscribe } = await people(app);
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

describe("a target that fails", () => {
  it("is called again under the same id, and then hears the rest in order", async () => {
    const { app, time } = await anApp();
    const target = await startTarget();
    const { start, say, subscribe, log, webhook } = await people(app);
    const { id } = await subscribe(target, ["message_created"]);
    const conversation = await start();
    target.answer = () => 500;
    for (const text of ["a", "b", "c"]) await say(conversation, text);
    await expect.poll(async () => (await log(id)).at(-1)?.attempts, MANY).toBe(1);
    await expect.poll(async () => (await log(id)).length, MANY).toBe(3);
    expect(contents(target.calls)).toEqual(["a"]);
    const waiting = await log(id);
    for (const delivery of waiting) webhookDeliverySchema.strict().parse(delivery);
    expect(waiting.map(({ state, attempts }) => [state, attempts])).toEqual([
      ["pending", 0],
      ["pending", 0],
      ["pending", 1],
    ]);
    expect(waiting.at(-1)).toMatchObject({
      event: "message_created",
      payload: { content: "a" },
      response_status: 500,
      response_body: "answered 500",
    });
    expect((await webhook(id)).failing_since).not.toBeNull();

    time.aheadMs += 11_000;
    await expect.poll(() => contents(target.calls), MANY).toEqual(["a", "a"]);
    await expect.poll(async () => (await log(id)).at(-1)?.attempts, MANY).toBe(2);
    target.answer = () => 204;
    time.aheadMs += 21_000;
    await expect.poll(() => contents(target.calls), MANY).toEqual(["a", "a", "a", "b", "c"]);
    const ids = target.calls.map((call) => call.headers["x-parlor-delivery"]);
    expect(new Set(ids.slice(0, 3)).size).toBe(1);
    await expect.poll(async () => (await log(id, "?state=delivered")).length, MANY).toBe(3);
    expect((await webhook(id)).failing_since).toBeNull();
  });

  it("does not wait for each conversation's own pause once it answers again", async () => {
    const { app, time } = await anApp();
    const target = await startTarget();
    const { start, say, subscribe, log } = await people(app);
    const { id } = await subscribe(target, ["message_created"]);
    target.answer = () => 503;
    const first = await start();
    await say(first, "first");
    await expect.poll(async () => (await log(id))[0]?.attempts, MANY).toBe(1);
    // The second fails later, so that its pause ends later.
    time.aheadMs += 3_600_000;
    await expect.poll(async () => (await log(id))[0]?.attempts, MANY).toBe(2);
    const second = await start();
    await say(second, "second");
    await expect.poll(async () => (await log(id))[0]?.attempts, MANY).toBe(1);
    target.answer = () => 200;
    time.aheadMs += 10_500;
    await expect.poll(async () => (await log(id, "?state=delivered")).length, MANY).toBe(2);
  });

  it("keeps back only the conversation whose delivery it refuses", async () => {
    const { app } = await anApp();
    const target = await startTarget();
    const { start, say, subscribe } = await people(app);
    await subscribe(target, ["message_created"]);
    const [bad, good] = [await start(), await start()];
    target.answer = (call) => (call.json.conversation_id === bad ? 422 : 200);
    await say(bad, "poison");
    await say(bad, "behind it");
    await say(good, "fine");
    await say(good, "fine too");
    await expect
      .poll(() => contents(target.calls).filter((text) => text.startsWith("fine")), MANY)
      .toEqual(["fine", "fine too"]);
    expect(contents(target.calls)).not.toContain("behind it");
  });

  it("is given up on after a day: the delivery is parked and later ones go on", async () => {
    const { app, time } = await anApp();
    const target = await startTarget();
    const { start, say, subscribe, log, rule } = await people(app);
    const { id } = await subscribe(target, ["message_created"]);
    const conversation = await start();
    target.answer = (call) => (call.json.content === "poison" ? 500 : 200);
    await say(conversation, "poison");
    await say(conversation, "later");
    await expect.poll(async () => (await log(id)).at(-1)?.attempts, MANY).toBe(1);
    time.aheadMs += DAY_MS - 60_000;
    await expect.poll(async () => (await log(id)).at(-1)?.attempts, MANY).toBe(2);
    expect((await log(id, "?state=parked")).length).toBe(0);
    time.aheadMs += 3_600_000;
    await expect.poll(async () => (await log(id, "?state=parked")).length, MANY).toBe(1);
    await expect.poll(() => contents(target.calls).at(-1), MANY).toBe("later");

    // By hand, once, under its id.
    const [parked] = await log(id, "?state=parked");
    const before = target.calls.length;
    target.answer = () => 200;
    const again = await rule("POST", `/webhooks/${id}/deliveries/${parked?.id}/redeliver`);
    expect(again.status).toBe(200);
    expect(again.body).toMatchObject({ id: parked?.id, state: "pending" });
    await expect.poll(() => target.calls.length, MANY).toBe(before + 1);
    expect(target.calls.at(-1)?.headers["x-parlor-delivery"]).toBe(parked?.id);
    expect(target.calls.at(-1)?.json).toEqual(parked?.payload);
    await expect.poll(async () => (await log(id, "?state=delivered")).length, MANY).toBe(2);
  });

  it("for days is switched off, says so, and can be switched on again", async () => {
    const { app, time } = await anApp();
    const target = await startTarget();
    const { start, say, subscribe, log, webhook, rule } = await people(app);
    const { id } = await subscribe(target, ["message_created"]);
    target.answer = () => 500;
    const conversation = await start();
    await say(conversation, "one");
    await expect.poll(async () => (await log(id))[0]?.attempts, MANY).toBe(1);
    time.aheadMs += 6 * DAY_MS;
    await expect.poll(async () => (await webhook(id)).enabled, MANY).toBe(false);
    expect(await webhook(id)).toMatchObject({
      switched_off_reason: "failing",
      switched_off_at: expect.any(Number),
      failing_since: expect.any(Number),
    });
    expect((await log(id)).map((delivery) => delivery.state)).toEqual(["parked"]);
    const [parked] = await log(id);
    const refused = await rule("POST", `/webhooks/${id}/deliveries/${parked?.id}/redeliver`);
    expect(refused.status).toBe(409);
    await say(conversation, "while off");

    target.answer = () => 200;
    const on = await rule("PATCH", `/webhooks/${id}`, { body: { enabled: true } });
    expect(on.body).toMatchObject({ enabled: true, failing_since: null, switched_off_at: null });
    await say(conversation, "back");
    await expect.poll(() => contents(target.calls).at(-1), MANY).toBe("back");
    expect(contents(target.calls)).not.toContain("while off");
  });

  it("that is gone for good is switched off at once", async () => {
    const { app } = await anApp();
    const target = await startTarget();
    const { start, say, subscribe, webhook } = await people(app);
    const { id } = await subscribe(target, ["message_created"]);
    target.answer = () => 410;
    await say(await start(), "one");
    await expect
      .poll(async () => (await webhook(id)).switched_off_reason as string, MANY)
      .toBe("gone");
  });

  it("hangs without keeping messages or other targets waiting", async () => {
    const { app } = await anApp();
    const hanging = await startTarget();
    const healthy = await startTarget();
    const { start, say, subscribe, log } = await people(app);
    hanging.answer = () => {};
    const stuck = await subscribe({ url: `${hanging.url}/stuck` }, ["message_created"]);
    await subscribe(healthy, ["message_created"]);
    const conversations = await Promise.all(Array.from({ length: 12 }, start));
    await Promise.all(conversations.map((id) => say(id, "one")));
    await expect.poll(() => hanging.calls.length, MANY).toBeGreaterThan(0);
    // All of this happens while the first call hangs.
    for (const id of conversations) expect((await say(id, "two")).status).toBe(200);
    await expect.poll(() => healthy.calls.length, MANY).toBe(24);
    expect((await log(stuck.id)).every((delivery) => delivery.state === "pending")).toBe(true);
    await expect
      .poll(async () => (await log(stuck.id)).some(({ failure }) => failure === "timeout"), MANY)
      .toBe(true);
  });

  it("in each way at once keeps no message and no healthy target waiting", async () => {
    const { app } = await anApp({ limits: patient });
    const { start, say, subscribe, log } = await people(app);
    const hanging = await startTarget();
    const dripping = await startTarget();
    const failing = await startTarget();
    const endless = await startTarget();
    const healthy = await startTarget();
    hanging.answer = () => {};
    dripping.answer = (_call, response) => void response.writeHead(200).write("drip");
    failing.answer = () => 500;
    endless.answer = (_call, response) => {
      response.writeHead(200);
      const pour = () => {
        while (response.write(Buffer.alloc(65_536, "x")));
      };
      response.on("drain", pour);
      pour();
    };
    const bad = [hanging, dripping, failing, endless];
    const stuck = [];
    for (const target of [...bad, healthy]) {
      stuck.push(await subscribe(target, ["message_created"]));
    }
    const ids = await Promise.all(Array.from({ length: 2 }, start));
    for (const id of ids) await say(id, "0");
    for (const target of bad) await expect.poll(() => target.calls.length, MANY).toBeGreaterThan(0);
    const texts = Array.from({ length: 6 }, (_, index) => String(index + 1));
    for (const text of texts) {
      const said = await Promise.all(ids.map((id) => say(id, text)));
      expect(said.map(({ status }) => status)).toEqual(ids.map(() => 200));
    }
    await expect.poll(() => healthy.calls.length, MANY).toBe(14);
    for (const id of ids) {
      const own = healthy.calls.filter((call) => call.json.conversation_id === id);
      expect(contents(own)).toEqual(["0", ...texts]);
    }
    // All the while these were held: nothing of them has been given up, and nothing let through.
    for (const { id } of stuck.slice(0, 2)) {
      const latest = (await log(id)).map(({ state, attempts }) => `${state} ${attempts}`);
      expect(new Set(latest)).toEqual(new Set(["pending 0"]));
    }
    expect(hanging.calls.length).toBeLessThanOrEqual(ids.length);
  });

  it("redirects inside, and nobody follows", async () => {
    const { app } = await anApp();
    const target = await startTarget();
    const inside = await startTarget();
    const { start, say, subscribe, log } = await people(app);
    const { id } = await subscribe(target, ["message_created"]);
    target.answer = (_call, response) => {
      response.writeHead(302, { location: `http://127.0.0.1:${inside.port}/` }).end();
    };
    await say(await start(), "one");
    await expect.poll(async () => (await log(id))[0]?.response_status, MANY).toBe(302);
    expect((await log(id))[0]?.state).toBe("pending");
    expect(inside.calls).toEqual([]);
  });

  it("changes its address to a private one after it was saved, and is not called", async () => {
    const answers = [["93.184.216.34"]];
    const resolveHost = async () => answers.shift() ?? ["127.0.0.1"];
    const { app } = await anApp({ config: {}, limits: { outgoing: { resolveHost } } });
    const target = await startTarget();
    const { start, say, subscribe, log } = await people(app);
    const { id } = await subscribe(target, ["message_created"]);
    await say(await start(), "one");
    await expect.poll(async () => (await log(id))[0]?.failure, MANY).toBe("private_address");
    expect(target.calls).toEqual([]);
  });

  it("answers 100 MB, of which the beginning is kept", async () => {
    const { app } = await anApp({ limits: patient });
    const target = await startTarget();
    const { start, say, subscribe, log } = await people(app);
    const { id } = await subscribe(target, ["message_created"]);
    target.answer = (_call, response) => {
      response.writeHead(200);
      response.end(Buffer.alloc(100 * 1_024 * 1_024, "x"));
    };
    await say(await start(), "one");
    await expect.poll(async () => (await log(id))[0]?.state, MANY).toBe("delivered");
    expect((await log(id))[0]?.response_body).toBe("x".repeat(4_096));
  });
});

describe("the events behind deliveries", () => {
  it("are told in the end, even those of a transaction that took its time", async () => {
    const { app } = await anApp();
    const target = await startTarget();
    const { account, start, say, subscribe } = await people(app);
    const conversation = await start();
    await subscribe(target, ["message_created", "conversation_updated"]);
    const { rows } = await app.db.execute<{ id: number }>(sql`select id from conversations`);
    const slow = await app.database.connection.pool.connect();
    await slow.query("begin");
    await slow.query(
      `insert into events (account_id, conversation_id, name, actor_type, changes)
        values ($1, $2, 'conversation:updated', 'system', '{"priority": [null, "high"]}')`,
      [account, rows[0]?.id],
    );
    await say(conversation, "meanwhile");
    await slow.query("commit");
    slow.release();
    await expect
      .poll(() => eventsOf(target.calls), MANY)
      .toEqual(["conversation_updated", "message_created"]);
  });

  it("become deliveries once, however many processes share the database", async () => {
    const { app } = await anApp();
    const { app: second } = await anApp({ database: app.database });
    const target = await startTarget();
    const { start, visitor, subscribe } = await people(app);
    // Said to the process that started later, and mostly told by the other.
    const visit = asVisitor(second.url, visitor);
    const { id: webhook } = await subscribe(target, ["message_created"]);
    const id = await start();
    const texts = Array.from({ length: 40 }, (_, index) => String(index));
    for (const content of texts) {
      await visit("POST", `/conversations/${id}/messages`, { body: { content } });
    }
    await expect.poll(() => target.calls.length, MANY).toBe(40);
    expect(contents(target.calls)).toEqual(texts);
    const { rows } = await app.db.execute<{ n: number }>(
      sql`select count(*) as n from webhook_deliveries where webhook_id = ${webhook}`,
    );
    expect(rows[0]?.n).toBe(40);
  });

  it("tell of a wake once under each of their names, whichever of two processes wakes it", async () => {
    const first = await anApp();
    const second = await anApp({ database: first.app.database });
    const target = await startTarget();
    const { start, subscribe, rule } = await people(first.app);
    const [status, updated] = ["conversation_status_changed", "conversation_updated"] as const;
    for (const [path, subscriptions] of Object.entries({
      status: [status],
      updated: [updated],
      both: [status, updated],
      messages: ["message_created"],
    })) {
      await subscribe({ url: `${target.url}/${path}` }, subscriptions);
    }
    const ids = await Promise.all(Array.from({ length: 6 }, start));
    const snoozed_until = Math.floor(Date.now() / 1000) + 3_600;
    const body = (object_id: number) => ({ object_id, snoozed_until, message: "Call back" });
    for (const id of ids) await rule("POST", "/snoozes", { body: body(id) });
    for (const { time } of [first, second]) time.aheadMs = 3_601_000;
    for (const id of ids) {
      const read = async () => (await rule("GET", `/conversations/${id}`)).body.status as string;
      await expect.poll(read, MANY).toBe("open");
      // It stands behind the wake in every lane: when it is told, all of the wake has been.
      await rule("POST", `/conversations/${id}/toggle_status`, { body: { status: "resolved" } });
      await rule("POST", `/conversations/${id}/messages`, { body: { content: "after" } });
    }
    const told = (path: string, id: number) =>
      target.calls.filter(
        (call) =>
          call.path === `/hook/${path}` && (call.json.conversation_id ?? call.json.id) === id,
      );
    const turns = (calls: ReceivedCall[]) =>
      calls.flatMap(({ json }) =>
        (json.changed_attributes as { status?: { current_value: string } }[]).flatMap(
          ({ status: change }) => (change ? [change.current_value] : []),
        ),
      );
    const once = ["snoozed", "open", "resolved"];
    for (const id of ids) {
      await expect.poll(() => contents(told("messages", id)), MANY).toEqual(["after"]);
      await expect.poll(() => turns(told("status", id)), MANY).toEqual(once);
      await expect.poll(() => turns(told("updated", id)), MANY).toEqual(once);
      const twice = once.flatMap((turn) => [turn, turn]);
      await expect.poll(() => turns(told("both", id)), MANY).toEqual(twice);
      expect(eventsOf(told("both", id))).toEqual(once.flatMap(() => [status, updated]));
    }
  });

  it("are told on after a database was dumped and restored, and no old one again", async () => {
    const first = await anApp();
    const target = await startTarget();
    const { start, say, subscribe, log, visitor } = await people(first.app);
    const { id } = await subscribe(target, ["message_created"]);
    const conversation = await start();
    await say(conversation, "before");
    await expect.poll(async () => (await log(id))[0]?.state, MANY).toBe("delivered");
    await first.app.app.stop();
    // As a new server finds it, whose transactions are counted from the beginning.
    await first.app.db.execute(sql`
      update events set transaction_id = (transaction_id::text::bigint + 1000000000)::text::xid8`);
    await first.app.db.execute(sql`
      update webhook_cursor
      set transaction_id = (transaction_id::text::bigint + 1000000000)::text::xid8`);
    const { app: next } = await anApp({ database: first.app.database });
    await asVisitor(next.url, visitor)("POST", `/conversations/${conversation}/messages`, {
      body: { content: "after" },
    });
    await expect.poll(() => contents(target.calls), MANY).toEqual(["before", "after"]);
  });
});

describe("the log", () => {
  it("is paged, the latest first, and forgets after a month", async () => {
    const { app } = await anApp();
    const target = await startTarget();
    const { start, say, subscribe, log, rule } = await people(app);
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
