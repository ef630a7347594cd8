// Labels as seed 003 prints them, rows 28 and 29, with attributes, mute and followers.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { conversationSchema } from "../../protocol/records.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { asAgent } from "../test-kit/call.ts";
import { aConversationAccount } from "../test-kit/conversations.ts";
import { connectAgent } from "../test-kit/sockets.ts";

let app: TestApp;
const clock = { now: new Date("2026-05-04T10:00:00.000Z") };
beforeAll(async () => {
  app = await openTestApp({ clock: () => clock.now });
});
afterAll(() => app.close());

const setUp = () => aConversationAccount(app, clock);

describe("labels (rows 28 and 29)", () => {
  it("overwrite the set, say so in the thread, and reach the desk", async () => {
    const { start, work, lines, agent } = await setUp();
    const id = await start();
    const desk = await connectAgent(app.url, agent.pubsubToken);
    const set = (labels: unknown) =>
      work("POST", `/conversations/${id}/labels`, { body: { labels } });
    const first = await set(["billing", "VIP"]);
    expect(first.body).toEqual({ payload: ["billing", "vip"] });
    await desk.hears("conversation:updated", ({ labels }) => labels.includes("vip"));
    expect((await set(["vip", "refund"])).body).toEqual({ payload: ["vip", "refund"] });
    const read = await work("GET", `/conversations/${id}/labels`);
    expect(read.body).toEqual({ payload: ["vip", "refund"] });
    expect((await set([])).body).toEqual({ payload: [] });
    expect(await lines(id)).toEqual([
      "Ada added billing, vip",
      "Ada added refund",
      "Ada removed billing",
      "Ada removed vip, refund",
    ]);
  });

  it("take a form's and a text's way of saying a list", async () => {
    const { start, work } = await setUp();
    const id = await start();
    const body = new URLSearchParams([
      ["labels[]", "one"],
      ["labels[]", "two"],
    ]);
    const form = await work("POST", `/conversations/${id}/labels`, { body });
    expect(form.body).toEqual({ payload: ["one", "two"] });
    const text = await work("POST", `/conversations/${id}/labels`, { body: { labels: "a, b" } });
    expect(text.body).toEqual({ payload: ["a", "b"] });
  });
});

describe("attributes, mute and followers", () => {
  it("changes priority and attributes by what is given, or sets all attributes", async () => {
    const { start, work, visit } = await setUp();
    const id = await start();
    const body = { priority: "high", custom_attributes: { order: 7, plan: "pro" } };
    const changed = await work("PATCH", `/conversations/${id}`, { body });
    expect(conversationSchema.strict().parse(changed.body)).toMatchObject(body);
    const merged = await work("PATCH", `/conversations/${id}`, {
      body: { priority: "none", custom_attributes: { plan: null } },
    });
    expect(merged.body).toMatchObject({ priority: null, custom_attributes: { order: 7 } });
    const set = await work("POST", `/conversations/${id}/custom_attributes`, {
      body: { custom_attributes: { other: true } },
    });
    expect(set.body).toEqual({ custom_attributes: { other: true } });
    const [seen] = (await visit("GET", "/conversations")).body;
    expect(seen.custom_attributes).toEqual({ other: true });
    const before = (await work("GET", `/conversations/${id}`)).body.seq;
    await work("PATCH", `/conversations/${id}`, { body: {} });
    expect((await work("GET", `/conversations/${id}`)).body.seq).toBe(before);
  });

  it("keeps what is written in a muted conversation without opening it", async () => {
    const { start, work, visit, lines } = await setUp();
    const id = await start();
    expect((await work("POST", `/conversations/${id}/mute`)).status).toBe(200);
    await visit("POST", `/conversations/${id}/messages`, { body: { content: "Anyone?" } });
    expect((await work("GET", `/conversations/${id}`)).body).toMatchObject({
      muted: true,
      status: "resolved",
      unread_count: 0,
      waiting_since: null,
      messages: [{ content: "Ada muted the conversation" }, { content: "Anyone?" }],
    });
    await work("POST", `/conversations/${id}/unmute`);
    await visit("POST", `/conversations/${id}/messages`, { body: { content: "Now?" } });
    const after = (await work("GET", `/conversations/${id}`)).body;
    expect(after).toMatchObject({ muted: false, status: "open", unread_count: 1 });
    expect((await lines(id)).slice(0, 2)).toEqual([
      "Ada muted the conversation",
      "Ada unmuted the conversation",
    ]);
  });

  it("lets agents of the inbox follow, and nobody else", async () => {
    const { account, start, work, agent, administrator } = await setUp();
    const id = await start();
    const stranger = await app.build.anAgent(account);
    const follow = async (method: string, ids: number[]) => {
      const body = { user_ids: ids };
      return await work(method, `/conversations/${id}/participants`, { body });
    };
    const names = (answer: { body: { name: string }[] }) => answer.body.map(({ name }) => name);
    expect(names(await follow("POST", [agent.id]))).toEqual(["Ada"]);
    expect(names(await follow("POST", [administrator.id, agent.id]))).toEqual(["Ada", "Root"]);
    expect(names(await follow("DELETE", [agent.id, 999_999]))).toEqual(["Root"]);
    expect(names(await follow("PATCH", [agent.id]))).toEqual(["Ada"]);
    for (const id of [stranger.id, 999_999]) {
      expect(await follow("POST", [id])).toMatchObject({
        status: 422,
        body: { error: "User must exist" },
      });
    }
    const read = await work("GET", `/conversations/${id}/participants`);
    expect(names(read)).toEqual(["Ada"]);
  });

  it("is for those who may see the inbox", async () => {
    const { account, start } = await setUp();
    const id = await start();
    const stranger = asAgent(app.url, await app.build.anAgent(account));
    const calls: [string, string, unknown?][] = [
      ["GET", "/labels"],
      ["POST", "/labels", { labels: ["x"] }],
      ["PATCH", "", { priority: "high" }],
      ["POST", "/custom_attributes", { custom_attributes: {} }],
      ["POST", "/mute"],
      ["POST", "/unmute"],
      ["GET", "/participants"],
      ["POST", "/participants", { user_ids: [] }],
    ];
    for (const who of [stranger, (await setUp()).rule]) {
      for (const [method, path, body] of calls) {
        const url = `/conversations/${id}${path}`;
        const answer = await who(method, url, body === undefined ? {} : { body });
        expect([path, answer.status]).toEqual([path, 404]);
      }
    }
  });
});
