// Who may do what: every operation of the application API, asked by everybody.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accessTable, requestOf } from "./test-kit/access-table.ts";
import type { AccessRow, Who } from "./test-kit/access-table.ts";
import { ask, createAccessWorld } from "./test-kit/access-world.ts";
import type { AccessWorld } from "./test-kit/access-world.ts";
import { openTestApp } from "./test-kit/app.ts";
import type { TestApp } from "./test-kit/app.ts";

let app: TestApp;
/** For what changes nothing: readings and refusals. */
let world: AccessWorld;
beforeAll(async () => {
  app = await openTestApp({
    // Nobody is there: what is sent waits for a mail server.
    config: { mail: { smtpUrl: "smtp://127.0.0.1:9", from: "parlor@parlor.test" } },
    limits: { outgoing: { resolveHost: async () => ["93.184.216.34"] } },
  });
  world = await createAccessWorld(app);
});
afterAll(() => app.close());

type Insider = "agent" | "outsider" | "administrator";

const expected: Record<Who, Record<Insider, number>> = {
  administrators: { agent: 401, outsider: 401, administrator: 200 },
  inbox: { agent: 200, outsider: 404, administrator: 200 },
  member: { agent: 200, outsider: 401, administrator: 200 },
  account: { agent: 200, outsider: 200, administrator: 200 },
  owner: { agent: 200, outsider: 404, administrator: 404 },
};

/** What becomes of the request of each insider; whoever succeeds does so on things of his own. */
async function statusesOf(row: AccessRow): Promise<Record<Insider, number>> {
  const statuses = { ...expected[row.who] };
  for (const who of ["agent", "outsider", "administrator"] as const) {
    const changes = row.method !== "GET" && statuses[who] === 200;
    const his = changes ? await createAccessWorld(app) : world;
    statuses[who] = await ask(app, await requestOf(row, his), his.people[who].accessToken);
  }
  return statuses;
}

describe("agents and administrators", () => {
  const cases = accessTable.map((row) => [`${row.method} ${row.path}`, row.who, row] as const);
  it.each(cases)("%s answers as it should: %s", async (_name, _who, row) => {
    expect(await statusesOf(row)).toEqual(expected[row.who]);
    if (!row.path.includes(":") && !row.bodyNames) return;
    const { stranger } = world.people;
    const request = { ...(await requestOf(row, world)), account: stranger.accountId };
    expect(await ask(app, request, stranger.accessToken)).toBe(404);
  });
});

/** Every route below an account, with its methods, from the router's own drawing. */
function routesOfAccounts(): { method: string; path: string }[] {
  const prefixes: string[] = [];
  return app.app.http
    .printRoutes({ commonPrefix: false })
    .split("\n")
    .flatMap((line) => {
      const [, indent = "", part = "", methods] =
        /^([│├└─ \u00a0]*)(\S+)(?: \((.+)\))?$/u.exec(line) ?? [];
      if (part === "") return [];
      const depth = Math.round(indent.length / 4);
      prefixes.length = depth;
      prefixes[depth] = part;
      const path = prefixes.join("").replace("//", "/");
      const [, below] = /^\/api\/v1\/accounts\/:account(.*)$/.exec(path) ?? [];
      if (below === undefined || methods === undefined) return [];
      return methods
        .split(", ")
        .filter((method) => method !== "HEAD")
        .map((method) => ({ method, path: below.replaceAll(/:\w+/g, "1") }));
    });
}

describe("the table", () => {
  it("has a row for every operation there is, and none for another", () => {
    const shape = ({ method, path }: { method: string; path: string }) =>
      `${method} ${path.replace(/\?.*$/, "").replaceAll(/:\w+/g, "1").replace(/\/$/, "")}`;
    const there = [...new Set(routesOfAccounts().map(shape))].toSorted();
    expect([...new Set(accessTable.map(shape))].toSorted()).toEqual(there);
  });
});

describe("everybody else", () => {
  it("is refused by every operation there is, before anything is read", async () => {
    const routes = routesOfAccounts();
    expect(routes.length).toBeGreaterThan(80);
    const { stranger } = world.people;
    for (const route of routes) {
      const request = { ...route, account: world.account };
      const body = route.method === "GET" ? undefined : {};
      const tokens = [undefined, "", "x", ...world.visitorTokens, stranger.accessToken];
      const statuses = await Promise.all(
        tokens.map((token) => ask(app, { ...request, body }, token)),
      );
      expect([route, statuses]).toEqual([route, tokens.map(() => 401)]);
    }
  });
});
