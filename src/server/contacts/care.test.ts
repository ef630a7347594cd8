// Labels, identities, blocking and deleting of contacts.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { conversations } from "../database/conversation-tables.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { asVisitor } from "../test-kit/call.ts";
import { aContactAccount } from "../test-kit/contacts.ts";
import { identifierHash } from "./identity.ts";
import { connectAgent, connectVisitor } from "../test-kit/sockets.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const setUp = () => aContactAccount(app);

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

  it("keeps the block when the blocked proves who he is", async () => {
    const { work, inbox } = await setUp();
    const visitor = await app.build.aVisitor(inbox, { name: "Mallory" });
    await work("POST", `/contacts/${visitor.id}/block`);
    await work("POST", `/contacts/${visitor.id}/labels`, { body: { labels: ["spam"] } });
    const identifier_hash = identifierHash(inbox.hmacToken, "u1");
    const body = { identifier: "u1", identifier_hash };
    const { id } = (await asVisitor(app.url, visitor)("PATCH", "", { body })).body;
    expect(id).not.toBe(visitor.id);
    const { contact } = (await work("GET", `/contacts/${id}`)).body.payload;
    expect(contact).toMatchObject({ blocked: true, labels: ["spam"] });
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
