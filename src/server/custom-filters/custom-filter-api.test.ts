// Saved filters in the application API: seed 003, rows 41–44.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CUSTOM_FILTERS_MAX } from "../../protocol/limits.ts";
import { customFilterSchema } from "../../protocol/records-administration.ts";
import { custom_filters } from "../database/administration-tables.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { asAgent } from "../test-kit/call.ts";
import { documentedRequest } from "../test-kit/documented-examples.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const asked = documentedRequest(42);

async function setUp() {
  const account = await app.build.anAccount();
  const agent = await app.build.anAgent(account);
  const work = asAgent(app.url, agent);
  const save = async (body: object = {}) =>
    (await work("POST", "/custom_filters", { body: { ...asked, ...body } })).body;
  return { account, agent, work, save };
}

describe("saved filters (rows 41–44)", () => {
  it("are saved, read, changed and deleted as printed", async () => {
    const { work } = await setUp();
    const made = await work("POST", "/custom_filters", { body: asked });
    expect(made.status).toBe(200);
    customFilterSchema.strict().parse(made.body);
    const path = `/custom_filters/${made.body.id}`;
    expect((await work("GET", path)).body).toEqual(made.body);
    const query = { payload: [{ attribute_key: "status", values: ["open"] }] };
    const changed = await work("PATCH", path, { body: { name: "Mine", query } });
    expect(changed.body).toMatchObject({ name: "Mine", query, created_at: made.body.created_at });
    expect((await work("DELETE", path)).status).toBe(200);
    expect((await work("GET", path)).status).toBe(404);
  });

  it("are listed by kind, conversations' unless told", async () => {
    const { work, save } = await setUp();
    await save();
    const contacts = (await save({ type: "contact" })).id;
    const reports = await work("POST", "/custom_filters?filter_type=report", {
      body: { name: "R", query: {} },
    });
    const ids = async (query: string) => {
      const { body } = await work("GET", `/custom_filters${query}`);
      return body.map((row: { id: number }) => row.id);
    };
    expect(await ids("")).toHaveLength(1);
    expect(await ids("?filter_type=contact")).toEqual([contacts]);
    expect(await ids("?filter_type=report")).toEqual([reports.body.id]);
    expect((await work("GET", "/custom_filters?filter_type=x")).status).toBe(422);
  });

  it("are their owner's alone, even before administrators", async () => {
    const { account, save } = await setUp();
    const { id } = await save();
    const rule = asAgent(app.url, await app.build.anAgent(account, { role: "administrator" }));
    expect((await rule("GET", "/custom_filters")).body).toEqual([]);
    for (const method of ["GET", "PATCH", "DELETE"]) {
      const options = method === "PATCH" ? { body: {} } : {};
      expect((await rule(method, `/custom_filters/${id}`, options)).status).toBe(404);
    }
  });

  it("are a thousand at most", async () => {
    const { account, agent, save, work } = await setUp();
    const row = { account_id: account, user_id: agent.id, name: "x", query: {} };
    const rows = Array.from({ length: CUSTOM_FILTERS_MAX - 1 }, () => ({
      ...row,
      filter_type: "contact" as const,
    }));
    await app.db.insert(custom_filters).values(rows);
    expect(await save()).toMatchObject({ name: "string" });
    const refused = await work("POST", "/custom_filters", { body: asked });
    expect(refused.status).toBe(422);
    for (const body of [
      { ...asked, query: "x" },
      { ...asked, name: "" },
    ]) {
      expect((await work("POST", "/custom_filters", { body })).status).toBe(422);
    }
  });
});
