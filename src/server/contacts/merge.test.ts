// Merging: one person remains, with both histories, on every browser that was either of them.
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { contacts } from "../database/contact-tables.ts";
import { messages } from "../database/message-tables.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { asAgent, asVisitor } from "../test-kit/call.ts";
import { connectAgent, connectVisitor } from "../test-kit/sockets.ts";
import { identifierHash } from "./identity.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

async function setUp() {
  const account = await app.build.anAccount();
  const inbox = await app.build.anInbox(account);
  const agent = await app.build.anAgent(account, { inboxes: [inbox] });
  const work = asAgent(app.url, agent);
  const person = async (contact: Record<string, unknown>) => {
    const visitor = await app.build.aVisitor(inbox, contact);
    const visit = asVisitor(app.url, visitor);
    const id = (await visit("POST", "/conversations")).body.id as number;
    const path = `/conversations/${id}/messages`;
    const say = (content: string) => visit("POST", path, { body: { content, echo_id: content } });
    await say(`I am ${String(contact["name"])}`);
    return { ...visitor, visit, conversation: id, say, path };
  };
  const merge = (base: number, mergee: number) =>
    work("POST", "/actions/contact_merge", {
      body: { base_contact_id: base, mergee_contact_id: mergee },
    });
  const signed = (identifier: string) => ({
    identifier,
    identifier_hash: identifierHash(inbox.hmacToken, identifier),
  });
  return { account, inbox, agent, work, person, merge, signed };
}

it("keeps both histories, and fills in what the base did not say", async () => {
  const { account, agent, work, person, merge } = await setUp();
  const base = await person({ name: "Vera", custom_attributes: { plan: "pro" } });
  const mergee = await person({
    name: "V.",
    email: "v@example.com",
    custom_attributes: { plan: "free", city: "Rome" },
  });
  await work("POST", `/contacts/${mergee.id}/labels`, { body: { labels: ["vip"] } });
  const desk = await connectAgent(app.url, agent.pubsubToken);
  const answer = await merge(base.id, mergee.id);
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({
    id: base.id,
    name: "Vera",
    email: "v@example.com",
    labels: ["vip"],
    custom_attributes: { plan: "pro", city: "Rome" },
  });
  expect(answer.body.contact_inboxes).toHaveLength(2);
  expect((await work("GET", `/contacts/${mergee.id}`)).status).toBe(404);
  const list = (await work("GET", `/contacts/${base.id}/conversations`)).body;
  expect(list.map((row: { id: number }) => row.id).toSorted()).toEqual([
    base.conversation,
    mergee.conversation,
  ]);
  const told = await desk.hears(
    "conversation:updated",
    // What came before the merge may still be on its way.
    ({ id, meta }) => id === mergee.conversation && meta.sender.id === base.id,
  );
  expect(told.meta.sender.name).toBe("Vera");
  const [first] = (await work("GET", mergee.path)).body;
  expect(first.sender).toMatchObject({ id: base.id, name: "Vera" });
  const left = and(eq(messages.account_id, account), eq(messages.sender_id, mergee.id));
  expect(await app.db.select().from(messages).where(left)).toEqual([]);
});

it("leaves each browser its own conversation, and finds what it sends again", async () => {
  const { person, merge } = await setUp();
  const base = await person({ name: "Vera" });
  const mergee = await person({ name: "V." });
  await merge(base.id, mergee.id);
  expect((await mergee.visit("GET", "")).body).toMatchObject({ id: base.id, name: "Vera" });
  const seen = (await mergee.visit("GET", "/conversations")).body;
  expect(seen.map((row: { id: number }) => row.id)).toEqual([mergee.conversation]);
  const again = await mergee.say("I am V.");
  expect(again.status).toBe(200);
  expect((await mergee.visit("GET", mergee.path)).body).toHaveLength(1);
});

it("lets a proven browser hear everything of the person whom it is", async () => {
  const { person, merge, signed, work } = await setUp();
  const anonymous = await person({ name: "Somebody" });
  const proven = await person({ name: "Vera", ...signed("u1") });
  const widget = await connectVisitor(app.url, proven.pubsubToken);
  const answer = await merge(anonymous.id, proven.id);
  // Which of the two remains does not make a fact of what was claimed.
  expect(answer.body).toMatchObject({
    id: anonymous.id,
    identifier: "u1",
    name: null,
    stated: { name: "Vera" },
  });
  await work("POST", anonymous.path, { body: { content: "Hello Vera" } });
  const heard = await widget.hears("message:created");
  expect(heard.message).toMatchObject({
    content: "Hello Vera",
    conversation_id: anonymous.conversation,
  });
  const later = await person({ name: "Later", ...signed("u1") });
  expect(later.id).toBe(anonymous.id);
});

it("keeps two whom the website knows as two apart, and refuses nonsense", async () => {
  const { person, merge, signed } = await setUp();
  const [one, two] = [
    await person({ name: "One", ...signed("u1") }),
    await person({ name: "Two", ...signed("u2") }),
  ];
  expect((await merge(one.id, two.id)).status).toBe(409);
  expect((await merge(one.id, one.id)).status).toBe(422);
  expect((await merge(one.id, 999_999)).status).toBe(404);
  const elsewhere = await setUp();
  const foreign = await elsewhere.person({ name: "Foreign" });
  expect((await merge(one.id, foreign.id)).status).toBe(404);
  expect((await elsewhere.merge(foreign.id, one.id)).status).toBe(404);
});

it("keeps what a browser begins while it becomes somebody else", async () => {
  const { person, merge } = await setUp();
  for (let round = 0; round < 5; round += 1) {
    const [base, mergee] = [await person({ name: "Vera" }), await person({ name: "V." })];
    const starts = Array.from({ length: 6 }, () => mergee.visit("POST", "/conversations"));
    const answers = await Promise.all([...starts, merge(base.id, mergee.id)]);
    expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 200));
    expect((await mergee.visit("GET", "/conversations")).body).toHaveLength(7);
  }
});

it("stores once, and as the right person's, what is sent while he is merged", async () => {
  const { person, merge, account } = await setUp();
  for (let round = 0; round < 8; round += 1) {
    const [base, mergee] = [await person({ name: "Vera" }), await person({ name: "V." })];
    const texts = Array.from({ length: 8 }, (_, index) => `${round} ${index}`);
    const sent = texts.map((text) => mergee.say(text));
    const answers = await Promise.all([...sent, merge(base.id, mergee.id)]);
    expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 200));
    const again = await Promise.all(texts.map((text) => mergee.say(text)));
    expect(again.map((answer) => answer.status)).toEqual(again.map(() => 200));
    expect((await mergee.visit("GET", mergee.path)).body).toHaveLength(9);
    const stale = and(eq(messages.account_id, account), eq(messages.sender_id, mergee.id));
    expect(await app.db.select().from(messages).where(stale)).toEqual([]);
  }
});

it("ends in one contact when two merge the same pair both ways at once", async () => {
  const { account, person, merge } = await setUp();
  const [one, two] = [await person({ name: "One" }), await person({ name: "Two" })];
  const answers = await Promise.all([merge(one.id, two.id), merge(two.id, one.id)]);
  expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200, 404]));
  const rows = await app.db.select().from(contacts).where(eq(contacts.account_id, account));
  expect(rows).toHaveLength(1);
});
