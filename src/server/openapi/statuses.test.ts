// Failures that the description lists: each operation is brought to answer each of them, and does.
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { call } from "../test-kit/call.ts";
import type { CallOptions } from "../test-kit/call.ts";
import { createDescribedWorld } from "../test-kit/described-world.ts";
import type { DescribedWorld } from "../test-kit/described-world.ts";
import { createDocumentChecks } from "../test-kit/document-checks.ts";
import type { DescribedOperation, DocumentChecks } from "../test-kit/document-checks.ts";

let app: TestApp;
let world: DescribedWorld;
let checks: DocumentChecks;
/** Tokens that are meant for little, by what they are meant for. */
let narrow: Record<"snooze" | "contacts", string>;

beforeAll(async () => {
  app = await openTestApp({
    config: { logLevel: "fatal", allowPrivateAddresses: ["127.0.0.1"] },
    limits: { outgoing: { resolveHost: async () => ["127.0.0.1"] } },
  });
  world = await createDescribedWorld(app);
  checks = createDocumentChecks(app.app.apiDocument());
  narrow = { snooze: await aToken("snooze"), contacts: await aToken("contacts") };
});
afterAll(() => app.close());

const accountPath = () => `${app.url}/api/v1/accounts/${world.ids["account_id"]}`;
const bearer = (token: string) => ({ "api-access-token": token, authorization: `Bearer ${token}` });

async function aToken(scope: string): Promise<string> {
  const body = { name: scope, scopes: [scope] };
  const made = await call("POST", `${accountPath()}/access_tokens`, {
    body,
    headers: bearer(world.token),
  });
  return made.body.token as string;
}

interface Way {
  /** Other ids than those that are there. */
  ids?: (names: string[]) => Record<string, string>;
  query?: (operation: DescribedOperation) => string;
  ask: (operation: DescribedOperation) => CallOptions;
  /** Operations that answer so for a reason of their own: other tests see to it. */
  elsewhere?: RegExp;
}

const json = { "content-type": "application/json" };
const example = ({ operation }: DescribedOperation) =>
  operation.requestBody?.content["application/json"]?.example;
/** All that a body may hold. */
function fieldsOf({ operation }: DescribedOperation): string[] {
  const name = operation.requestBody?.content["application/json"]?.schema.$ref?.split("/").at(-1);
  const schema = app.app.apiDocument().components.schemas[name ?? ""];
  const choices = schema?.anyOf ?? schema?.oneOf ?? [schema];
  return choices.flatMap((one) => Object.keys(one?.properties ?? {}));
}
const asUsual = (of: DescribedOperation) => ({
  headers: bearer(world.token),
  ...(example(of) === undefined ? {} : { body: example(of) }),
});

const tooMuch = JSON.stringify({ content: "x".repeat(1_100_000) });
const MISSING = 999_999_999;
/** Requests that name what is not there otherwise than in their paths; `null` and `{}` name nothing more. */
const bodies: Record<string, object> = {
  "/snoozes": { object_id: MISSING },
  "/snooze": { id: MISSING, snoozedUntil: null },
  "/contact_merge": { base_contact_id: MISSING, mergee_contact_id: MISSING + 1 },
};

const ways: Record<string, Way> = {
  "400": {
    ask: () => ({ headers: { ...bearer(world.token), ...json }, body: "{" }),
    // What is wrong in a query of this dialect: its own tests ask.
    elsewhere: /^GET \/dialects/,
  },
  "401": {
    ask: () => ({}),
    // Whoever signs in, or says who he is, says so in the body.
    elsewhere: / \/(auth|public)\//,
  },
  "403": {
    ask: ({ name }) => ({
      headers: bearer(
        /follow-up|\/snoozes|\/dialects/.test(name) ? narrow.contacts : narrow.snooze,
      ),
    }),
    // A website that the inbox does not allow, or a session without its CSRF token.
    elsewhere: / \/(auth|public)\/| \/api\/v1\/profile/,
  },
  "404": {
    ids: (names) =>
      Object.fromEntries(
        names
          .filter((name) => name !== "account_id")
          .map((name) => [name, name === "delivery_id" ? crypto.randomUUID() : "999999999"]),
      ),
    ask(described) {
      const [method = "", path = ""] = described.name.split(" ");
      const named = Object.entries(bodies).find(([end]) => path.endsWith(end))?.[1];
      const body = named ?? (/^(PATCH|PUT)$/.test(method) && path.includes("{") ? {} : undefined);
      return { ...asUsual(described), ...(body && !/\/\w*members$/.test(path) ? { body } : {}) };
    },
    // A team that a list is asked for; a day that must be tomorrow; what a page of one's own shows.
    elsewhere: /^GET \S+\/conversations(\/meta)?$|follow-up(\/create)?$/,
  },
  "422": {
    query: ({ operation }) => {
      const asked = operation.parameters.filter((one) => one.in === "query");
      return asked.map(({ name }) => `${name}=%00`).join("&");
    },
    ask: (described) => ({
      headers: bearer(world.token),
      body: Object.fromEntries(fieldsOf(described).map((name) => [name, { wrong: "\u0000" }])),
    }),
    // What became of a conversation cannot be deleted.
    elsewhere: /^DELETE \S+\/messages/,
  },
  "413": {
    ask: () => ({ headers: { ...bearer(world.token), ...json }, body: tooMuch }),
  },
  "429": {
    ask: () => ({ headers: { ...bearer(crypto.randomUUID()), "x-forwarded-for": "203.0.113.9" } }),
  },
  // Its tables are gone.
  "500": {
    ask: asUsual,
    // An invitation is looked at before any table is.
    elsewhere: /\/auth\/password/,
  },
};

/** What the operations that list a status answer instead of it. */
async function faultsOf(status: string, of: TestApp = app): Promise<string[]> {
  const { ids, query, ask, elsewhere } = ways[status] ?? { ask: asUsual };
  const faults: string[] = [];
  for (const described of checks.operations) {
    const { name, operation } = described;
    if (!operation.responses[status] || elsewhere?.test(name)) continue;
    const [method = "", pattern = ""] = name.split(" ");
    const names = [...pattern.matchAll(/\{(\w+)\}/g)].map(([, one = ""]) => one);
    const wrong = ids?.(names) ?? {};
    const path = pattern.replaceAll(/\{(\w+)\}/g, (_match, one: string) =>
      encodeURIComponent(wrong[one] ?? world.ids[one] ?? "1"),
    );
    const { body, headers = {} } = ask(described);
    const options = method === "GET" || body === undefined ? { headers } : { headers, body };
    const asked = query?.(described) ?? "";
    const answer = await call(method, `${of.url}${path}${asked && `?${asked}`}`, options);
    if (String(answer.status) === status) continue;
    faults.push(`${name} answers ${answer.status}: ${JSON.stringify(answer.body).slice(0, 120)}`);
  }
  return faults;
}

it.each(["400", "401", "403", "404", "413", "422"])(
  "every operation that lists %s answers it",
  async (status) => {
    expect(await faultsOf(status)).toEqual([]);
  },
);

it("every operation that lists 429 answers it to who asks too often", async () => {
  const limited = await openTestApp({ config: { rateLimits: { address: 1 } } });
  try {
    // The first one uses the only point up.
    expect(await faultsOf("429", limited)).toHaveLength(1);
  } finally {
    await limited.close();
  }
});

it("every operation that lists 500 answers it when the fault is ours", async () => {
  for (const table of ["users", "inboxes"]) {
    await app.db.execute(sql.raw(`alter table ${table} rename to lost_${table}`));
  }
  try {
    expect(await faultsOf("500")).toEqual([]);
  } finally {
    for (const table of ["users", "inboxes"]) {
      await app.db.execute(sql.raw(`alter table lost_${table} rename to ${table}`));
    }
  }
});
