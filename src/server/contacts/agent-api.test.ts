// One contact in the application API as seed 003 prints it, rows 21–24.
import { createHmac } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contacts } from "../database/contact-tables.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { asVisitor } from "../test-kit/call.ts";
import { aContactAccount } from "../test-kit/contacts.ts";
import { connectAgent } from "../test-kit/sockets.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const setUp = () => aContactAccount(app);

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
    expect(answer.body.map((row: { id: number }) => row.id)).toEqual([mine]);
    expect((await rule("GET", `/contacts/${visitor.id}/conversations`)).body).toHaveLength(2);
  });
});
