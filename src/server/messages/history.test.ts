// The messages of a conversation as agents and their tools read them: seed 003, rows 34 and 58.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MESSAGES_RANGE_MAX } from "../../protocol/limits.ts";
import { conversations } from "../database/conversation-tables.ts";
import { messages } from "../database/message-tables.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { call } from "../test-kit/call.ts";
import { aConversationAccount } from "../test-kit/conversations.ts";

let app: TestApp;
const clock = { now: new Date("2026-05-04T10:00:00.000Z") };
beforeAll(async () => {
  app = await openTestApp({ clock: () => clock.now });
});
afterAll(() => app.close());

interface Row {
  id: number;
  content: string;
}

/** A conversation of so many messages, `1` the first; `ids` are theirs in order. */
async function aHistory(count: number, textOf = (number: number) => String(number)) {
  const world = await aConversationAccount(app, clock);
  const number = await world.start("1");
  const [row] = await app.db
    .select()
    .from(conversations)
    .where(eq(conversations.account_id, world.account));
  const rest = Array.from({ length: count - 1 }, (_, index) => ({
    account_id: world.account,
    conversation_id: row?.id ?? 0,
    seq: index + 3,
    changed_seq: index + 3,
    message_type: "incoming" as const,
    content: textOf(index + 2),
    sender_type: "contact" as const,
    sender_id: world.visitor.id,
  }));
  await app.db.insert(messages).values(rest);
  const isIt = eq(conversations.id, row?.id ?? 0);
  await app.db
    .update(conversations)
    .set({ seq: count + 1 })
    .where(isIt);
  const path = `/conversations/${number}`;
  const read = async (query: string) => {
    const { body, headers } = await world.work("GET", `${path}/messages?${query}`);
    return { body: body as Row[], headers };
  };
  const stored = await app.db
    .select({ id: messages.id })
    .from(messages)
    .where(eq(messages.conversation_id, row?.id ?? 0))
    .orderBy(messages.seq);
  return { ...world, path, read, ids: stored.map(({ id }) => id) };
}

const said = (rows: Row[]) => rows.map(({ content }) => content);
const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => String(from + index));

describe("the messages between two (row 58)", () => {
  it("are the first of them, all between, and not the last, a thousand at most", async () => {
    const { ids, read } = await aHistory(MESSAGES_RANGE_MAX + 150);
    const between = await read(`after=${ids[9]}&before=${ids[159]}`);
    expect(said(between.body)).toEqual(numbers(10, 159));
    const many = await read(`after=${ids[0]}&before=${ids.at(-1)}`);
    expect(said(many.body)).toEqual(numbers(1, MESSAGES_RANGE_MAX));
    expect(said((await read(`after=${ids[5]}&before=${ids[5]}`)).body)).toEqual([]);
    expect(said((await read(`after=${ids[7]}&before=${ids[3]}`)).body)).toEqual([]);
    expect((await read(`after=${ids[9]}&before=999999999`)).body).toEqual([]);
  });

  it("say where the others are, and how many there are", async () => {
    const { account, ids, path, read } = await aHistory(45);
    const list = `/api/v1/accounts/${account}${path}/messages`;
    const latest = await read("");
    expect(said(latest.body)).toEqual(numbers(26, 45));
    expect(latest.headers.get("total-count")).toBe("45");
    expect(latest.headers.get("link")).toBe(`<${list}?before=${ids[25]}>; rel="prev"`);
    const older = await read(`before=${ids[25]}`);
    expect(older.headers.get("link")).toBe(
      `<${list}?before=${ids[5]}>; rel="prev", <${list}?after=${ids[24]}>; rel="next"`,
    );
    const first = await read(`before=${ids[5]}`);
    expect(first.headers.get("link")).toBe(`<${list}?after=${ids[4]}>; rel="next"`);
  });
});

describe("a visitor's messages (row 91)", () => {
  it("say where the others are, and how many there are that he may see", async () => {
    const { visit, work, path, ids } = await aHistory(45);
    await work("POST", `${path}/messages`, { body: { content: "Not for him", private: true } });
    const latest = await visit("GET", `${path}/messages`);
    expect(latest.headers.get("total-count")).toBe("45");
    const [, prev = ""] = /^<([^>]+)>; rel="prev"$/.exec(latest.headers.get("link") ?? "") ?? [];
    expect(prev).toMatch(new RegExp(`^/public/api/v1/.*/messages\\?before=${ids[25]}$`, "u"));
    const older = await call("GET", app.url + prev);
    expect(said(older.body)).toEqual(numbers(6, 25));
    expect(older.headers.get("link")).toMatch(/rel="prev", .*rel="next"/u);
  });
});

describe("one conversation (row 34)", () => {
  it("comes with all its messages, the oldest first, or with the last one where that is asked", async () => {
    const { work, path } = await aHistory(120);
    await work("POST", path.concat("/labels"), { body: { labels: ["vip"] } });
    const whole = await work("GET", path);
    expect(said(whole.body.messages)).toEqual([...numbers(1, 120), "Ada added vip"]);
    expect(whole.headers.get("link")).toBeNull();
    const short = await work("GET", `${path}?messages=last`);
    expect(short.body.messages).toHaveLength(1);
    expect((await work("GET", `${path}?messages=none`)).status).toBe(422);
  });

  it("ends where its messages are too much for one answer, and says where they go on", async () => {
    const { account, work, path, ids } = await aHistory(350, (number) =>
      `${number} `.padEnd(15_000, "x"),
    );
    const { body, headers } = await work("GET", path);
    const [first] = body.messages as Row[];
    expect(body.messages.length).toBeLessThan(350);
    expect(body.messages.at(-1).id).toBe(ids.at(-1));
    const older = `/api/v1/accounts/${account}${path}/messages?before=${first?.id}`;
    expect(headers.get("link")).toBe(`<${older}>; rel="prev"`);
  });
});
