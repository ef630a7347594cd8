// Identity: signed by the website, or only claimed by a browser.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { publicPaths } from "../../protocol/paths.ts";
import { identifierHash } from "./identity.ts";
import { contacts } from "../database/tables.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp, TestInbox } from "../test-kit/app.ts";
import { asAgent, asVisitor, call } from "../test-kit/call.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

async function setUp(inboxMore = {}) {
  const account = await app.build.anAccount();
  const inbox = await app.build.anInbox(account, inboxMore);
  const agent = await app.build.anAgent(account, { name: "Ada", inboxes: [inbox] });
  return { account, inbox, agent, work: asAgent(app.url, agent) };
}

const signed = (inbox: TestInbox, identifier: string) => ({
  identifier,
  identifier_hash: identifierHash(inbox.hmacToken, identifier),
});
const create = (inbox: TestInbox, body: unknown) =>
  call("POST", app.url + publicPaths.contacts(inbox.token), { body });

describe("identity", () => {
  it("makes the verified contact once and shows its conversations in each of its browsers", async () => {
    const { inbox } = await setUp();
    const laptop = await app.build.aVisitor(inbox, signed(inbox, "user-1"));
    const phone = await app.build.aVisitor(inbox, signed(inbox, "user-1"));
    expect(phone.id).toBe(laptop.id);
    expect(phone.sourceId).not.toBe(laptop.sourceId);
    await asVisitor(app.url, laptop)("POST", "/conversations");
    expect((await asVisitor(app.url, phone)("GET", "/conversations")).body).toHaveLength(1);
  });

  it("refuses a forged hash and stores nothing of it", async () => {
    const { inbox, account } = await setUp();
    const other = await app.build.anInbox(account);
    const forgeries = ["", "00", "x".repeat(128), identifierHash("guessed", "user-1")];
    forgeries.push(identifierHash(other.hmacToken, "user-1"));
    forgeries.push(identifierHash(inbox.hmacToken, "user-2"));
    for (const identifier_hash of forgeries.filter((hash) => hash !== "")) {
      const answer = await create(inbox, { identifier: "user-1", identifier_hash });
      expect(answer.status).toBe(401);
      expect(answer.body.code).toBe("unauthenticated");
    }
    const rows = await app.db.select().from(contacts).where(eq(contacts.account_id, account));
    expect(rows).toHaveLength(0);
  });

  it("keeps who only claims an identifier or address apart from the verified contact", async () => {
    const { inbox } = await setUp();
    const verified = await app.build.aVisitor(inbox, {
      ...signed(inbox, "user-1"),
      email: "v@example.com",
    });
    await asVisitor(app.url, verified)("POST", "/conversations");
    const claims = { identifier: "user-1", email: "v@example.com" };
    const claimant = await app.build.aVisitor(inbox, claims);
    expect(claimant.id).not.toBe(verified.id);
    expect((await asVisitor(app.url, claimant)("GET", "/conversations")).body).toEqual([]);
    const patched = await asVisitor(app.url, claimant)("PATCH", "", { body: claims });
    expect(patched.body).toMatchObject({ hmac_verified: false });
    expect((await asVisitor(app.url, claimant)("GET", "/conversations")).body).toEqual([]);
  });

  it("demands a right hash when the inbox says so", async () => {
    const { inbox } = await setUp({ hmac_mandatory: true });
    expect((await create(inbox, {})).status).toBe(401);
    expect((await create(inbox, { identifier: "user-1" })).status).toBe(401);
    expect((await create(inbox, signed(inbox, "user-1"))).status).toBe(200);
  });

  it("brings an anonymous browser's conversation along when it becomes verified", async () => {
    const { inbox, work } = await setUp();
    const laptop = await app.build.aVisitor(inbox, signed(inbox, "user-1"));
    await asVisitor(app.url, laptop)("POST", "/conversations");
    const phone = await app.build.aVisitor(inbox, { name: "Vera" });
    const visit = asVisitor(app.url, phone);
    const { id } = (await visit("POST", "/conversations")).body;
    const path = `/conversations/${id}/messages`;
    const first = await visit("POST", path, { body: { content: "hi", echo_id: "e1" } });
    const patched = await visit("PATCH", "", { body: signed(inbox, "user-1") });
    expect(patched.body).toMatchObject({
      id: laptop.id,
      source_id: phone.sourceId,
      hmac_verified: true,
      name: "Vera",
    });
    expect((await visit("GET", "/conversations")).body).toHaveLength(2);
    expect((await asVisitor(app.url, laptop)("GET", `/conversations/${id}`)).status).toBe(200);
    const again = await visit("POST", path, { body: { content: "hi", echo_id: "e1" } });
    expect(again.body.id).toBe(first.body.id);
    const seen = await work("GET", `/conversations/${id}`);
    expect(seen.body.meta.sender).toMatchObject({ id: laptop.id, hmac_verified: true });
    expect(await app.db.select().from(contacts).where(eq(contacts.id, phone.id))).toEqual([]);
  });

  it("never turns one verified contact into another", async () => {
    const { inbox } = await setUp();
    const visitor = await app.build.aVisitor(inbox, signed(inbox, "user-1"));
    const visit = asVisitor(app.url, visitor);
    const answer = await visit("PATCH", "", { body: signed(inbox, "user-2") });
    expect(answer.status).toBe(409);
    expect((await visit("PATCH", "", { body: { identifier: "user-2" } })).status).toBe(409);
    expect((await visit("GET", "")).body).toMatchObject({ id: visitor.id, identifier: "user-1" });
  });

  it("shows a verified contact nothing of another inbox", async () => {
    const { inbox, account } = await setUp();
    const second = await app.build.anInbox(account);
    const here = await app.build.aVisitor(inbox, signed(inbox, "user-1"));
    const there = await app.build.aVisitor(second, signed(second, "user-1"));
    const { id } = (await asVisitor(app.url, here)("POST", "/conversations")).body;
    expect((await asVisitor(app.url, there)("GET", "/conversations")).body).toEqual([]);
    expect((await asVisitor(app.url, there)("GET", `/conversations/${id}`)).status).toBe(404);
  });
});
