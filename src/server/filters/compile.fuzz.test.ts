// Filters against everything that a client can write in them: answered, or refused in 4xx; never more.
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { custom_attribute_definitions } from "../database/custom-attribute-tables.ts";
import { attributeDisplayTypes } from "../../protocol/lists.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestAgent, TestApp } from "../test-kit/app.ts";
import { asAgent, asVisitor } from "../test-kit/call.ts";

let app: TestApp;
let agent: TestAgent;
beforeAll(async () => {
  app = await openTestApp();
  const account = await app.build.anAccount();
  const inbox = await app.build.anInbox(account);
  agent = await app.build.anAgent(account, { role: "administrator" });
  for (const attribute_model of ["contact_attribute", "conversation_attribute"] as const) {
    await app.db.insert(custom_attribute_definitions).values(
      attributeDisplayTypes.map((attribute_display_type) => ({
        account_id: account,
        attribute_model,
        attribute_key: `my ${attribute_display_type}'"; --`,
        attribute_display_name: attribute_display_type,
        attribute_display_type,
      })),
    );
  }
  const custom_attributes = Object.fromEntries(
    attributeDisplayTypes.map((kind, index) => [
      `my ${kind}'"; --`,
      ["x", "12", "1e400", -1, "https://a.b", "2026-99-99", ["a"], "TRUE"][index],
    ]),
  );
  const visitor = await app.build.aVisitor(inbox, { email: "v@example.com", custom_attributes });
  await asVisitor(app.url, visitor)("POST", "/conversations", { body: { custom_attributes } });
});
afterAll(() => app.close());

const nasty = [
  "'; drop table contacts; --",
  "' or 1=1 --",
  '") or true or ("',
  "$1",
  "{a,b}",
  "%",
  "_",
  "\\",
  "\\'",
  "__proto__",
  "constructor",
  "\u0000",
  "\ud800",
  "<script>alert(1)</script>",
  "9".repeat(400),
  "1e999",
  "-0",
  "NaN",
  "Infinity",
  "2026-02-31",
  "2026-05-04",
  "2026-05-04T10:00:00Z",
  "999999-01-01",
  "true",
  "",
  " ",
];
const keys = [
  "status priority browser_language country_code assignee_id inbox_id team_id campaign_id labels",
  "display_id referer mail_subject created_at blocked last_activity_at name email phone_number",
  "identifier city company",
]
  .flatMap((line) => line.split(" "))
  .concat(attributeDisplayTypes.map((kind) => `my ${kind}'"; --`));
const operators = [
  "equal_to not_equal_to contains does_not_contain is_present is_not_present is_greater_than",
  "is_less_than days_before starts_with eq not_eq",
].flatMap((line) => line.split(" "));

const text = fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: "binary", maxLength: 20 }));
const scalar = fc.oneof(
  text,
  fc.double(),
  fc.bigInt().map(Number),
  fc.constantFrom(0, -1, 1, 2 ** 53, 2 ** 63, 1e308),
  fc.boolean(),
);
const values = fc.oneof(
  { weight: 6, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  { weight: 1, arbitrary: scalar },
  { weight: 1, arbitrary: fc.jsonValue() },
);
const mostly = (known: string[]) =>
  fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...known) },
    { weight: 1, arbitrary: text },
    { weight: 1, arbitrary: fc.jsonValue() },
  );
const condition = fc.record(
  {
    attribute_key: mostly(keys),
    filter_operator: mostly(operators),
    values,
    query_operator: mostly(["AND", "OR", "and"]),
  },
  { requiredKeys: ["attribute_key", "filter_operator"] },
);
const payload = fc.oneof(
  { weight: 20, arbitrary: fc.array(condition, { maxLength: 4 }) },
  { weight: 1, arbitrary: fc.jsonValue() },
);

describe("a filter of anything", () => {
  it.each(["/contacts/filter", "/conversations/filter"])(
    "is answered or refused by %s",
    async (path) => {
      const work = asAgent(app.url, agent);
      const seen = new Map<number, number>();
      await fc.assert(
        fc.asyncProperty(payload, async (said) => {
          const { status } = await work("POST", path, { body: { payload: said } });
          seen.set(status, (seen.get(status) ?? 0) + 1);
          expect([200, 400, 422]).toContain(status);
        }),
        { seed: 20_260_504, numRuns: 600 },
      );
      // Neither everything nor nothing was refused.
      expect(seen.get(200)).toBeGreaterThan(20);
      expect(seen.get(422)).toBeGreaterThan(20);
      const all = await work("POST", path, { body: { payload: [] } });
      expect(all.headers.get("total-count")).toBe("1");
    },
    60_000,
  );

  it("takes every operator of every attribute with a value that fits", async () => {
    const work = asAgent(app.url, agent);
    for (const path of ["/contacts/filter", "/conversations/filter"]) {
      for (const attribute_key of keys) {
        for (const filter_operator of operators) {
          for (const value of ["1", "2026-05-04", "open", "urgent", "true"]) {
            const said = [{ attribute_key, filter_operator, values: [value] }];
            const { status, body } = await work("POST", path, { body: { payload: said } });
            expect([200, 422]).toContain(status);
            // Refused whatever the value.
            if (/^Invalid (operator|attribute key)/.test(body.message ?? "")) break;
          }
        }
      }
    }
  }, 120_000);

  it("holds no more than a filter may", async () => {
    const work = asAgent(app.url, agent);
    const one = { attribute_key: "status", filter_operator: "eq", values: ["open"] };
    const many = Array.from({ length: 51 }, () => ({ ...one, query_operator: "OR" }));
    const post = (said: unknown) =>
      work("POST", "/conversations/filter", { body: { payload: said } });
    expect((await post(many)).status).toBe(422);
    expect((await post(many.slice(0, 50))).status).toBe(200);
    const wide = { ...one, values: Array.from({ length: 101 }, () => "open") };
    expect((await post([wide])).status).toBe(422);
    const polluting = '{"payload":[],"__proto__":{"polluted":true}}';
    const answer = await work("POST", "/conversations/filter", { body: polluting });
    expect(answer.status).toBeGreaterThanOrEqual(200);
    expect(answer.status).toBeLessThan(500);
    expect({}).not.toHaveProperty("polluted");
  });
});
