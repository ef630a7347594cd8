// Limits as those who ask too often meet them, and as several processes count them.
import { randomUUID } from "node:crypto";
import { io } from "socket.io-client";
import { describe, expect, it, onTestFinished } from "vitest";
import pino from "pino";
import { PROTOCOL_VERSION } from "../../protocol/limits.ts";
import { applicationPaths, publicPaths } from "../../protocol/paths.ts";
import { SOCKET_PATH, VISITOR_NAMESPACE } from "../../protocol/path-parts.ts";
import { startTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { asAgent, asVisitor, call } from "../test-kit/call.ts";
import type { Answer } from "../test-kit/call.ts";
import { createTestDatabase } from "../test-kit/database.ts";
import { hasRedis, startRedis } from "../test-kit/redis.ts";
import { isInside, networkOf } from "./addresses.ts";
import { createBuckets } from "./buckets.ts";
import { createRateLimits } from "./rate-limits.ts";
import { createCounterStore } from "./store.ts";
import type { CounterStoreDeps } from "./store.ts";

const log = pino({ level: "silent" });

async function setUp(app: TestApp) {
  const account = await app.build.anAccount();
  const inbox = await app.build.anInbox(account);
  const agent = await app.build.anAgent(account, { inboxes: [inbox] });
  const visitor = await app.build.aVisitor(inbox);
  return { account, inbox, agent, visitor, visit: asVisitor(app.url, visitor) };
}

const standingOf = ({ status, headers }: Answer) => [
  status,
  headers.get("ratelimit-limit"),
  headers.get("ratelimit-remaining"),
  headers.get("ratelimit-policy"),
];

/** Asks one after another. */
async function times(count: number, ask: () => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let asked = 0; asked < count; asked += 1) answers.push(await ask());
  return answers;
}

describe("limits of requests", () => {
  it("tell each token and session what is left, and refuse it alone", async () => {
    const app = await startTestApp({ config: { rateLimits: { token: 2 } } });
    const { account, agent } = await setUp(app);
    const other = await app.build.anAgent(account);
    const ask = () => asAgent(app.url, agent)("GET", "/agents");
    const [first, second, third] = await times(3, ask);
    expect(standingOf(first!)).toEqual([200, "2", "1", "2;w=60"]);
    expect(standingOf(second!)).toEqual([200, "2", "0", "2;w=60"]);
    expect(standingOf(third!)).toEqual([429, "2", "0", "2;w=60"]);
    expect(third?.body).toEqual({ error: "Too many requests", code: "too_many_requests" });
    const wait = Number(third?.headers.get("retry-after"));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
    expect(Number(third?.headers.get("ratelimit-reset"))).toBeGreaterThanOrEqual(wait - 1);
    expect((await asAgent(app.url, other)("GET", "/agents")).status).toBe(200);
  });

  it("tell visitors theirs, and let a page read it", async () => {
    const app = await startTestApp({ config: { rateLimits: { visitor: 2 } } });
    const { inbox, visit } = await setUp(app);
    const other = asVisitor(app.url, await app.build.aVisitor(inbox));
    const headers = { origin: "https://shop.example" };
    const answers = await times(3, () => visit("GET", "/conversations", { headers }));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    const exposed = answers[2]?.headers.get("access-control-expose-headers");
    expect(exposed).toMatch(/retry-after.*ratelimit-remaining/);
    expect((await other("GET", "/conversations")).status).toBe(200);
  });

  it("count strangers by the address that the proxy names, and by no other", async () => {
    const app = await startTestApp({ config: { rateLimits: { address: 2 } } });
    const { inbox, account } = await setUp(app);
    const from = (address: string) => ({ headers: { "x-forwarded-for": address } });
    const look = (address: string) =>
      call("GET", app.url + publicPaths.inbox(inbox.token), from(address));
    const guess = () =>
      call("GET", `${app.url}${applicationPaths.account(account)}/agents`, {
        headers: { "x-forwarded-for": "203.0.113.9", "api-access-token": randomUUID() },
      });
    // What a client writes before its proxy does is not believed.
    await look("198.51.100.1, 203.0.113.9");
    await look("198.51.100.2, 203.0.113.9");
    expect((await look("198.51.100.3, 203.0.113.9")).status).toBe(429);
    expect((await guess()).status).toBe(429);
    expect((await look("203.0.113.10")).status).toBe(200);
    // One customer of a provider has all of a /64.
    await look("2001:db8::1");
    await look("2001:db8::2");
    expect((await look("2001:db8::3")).status).toBe(429);
    expect((await look("2001:db8:0:1::1")).status).toBe(200);
    // A proxy that does not say who asks must not stop everybody.
    const silent = await times(4, () => look("10.0.0.1"));
    expect(silent.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });

  it("believe nobody's word where there is no proxy", async () => {
    const app = await startTestApp({
      config: { rateLimits: { address: 1 }, trustProxy: "none" },
    });
    const { agent } = await setUp(app);
    const guess = (address: string) =>
      call("POST", app.url + applicationPaths.signIn(), {
        headers: { "x-forwarded-for": address },
        body: { email: agent.email, password: "wrong" },
      });
    const statuses: number[] = [];
    for (let last = 1; last <= 11; last += 1)
      statuses.push((await guess(`203.0.113.${last}`)).status);
    expect(statuses.at(9)).toBe(401);
    expect(statuses.at(10)).toBe(429);
  });

  it("hold uploads and the messages of a conversation, by either door", async () => {
    const app = await startTestApp({ config: { rateLimits: { upload: 1, message: 3 } } });
    const { agent, visitor, visit } = await setUp(app);
    const file = () => {
      const form = new FormData();
      form.set("attachments[]", new Blob(["hello"]), "hello.txt");
      return form;
    };
    const uploads = await times(2, () => visit("POST", "/attachments", { body: file() }));
    expect(uploads.map(({ status }) => status)).toEqual([200, 429]);
    expect(uploads[1]?.body.error).toBe("Too many files");

    const { id } = (await visit("POST", "/conversations")).body;
    const path = `/conversations/${id}/messages`;
    const write = () => visit("POST", path, { body: { content: "Hello" } });
    const reply = () => asAgent(app.url, agent)("POST", path, { body: { content: "Hi" } });
    expect([(await write()).status, (await reply()).status, (await write()).status]).toEqual([
      200, 200, 200,
    ]);
    const refused = await reply();
    expect([refused.status, refused.body.error]).toEqual([422, "Too many messages"]);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await write()).status).toBe(429);
    const socket = io(app.url + VISITOR_NAMESPACE, {
      path: SOCKET_PATH,
      transports: ["websocket"],
      auth: { protocol: PROTOCOL_VERSION, pubsub_token: visitor.pubsubToken },
    });
    onTestFinished(() => void socket.close());
    const command = { conversation_id: id, content: "Hello", echo_id: randomUUID() };
    expect(await socket.emitWithAck("message:send", command)).toMatchObject({
      ok: false,
      error: { code: "too_many_requests", retryAfterSeconds: expect.any(Number) },
    });
    // Another conversation has its own.
    const other = (await visit("POST", "/conversations")).body.id;
    const elsewhere = { body: { content: "Hello" } };
    const sent = await asAgent(app.url, agent)(
      "POST",
      `/conversations/${other}/messages`,
      elsewhere,
    );
    expect(sent.status).toBe(200);
  });
});

describe("processes that share a store", () => {
  const share = async (deps: Omit<CounterStoreDeps, "log">) => {
    const open = async () => {
      const store = await createCounterStore({ ...deps, log });
      const limits = createRateLimits({ store, config: { token: 100 }, log });
      onTestFinished(() => limits.stop());
      return limits;
    };
    const [one, two] = [await open(), await open()];
    const key = randomUUID();
    const taken = await Promise.all(
      Array.from({ length: 150 }, (_, index) => (index % 2 ? one : two).take("token", key)),
    );
    const allowed = taken.filter((standing) => !standing?.isOver).length;
    expect(allowed).toBeLessThanOrEqual(100);
    expect(allowed).toBeGreaterThan(90);
    expect(one.look("token", key)).toMatchObject({ ok: false });
    await one.forget("token", key);
    expect(await one.take("token", key)).toMatchObject({ isOver: false, remaining: 99 });
  };

  it("count together in the database, and forget together", async () => {
    const database = await createTestDatabase();
    onTestFinished(() => database.drop());
    const config = { databaseUrl: database.connectionString };
    await share({ pool: database.connection.pool, config });
    // Else each count would be a commit that messages wait behind.
    const { rows } = await database.connection.pool.query(
      "select relname from pg_class where relpersistence = 'u' and relkind = 'r' order by 1",
    );
    expect(rows.map(({ relname }) => relname as string)).toEqual([
      "rate_limits",
      "socket_io_attachments",
    ]);
  });

  it.skipIf(!hasRedis)("count together in Redis, too", async () => {
    const database = await createTestDatabase();
    onTestFinished(() => database.drop());
    const config = { redisUrl: await startRedis() };
    await share({ pool: database.connection.pool, config });
  });

  it("each count for themselves while the store is away", async () => {
    const app = await startTestApp();
    const pool = { query: () => Promise.reject(new Error("away")) };
    const store = await createCounterStore({
      pool: Object.assign(Object.create(app.database.connection.pool), pool),
      config: { databaseUrl: "postgres://away" },
      log,
    });
    const limits = createRateLimits({ store, config: { token: 1 }, log });
    onTestFinished(() => limits.stop());
    expect(await limits.check("token", "a")).toMatchObject({ ok: true });
    expect(await limits.check("token", "a")).toMatchObject({ ok: false });
  });
});

describe("a bucket", () => {
  it("is one for each person, however many sockets he has", () => {
    const buckets = createBuckets({ perSecond: 0.001, size: 2 });
    expect([buckets.take(1), buckets.take(1)]).toEqual([0, 0]);
    expect(buckets.take(1)).toBeGreaterThan(0);
    expect(buckets.take(2)).toBe(0);
  });
});

describe("an address", () => {
  it.each([
    ["203.0.113.9", "203.0.113.9", false],
    ["::ffff:203.0.113.9", "203.0.113.9", false],
    ["2001:db8::1", networkOf("2001:db8::ffff"), false],
    ["127.0.0.1", "127.0.0.1", true],
    ["::1", networkOf("::1"), true],
    ["172.17.0.1", "172.17.0.1", true],
    ["not an address", "not an address", false],
  ])("%s counts as %s", (address, network, inside) => {
    expect(networkOf(address)).toBe(network);
    expect(isInside(address)).toBe(inside);
  });
});
