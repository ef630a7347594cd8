// The reference's page: whole, escaped, and within the policy that forbids inline scripts and styles.
import { expect, it } from "vitest";
import { startTestApp } from "../test-kit/app.ts";
import { call } from "../test-kit/call.ts";
import type { ApiDocument } from "./document.ts";
import { renderReference } from "./page.ts";

const hostile = `</code><script>alert(1)</script>'"&`;

it("shows every operation and every record, each once, and what its links lead to", async () => {
  const app = await startTestApp();
  const { status, headers, body } = await call("GET", `${app.url}/api/docs`);
  const page = body as string;
  expect(status).toBe(200);
  expect(headers.get("content-type")).toBe("text/html; charset=utf-8");
  const policy = headers.get("content-security-policy") ?? "";
  expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
  const document = app.app.apiDocument();
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const item of Object.values(document.paths)) {
    for (const { operationId } of Object.values(item)) expect(ids).toContain(operationId);
  }
  const dead = [...page.matchAll(/ href="#([^"]+)"/g)].filter(([, id]) => !ids.includes(id));
  expect(dead.map(([link]) => link)).toEqual([]);
  // What the policy would refuse, and what would not work offline.
  expect(page).not.toMatch(/<style|<script(?! type="module" src="\/api-docs\/)| style=| on\w+="/);
  const elsewhere = [...page.matchAll(/ (?:src|href)="([^"#]*)"/g)].filter(
    ([, to = ""]) => !/^\/(?!\/)/.test(to),
  );
  expect(elsewhere).toEqual([]);
  const again = { headers: { "if-none-match": headers.get("etag") ?? "" } };
  expect((await call("GET", `${app.url}/api/docs/`, again)).status).toBe(304);
});

it("shows texts as they are, wherever they stand", () => {
  const schema = { type: "object", properties: { [hostile]: { description: hostile } } };
  const operation = {
    operationId: "sayIt",
    summary: hostile,
    description: hostile,
    tags: [hostile],
    security: [{ accessToken: [] }],
    parameters: [
      { name: hostile, in: "path" as const, required: true, schema: {}, example: hostile },
    ],
    requestBody: { required: true, content: { "application/json": { schema, example: hostile } } },
    responses: {
      200: { description: "Done", content: { "application/json": { schema, example: hostile } } },
    },
  };
  const document: ApiDocument = {
    openapi: "3.1.0",
    jsonSchemaDialect: "",
    info: { title: hostile, version: "1", description: hostile },
    servers: [{ url: hostile }],
    tags: [{ name: hostile, description: hostile }],
    paths: { [`/${hostile}`]: { post: operation } },
    components: { schemas: {}, responses: {}, securitySchemes: {} },
  };
  const page = renderReference(document);
  expect(page.match(/<script/g)).toHaveLength(1);
  expect(page).not.toContain(`'"&`);
  expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;&#39;&quot;&amp;");
  // The shell's quotes are closed, escaped and opened again.
  expect(page).toContain(String.raw`&#39;\&#39;&#39;`);
});
