// Custom attributes' definitions in the application API: seed 003, rows 37–40.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { customAttributeSchema } from "../../protocol/records-administration.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { asAgent } from "../test-kit/call.ts";
import { documentedRequest } from "../test-kit/documented-examples.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const PATH = "/custom_attribute_definitions";
const asked = documentedRequest(38);

async function setUp() {
  const account = await app.build.anAccount();
  const rule = asAgent(app.url, await app.build.anAgent(account, { role: "administrator" }));
  const add = (body: object) => rule("POST", PATH, { body: { ...asked, ...body } });
  return { account, rule, add };
}

describe("custom attributes (rows 37–40)", () => {
  it("are made, read and changed as printed", async () => {
    const { rule, add } = await setUp();
    const made = await add({});
    expect(made.status).toBe(200);
    expect(customAttributeSchema.strict().parse(made.body)).toMatchObject({
      attribute_display_type: "text",
      attribute_model: "conversation_attribute",
      attribute_values: '["string"]',
    });
    const path = `${PATH}/${made.body.id}`;
    expect((await rule("GET", path)).body).toEqual(made.body);
    // What was read may be written again.
    const changed = await rule("PATCH", path, {
      body: { ...made.body, attribute_display_type: 6, attribute_values: '["a","b"]' },
    });
    expect(changed.body).toEqual({
      ...made.body,
      attribute_display_type: "list",
      attribute_values: '["a","b"]',
    });
    expect((await rule("PATCH", path, { body: {} })).body).toEqual(changed.body);
    expect((await rule("DELETE", path)).status).toBe(200);
    expect((await rule("GET", path)).status).toBe(404);
  });

  it("are listed by what they belong to", async () => {
    const { account, add } = await setUp();
    await add({ attribute_key: "plan" });
    await add({ attribute_key: "plan", attribute_model: "1", attribute_display_type: "7" });
    const work = asAgent(app.url, await app.build.anAgent(account));
    const list = async (query: string) => {
      const { body } = await work("GET", PATH + query);
      return body.map((row: { attribute_model: string }) => row.attribute_model);
    };
    expect(await list("?attribute_model=0")).toEqual(["conversation_attribute"]);
    expect(await list("?attribute_model=1")).toEqual(["contact_attribute"]);
    expect(await list("")).toHaveLength(2);
  });

  it.each([
    [{ attribute_display_type: 8 }, "attribute_display_type"],
    [{ attribute_model: 2 }, "attribute_model"],
    [{ attribute_key: " " }, "attribute_key"],
    [{ attribute_values: { a: 1 } }, "attribute_values"],
    [{ attribute_key: "taken" }, "attribute_key"],
  ])("refuse %o", async (body, field) => {
    const { add } = await setUp();
    await add({ attribute_key: "taken" });
    const refused = await add(body);
    expect(refused.status).toBe(422);
    expect(refused.body.attributes).toEqual([field]);
  });

  it("of another account are not there", async () => {
    const { id } = (await (await setUp()).add({})).body;
    const { rule } = await setUp();
    for (const method of ["GET", "PATCH", "DELETE"]) {
      const options = method === "PATCH" ? { body: {} } : {};
      expect((await rule(method, `${PATH}/${id}`, options)).status).toBe(404);
    }
  });
});
