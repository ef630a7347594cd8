// What lists find, how they search and sort: rows 30 and 31 of seed 003.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { identifierHash } from "../contacts/identity.ts";
import { conversations } from "../database/conversation-tables.ts";
import { teams } from "../database/account-tables.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { asAgent } from "../test-kit/call.ts";
import { aConversationAccount } from "../test-kit/conversations.ts";

let app: TestApp;
const clock = { now: new Date("2026-05-04T10:00:00.000Z") };
beforeAll(async () => {
  app = await openTestApp({ clock: () => clock.now });
});
afterAll(() => app.close());

const setUp = () => aConversationAccount(app, clock);

describe("lists (rows 30 and 31)", () => {
  it("find any of the labels, and the conversations of a team", async () => {
    const { start, work, found, account } = await setUp();
    const [one, two, three] = [await start(), await start(), await start()];
    await work("POST", `/conversations/${one}/labels`, { body: { labels: ["a"] } });
    await work("POST", `/conversations/${two}/labels`, { body: { labels: ["b", "c"] } });
    expect(await found("labels=a&labels=b")).toEqual([two, one]);
    expect(await found("labels=c")).toEqual([two]);
    expect(await found("labels=a,b")).toEqual([two, one]);
    expect(await found("labels[]=a")).toEqual([one]);
    expect(await found("labels%5B%5D=a&labels%5B%5D=b")).toEqual([two, one]);
    expect(await found("__proto__=x&constructor[]=y")).toEqual([three, two, one]);
    const counts = (await work("GET", "/conversations/meta?labels=a")).body.meta;
    expect(counts).toEqual({ mine_count: 0, assigned_count: 0, unassigned_count: 1, all_count: 1 });
    const [team] = await app.db
      .insert(teams)
      .values({ account_id: account, name: "sales" })
      .returning();
    await app.db
      .update(conversations)
      .set({ team_id: team?.id ?? 0 })
      .where(eq(conversations.display_id, three));
    expect(await found(`team_id=${team?.id}`)).toEqual([three]);
    expect((await work("GET", "/conversations?team_id=999999")).status).toBe(404);
    expect((await work("GET", "/conversations/meta?team_id=999999")).status).toBe(404);
  });

  it("tell where a search has found the words, the latest of each conversation", async () => {
    const { start, work } = await setUp();
    const [one, two] = [await start("My invoice is wrong"), await start("Do you ship?")];
    await work("POST", `/conversations/${one}/messages`, {
      body: { content: "Which invoice?", private: true },
    });
    await work("POST", `/conversations/${one}/messages`, { body: { content: "A moment" } });
    await work("POST", `/conversations/${one}/toggle_status`, { body: { status: "resolved" } });
    const search = async (q: string) =>
      (await work("GET", `/conversations/search?q=${encodeURIComponent(q)}`)).body;
    expect(await search("invo")).toMatchObject({
      meta: { count: 1, current_page: 1 },
      payload: [{ conversation: { id: one }, message: { content: "Which invoice?" } }],
    });
    expect((await search("wrong")).payload[0].message.content).toBe("My invoice is wrong");
    expect((await search("ship")).payload[0].conversation.id).toBe(two);
    expect(await search("'; --")).toMatchObject({ meta: { count: 0 }, payload: [] });
    const empty = await work("GET", "/conversations/search?q=%20");
    expect(empty.status).toBe(422);
    expect(empty.body.attributes).toEqual(["q"]);
    const colleague = asAgent(app.url, await app.build.anAgent((await setUp()).account));
    expect((await colleague("GET", "/conversations/search?q=invoice")).body.payload).toEqual([]);
  });

  it("search what people wrote, in every status, and nothing else", async () => {
    const { start, work, found } = await setUp();
    const [one, two] = [await start("My invoice is wrong"), await start("Grüße aus Köln, привет")];
    await work("POST", `/conversations/${one}/messages`, { body: { content: "Which Order-77?" } });
    await work("POST", `/conversations/${one}/toggle_status`, { body: { status: "resolved" } });
    expect(await found("q=INVOICE")).toEqual([one]);
    expect(await found("q=wrong%20inv")).toEqual([one]);
    expect(await found("q=order-77")).toEqual([one]);
    expect(await found("q=k%C3%B6ln")).toEqual([two]);
    expect(await found("q=%D0%BF%D1%80%D0%B8%D0%B2")).toEqual([two]);
    expect(await found("q=resolved")).toEqual([]);
    for (const odd of [
      "'",
      "\\",
      "a'b\\",
      "& | !",
      "!!!",
      "%",
      ":*",
      "'; drop table messages; --",
    ]) {
      expect(await found(`q=${encodeURIComponent(odd)}`)).toEqual([]);
    }
    const counts = (await work("GET", "/conversations/meta?q=invoice")).body.meta;
    expect(counts.all_count).toBe(1);
  });

  it("search by who the contact is, by his own word too", async () => {
    const { start, work, inbox, visit, found } = await setUp();
    const identifier = "u1";
    const proven = { identifier, identifier_hash: identifierHash(inbox.hmacToken, identifier) };
    await visit("PATCH", "", { body: { ...proven } });
    const said = { name: "Wera Nowak", email: "wera.nowak@shop.example", phone_number: "+4912345" };
    expect((await visit("PATCH", "", { body: said })).status).toBe(200);
    const [one, two] = [await start("Hello"), await start("Is Wera here?")];
    const { id } = (await visit("GET", "")).body;
    const { contact } = (await work("GET", `/contacts/${id}`)).body.payload;
    expect(contact).toMatchObject({ name: null, stated: { name: "Wera Nowak" } });
    for (const q of ["nowak", "now wera", "wera.nowak@shop.example", "wera.nowak@sho", "4912345"]) {
      expect([q, await found(`q=${encodeURIComponent(q)}`)]).toEqual([q, [two, one]]);
    }
    expect(await found("q=vera")).toEqual([]);
    const { payload } = (await work("GET", "/conversations/search?q=wera")).body;
    expect(payload).toMatchObject([
      { conversation: { id: two }, message: { content: "Is Wera here?" } },
      { conversation: { id: one }, message: { content: "Hello" } },
    ]);
    expect((await work("GET", "/contacts/search?q=nowak@sh")).body.payload).toMatchObject([{ id }]);
    const elsewhere = await setUp();
    expect(await elsewhere.found("q=nowak")).toEqual([]);
  });

  it("search nothing of another account or of an inbox that the agent may not see", async () => {
    const { start, rule, account } = await setUp();
    const id = await start("secret word");
    const other = await app.build.anInbox(account);
    const stranger = await app.build.anAgent(account, { inboxes: [other] });
    const search = async (who: typeof rule) =>
      (await who("GET", "/conversations?q=secret")).body.data.payload.length as number;
    expect(await search(rule)).toBe(1);
    expect(await search(asAgent(app.url, stranger))).toBe(0);
    expect(await search((await setUp()).rule)).toBe(0);
    expect(id).toBeGreaterThan(0);
  });

  it("are sorted as asked", async () => {
    const { start, work, found, visit } = await setUp();
    const [one, two, three] = [await start("1"), await start(), await start("3")];
    const prioritise = (id: number, priority: string) =>
      work("POST", `/conversations/${id}/toggle_priority`, { body: { priority } });
    await prioritise(one, "low");
    await prioritise(three, "urgent");
    clock.now = new Date(clock.now.getTime() + 60_000);
    await visit("POST", `/conversations/${one}/messages`, { body: { content: "again" } });
    expect(await found("")).toEqual([one, three, two]);
    expect(await found("sort_by=last_activity_at_asc")).toEqual([two, three, one]);
    expect(await found("sort_by=created_at_desc")).toEqual([three, two, one]);
    expect(await found("sort_by=created_at_asc")).toEqual([one, two, three]);
    expect(await found("sort_by=priority_desc")).toEqual([three, one, two]);
    expect(await found("sort_by=priority_asc")).toEqual([one, three, two]);
    expect(await found("sort_by=waiting_since_asc")).toEqual([one, three, two]);
    expect(await found("sort_by=waiting_since_desc")).toEqual([three, one, two]);
    const sleep = (id: number, snoozed_until: number | null) =>
      work("POST", `/conversations/${id}/toggle_status`, {
        body: { status: "snoozed", snoozed_until },
      });
    const later = Math.floor(clock.now.getTime() / 1000) + 3_600;
    await sleep(one, later + 60);
    await sleep(two, null);
    await sleep(three, later);
    const sleeping = "status=snoozed&sort_by=snoozed_until_asc";
    expect(await found(sleeping)).toEqual([three, one, two]);
    expect((await work("GET", "/conversations?sort_by=id")).status).toBe(422);
  });
});
