// Lists: how much there is and where the rest is, whichever operation answers one; and where they end.
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KEPT_MAX } from "../../protocol/limits.ts";
import { accessTable, requestOf } from "../test-kit/access-table.ts";
import { createAccessWorld } from "../test-kit/access-world.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { asAgent } from "../test-kit/call.ts";
import { aConversationAccount } from "../test-kit/conversations.ts";

let app: TestApp;
const clock = { now: new Date("2026-05-04T10:00:00.000Z") };
beforeAll(async () => {
  app = await openTestApp({
    clock: () => clock.now,
    limits: { outgoing: { resolveHost: async () => ["93.184.216.34"] } },
  });
});
afterAll(() => app.close());

const isList = (body: { payload?: unknown; data?: { payload?: unknown } }) =>
  [body, body.payload, body.data?.payload].some((one) => Array.isArray(one));

it("every operation that answers a list says how much there is", async () => {
  const world = await createAccessWorld(app);
  const work = asAgent(app.url, world.people.agent);
  const rule = asAgent(app.url, world.people.administrator);
  const silent: string[] = [];
  let lists = 0;
  const asked = accessTable.filter(
    ({ method, path }) => method === "GET" || path.endsWith("/filter"),
  );
  for (const row of asked) {
    const { method, path, body } = await requestOf(row, world);
    const ask = row.who === "owner" ? work : rule;
    const answer = await ask(method, path, method === "GET" ? {} : { body });
    if (answer.status !== 200 || !isList(answer.body)) continue;
    lists += 1;
    if (!/^\d+$/.test(answer.headers.get("total-count") ?? ""))
      silent.push(`${method} ${row.path}`);
  }
  expect(silent).toEqual([]);
  expect(lists).toBeGreaterThan(20);
});

describe("a list", () => {
  it("is cut into pages of the size that is asked for, with links to the others", async () => {
    const account = await app.build.anAccount();
    const rule = asAgent(app.url, await app.build.anAgent(account, { role: "administrator" }));
    for (const title of ["a", "b", "c", "d", "e"])
      await rule("POST", "/labels", { body: { title } });
    const whole = await rule("GET", "/labels");
    expect(whole.body.payload).toHaveLength(5);
    expect([whole.headers.get("total-count"), whole.headers.get("link")]).toEqual(["5", null]);
    const second = await rule("GET", "/labels?page=2&per_page=2");
    expect(second.body.payload.map(({ title }: { title: string }) => title)).toEqual(["c", "d"]);
    expect(second.headers.get("total-count")).toBe("5");
    const list = `/api/v1/accounts/${account}/labels`;
    expect(second.headers.get("link")).toBe(
      [
        `<${list}?page=1&per_page=2>; rel="first"`,
        `<${list}?page=1&per_page=2>; rel="prev"`,
        `<${list}?page=3&per_page=2>; rel="next"`,
        `<${list}?page=3&per_page=2>; rel="last"`,
      ].join(", "),
    );
    expect((await rule("GET", "/labels?per_page=0")).status).toBe(422);
  });

  it("of a contact's conversations goes on after 25 (row 24)", async () => {
    const { work, visitor, visit } = await aConversationAccount(app, clock);
    for (let made = 0; made < 27; made += 1) await visit("POST", "/conversations");
    const path = `/contacts/${visitor.id}/conversations`;
    const [first, second] = [await work("GET", path), await work("GET", `${path}?page=2`)];
    expect([first.body.length, second.body.length]).toEqual([25, 2]);
    expect(first.headers.get("total-count")).toBe("27");
    expect(first.headers.get("link")).toContain('page=2>; rel="next"');
    const ids = [...first.body, ...second.body].map(({ id }: { id: number }) => id);
    expect(new Set(ids).size).toBe(27);
    expect((await work("GET", `${path}?per_page=100`)).body).toHaveLength(27);
  });

  it.each([
    ["/labels", "labels (account_id, title)", { title: "one more" }],
    ["/teams", "teams (account_id, name)", { name: "one more" }],
    [
      "/canned_responses",
      "canned_responses (account_id, content, short_code)",
      { short_code: "more", content: "One more" },
    ],
    [
      "/custom_attribute_definitions",
      "custom_attribute_definitions (account_id, attribute_display_name, attribute_key, attribute_model)",
      { attribute_display_name: "One more", attribute_key: "more" },
    ],
    ["/inboxes", "inboxes (account_id, name, hmac_token, website_token)", { name: "One more" }],
  ])("%s has an end", async (path, columns, body) => {
    const account = await app.build.anAccount();
    const rule = asAgent(app.url, await app.build.anAgent(account, { role: "administrator" }));
    const fields = columns.split(",").slice(1);
    const values = fields
      .map((field) =>
        field.includes("_model") ? "'contact_attribute'" : "'x' || gen_random_uuid()",
      )
      .join(", ");
    await app.db.execute(
      sql.raw(
        `insert into ${columns} select ${account}, ${values} from generate_series(1, ${KEPT_MAX - 1})`,
      ),
    );
    expect((await rule("POST", path, { body })).status).toBe(200);
    const another = Object.fromEntries(
      Object.entries(body).map(([key, value]) => [key, `${value}2`.replace(" ", "-")]),
    );
    const refused = await rule("POST", path, { body: another });
    expect(refused.status).toBe(422);
    expect(refused.body.message).toMatch(/^An account may have 1000 /);
    expect((await rule("GET", path)).headers.get("total-count")).toBe(String(KEPT_MAX));
  });
});
