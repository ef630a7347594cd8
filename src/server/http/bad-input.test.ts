// Bad input at the REST doors: 4xx in the documented shapes, nothing stored, never 5xx.
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { errorSchema, validationErrorSchema } from "../../protocol/errors.ts";
import { publicPaths } from "../../protocol/paths.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp, TestInbox } from "../test-kit/app.ts";
import { asAgent, asVisitor, call } from "../test-kit/call.ts";
import type { Answer } from "../test-kit/call.ts";

let app: TestApp;
let inbox: TestInbox;
let visit: ReturnType<typeof asVisitor>;
let work: ReturnType<typeof asAgent>;
let conversation: string;

beforeAll(async () => {
  app = await openTestApp();
  const account = await app.build.anAccount();
  inbox = await app.build.anInbox(account);
  work = asAgent(app.url, await app.build.anAgent(account, { inboxes: [inbox] }));
  visit = asVisitor(app.url, await app.build.aVisitor(inbox));
  conversation = `/conversations/${(await visit("POST", "/conversations")).body.id}`;
});
afterAll(() => app.close());

async function rowCounts(): Promise<unknown> {
  const { rows } = await app.db.execute(sql`select
    (select count(*) from contacts) as contacts,
    (select count(*) from conversations) as conversations,
    (select count(*) from messages) as messages,
    (select count(*) from events) as events,
    (select md5(string_agg(c::text, '' order by c.id)) from conversations c) as state`);
  return rows[0];
}

/** Asks, and checks that the answer is a refusal in its documented shape that changed nothing. */
async function refused(ask: () => Promise<Answer>, status: number): Promise<Answer> {
  const before = await rowCounts();
  const answer = await ask();
  expect({ status: answer.status, body: answer.body }).toMatchObject({ status });
  const schema = status === 400 || status === 422 ? validationErrorSchema : errorSchema;
  schema.strict().parse(answer.body);
  expect(await rowCounts()).toEqual(before);
  return answer;
}

const contactsUrl = () => app.url + publicPaths.contacts(inbox.token);

describe("bodies", () => {
  it.each(["{", '{"content":', "[1,", "\u0000", '{"a":1}}', "undefined"])(
    "answers 400 to malformed JSON: %j",
    async (body) => {
      await refused(() => call("POST", contactsUrl(), { body }), 400);
    },
  );

  it.each(['{"__proto__":{"name":"x"}}', '{"constructor":{"prototype":{"name":"x"}}}'])(
    "answers 400 to a body that reaches for a prototype: %s",
    async (body) => {
      await refused(() => call("POST", contactsUrl(), { body }), 400);
    },
  );

  it("answers 422 to a body that is no object", async () => {
    for (const body of ["null", "[]", '"text"', "12", "true"]) {
      await refused(() => call("POST", contactsUrl(), { body }), 422);
    }
  });

  it("answers 400 to a content type that it cannot read", async () => {
    const headers = { "content-type": "application/xml" };
    await refused(() => call("POST", contactsUrl(), { body: "<a/>", headers }), 400);
  });

  it("answers 400 to a multipart message that breaks off, or is none", async () => {
    const headers = { "content-type": "multipart/form-data; boundary=x" };
    const begun = '--x\r\nContent-Disposition: form-data; name="name"\r\n\r\nVe';
    for (const body of [begun, "text", "--x\r\nno header", "{}"]) {
      await refused(() => call("POST", contactsUrl(), { body, headers }), 400);
    }
  });

  it("answers 413 to a body that is too large", async () => {
    const body = { name: "x".repeat(1_100_000) };
    await refused(() => call("POST", contactsUrl(), { body }), 413);
  });

  it("answers 422 to files where none are taken", async () => {
    const body = new FormData();
    body.set("custom_attributes[plan]", "pro");
    body.set("attachments[]", new Blob(["data"]), "a.txt");
    const answer = await refused(() => visit("POST", "/conversations", { body }), 422);
    expect(answer.body.attributes).toEqual(["attachments"]);
  });

  it("takes no harm from form fields that reach for a prototype", async () => {
    const body = new URLSearchParams("__proto__[polluted]=1&constructor[prototype][polluted]=1");
    await refused(() => visit("POST", `${conversation}/messages`, { body }), 422);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe("a message", () => {
  const contents: [unknown, string][] = [
    [undefined, "missing"],
    [null, "null"],
    [12, "a number"],
    [{}, "an object"],
    [["x"], "a list"],
    ["", "empty"],
    [" \n\t", "blank"],
    ["a\u0000b", "with a null character"],
    ["\ud800", "half a surrogate pair"],
    ["x".repeat(150_001), "150,001 characters"],
  ];
  it.each(contents)("is refused with content %#", async (content) => {
    const byVisitor = await refused(
      () => visit("POST", `${conversation}/messages`, { body: { content } }),
      422,
    );
    expect(byVisitor.body.attributes).toEqual(["content"]);
    const ask = () => work("POST", `${conversation}/messages`, { body: { content } });
    expect((await refused(ask, 422)).body.attributes).toEqual(["content"]);
  });

  it("says how long it may be, in the documented words", async () => {
    const body = { content: "x".repeat(150_001) };
    const answer = await refused(() => work("POST", `${conversation}/messages`, { body }), 422);
    expect(answer.body.error).toBe("Content is too long (maximum is 150000 characters)");
  });

  it("may have 150,000 characters", async () => {
    const content = "é".repeat(150_000);
    const answer = await visit("POST", `${conversation}/messages`, { body: { content } });
    expect(answer.status).toBe(200);
    expect(answer.body.content).toHaveLength(150_000);
  });

  it("is refused with a wrong type, visibility or echo id", async () => {
    const wrong = [
      { message_type: "incoming" },
      { message_type: 1 },
      { private: "maybe" },
      { echo_id: "" },
      { echo_id: "x".repeat(65) },
      { echo_id: "a\u0000" },
    ];
    for (const more of wrong) {
      const body = { content: "x", ...more };
      await refused(() => work("POST", `${conversation}/messages`, { body }), 422);
    }
  });
});

describe("a contact", () => {
  const wrong: [Record<string, unknown>, string][] = [
    [{ email: "no address" }, "email"],
    [{ email: `${"a".repeat(250)}@example.com` }, "email"],
    [{ name: "x".repeat(256) }, "name"],
    [{ name: 12 }, "name"],
    [{ name: "a\u0000" }, "name"],
    [{ avatar_url: "javascript:alert(1)" }, "avatar_url"],
    [{ avatar_url: "data:image/png;base64,AA" }, "avatar_url"],
    [{ identifier: "" }, "identifier"],
    [{ custom_attributes: [] }, "custom_attributes"],
    [{ custom_attributes: "plan=pro" }, "custom_attributes"],
    [{ custom_attributes: { a: "\u0000" } }, "custom_attributes"],
    [{ custom_attributes: { a: "\ud800" } }, "custom_attributes"],
    [{ custom_attributes: { a: { "b\u0000": 1 } } }, "custom_attributes"],
    [{ custom_attributes: { a: "x".repeat(17_000) } }, "custom_attributes"],
    [
      {
        custom_attributes: Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`k${i}`, 1])),
      },
      "custom_attributes",
    ],
  ];
  it.each(wrong)("is refused with %#, and the field is named", async (body, field) => {
    const answer = await refused(() => call("POST", contactsUrl(), { body }), 422);
    expect(answer.body.attributes).toEqual([field]);
  });

  it("is refused with attributes nested beyond reason", async () => {
    const nested = `${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`;
    const body = `{"custom_attributes":${nested}}`;
    await refused(() => call("POST", contactsUrl(), { body }), 422);
  });
});

describe("paths and queries", () => {
  it("answers 404 to an unknown inbox, source id, conversation, message or route", async () => {
    const unknown = [
      publicPaths.inbox("unknown"),
      publicPaths.inbox("%00"),
      publicPaths.inbox("x".repeat(200)),
      publicPaths.inbox("x".repeat(2_000)),
      `/public/api/v1/inboxes/%00/contacts/%00`,
      publicPaths.contact(inbox.token, "unknown"),
      publicPaths.contact(inbox.token, "a\u0000b"),
      publicPaths.contact(inbox.token, "'; drop table contacts; --"),
      "/api/v1/nothing",
      "/nothing",
    ];
    for (const path of unknown) await refused(() => call("GET", app.url + path), 404);
    await refused(() => call("POST", `${app.url}/nothing`, { body: {} }), 404);
    for (const id of ["0", "-1", "1.5", "abc", "9007199254740993", "1e3", "%00", "999"]) {
      await refused(() => visit("GET", `/conversations/${id}`), 404);
      await refused(() => visit("GET", `/conversations/${id}/messages`), 404);
      await refused(() => work("GET", `/conversations/${id}`), 404);
      const body = { content: "x" };
      await refused(() => work("POST", `/conversations/${id}/messages`, { body }), 404);
    }
  });

  it("answers 422 to a query that it cannot read", async () => {
    const queries = ["page=0", "page=x", "status=closed", "assignee_type=mine", "inbox_id=x"];
    for (const query of queries) {
      await refused(() => work("GET", `/conversations?${query}`), 422);
    }
    await refused(() => work("GET", `${conversation}/messages?before=x`), 422);
    await refused(() => visit("GET", `${conversation}/messages?before=9007199254740993`), 422);
  });

  it("answers 400 to an address that cannot be decoded", async () => {
    await refused(() => call("GET", `${app.url}/api/v1/%zz`), 400);
  });

  it("says what is wrong in words that a person understands", async () => {
    const said = async (query: string) =>
      (await refused(() => work("GET", `/conversations?${query}`), 422)).body.message;
    expect(await said("page=x")).toBe("Page must be a number");
    expect(await said("page=0")).toBe("Page must be at least 1");
    expect(await said("page=1000000000")).toBe("Page must be at most 1000000");
    expect(await said("status=closed")).toMatch(/^Status must be one of open, /);
    const body = { body: { status: [1], snoozed_until: "soon" } };
    const answer = await refused(() => work("POST", `${conversation}/toggle_status`, body), 422);
    expect(answer.body.errors.map(({ message }: { message: string }) => message)).toEqual([
      expect.stringMatching(/^must be one of open, /),
      "must be a number",
    ]);
    expect(
      (await refused(() => call("POST", contactsUrl(), { body: "[]" }), 422)).body.message,
    ).toBe("The request must be an object");
  });

  it("answers an empty page before or after a message that is not there", async () => {
    expect((await visit("GET", `${conversation}/messages?before=987654321`)).body).toEqual([]);
    expect((await work("GET", `${conversation}/messages?after=987654321`)).body).toEqual([]);
  });
});

describe("commands of agents", () => {
  it("are refused with a snooze into the past, in milliseconds, or not a number", async () => {
    const now = Date.now();
    const times = [Math.floor(now / 1000) - 10, now + 60_000, "tomorrow", -1, 1e20, "NaN"];
    for (const snoozed_until of times) {
      const body = { status: "snoozed", snoozed_until };
      await refused(() => work("POST", `${conversation}/toggle_status`, { body }), 422);
    }
  });

  it("are refused with unknown words", async () => {
    const ask = (path: string, body: unknown) => () =>
      work("POST", `${conversation}${path}`, { body });
    await refused(ask("/toggle_status", { status: "closed" }), 422);
    await refused(ask("/toggle_priority", { priority: "highest" }), 422);
    await refused(ask("/assignments", { assignee_id: "x" }), 422);
    await refused(ask("/assignments", { assignee_id: 987_654 }), 404);
    await refused(ask("/update_last_seen", { seq: -1 }), 422);
  });
});
