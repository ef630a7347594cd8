// The directory of contacts as seed 003 prints it, rows 20, 25 and 26.
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { custom_attribute_definitions } from "../database/custom-attribute-tables.ts";
import { contacts } from "../database/contact-tables.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { asVisitor } from "../test-kit/call.ts";
import { aContactAccount, contactNames } from "../test-kit/contacts.ts";
import { documentedRequest } from "../test-kit/documented-examples.ts";

let app: TestApp;
let now = new Date("2026-05-04T10:00:00.000Z");
beforeAll(async () => {
  app = await openTestApp({ clock: () => now });
});
afterAll(() => app.close());

const setUp = () => aContactAccount(app);

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
    expect(first.headers.get("total-count")).toBe("17");
    expect(first.headers.get("link")).toContain('page=2>; rel="next"');
    const second = await work("GET", "/contacts?sort=name&page=2");
    expect(contactNames(second.body)).toEqual(["Person 15", "Zoe"]);
    expect(second.body[1].payload.contact.contact_inboxes).toHaveLength(1);
    const plain = await work("GET", "/contacts?include_contact_inboxes=false");
    expect(plain.body[0].payload.contact).not.toHaveProperty("contact_inboxes");
  });

  it("is sorted either way, those without a value last", async () => {
    const { work, add } = await setUp();
    await add({ name: "beta", email: "z@example.com" });
    await add({ name: "Alpha", email: "a@example.com", phone_number: "+2" });
    await add({ identifier: "nameless", phone_number: "+1" });
    const sorted = async (sort: string) =>
      contactNames((await work("GET", `/contacts?sort=${sort}`)).body);
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
    expect(contactNames(list)).toEqual(["Late", "Early"]);
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
    expect(contactNames(filtered.body)).toEqual(["Late"]);
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
      return contactNames(answer.body.payload);
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
    expect(contactNames(found.body.payload)).toEqual(["Vera"]);
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
    const body = documentedRequest(26);
    const answer = await work("POST", "/contacts/filter?page=1", { body });
    expect(answer.status).toBe(200);
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
      return contactNames(answer.body);
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
