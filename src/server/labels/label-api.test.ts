// The labels of an account: kept by administrators, and what becomes of those who have one.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { labelSchema } from "../../protocol/records-administration.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { asAgent, asVisitor } from "../test-kit/call.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

async function setUp() {
  const account = await app.build.anAccount();
  const inbox = await app.build.anInbox(account);
  const rule = asAgent(app.url, await app.build.anAgent(account, { role: "administrator" }));
  const add = async (title: string) => (await rule("POST", "/labels", { body: { title } })).body;
  return { account, inbox, rule, add };
}

describe("labels of an account", () => {
  it("are made, listed, read, changed and deleted", async () => {
    const { rule, account } = await setUp();
    const body = { title: " Billing ", description: "Money", color: "#ff0000" };
    const made = await rule("POST", "/labels", { body });
    expect(made.status).toBe(200);
    const label = labelSchema.strict().parse(made.body);
    expect(label).toMatchObject({ title: "billing", color: "#ff0000", show_on_sidebar: true });
    const work = asAgent(app.url, await app.build.anAgent(account));
    expect((await work("GET", "/labels")).body).toEqual({ payload: [label] });
    expect((await work("GET", `/labels/${label.id}`)).body).toEqual(label);
    const changed = await rule("PATCH", `/labels/${label.id}`, {
      body: { show_on_sidebar: "false" },
    });
    expect(changed.body).toEqual({ ...label, show_on_sidebar: false });
    expect((await rule("DELETE", `/labels/${label.id}`)).status).toBe(200);
    expect((await work("GET", `/labels/${label.id}`)).status).toBe(404);
    const stranger = await setUp();
    const theirs = await stranger.add("theirs");
    expect((await rule("PATCH", `/labels/${theirs.id}`, { body: {} })).status).toBe(404);
    expect((await rule("DELETE", `/labels/${theirs.id}`)).status).toBe(404);
  });

  it("refuse a title that is taken, empty or two, and what is no colour", async () => {
    const { rule, add } = await setUp();
    await add("one");
    for (const [body, field] of [
      [{ title: "ONE" }, "title"],
      [{ title: " " }, "title"],
      [{ title: "a,b" }, "title"],
      [{ title: "two", color: "red" }, "color"],
    ] as const) {
      const refused = await rule("POST", "/labels", { body });
      expect(refused.status).toBe(422);
      expect(refused.body.attributes).toEqual([field]);
    }
  });

  it("are renamed and taken away wherever they stand", async () => {
    const { inbox, rule, add } = await setUp();
    const label = await add("old");
    const visitor = await app.build.aVisitor(inbox);
    const { id } = (await asVisitor(app.url, visitor)("POST", "/conversations")).body;
    for (const path of [`/conversations/${id}/labels`, `/contacts/${visitor.id}/labels`]) {
      await rule("POST", path, { body: { labels: ["old", "other"] } });
    }
    const everywhere = async () => [
      (await rule("GET", `/conversations/${id}/labels`)).body.payload,
      (await rule("GET", `/contacts/${visitor.id}/labels`)).body.payload,
    ];
    await rule("PATCH", `/labels/${label.id}`, { body: { title: "new" } });
    const renamed = ["new", "other"];
    await expect.poll(everywhere).toEqual([renamed, renamed]);
    await rule("DELETE", `/labels/${label.id}`);
    await expect.poll(everywhere).toEqual([["other"], ["other"]]);
  });
});
