// The documented API, row by row: its own request is sent, and the answer has what its own example prints.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operationGroups } from "./openapi/operations.ts";
import { openTestApp } from "./test-kit/app.ts";
import type { TestApp } from "./test-kit/app.ts";
import { call } from "./test-kit/call.ts";
import { documentedCalls } from "./test-kit/documented-calls.ts";
import { documentedExamples, filledIn } from "./test-kit/documented-examples.ts";
import { createDocumentedWorld } from "./test-kit/documented-world.ts";
import type { DocumentedWorld } from "./test-kit/documented-world.ts";
import { expectLike } from "./test-kit/example.ts";

let app: TestApp;
let shared: DocumentedWorld;
beforeAll(async () => {
  app = await openTestApp();
  shared = await createDocumentedWorld(app);
});
afterAll(() => app.close());

/** By row: the operation's method and pattern. */
const operations = new Map(
  operationGroups.flatMap(({ operations: named }) =>
    Object.entries(named).flatMap(([key, [, row]]) => (row === undefined ? [] : [[row, key]])),
  ),
);

async function addressOf(pattern: string, { named }: DocumentedWorld): Promise<string> {
  const parts = pattern.split("/").map(async (part) => {
    if (!part.startsWith(":")) return part;
    const name = part.slice(1) as keyof typeof named;
    return encodeURIComponent(await named[name]());
  });
  return (await Promise.all(parts)).join("/");
}

describe("the documented API", () => {
  it("is whole: every row has its operation and its examples", () => {
    expect(documentedExamples.map(({ row }) => row)).toEqual(
      [...operations.keys()].toSorted((one, other) => one - other),
    );
    const unknown = Object.keys(documentedCalls).filter((row) => !operations.has(Number(row)));
    expect(unknown).toEqual([]);
  });

  it.each(documentedExamples)(
    "answers row $row as its example prints it",
    async ({ row, request, response }) => {
      const [method = "", pattern = ""] = operations.get(row)?.split(" ") ?? [];
      // Who only reads can share.
      const world = method === "GET" ? shared : await createDocumentedWorld(app);
      const { query, needs = [], fill, differs } = documentedCalls[row] ?? {};
      for (const name of needs) await world.named[name]();
      const address = await addressOf(pattern, world);
      const headers = { "api-access-token": world.administrator.accessToken };
      const body = request && filledIn(request, (await fill?.(world)) ?? {});
      const url = `${app.url}${address}${query === undefined ? "" : `?${query}`}`;
      const answer = await call(method, url, body ? { body, headers } : { headers });
      expect([answer.status, answer.status === 200 || answer.body]).toEqual([200, true]);
      if (response) expectLike(answer.body, response, differs);
      else expect(answer.body).toBe("");
    },
  );
});
