// Targets that fail, hang, redirect or pour: what they miss comes later, and nobody else waits for them.
import { describe, expect, it, vi } from "vitest";
import { webhookDeliverySchema } from "../../protocol/records-webhooks.ts";
import { startTarget } from "../test-kit/target.ts";
import {
  anAccountWithWebhooks,
  anAppWithTargets,
  contents,
  DAY_MS,
  MANY,
  patient,
} from "../test-kit/webhooks.ts";

// Real targets and databases on a machine that others use too.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describe("a target that fails", () => {
  it("is called again under the same id, and then hears the rest in order", async () => {
    const { app, time } = await anAppWithTargets();
    const target = await startTarget();
    const { start, say, subscribe, log, webhook } = await anAccountWithWebhooks(app);
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
    const { app, time } = await anAppWithTargets();
    const target = await startTarget();
    const { start, say, subscribe, log } = await anAccountWithWebhooks(app);
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
    const { app } = await anAppWithTargets();
    const target = await startTarget();
    const { start, say, subscribe } = await anAccountWithWebhooks(app);
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
    const { app, time } = await anAppWithTargets();
    const target = await startTarget();
    const { start, say, subscribe, log, rule } = await anAccountWithWebhooks(app);
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
    const { app, time } = await anAppWithTargets();
    const target = await startTarget();
    const { start, say, subscribe, log, webhook, rule } = await anAccountWithWebhooks(app);
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
    const { app } = await anAppWithTargets();
    const target = await startTarget();
    const { start, say, subscribe, webhook } = await anAccountWithWebhooks(app);
    const { id } = await subscribe(target, ["message_created"]);
    target.answer = () => 410;
    await say(await start(), "one");
    await expect
      .poll(async () => (await webhook(id)).switched_off_reason as string, MANY)
      .toBe("gone");
  });

  it("hangs without keeping messages or other targets waiting", async () => {
    const { app } = await anAppWithTargets();
    const hanging = await startTarget();
    const healthy = await startTarget();
    const { start, say, subscribe, log } = await anAccountWithWebhooks(app);
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
    const { app } = await anAppWithTargets({ limits: patient });
    const { start, say, subscribe, log } = await anAccountWithWebhooks(app);
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
    const { app } = await anAppWithTargets();
    const target = await startTarget();
    const inside = await startTarget();
    const { start, say, subscribe, log } = await anAccountWithWebhooks(app);
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
    const { app } = await anAppWithTargets({ config: {}, limits: { outgoing: { resolveHost } } });
    const target = await startTarget();
    const { start, say, subscribe, log } = await anAccountWithWebhooks(app);
    const { id } = await subscribe(target, ["message_created"]);
    await say(await start(), "one");
    await expect.poll(async () => (await log(id))[0]?.failure, MANY).toBe("private_address");
    expect(target.calls).toEqual([]);
  });

  it("answers 100 MB, of which the beginning is kept", async () => {
    const { app } = await anAppWithTargets({ limits: patient });
    const target = await startTarget();
    const { start, say, subscribe, log } = await anAccountWithWebhooks(app);
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
