// Contacts in the application API as seed 003 prints them, rows 20–26, and what belongs to them.
import { createHmac } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { contacts, conversations } from "../database/tables.ts";
import { custom_attribute_definitions } from "../database/custom-attribute-tables.ts";
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

/** As the seed prints a contact, everywhere. */
const printed = {
  id: 0,
  payload: {
    contact: {
      email: "string",
      name: "string",
      phone_number: "string",
      thumbnail: "string",
      additional_attributes: {},
      custom_attributes: {},
      contact_inboxes: [
        {
          source_id: "string",
          inbox: {
            id: 0,
            name: "string",
            website_url: "string",
            channel_type: "string",
            avatar_url: "string",
            widget_color: "string",
            website_token: "string",
            enable_auto_assignment: true,
            web_widget_script: "string",
            welcome_title: "string",
            welcome_tagline: "string",
            greeting_enabled: true,
            greeting_message: "string",
          },
        },
      ],
    },
  },
};

async function setUp() {
  const account = await app.build.anAccount();
  const inbox = await app.build.anInbox(account);
  const agent = await app.build.anAgent(account, { name: "Ada", inboxes: [inbox] });
  const administrator = await app.build.anAgent(account, { name: "Root", role: "administrator" });
  const work = asAgent(app.url, agent);
  const rule = asAgent(app.url, administrator);
  const add = async (body: Record<string, unknown>): Promise<number> => {
    const answer = await work("POST", "/contacts", { body });
    expect(answer.status).toBe(200);
    return answer.body.id as number;
  };
  return { account, inbox, agent, administrator, work, rule, add };
}

const names = (body: { payload: { contact: { name: string } } }[]) =>
  body.map(({ payload }) => payload.contact.name);

describe("creating (row 21)", () => {
  it("answers as the seed prints it, with the identity in the inbox", async () => {
    const { work, inbox } = await setUp();
    const answer = await work("POST", "/contacts", {
      body: {
        inbox_id: inbox.id,
        name: "Vera",
        email: "Vera@Example.com",
        phone_number: "+4912345",
        avatar_url: "https://example.com/v.png",
        identifier: "u1",
        custom_attributes: { type: "customer", age: 30 },
      },
    });
    expect(answer.status).toBe(200);
    expectLike(answer.body, { ...printed, availability_status: "online" });
    expect(answer.body.payload.contact).toMatchObject({
      email: "vera@example.com",
      identifier: "u1",
      thumbnail: "https://example.com/v.png",
      custom_attributes: { type: "customer", age: 30 },
      contact_inboxes: [{ inbox: { id: inbox.id } }],
    });
    const { source_id } = answer.body.payload.contact_inbox;
    const visit = asVisitor(app.url, { id: 0, sourceId: source_id, pubsubToken: "", inbox });
    expect((await visit("GET", "")).body.name).toBe("Vera");
  });

  it.each([
    ["email", "v@example.com"],
    ["phone_number", "+491"],
    ["identifier", "u1"],
  ])("refuses a second contact with the same %s", async (field, value) => {
    const { work, add } = await setUp();
    await add({ [field]: value });
    const answer = await work("POST", "/contacts", { body: { name: "Other", [field]: value } });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({
      message: expect.stringMatching(/has already been taken$/),
      attributes: [field],
    });
  });

  it("makes one of twenty contacts with the same address at once", async () => {
    const { work } = await setUp();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => work("POST", "/contacts", { body: { email: "a@b.de" } })),
    );
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
    expect(answers.filter((answer) => answer.status === 422)).toHaveLength(19);
  });

  it("makes nothing when the inbox is missing, foreign or not the agent's", async () => {
    const { work, account } = await setUp();
    const foreign = await app.build.anInbox(await app.build.anAccount());
    const closed = await app.build.anInbox(account);
    for (const [inbox_id, status] of [
      [999_999, 404],
      [foreign.id, 404],
      [closed.id, 401],
    ] as const) {
      const answer = await work("POST", "/contacts", { body: { email: "a@b.de", inbox_id } });
      expect(answer.status).toBe(status);
    }
    expect(await app.db.select().from(contacts).where(eq(contacts.account_id, account))).toEqual(
      [],
    );
  });

  it("takes a form's empty fields as none", async () => {
    const { work } = await setUp();
    const body = new URLSearchParams({ name: "Vera", email: "", phone_number: "", inbox_id: "" });
    const answer = await work("POST", "/contacts", { body });
    expect(answer.body.payload.contact).toMatchObject({ name: "Vera", email: null });
  });

  it("joins the browser that later proves the identifier", async () => {
    const { add, inbox } = await setUp();
    const id = await add({ name: "Vera", identifier: "u1" });
    const identifier_hash = createHmac("sha256", inbox.hmacToken).update("u1").digest("hex");
    const visitor = await app.build.aVisitor(inbox, { identifier: "u1", identifier_hash });
    expect(visitor.id).toBe(id);
  });
});

describe("one contact (rows 22 and 23)", () => {
  it("is answered as the seed prints it", async () => {
    const { work, inbox } = await setUp();
    const visitor = await app.build.aVisitor(inbox, { name: "Vera" });
    const answer = await work("GET", `/contacts/${visitor.id}`);
    expectLike(answer.body, { ...printed, availability_status: "online" });
    expect(answer.body).toMatchObject({
      id: visitor.id,
      payload: { contact: { contact_inboxes: [{ source_id: visitor.sourceId }] } },
    });
  });

  it("changes by what is given, merges attributes, and tells the desk", async () => {
    const { work, inbox, agent } = await setUp();
    const visitor = await app.build.aVisitor(inbox, {
      name: "Vera",
      email: "v@example.com",
      custom_attributes: { plan: "pro", seats: 3 },
    });
    await asVisitor(app.url, visitor)("POST", "/conversations");
    const desk = await connectAgent(app.url, agent.pubsubToken);
    const answer = await work("PUT", `/contacts/${visitor.id}`, {
      body: {
        name: "Vera Smith",
        phone_number: "+491",
        custom_attributes: { seats: null, city: "Rome" },
        additional_attributes: { company_name: "Acme" },
      },
    });
    expectLike(answer.body, printed);
    expect(answer.body.payload.contact).toMatchObject({
      name: "Vera Smith",
      email: "v@example.com",
      phone_number: "+491",
      custom_attributes: { plan: "pro", city: "Rome" },
      additional_attributes: { company_name: "Acme" },
    });
    const told = await desk.hears("conversation:updated");
    expect(told.meta.sender.name).toBe("Vera Smith");
    const cleared = await work("PUT", `/contacts/${visitor.id}`, { body: { email: "" } });
    expect(cleared.body.payload.contact).toMatchObject({ name: "Vera Smith", email: null });
  });

  it("refuses another's address, but not its own again", async () => {
    const { work, add } = await setUp();
    await add({ email: "a@example.com" });
    const id = await add({ email: "b@example.com" });
    const taken = await work("PUT", `/contacts/${id}`, { body: { email: "a@example.com" } });
    expect(taken).toMatchObject({ status: 422, body: { attributes: ["email"] } });
    const own = await work("PUT", `/contacts/${id}`, { body: { email: "b@example.com" } });
    expect(own.status).toBe(200);
  });

  it("is nobody's but its account's", async () => {
    const { add } = await setUp();
    const id = await add({ email: "a@example.com" });
    const { rule } = await setUp();
    const calls = [
      ["GET", ""],
      ["PUT", ""],
      ["DELETE", ""],
      ["GET", "/conversations"],
      ["GET", "/labels"],
      ["POST", "/labels"],
      ["POST", "/block"],
      ["GET", "/contactable_inboxes"],
    ] as const;
    for (const [method, path] of calls) {
      const body = { labels: ["x"], name: "Mallory" };
      const options = method === "GET" ? {} : { body };
      expect((await rule(method, `/contacts/${id}${path}`, options)).status).toBe(404);
    }
    for (const word of ["0", "-1", "abc", "9".repeat(30), "1.5"]) {
      expect((await rule("GET", `/contacts/${word}`)).status).toBe(404);
    }
  });
});

describe("the directory (row 20)", () => {
  it("holds 15 a page of those who are known by something, as the seed prints them", async () => {
    const { account, work, inbox } = await setUp();
    await app.build.aVisitor(inbox, { name: "Nobody" });
    await app.build.aVisitor(inbox, { name: "Zoe", email: "zoe@example.com" });
    const rest = Array.from({ length: 16 }, (_, index) => ({
      account_id: account,
      name: `Person ${String(index).padStart(2, "0")}`,
      identifier: `p${index}`,
      identifier_verified: true,
    }));
    await app.db.insert(contacts).values(rest);
    const first = await work("GET", "/contacts?sort=name");
    expect(first.body).toHaveLength(15);
    expectLike(first.body, [
      { ...printed, payload: { contact: { email: "", contact_inboxes: [] } } },
    ]);
    expect(first.headers.get("total-count")).toBe("17");
    expect(first.headers.get("link")).toContain('page=2>; rel="next"');
    const second = await work("GET", "/contacts?sort=name&page=2");
    expect(names(second.body)).toEqual(["Person 15", "Zoe"]);
    expectLike(second.body[1], printed);
    const plain = await work("GET", "/contacts?include_contact_inboxes=false");
    expect(plain.body[0].payload.contact).not.toHaveProperty("contact_inboxes");
  });

  it("is sorted either way, those without a value last", async () => {
    const { work, add } = await setUp();
    await add({ name: "beta", email: "z@example.com" });
    await add({ name: "Alpha", email: "a@example.com", phone_number: "+2" });
    await add({ identifier: "nameless", phone_number: "+1" });
    const sorted = async (sort: string) =>
      names((await work("GET", `/contacts?sort=${sort}`)).body);
    expect(await sorted("name")).toEqual(["Alpha", "beta", null]);
    expect(await sorted("-name")).toEqual(["beta", "Alpha", null]);
    expect(await sorted("-email")).toEqual(["beta", "Alpha", null]);
    expect(await sorted("phone_number")).toEqual([null, "Alpha", "beta"]);
    expect((await work("GET", "/contacts?sort=password")).status).toBe(422);
  });

  it("knows who was active last", async () => {
    const { work, inbox } = await setUp();
    const early = await app.build.aVisitor(inbox, { name: "Early", email: "e@example.com" });
    const late = await app.build.aVisitor(inbox, { name: "Late", email: "l@example.com" });
    const at = async (visitor: typeof early) => {
      await asVisitor(app.url, visitor)("POST", "/conversations");
      await vi.waitFor(async () => {
        const mine = and(eq(contacts.id, visitor.id), eq(contacts.last_activity_at, now));
        expect(await app.db.select().from(contacts).where(mine)).toHaveLength(1);
      });
    };
    now = new Date("2026-05-04T11:00:00.000Z");
    await at(early);
    now = new Date("2026-05-04T12:00:00.000Z");
    await at(late);
    const list = (await work("GET", "/contacts")).body;
    expect(names(list)).toEqual(["Late", "Early"]);
    expect(list.map((row: { availability_status: string }) => row.availability_status)).toEqual([
      "online",
      "offline",
    ]);
    const filtered = await work("POST", "/contacts/filter", {
      body: {
        payload: [
          {
            attribute_key: "last_activity_at",
            filter_operator: "is_greater_than",
            values: ["2026-05-04T11:30:00Z"],
          },
        ],
      },
    });
    expect(names(filtered.body)).toEqual(["Late"]);
  });
});

describe("searching (row 25)", () => {
  it("finds part of a name, address, number or company, and an identifier to the letter", async () => {
    const { work, add } = await setUp();
    await add({ name: "Vera Smith", email: "vera@example.com", phone_number: "+491234" });
    await add({
      name: "Bob",
      identifier: "User-7",
      additional_attributes: { company_name: "100%_Acme" },
    });
    const search = async (q: string) => {
      const answer = await work("GET", `/contacts/search?q=${encodeURIComponent(q)}&sort=name`);
      return names(answer.body.payload);
    };
    expect(await search("SMITH")).toEqual(["Vera Smith"]);
    expect(await search("a@EXAMPLE")).toEqual(["Vera Smith"]);
    expect(await search("1234")).toEqual(["Vera Smith"]);
    expect(await search("0%_a")).toEqual(["Bob"]);
    expect(await search("User-7")).toEqual(["Bob"]);
    expect(await search("user-7")).toEqual([]);
    expect(await search("%")).toEqual(["Bob"]);
    expect(await search("'; drop table contacts; --")).toEqual([]);
  });

  it("answers as the seed prints it, and asks for something to search", async () => {
    const { work, inbox } = await setUp();
    await app.build.aVisitor(inbox, { name: "Vera", email: "v@example.com" });
    const found = await work("GET", "/contacts/search?q=v");
    expectLike(found.body, { payload: [printed] });
    expect(found.body.meta).toEqual({ count: 1, current_page: 1 });
    for (const query of ["", "?q=", "?q=%20"]) {
      const none = await work("GET", `/contacts/search${query}`);
      expect(none.status).toBe(422);
      expect(none.body.error).toBe("Specify search string with parameter q");
    }
  });
});

describe("filtering (row 26)", () => {
  it("takes the seed's own request and answers as it prints", async () => {
    const { work, inbox, add } = await setUp();
    await add({
      inbox_id: inbox.id,
      name: "EN",
      email: "e@example.com",
      additional_attributes: { country_code: "US" },
    });
    await add({
      name: "en",
      email: "f@example.com",
      additional_attributes: { country_code: "DE" },
    });
    const body = {
      payload: [
        {
          attribute_key: "name",
          filter_operator: "equal_to",
          values: ["en"],
          query_operator: "AND",
        },
        {
          attribute_key: "country_code",
          filter_operator: "equal_to",
          values: ["us"],
          query_operator: null,
        },
      ],
    };
    const answer = await work("POST", "/contacts/filter?page=1", { body });
    expect(answer.status).toBe(200);
    expectLike(answer.body, [printed]);
    expect(answer.body).toHaveLength(1);
    expect(answer.headers.get("total-count")).toBe("1");
    const all = await work("POST", "/contacts/filter", { body: { payload: [] } });
    expect(all.body).toHaveLength(2);
  });

  it("asks about what the account has defined, whatever is stored there", async () => {
    const { account, work, add } = await setUp();
    const define = (attribute_key: string, kind: "number" | "date" | "text" | "checkbox") =>
      app.db.insert(custom_attribute_definitions).values({
        account_id: account,
        attribute_model: "contact_attribute",
        attribute_key,
        attribute_display_name: attribute_key,
        attribute_display_type: kind,
      });
    await define("seats", "number");
    await define("since", "date");
    await define("plan", "text");
    await define("vip", "checkbox");
    const person = (name: string, custom_attributes: object) =>
      add({ name, identifier: name, custom_attributes: { ...custom_attributes } });
    await person("few", { seats: 3, since: "2026-01-05", plan: "Pro", vip: true });
    await person("many", {
      seats: "30",
      since: "2026-03-01T10:00:00Z",
      plan: "free",
      vip: "false",
    });
    await person("odd", { seats: "1e9999", since: "soon", plan: { a: 1 }, vip: "maybe" });
    await person("none", {});
    const found = async (key: string, filter_operator: string, values: unknown[]) => {
      const payload = [{ attribute_key: key, filter_operator, values }];
      const path = "/contacts/filter?sort=name";
      const answer = await work("POST", path, { body: { payload } });
      expect(answer.body.error).toBeUndefined();
      return names(answer.body);
    };
    expect(await found("seats", "is_greater_than", [5])).toEqual(["many"]);
    expect(await found("seats", "equal_to", ["3"])).toEqual(["few"]);
    expect(await found("seats", "not_equal_to", [3])).toEqual(["many", "none", "odd"]);
    expect(await found("since", "is_less_than", ["2026-02-01"])).toEqual(["few"]);
    expect(await found("since", "equal_to", ["2026-03-01"])).toEqual(["many"]);
    expect(await found("since", "days_before", [60])).toEqual(["few", "many"]);
    expect(await found("plan", "contains", ["pr"])).toEqual(["few"]);
    expect(await found("plan", "is_not_present", [])).toEqual(["none"]);
    expect(await found("vip", "equal_to", [true])).toEqual(["few"]);
  });
});

describe("conversations of a contact (row 24)", () => {
  it("are answered as the seed prints them, of the inboxes that the agent may see", async () => {
    const { account, work, rule, inbox } = await setUp();
    const closed = await app.build.anInbox(account);
    const visitor = await app.build.aVisitor(inbox, { name: "Vera" });
    const visit = asVisitor(app.url, visitor);
    const mine = (await visit("POST", "/conversations")).body.id as number;
    await visit("POST", `/conversations/${mine}/messages`, { body: { content: "Hi" } });
    await rule("POST", "/conversations", { body: { contact_id: visitor.id, inbox_id: closed.id } });
    const answer = await work("GET", `/contacts/${visitor.id}/conversations`);
    expectLike(answer.body, [
      {
        id: 0,
        messages: [
          {
            content: "string",
            content_type: "text",
            content_attributes: {},
            message_type: "incoming",
            created_at: 0,
            private: true,
            sender: {},
            conversation_id: 0,
          },
        ],
        account_id: 0,
        inbox_id: 0,
        status: "open",
        timestamp: "string",
        contact_last_seen_at: "string",
        agent_last_seen_at: "string",
        unread_count: 0,
        additional_attributes: {},
        custom_attributes: {},
        meta: {
          sender: { id: 0, name: "string", thumbnail: "string", channel: "string" },
          assignee: {},
        },
        display_id: 0,
      },
    ]);
    expect(answer.body.map((row: { id: number }) => row.id)).toEqual([mine]);
    expect((await rule("GET", `/contacts/${visitor.id}/conversations`)).body).toHaveLength(2);
  });
});

describe("labels, identities, blocking and deleting", () => {
  it("sets the whole set of labels, tidied", async () => {
    const { work, add } = await setUp();
    const id = await add({ email: "a@example.com" });
    const set = (labels: unknown) => work("POST", `/contacts/${id}/labels`, { body: { labels } });
    expect((await set([" VIP ", "billing,VIP", ""])).body).toEqual({ payload: ["vip", "billing"] });
    expect((await work("GET", `/contacts/${id}/labels`)).body).toEqual({
      payload: ["vip", "billing"],
    });
    expect((await set([])).body).toEqual({ payload: [] });
    for (const wrong of [5, {}, [{}], Array.from({ length: 101 }, (_, n) => `l${n}`)]) {
      expect((await set(wrong)).status).toBe(422);
    }
  });

  it("gives a contact an identity under a source id of its own, once in an inbox", async () => {
    const { work, add, inbox } = await setUp();
    const id = await add({ email: "a@example.com" });
    const give = (contact: number, source_id?: string) =>
      work("POST", `/contacts/${contact}/contact_inboxes`, {
        body: { inbox_id: inbox.id, ...(source_id === undefined ? {} : { source_id }) },
      });
    const source = "an-unguessable-source-id";
    const given = await give(id, source);
    expect(given.body).toMatchObject({ source_id: source, inbox: { id: inbox.id } });
    const other = await add({ email: "b@example.com" });
    expect(await give(other, source)).toMatchObject({
      status: 422,
      body: { error: "source_id should be unique" },
    });
    expect((await give(other, "7")).status).toBe(422);
    expect((await give(other)).status).toBe(200);
    const reachable = await work("GET", `/contacts/${id}/contactable_inboxes`);
    expect(reachable.body.payload).toMatchObject([{ source_id: source, inbox: { id: inbox.id } }]);
  });

  it("keeps what a blocked contact writes, without disturbing anybody", async () => {
    const { work, inbox, account } = await setUp();
    const visitor = await app.build.aVisitor(inbox, { name: "Mallory" });
    const visit = asVisitor(app.url, visitor);
    const old = (await visit("POST", "/conversations")).body.id as number;
    await work("POST", `/conversations/${old}/toggle_status`, { body: { status: "resolved" } });
    const blocked = await work("POST", `/contacts/${visitor.id}/block`);
    expect(blocked.body.payload.contact.blocked).toBe(true);
    const write = (id: number) =>
      visit("POST", `/conversations/${id}/messages`, { body: { content: "Me again" } });
    expect((await write(old)).status).toBe(200);
    const begun = await visit("POST", "/conversations", {
      body: { message: { content: "Hello?", echo_id: "e1" } },
    });
    expect(begun.body.status).toBe("resolved");
    const rows = await app.db
      .select()
      .from(conversations)
      .where(eq(conversations.account_id, account));
    expect(rows.map(({ status, agent_unread_count: n }) => [status, n])).toEqual([
      ["resolved", 0],
      ["resolved", 0],
    ]);
    const kept = await work("GET", `/conversations/${old}/messages`);
    expect(kept.body.at(-1).content).toBe("Me again");
    await work("POST", `/contacts/${visitor.id}/unblock`);
    await write(old);
    expect((await work("GET", `/conversations/${old}`)).body).toMatchObject({
      status: "open",
      unread_count: 1,
    });
  });

  it("lets administrators delete a contact with his conversations, and sends his browser away", async () => {
    const { work, rule, inbox, agent } = await setUp();
    const visitor = await app.build.aVisitor(inbox, { name: "Vera" });
    const started = await asVisitor(app.url, visitor)("POST", "/conversations");
    const id = started.body.id as number;
    const desk = await connectAgent(app.url, agent.pubsubToken);
    const widget = await connectVisitor(app.url, visitor.pubsubToken);
    const gone = new Promise((resolve) => widget.socket.once("disconnect", resolve));
    const refused = await work("DELETE", `/contacts/${visitor.id}`);
    expect(refused).toMatchObject({
      status: 401,
      body: { error: "You are not authorized to do this action" },
    });
    expect((await rule("DELETE", `/contacts/${visitor.id}`)).status).toBe(200);
    await gone;
    expect((await desk.hears("conversation:deleted")).id).toBe(id);
    expect((await work("GET", `/conversations/${id}`)).status).toBe(404);
    expect((await work("GET", `/contacts/${visitor.id}`)).status).toBe(404);
    expect((await asVisitor(app.url, visitor)("GET", "")).status).not.toBe(200);
  });
});
