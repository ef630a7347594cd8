// The application API as seed 003 prints it, rows 28–33 and 36, with mute, followers and attributes.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { conversationSchema } from "../../protocol/records.ts";
import { custom_attribute_definitions } from "../database/custom-attribute-tables.ts";
import { conversations, teams } from "../database/tables.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { asAgent, asVisitor } from "../test-kit/call.ts";
import { expectLike } from "../test-kit/example.ts";
import { connectAgent, connectVisitor } from "../test-kit/sockets.ts";

let app: TestApp;
let now = new Date("2026-05-04T10:00:00.000Z");
beforeAll(async () => {
  app = await openTestApp({ clock: () => now });
});
afterAll(() => app.close());

async function setUp() {
  const account = await app.build.anAccount();
  const inbox = await app.build.anInbox(account);
  const agent = await app.build.anAgent(account, { name: "Ada", inboxes: [inbox] });
  const administrator = await app.build.anAgent(account, { name: "Root", role: "administrator" });
  const visitor = await app.build.aVisitor(inbox, { name: "Vera" });
  const visit = asVisitor(app.url, visitor);
  const start = async (content?: string): Promise<number> => {
    now = new Date(now.getTime() + 1_000);
    const message = content && { content, echo_id: content.slice(0, 50) };
    return (await visit("POST", "/conversations", { body: message ? { message } : {} })).body
      .id as number;
  };
  const work = asAgent(app.url, agent);
  const lines = async (id: number) =>
    (await work("GET", `/conversations/${id}/messages`)).body
      .filter((message: { message_type: string }) => message.message_type === "activity")
      .map((message: { content: string }) => message.content) as string[];
  const found = async (query: string) => {
    const answer = await work("GET", `/conversations?${query}`);
    expect(answer.status).toBe(200);
    return answer.body.data.payload.map((row: { id: number }) => row.id) as number[];
  };
  const rule = asAgent(app.url, administrator);
  return { account, inbox, agent, administrator, visitor, visit, start, work, rule, lines, found };
}

describe("labels (rows 28 and 29)", () => {
  it("overwrite the set, say so in the thread, and reach the desk", async () => {
    const { start, work, lines, agent } = await setUp();
    const id = await start();
    const desk = await connectAgent(app.url, agent.pubsubToken);
    const set = (labels: unknown) =>
      work("POST", `/conversations/${id}/labels`, { body: { labels } });
    const first = await set(["billing", "VIP"]);
    expectLike(first.body, { payload: ["string"] });
    expect(first.body).toEqual({ payload: ["billing", "vip"] });
    await desk.hears("conversation:updated", ({ labels }) => labels.includes("vip"));
    expect((await set(["vip", "refund"])).body).toEqual({ payload: ["vip", "refund"] });
    const read = await work("GET", `/conversations/${id}/labels`);
    expectLike(read.body, { payload: ["string"] });
    expect((await set([])).body).toEqual({ payload: [] });
    expect(await lines(id)).toEqual([
      "Ada added billing, vip",
      "Ada added refund",
      "Ada removed billing",
      "Ada removed vip, refund",
    ]);
  });

  it("take a form's and a text's way of saying a list", async () => {
    const { start, work } = await setUp();
    const id = await start();
    const body = new URLSearchParams([
      ["labels[]", "one"],
      ["labels[]", "two"],
    ]);
    const form = await work("POST", `/conversations/${id}/labels`, { body });
    expect(form.body).toEqual({ payload: ["one", "two"] });
    const text = await work("POST", `/conversations/${id}/labels`, { body: { labels: "a, b" } });
    expect(text.body).toEqual({ payload: ["a", "b"] });
  });
});

describe("lists (rows 30 and 31)", () => {
  it("find any of the labels, and the conversations of a team", async () => {
    const { start, work, found, account } = await setUp();
    const [one, two, three] = [await start(), await start(), await start()];
    await work("POST", `/conversations/${one}/labels`, { body: { labels: ["a"] } });
    await work("POST", `/conversations/${two}/labels`, { body: { labels: ["b", "c"] } });
    expect(await found("labels=a&labels=b")).toEqual([two, one]);
    expect(await found("labels=c")).toEqual([two]);
    expect(await found("labels=a,b")).toEqual([two, one]);
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
    now = new Date(now.getTime() + 60_000);
    await visit("POST", `/conversations/${one}/messages`, { body: { content: "again" } });
    expect(await found("")).toEqual([one, three, two]);
    expect(await found("sort_by=last_activity_at_asc")).toEqual([two, three, one]);
    expect(await found("sort_by=created_at_desc")).toEqual([three, two, one]);
    expect(await found("sort_by=created_at_asc")).toEqual([one, two, three]);
    expect(await found("sort_by=priority_desc")).toEqual([three, one, two]);
    expect(await found("sort_by=priority_asc")).toEqual([one, three, two]);
    expect(await found("sort_by=waiting_since_asc")).toEqual([one, three, two]);
    expect(await found("sort_by=waiting_since_desc")).toEqual([three, one, two]);
    expect((await work("GET", "/conversations?sort_by=id")).status).toBe(422);
  });
});

describe("creating (row 32)", () => {
  it("begins with the agent's message under a source id, as the seed asks and prints", async () => {
    const { work, inbox, agent, visitor, visit } = await setUp();
    const widget = await connectVisitor(app.url, visitor.pubsubToken);
    const answer = await work("POST", "/conversations", {
      body: {
        source_id: visitor.sourceId,
        inbox_id: String(inbox.id),
        contact_id: String(visitor.id),
        additional_attributes: { browser_language: "en" },
        custom_attributes: { attribute_key: "attribute_value", priority_conversation_number: 3 },
        status: "open",
        assignee_id: String(agent.id),
        message: {
          content: "Hello **there**",
          template_params: { name: "sample_issue_resolution", category: "UTILITY" },
        },
      },
    });
    expect(answer.status).toBe(200);
    expectLike(answer.body, { id: 0, account_id: 0, inbox_id: 0 });
    expect(conversationSchema.strict().parse(answer.body)).toMatchObject({
      status: "open",
      custom_attributes: { priority_conversation_number: 3 },
      additional_attributes: { browser_language: "en" },
      messages: [{ content: "Hello **there**", message_type: "outgoing" }],
      meta: { assignee: { id: agent.id }, sender: { id: visitor.id } },
    });
    const heard = await widget.hears("message:created");
    expect(heard).toMatchObject({ message: { content: "Hello **there**" } });
    expect(heard.conversation.unread_count).toBe(1);
    const [seen] = (await visit("GET", "/conversations")).body;
    expect(seen).toMatchObject({ id: answer.body.id, unread_count: 1 });
  });

  it("gives the contact an identity when he has none", async () => {
    const { work, inbox } = await setUp();
    const contact = await work("POST", "/contacts", { body: { email: "a@example.com" } });
    const body = { contact_id: contact.body.id, inbox_id: inbox.id };
    const first = await work("POST", "/conversations", { body });
    const second = await work("POST", "/conversations", { body });
    expect([first.status, second.status]).toEqual([200, 200]);
    const { contact_inboxes } = (await work("GET", `/contacts/${contact.body.id}`)).body.payload
      .contact;
    expect(contact_inboxes).toHaveLength(1);
  });

  it("refuses what does not fit, and then starts nothing", async () => {
    const { account, work, inbox, visitor } = await setUp();
    const other = await app.build.aVisitor(inbox);
    const closed = await app.build.anInbox(account);
    const elsewhere = await setUp();
    const contact_id = visitor.id;
    const inbox_id = inbox.id;
    const cases: [Record<string, unknown>, number, string?][] = [
      [{}, 422],
      [{ inbox_id }, 422],
      [{ source_id: "nobody-has-this-source-id" }, 404],
      [{ source_id: other.sourceId, inbox_id, contact_id }, 422, "source_id should be unique"],
      [{ contact_id, inbox_id: closed.id }, 401, "You are not authorized to do this action"],
      [{ contact_id, inbox_id: elsewhere.inbox.id }, 404],
      [{ contact_id: elsewhere.visitor.id, inbox_id }, 404],
      [{ source_id: elsewhere.visitor.sourceId }, 404],
      [{ contact_id, inbox_id, assignee_id: elsewhere.agent.id }, 404],
      [{ contact_id, inbox_id, team_id: 999_999 }, 404],
      [{ contact_id, inbox_id, status: "closed" }, 422],
      [{ contact_id, inbox_id, status: "snoozed", snoozed_until: 1 }, 422],
      [{ contact_id, inbox_id, message: { content: "" } }, 422],
      [{ contact_id, inbox_id, source_id: "short" }, 422],
    ];
    for (const [body, status, error] of cases) {
      const answer = await work("POST", "/conversations", { body });
      expect([body, answer.status]).toEqual([body, status]);
      if (error) expect(answer.body.error).toBe(error);
    }
    const rows = await app.db
      .select()
      .from(conversations)
      .where(eq(conversations.account_id, account));
    expect(rows).toEqual([]);
  });

  it("is resolved from the start with a blocked contact", async () => {
    const { work, inbox, visitor } = await setUp();
    await work("POST", `/contacts/${visitor.id}/block`);
    const body = { contact_id: visitor.id, inbox_id: inbox.id };
    expect((await work("POST", "/conversations", { body })).body.status).toBe("resolved");
  });
});

describe("filtering (row 33)", () => {
  it("takes the seed's own request and answers as it prints", async () => {
    const { work, start, inbox, visitor } = await setUp();
    await start();
    const pending = await work("POST", "/conversations", {
      body: {
        contact_id: visitor.id,
        inbox_id: inbox.id,
        status: "pending",
        message: { content: "a" },
      },
    });
    const english = await work("POST", "/conversations", {
      body: {
        source_id: visitor.sourceId,
        status: "pending",
        additional_attributes: { browser_language: "en" },
      },
    });
    const payload = [
      {
        attribute_key: "browser_language",
        filter_operator: "not_eq",
        values: ["en"],
        query_operator: "AND",
      },
      { attribute_key: "status", filter_operator: "eq", values: ["pending"], query_operator: null },
    ];
    const answer = await work("POST", "/conversations/filter?page=1", { body: { payload } });
    expect(answer.status).toBe(200);
    expectLike(answer.body, {
      data: {
        meta: { mine_count: 0, unassigned_count: 0, assigned_count: 0, all_count: 0 },
        payload: [
          {
            id: 0,
            messages: [{ content: "string", message_type: "incoming", created_at: 0, sender: {} }],
            account_id: 0,
            inbox_id: 0,
            status: "open",
            timestamp: "string",
            unread_count: 0,
            additional_attributes: {},
            custom_attributes: {},
            meta: { sender: { id: 0, name: "string", channel: "string" }, assignee: {} },
          },
        ],
      },
    });
    const ids = answer.body.data.payload.map((row: { id: number }) => row.id);
    expect(ids).toEqual([pending.body.id]);
    expect(answer.headers.get("total-count")).toBe("1");
    expect(ids).not.toContain(english.body.id);
  });

  it("asks about each attribute, joins by AND before OR, and shows only what the agent may see", async () => {
    const { account, agent, work, start, inbox, rule, visitor } = await setUp();
    const closed = await app.build.anInbox(account);
    const [one, two, three] = [await start("1"), await start("2"), await start("3")];
    await rule("POST", "/conversations", { body: { contact_id: visitor.id, inbox_id: closed.id } });
    await work("POST", `/conversations/${one}/assignments`, { body: { assignee_id: agent.id } });
    await work("POST", `/conversations/${two}/labels`, { body: { labels: ["vip"] } });
    await work("PATCH", `/conversations/${three}`, { body: { priority: "urgent" } });
    await app.db.insert(custom_attribute_definitions).values({
      account_id: account,
      attribute_model: "conversation_attribute",
      attribute_key: "order",
      attribute_display_name: "Order",
      attribute_display_type: "number",
    });
    await work("POST", `/conversations/${two}/custom_attributes`, {
      body: { custom_attributes: { order: 77 } },
    });
    const found = async (...payload: [string, string, unknown, string?][]) => {
      const answer = await work("POST", "/conversations/filter", {
        body: {
          payload: payload.map(([attribute_key, filter_operator, values, query_operator]) => ({
            attribute_key,
            filter_operator,
            values,
            query_operator,
          })),
        },
      });
      expect(answer.body.error).toBeUndefined();
      return answer.body.data.payload.map((row: { id: number }) => row.id).toSorted();
    };
    expect(await found()).toEqual([one, two, three]);
    expect(await found(["status", "equal_to", ["all"]])).toEqual([one, two, three]);
    expect(await found(["assignee_id", "equal_to", [agent.id]])).toEqual([one]);
    expect(await found(["assignee_id", "not_equal_to", [agent.id]])).toEqual([two, three]);
    expect(await found(["assignee_id", "is_not_present", null])).toEqual([two, three]);
    expect(await found(["inbox_id", "eq", [inbox.id]])).toEqual([one, two, three]);
    expect(await found(["team_id", "is_present", []])).toEqual([]);
    expect(await found(["labels", "equal_to", ["VIP"]])).toEqual([two]);
    expect(await found(["labels", "not_equal_to", ["vip"]])).toEqual([one, three]);
    expect(await found(["priority", "not_equal_to", ["low"]])).toEqual([one, two, three]);
    expect(await found(["priority", "equal_to", ["urgent"]])).toEqual([three]);
    expect(await found(["display_id", "contains", [two]])).toEqual([two]);
    expect(await found(["created_at", "is_less_than", ["2026-01-01"]])).toEqual([]);
    expect(await found(["created_at", "is_greater_than", ["2026-05-03"]])).toEqual([
      one,
      two,
      three,
    ]);
    expect(await found(["created_at", "days_before", ["3"]])).toEqual([]);
    expect(await found(["order", "is_greater_than", ["70"]])).toEqual([two]);
    expect(
      await found(
        ["display_id", "equal_to", [one], "OR"],
        ["labels", "equal_to", ["vip"], "AND"],
        ["priority", "equal_to", ["urgent"], "or"],
        ["priority", "equal_to", ["urgent"]],
      ),
    ).toEqual([one, three]);
  });

  it.each([
    [
      [{ attribute_key: "colour", filter_operator: "equal_to", values: ["red"] }],
      /^Invalid attribute key - \[colour\]\. The key should be one of \[status,priority,.*\] or a custom attribute defined in the account\.$/,
    ],
    [
      [{ attribute_key: "status", filter_operator: "contains", values: ["open"] }],
      /^Invalid operator\. The allowed operators for status are \[equal_to,not_equal_to\]\.$/,
    ],
    [
      [
        {
          attribute_key: "status",
          filter_operator: "equal_to",
          values: ["open"],
          query_operator: "XOR",
        },
        { attribute_key: "status", filter_operator: "equal_to", values: ["open"] },
      ],
      /^Query operator must be either "AND" or "OR"\.$/,
    ],
    [
      [{ attribute_key: "created_at", filter_operator: "is_less_than", values: ["yesterday"] }],
      /^Invalid value\. The values provided for created_at are invalid$/,
    ],
  ])("answers what is wrong in the documented sentences", async (payload, sentence) => {
    const { work } = await setUp();
    const answer = await work("POST", "/conversations/filter", { body: { payload } });
    expect(answer.status).toBe(422);
    expect(answer.body.error).toMatch(sentence);
  });
});

describe("attributes, mute and followers", () => {
  it("changes priority and attributes by what is given, or sets all attributes", async () => {
    const { start, work, visit } = await setUp();
    const id = await start();
    const body = { priority: "high", custom_attributes: { order: 7, plan: "pro" } };
    const changed = await work("PATCH", `/conversations/${id}`, { body });
    expect(conversationSchema.strict().parse(changed.body)).toMatchObject(body);
    const merged = await work("PATCH", `/conversations/${id}`, {
      body: { priority: "none", custom_attributes: { plan: null } },
    });
    expect(merged.body).toMatchObject({ priority: null, custom_attributes: { order: 7 } });
    const set = await work("POST", `/conversations/${id}/custom_attributes`, {
      body: { custom_attributes: { other: true } },
    });
    expect(set.body).toEqual({ custom_attributes: { other: true } });
    const [seen] = (await visit("GET", "/conversations")).body;
    expect(seen.custom_attributes).toEqual({ other: true });
    const before = (await work("GET", `/conversations/${id}`)).body.seq;
    await work("PATCH", `/conversations/${id}`, { body: {} });
    expect((await work("GET", `/conversations/${id}`)).body.seq).toBe(before);
  });

  it("keeps what is written in a muted conversation without opening it", async () => {
    const { start, work, visit, lines } = await setUp();
    const id = await start();
    expect((await work("POST", `/conversations/${id}/mute`)).status).toBe(200);
    await visit("POST", `/conversations/${id}/messages`, { body: { content: "Anyone?" } });
    expect((await work("GET", `/conversations/${id}`)).body).toMatchObject({
      muted: true,
      status: "resolved",
      unread_count: 0,
      waiting_since: null,
      messages: [{ content: "Anyone?" }],
    });
    await work("POST", `/conversations/${id}/unmute`);
    await visit("POST", `/conversations/${id}/messages`, { body: { content: "Now?" } });
    const after = (await work("GET", `/conversations/${id}`)).body;
    expect(after).toMatchObject({ muted: false, status: "open", unread_count: 1 });
    expect((await lines(id)).slice(0, 2)).toEqual([
      "Ada muted the conversation",
      "Ada unmuted the conversation",
    ]);
  });

  it("lets agents of the inbox follow, and nobody else", async () => {
    const { account, start, work, agent, administrator } = await setUp();
    const id = await start();
    const stranger = await app.build.anAgent(account);
    const follow = async (method: string, ids: number[]) => {
      const body = { user_ids: ids };
      return await work(method, `/conversations/${id}/participants`, { body });
    };
    const names = (answer: { body: { name: string }[] }) => answer.body.map(({ name }) => name);
    expect(names(await follow("POST", [agent.id]))).toEqual(["Ada"]);
    expect(names(await follow("POST", [administrator.id, agent.id]))).toEqual(["Ada", "Root"]);
    expect(names(await follow("DELETE", [agent.id, 999_999]))).toEqual(["Root"]);
    expect(names(await follow("PATCH", [agent.id]))).toEqual(["Ada"]);
    for (const id of [stranger.id, 999_999]) {
      expect(await follow("POST", [id])).toMatchObject({
        status: 422,
        body: { error: "User must exist" },
      });
    }
    const read = await work("GET", `/conversations/${id}/participants`);
    expect(names(read)).toEqual(["Ada"]);
  });

  it("is for those who may see the inbox", async () => {
    const { account, start } = await setUp();
    const id = await start();
    const stranger = asAgent(app.url, await app.build.anAgent(account));
    const calls: [string, string, unknown?][] = [
      ["GET", "/labels"],
      ["POST", "/labels", { labels: ["x"] }],
      ["PATCH", "", { priority: "high" }],
      ["POST", "/custom_attributes", { custom_attributes: {} }],
      ["POST", "/mute"],
      ["POST", "/unmute"],
      ["GET", "/participants"],
      ["POST", "/participants", { user_ids: [] }],
    ];
    for (const who of [stranger, (await setUp()).rule]) {
      for (const [method, path, body] of calls) {
        const url = `/conversations/${id}${path}`;
        const answer = await who(method, url, body === undefined ? {} : { body });
        expect([path, answer.status]).toEqual([path, 404]);
      }
    }
  });
});
