// Identity: signed by the website, or only claimed by a browser.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { publicPaths } from "../../protocol/paths.ts";
import { identifierHash } from "./identity.ts";
import { contacts } from "../database/contact-tables.ts";
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
      // To its own browser; to agents it is a claim, as below.
      name: "Vera",
    });
    expect((await visit("GET", "/conversations")).body).toHaveLength(2);
    expect((await asVisitor(app.url, laptop)("GET", `/conversations/${id}`)).status).toBe(200);
    const again = await visit("POST", path, { body: { content: "hi", echo_id: "e1" } });
    expect(again.body.id).toBe(first.body.id);
    const seen = await work("GET", `/conversations/${id}`);
    expect(seen.body.meta.sender).toMatchObject({
      id: laptop.id,
      hmac_verified: true,
      name: null,
      stated: { name: "Vera" },
    });
    expect(await app.db.select().from(contacts).where(eq(contacts.id, phone.id))).toEqual([]);
  });

  it("keeps apart from a verified contact what nobody has signed, by whatever door it comes", async () => {
    const { inbox, work, agent } = await setUp({
      pre_chat_form_enabled: true,
      enable_email_collect: true,
    });
    const custom_attributes = { plan: "gold" };
    const visitor = await app.build.aVisitor(inbox, {
      ...signed(inbox, "user-1"),
      name: "The Boss",
      custom_attributes,
    });
    const visit = asVisitor(app.url, visitor);
    const known = async () =>
      (await work("GET", `/contacts/${visitor.id}`)).body.payload.contact as Record<
        string,
        unknown
      >;
    const nothing = { name: null, email: null, phone_number: null, custom_attributes: {} };
    expect(await known()).toMatchObject({
      ...nothing,
      stated: { name: "The Boss", custom_attributes },
    });
    const said = { name: "Boss", email: "boss@example.com", phone_number: "1", avatar_url: null };
    const own = await visit("PATCH", "", {
      body: { ...said, custom_attributes: { city: "Rome" } },
    });
    // The browser sees what it has said.
    expect(own.body).toMatchObject({ ...said, custom_attributes: { plan: "gold", city: "Rome" } });
    expect(await known()).toMatchObject({
      ...nothing,
      stated: { name: "Boss", email: "boss@example.com", phone_number: "1" },
    });
    const pre_chat = { fields: { emailAddress: "form@example.com" }, consent: true };
    const message = { content: "Hi", echo_id: "1" };
    const { id } = (await visit("POST", "/conversations", { body: { pre_chat, message } })).body;
    const conversation = (await work("GET", `/conversations/${id}`)).body;
    expect(conversation.meta.sender).toMatchObject({
      ...nothing,
      hmac_verified: true,
      stated: { email: "form@example.com" },
    });
    expect(conversation.messages.at(-1).sender.name).not.toBe("Boss");
    // An agent knows; what is said the same is no claim any more.
    await asAgent(app.url, agent)("PUT", `/contacts/${visitor.id}`, { body: { name: "Boss" } });
    const settled = await known();
    expect(settled).toMatchObject({ name: "Boss" });
    expect(settled["stated"]).not.toHaveProperty("name");
    await visit("PATCH", "", { body: { name: "Somebody", email: null } });
    expect(await known()).toMatchObject({
      name: "Boss",
      email: null,
      stated: { name: "Somebody" },
    });
    expect((await visit("GET", "")).body).toMatchObject({ name: "Boss", email: null });
  });

  it("lets a browser whose contact an agent has vouched for claim nothing about him", async () => {
    const { inbox, work } = await setUp();
    const victim = await app.build.aVisitor(inbox, signed(inbox, "victim"));
    const visitor = await app.build.aVisitor(inbox, { name: "Vera" });
    await work("PUT", `/contacts/${visitor.id}`, { body: { identifier: "user-1" } });
    const visit = asVisitor(app.url, visitor);
    for (const identifier of ["victim", "admin"]) {
      expect((await visit("PATCH", "", { body: { identifier } })).status).toBe(409);
    }
    await visit("PATCH", "", { body: { name: "Somebody else" } });
    const seen = (await work("GET", `/contacts/${visitor.id}`)).body.payload.contact;
    expect(seen).toMatchObject({
      identifier: "user-1",
      name: "Vera",
      stated: { name: "Somebody else" },
    });
    const proven = await visit("PATCH", "", { body: signed(inbox, "victim") });
    expect(proven.body).toMatchObject({ id: victim.id, hmac_verified: true, name: null });
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
