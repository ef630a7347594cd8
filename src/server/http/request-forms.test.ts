// Requests in every form that clients send: the same fields, the same answer.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestApp } from "../test-kit/app.ts";
import type { TestAgent, TestApp } from "../test-kit/app.ts";
import { asAgent, asVisitor, call } from "../test-kit/call.ts";

let app: TestApp;
let admin: TestAgent;
let work: ReturnType<typeof asAgent>;
let conversation: string;

beforeAll(async () => {
  app = await openTestApp();
  const account = await app.build.anAccount();
  const inbox = await app.build.anInbox(account);
  admin = await app.build.anAgent(account, { role: "administrator" });
  work = asAgent(app.url, admin);
  const visit = asVisitor(app.url, await app.build.aVisitor(inbox));
  conversation = `/conversations/${(await visit("POST", "/conversations")).body.id}`;
});
afterAll(() => app.close());

type Form = (fields: [string, string][]) => URLSearchParams | FormData;
const multipart: Form = (fields) => {
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  return body;
};
const forms: [string, Form][] = [
  ["an urlencoded form", (fields) => new URLSearchParams(fields)],
  ["a multipart message", multipart],
];

describe.each(forms)("%s", (_name, form) => {
  it("says true and false, numbers and nothing as texts", async () => {
    const body = form([
      ["content", "1"],
      ["private", "true"],
    ]);
    const note = await work("POST", `${conversation}/messages`, { body });
    expect([note.status, note.body]).toMatchObject([200, { content: "1", private: true }]);
    const to = (id: string) => ({ body: form([["assignee_id", id]]) });
    const assigned = await work("POST", `${conversation}/assignments`, to(String(admin.id)));
    expect([assigned.status, assigned.body.id]).toEqual([200, admin.id]);
    expect((await work("POST", `${conversation}/assignments`, to("0"))).body).toBe(null);
    const seen = { body: form([["seq", "1"]]) };
    expect((await work("POST", `${conversation}/update_last_seen`, seen)).status).toBe(200);
    const wrong = { body: form([["seq", "one"]]) };
    const refused = await work("POST", `${conversation}/update_last_seen`, wrong);
    expect([refused.status, refused.body.attributes]).toEqual([422, ["seq"]]);
  });

  it("says lists by repeating a name, by brackets, by numbers and as JSON", async () => {
    const said: [string, string][][] = [
      [
        ["labels", "a"],
        ["labels", "b"],
      ],
      [
        ["labels[]", "a"],
        ["labels[]", "b"],
      ],
      [
        ["labels[0]", "a"],
        ["labels[1]", "b"],
      ],
      [["labels", "a,b"]],
    ];
    for (const fields of said) {
      await work("POST", `${conversation}/labels`, { body: { labels: [] } });
      const answer = await work("POST", `${conversation}/labels`, { body: form(fields) });
      expect([fields, answer.body.payload]).toEqual([fields, ["a", "b"]]);
    }
    const one = await work("POST", `${conversation}/labels`, { body: form([["labels[]", "c"]]) });
    expect(one.body.payload).toEqual(["c"]);
    const users = { body: form([["user_ids", `[${admin.id}]`]]) };
    const participants = await work("POST", `${conversation}/participants`, users);
    expect(participants.body).toMatchObject([{ id: admin.id }]);
  });

  it("says objects by nested brackets and as JSON", async () => {
    const email = `${crypto.randomUUID()}@example.com`;
    const nested = form([
      ["name", "Vera"],
      ["email", email],
      ["custom_attributes[plan]", "pro"],
      ["custom_attributes[address][city]", "Bonn"],
      ["additional_attributes", '{"age":7,"tags":["x"]}'],
    ]);
    const { status, body } = await work("POST", "/contacts", { body: nested });
    expect(status).toBe(200);
    expect(body.payload.contact).toMatchObject({
      custom_attributes: { plan: "pro", address: { city: "Bonn" } },
      additional_attributes: { age: 7, tags: ["x"] },
    });
    const conditions = form([
      ["payload[0][attribute_key]", "email"],
      ["payload[0][filter_operator]", "equal_to"],
      ["payload[0][values][]", email],
    ]);
    const found = await work("POST", "/contacts/filter", { body: conditions });
    expect([found.status, found.body[0]?.id]).toEqual([200, body.id]);
    const inbox = form([
      ["name", "Shop"],
      ["channel[type]", "web_widget"],
      ["channel[website_url]", "shop.example"],
      ["settings[widgetAppearance][zIndex]", "7"],
      ["settings[features][emoji]", "false"],
    ]);
    const made = await work("POST", "/inboxes", { body: inbox });
    expect([made.status, made.body.settings]).toEqual([
      200,
      { widgetAppearance: { zIndex: 7 }, features: { emoji: false } },
    ]);
  });

  it("refuses what is too deep, too much, or no JSON, and names the field", async () => {
    const broken = form([["custom_attributes", '{"plan":']]);
    const answer = await work("POST", "/contacts", { body: broken });
    expect([answer.status, answer.body.attributes]).toEqual([422, ["custom_attributes"]]);
    const deep = form([["a[b][c][d][e][f][g][h][i]", "x"]]);
    expect((await work("POST", "/contacts", { body: deep })).status).toBe(422);
    const many = form(Array.from({ length: 1_100 }, (_, index) => [`user_ids[]`, `${index}`]));
    expect((await work("POST", "/inbox_members", { body: many })).status).not.toBe(200);
  });

  it("reaches for no prototype", async () => {
    const names = ["__proto__[polluted]", "constructor[prototype][polluted]", "a[__proto__][b]"];
    for (const name of names) {
      const body = form([
        ["name", "Vera"],
        [name, "1"],
      ]);
      const { status } = await work("POST", "/contacts", { body });
      expect([200, 400, 422]).toContain(status);
    }
    const body = form([["custom_attributes", '{"__proto__":{"polluted":1}}']]);
    expect((await work("POST", "/contacts", { body })).status).toBe(422);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe("a query", () => {
  it("says lists by repeating a name and by brackets", async () => {
    await work("POST", `${conversation}/labels`, { body: { labels: ["billing"] } });
    const queries = ["labels=x&labels=billing", "labels[]=billing", "labels=billing"];
    for (const query of [...queries, "labels%5B%5D=x&labels%5B%5D=billing", "labels[0]=billing"]) {
      const found = await work("GET", `/conversations?${query}`);
      expect([query, found.body.data.payload.length]).toEqual([query, 1]);
    }
    expect((await work("GET", "/conversations?labels=other")).body.data.payload).toEqual([]);
  });

  it("says true, false and numbers as texts", async () => {
    const { body } = await work("GET", "/contacts?include_contact_inboxes=false&page=1");
    expect(body.length).toBeGreaterThan(0);
    expect(body[0].payload.contact).not.toHaveProperty("contact_inboxes");
    expect((await work("GET", "/contacts?page=one")).status).toBe(422);
    expect((await work("GET", "/contacts?page=1&page=2")).status).toBe(422);
  });
});

describe("a request", () => {
  it("is the same with a slash at the end", async () => {
    expect((await work("GET", `${conversation}/`)).body.id).toBeGreaterThan(0);
    expect((await work("GET", `/inboxes/?x=1`)).status).toBe(200);
    const { status } = await work("POST", `${conversation}/messages/`, { body: { content: "x" } });
    expect(status).toBe(200);
  });

  it("may have a body with DELETE, in every form", async () => {
    const inbox = (await work("GET", "/inboxes")).body[0].id as number;
    const bodies = [
      { inbox_id: inbox, user_ids: [admin.id] },
      new URLSearchParams({ inbox_id: `${inbox}`, "user_ids[]": `${admin.id}` }),
      multipart([
        ["inbox_id", `${inbox}`],
        ["user_ids", `${admin.id}`],
      ]),
    ];
    for (const body of bodies) {
      const users = { body: { inbox_id: inbox, user_ids: [admin.id] } };
      expect((await work("POST", "/inbox_members", users)).status).toBe(200);
      const removed = await work("DELETE", "/inbox_members", { body });
      expect([removed.status, removed.body]).toEqual([200, ""]);
      expect((await work("GET", `/inbox_members/${inbox}`)).body).toEqual([]);
    }
  });

  it("may bring its token in three headers", async () => {
    const profile = (headers: Record<string, string>) =>
      call("GET", `${app.url}/api/v1/profile`, { headers });
    const { accessToken } = admin;
    expect((await profile({ api_access_token: accessToken })).body.id).toBe(admin.id);
    expect((await profile({ "Api-Access-Token": accessToken })).body.id).toBe(admin.id);
    expect((await profile({ authorization: `Bearer ${accessToken}` })).body.id).toBe(admin.id);
    expect((await profile({ authorization: `Basic ${accessToken}` })).status).toBe(401);
  });
});
