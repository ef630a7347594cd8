// Who may do what: every operation that there is, asked by everybody.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { doorTable } from "./test-kit/access-doors.ts";
import type { Asking, Caller, DoorRow } from "./test-kit/access-doors.ts";
import { accessTable, requestOf, things } from "./test-kit/access-table.ts";
import type { AccessRow, Who } from "./test-kit/access-table.ts";
import { ask, createAccessWorld } from "./test-kit/access-world.ts";
import type { AccessWorld, Person } from "./test-kit/access-world.ts";
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

const callers = Object.keys({
  nobody: 0,
  visitor: 0,
  otherVisitor: 0,
  agent: 0,
  limited: 0,
  outsider: 0,
  foreignAgent: 0,
  foreignAdministrator: 0,
  administrator: 0,
} satisfies Record<Caller, 0>) as Caller[];

type Insider = "agent" | "limited" | "outsider" | "administrator";

/** Of each insider; everybody else is told that he must prove who he is. */
const expected: Record<Who, Record<Insider, number>> = {
  administrators: { agent: 401, limited: 401, outsider: 401, administrator: 200 },
  inbox: { agent: 200, limited: 200, outsider: 404, administrator: 200 },
  conversation: { agent: 200, limited: 404, outsider: 404, administrator: 200 },
  member: { agent: 200, limited: 200, outsider: 401, administrator: 200 },
  account: { agent: 200, limited: 200, outsider: 200, administrator: 200 },
  contacts: { agent: 200, limited: 401, outsider: 200, administrator: 200 },
  wholeInbox: { agent: 200, limited: 401, outsider: 401, administrator: 200 },
  maker: { agent: 200, limited: 404, outsider: 404, administrator: 200 },
  owner: { agent: 200, limited: 404, outsider: 404, administrator: 404 },
};
const outsiders = {
  nobody: 401,
  visitor: 401,
  otherVisitor: 401,
  foreignAgent: 401,
  foreignAdministrator: 401,
};

/** What a caller has to show for himself: an access token, or what he could take for one. */
function tokenOf(caller: Caller, { people, visitors }: AccessWorld): string | undefined {
  if (caller === "nobody") return undefined;
  if (caller === "visitor") return visitors.visitor.pubsubToken;
  if (caller === "otherVisitor") return visitors.otherVisitor.sourceId;
  return people[caller].accessToken;
}

/** The status of each caller's request; whoever changes something does so in a world of his own. */
async function statusesOf(
  statuses: Record<Caller, number>,
  method: string,
  request: (world: AccessWorld, caller: Caller) => Promise<Parameters<typeof ask>[1]>,
): Promise<Record<Caller, number>> {
  const answers = await Promise.all(
    callers.map(async (caller) => {
      const changes = method !== "GET" && statuses[caller] === 200;
      const his = changes ? await createAccessWorld(app) : world;
      const status = await ask(app, await request(his, caller), tokenOf(caller, his));
      return [caller, status] as const;
    }),
  );
  return Object.fromEntries(answers) as Record<Caller, number>;
}

async function requestBelow(row: AccessRow, of: AccessWorld, account = of.account) {
  const { method, path, body } = await requestOf(row, of);
  return { method, path: `/api/v1/accounts/${account}${path}`, body };
}

describe("below an account", () => {
  const cases = accessTable.map((row) => [`${row.method} ${row.path}`, row.who, row] as const);
  it.each(cases)("%s answers as it should: %s", async (_name, who, row) => {
    const statuses = { ...outsiders, ...expected[who] };
    expect(await statusesOf(statuses, row.method, (of) => requestBelow(row, of))).toEqual(statuses);
    // In his own account it is not there.
    if (!row.path.includes(":") && !row.bodyNames) return;
    const { foreignAdministrator, foreignAgent } = world.people;
    const own = await requestBelow(row, world, foreignAdministrator.accountId);
    expect(await ask(app, own, foreignAdministrator.accessToken)).toBe(404);
    expect([401, 404]).toContain(await ask(app, own, foreignAgent.accessToken));
  });
});

/** A visitor says his source id in the path; anybody else can only say something that is none. */
function askingOf(caller: Caller, of: AccessWorld): Asking {
  const { visitors, people } = of;
  const isVisitor = caller === "visitor" || caller === "otherVisitor";
  const source = isVisitor ? visitors[caller].sourceId : (tokenOf(caller, of) ?? "unknown-source");
  const user = caller in people ? people[caller as Person] : undefined;
  return { caller, source, userId: user?.id ?? 1 };
}

async function requestAt(row: DoorRow, of: AccessWorld, caller: Caller) {
  const asking = askingOf(caller, of);
  let path = row.url.replace(":source", asking.source).replace(":inbox", of.inboxToken);
  for (const [, name = ""] of path.matchAll(/:(\w+)/g)) {
    path = path.replace(`:${name}`, String(await things[name]?.(of)));
  }
  return { method: row.method, path: path + (row.query ?? ""), body: await row.body?.(of, asking) };
}

describe("at the other doors", () => {
  const cases = doorTable.map((row) => [`${row.method} ${row.url}`, row] as const);
  it.each(cases)("%s answers as it should", async (_name, row) => {
    const answers = await statusesOf(row.expected, row.method, (of, caller) =>
      requestAt(row, of, caller),
    );
    expect(answers).toEqual(row.expected);
  });
});

describe("the tables", () => {
  it("have a row for every operation there is, and none for another", () => {
    const shape = (operation: string) =>
      operation
        .replace(/\?.*$/, "")
        .replaceAll(/:\w+|\{\w+\}/g, "1")
        .replace(/\/$/, "");
    const there = Object.entries(app.app.apiDocument().paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => shape(`${method.toUpperCase()} ${path}`)),
    );
    const rows = [
      ...accessTable.map(({ method, path }) => `${method} /api/v1/accounts/:account${path}`),
      ...doorTable.map(({ method, url }) => `${method} ${url}`),
    ].map(shape);
    expect([...new Set(rows)].toSorted()).toEqual(there.toSorted());
  });
});
