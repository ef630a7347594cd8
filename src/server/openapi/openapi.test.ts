// The API's description: valid, whole, and with examples that are what they show.
import { Validator } from "@seriousme/openapi-schema-validator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { call } from "../test-kit/call.ts";
import type { ApiDocument, Operation } from "./document.ts";
import { operationGroups } from "./operations.ts";
import { createDocumentChecks } from "../test-kit/document-checks.ts";

let app: TestApp;
let document: ApiDocument;
let operations: { name: string; operation: Operation }[];

beforeAll(async () => {
  app = await openTestApp();
  document = (await call("GET", `${app.url}/api/openapi.json`)).body;
  operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      operation,
    })),
  );
});
afterAll(() => app.close());

describe("the API's description", () => {
  it("is a valid OpenAPI 3.1 document", async () => {
    const validator = new Validator();
    const result = await validator.validate(
      structuredClone(document) as unknown as Record<string, unknown>,
    );
    expect(result.errors ?? []).toEqual([]);
    expect(validator.version).toBe("3.1");
  });

  it("names every operation, each once", () => {
    const missing = operations.filter(({ operation }) => operation.tags.includes("Others"));
    const recipe = missing.map(
      ({ operation }) => `add to src/server/openapi/operations/: "${operation.summary}": ["…"]`,
    );
    expect(recipe).toEqual([]);
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    expect(ids.filter((id) => !/^[a-z][A-Za-z\d]+$/.test(id))).toEqual([]);
    expect(operations.length).toBeGreaterThan(120);
  });

  it("names no operation that is not there", () => {
    const written = operationGroups.flatMap((group) => Object.keys(group.operations));
    expect(written).toHaveLength(operations.length);
  });

  it("names the rows of seed 003 that are built, each once", () => {
    const rows = operationGroups
      .flatMap((group) => Object.values(group.operations))
      .flatMap(([, row]) => row ?? []);
    expect(new Set(rows).size).toBe(rows.length);
    for (const row of [15, 31, 48, 59, 75, 85, 92]) expect(rows).toContain(row);
    const listed = operations.find(({ operation }) => operation.operationId === "listAgents");
    expect(listed?.operation.description).toBe("Row 15 of seed 003.");
  });

  it("gives examples that its own schemas allow", () => {
    const checks = createDocumentChecks(document);
    const faults = operations.flatMap(({ name, operation }) => [
      ...checks.faultsOfExample(operation.requestBody?.content["application/json"], name),
      ...Object.entries(operation.responses).flatMap(([status, answer]) =>
        checks.faultsOfExample(answer.content?.["application/json"], `${name} ${status}`),
      ),
    ]);
    expect(faults).toEqual([]);
  });

  it("says for every operation what a success and a failure look like", () => {
    for (const { name, operation } of operations) {
      const statuses = Object.keys(operation.responses);
      expect([name, statuses.some((status) => status.startsWith("2"))]).toEqual([name, true]);
      expect([name, statuses.some((status) => /^[45]/.test(status))]).toEqual([name, true]);
    }
  });

  it("may be read by tools of other sites, and is not sent twice", async () => {
    const first = await call("GET", `${app.url}/api/openapi.json`);
    expect(first.headers.get("access-control-allow-origin")).toBe("*");
    const headers = { "if-none-match": first.headers.get("etag") ?? "" };
    expect((await call("GET", `${app.url}/api/openapi.json`, { headers })).status).toBe(304);
  });
});
