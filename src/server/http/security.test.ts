// What nobody may do: be somebody else, see what is not his, hear what is private.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { publicPaths } from "../../protocol/paths.ts";
import { contact_inboxes } from "../database/contact-tables.ts";
import { messages } from "../database/message-tables.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { asAgent, asVisitor, call } from "../test-kit/call.ts";
import { connectAgent, connectVisitor } from "../test-kit/sockets.ts";

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

describe("another visitor", () => {
  it("finds nothing of a conversation that is not his, by REST or socket", async () => {
    const { inbox } = await setUp();
    const owner = await app.build.aVisitor(inbox);
    const other = await app.build.aVisitor(inbox);
    const { id } = (await asVisitor(app.url, owner)("POST", "/conversations")).body;
    const path = `/conversations/${id}/messages`;
    const secret = await asVisitor(app.url, owner)("POST", path, { body: { content: "secret" } });
    const visit = asVisitor(app.url, other);
    const answers = await Promise.all([
      visit("GET", `/conversations/${id}`),
      visit("GET", path),
      visit("POST", path, { body: { content: "mine", echo_id: "e" } }),
      visit("PATCH", `${path}/${secret.body.id}`, {
        body: { submitted_values: { csat_survey_response: { rating: 1 } } },
      }),
      visit("POST", `/conversations/${id}/toggle_status`),
      visit("POST", `/conversations/${id}/toggle_typing`, { body: { typing_status: "on" } }),
      visit("POST", `/conversations/${id}/update_last_seen`),
    ]);
    for (const answer of answers) {
      expect(answer.status).toBe(404);
      expect(answer.body).toEqual({ error: "Resource could not be found", code: "not_found" });
    }
    const socket = await connectVisitor(app.url, other.pubsubToken);
    const commands = await Promise.all([
      socket.send("message:send", { conversation_id: id, content: "mine", echo_id: "e" }),
      socket.send("conversation:sync", { conversation_id: id, after_seq: 0 }),
      socket.send("conversation:see", { conversation_id: id, seq: 1 }),
      socket.send("conversation:resolve", { conversation_id: id }),
      socket.send("typing:set", { conversation_id: id, typing: true }),
    ]);
    for (const result of commands) {
      expect(result).toMatchObject({ ok: false, error: { code: "not_found" } });
    }
    const [stored, ...more] = await app.db
      .select()
      .from(messages)
      .where(eq(messages.account_id, inbox.accountId));
    expect(stored?.content).toBe("secret");
    expect(more).toEqual([]);
  });

  it("hears nothing of it", async () => {
    const { inbox, work } = await setUp();
    const owner = await app.build.aVisitor(inbox);
    const other = await app.build.aVisitor(inbox);
    const socket = await connectVisitor(app.url, other.pubsubToken);
    const own = await connectVisitor(app.url, owner.pubsubToken);
    const { id } = (await asVisitor(app.url, owner)("POST", "/conversations")).body;
    await work("POST", `/conversations/${id}/messages`, { body: { content: "for the owner" } });
    await own.hears("message:created");
    const mine = await socket.send("conversation:start", { echo_id: "c" });
    await socket.hears("conversation:created", (created) => mine.ok && created.id === mine.data.id);
    expect(socket.heard.map((event) => event.name)).not.toContain("message:created");
  });

  it("gets nothing for a source id of another inbox", async () => {
    const { inbox, account } = await setUp();
    const second = await app.build.anInbox(account);
    const visitor = await app.build.aVisitor(inbox);
    const path = publicPaths.contact(second.token, visitor.sourceId);
    expect((await call("GET", app.url + path)).status).toBe(404);
  });
});

describe("another account", () => {
  it("answers 401 to a valid user of another account, and 404 to foreign ids in his own", async () => {
    const { inbox, agent } = await setUp();
    const foreign = await setUp();
    const visitor = await app.build.aVisitor(inbox);
    await asVisitor(app.url, visitor)("POST", "/conversations");
    const headers = { "api-access-token": foreign.agent.accessToken };
    for (const path of ["conversations", "conversations/1", "agents", "inboxes"]) {
      const url = `${app.url}/api/v1/accounts/${agent.accountId}/${path}`;
      const answer = await call("GET", url, { headers });
      expect(answer.status).toBe(401);
      expect(answer.body.error).toBe("You are not authorized to access this account");
    }
    expect((await foreign.work("GET", "/conversations/1")).status).toBe(404);
    const list = await foreign.work("GET", "/conversations?status=all");
    expect(list.body.data.payload).toEqual([]);
  });

  it("shows an agent only inboxes of which he is a member, an administrator all", async () => {
    const { inbox, account } = await setUp();
    const outsider = await app.build.anAgent(account, { name: "Bob" });
    const administrator = await app.build.anAgent(account, { role: "administrator" });
    const visitor = await app.build.aVisitor(inbox);
    const { id } = (await asVisitor(app.url, visitor)("POST", "/conversations")).body;
    const outside = asAgent(app.url, outsider);
    expect((await outside("GET", `/conversations/${id}`)).status).toBe(404);
    expect((await outside("GET", "/conversations")).body.data.payload).toEqual([]);
    expect((await outside("GET", "/conversations/meta")).body.meta.all_count).toBe(0);
    const byInbox = await outside("GET", `/conversations?inbox_id=${inbox.id}`);
    expect(byInbox.body.data.payload).toEqual([]);
    const write = { body: { content: "x" } };
    expect((await outside("POST", `/conversations/${id}/messages`, write)).status).toBe(404);
    expect((await outside("GET", "/inboxes")).body).toEqual([]);
    const admin = asAgent(app.url, administrator);
    expect((await admin("GET", `/conversations/${id}`)).status).toBe(200);
    expect((await admin("GET", "/inboxes")).body).toHaveLength(1);
    const deaf = await connectAgent(app.url, outsider.pubsubToken);
    const desk = await connectAgent(app.url, administrator.pubsubToken);
    const sent = await deaf.send("message:send", {
      conversation_id: id,
      content: "x",
      echo_id: "e",
    });
    expect(sent).toMatchObject({ ok: false, error: { code: "not_found" } });
    await asVisitor(app.url, visitor)("POST", `/conversations/${id}/messages`, write);
    await desk.hears("message:created");
    expect(deaf.heard.map((event) => event.name)).not.toContain("message:created");
  });
});

describe("private notes and activity", () => {
  it("never leave by the client API, its lists, the visitor's socket or its sync", async () => {
    const { inbox, work } = await setUp();
    const visitor = await app.build.aVisitor(inbox);
    const visit = asVisitor(app.url, visitor);
    const socket = await connectVisitor(app.url, visitor.pubsubToken);
    const { id } = (await visit("POST", "/conversations")).body;
    const path = `/conversations/${id}/messages`;
    await visit("POST", path, { body: { content: "hello" } });
    const note = await work("POST", path, { body: { content: "a note", private: true } });
    await work("POST", `/conversations/${id}/assignments`, { body: { assignee_id: null } });
    await work("POST", `/conversations/${id}/toggle_status`, { body: { status: "pending" } });
    await work("POST", path, { body: { content: "last private", private: "true" } });
    const synced = await socket.send("conversation:sync", { conversation_id: id, after_seq: 0 });
    const listed = await socket.send("conversation:list", {});
    const seen = [
      (await visit("GET", path)).body,
      (await visit("GET", "/conversations")).body,
      (await visit("GET", `/conversations/${id}`)).body,
      (await visit("POST", `/conversations/${id}/toggle_status`)).body,
      synced,
      listed,
    ];
    await socket.hears("conversation:updated", (changed) => changed.status === "resolved");
    const everything = JSON.stringify([...seen, ...socket.heard]);
    expect(everything).toContain("hello");
    for (const hidden of ["a note", "last private", '"activity"', '"private":true']) {
      expect(everything).not.toContain(hidden);
    }
    const before = await visit("GET", `${path}?before=${note.body.id}`);
    expect(before.body).toMatchObject([{ content: "hello" }]);
    const rate = { submitted_values: { csat_survey_response: { rating: 1 } } };
    expect((await visit("PATCH", `${path}/${note.body.id}`, { body: rate })).status).toBe(404);
  });

  it("keep typing in a note from the visitor", async () => {
    const { inbox, agent } = await setUp();
    const visitor = await app.build.aVisitor(inbox);
    const widget = await connectVisitor(app.url, visitor.pubsubToken);
    const desk = await connectAgent(app.url, agent.pubsubToken);
    const { id } = (await asVisitor(app.url, visitor)("POST", "/conversations")).body;
    await desk.send("typing:set", { conversation_id: id, typing: true, private: true });
    await desk.send("typing:set", { conversation_id: id, typing: true });
    await widget.hears("typing:changed");
    expect(widget.heard.filter((event) => event.name === "typing:changed")).toHaveLength(1);
  });
});

describe("credentials", () => {
  it("are not found in the log, nor is message text", async () => {
    const { inbox, agent, work } = await setUp();
    const visitor = await app.build.aVisitor(inbox);
    const visit = asVisitor(app.url, visitor);
    const { id } = (await visit("POST", "/conversations")).body;
    await visit("POST", `/conversations/${id}/messages`, { body: { content: "do not log this" } });
    await work("GET", `/conversations/${id}`);
    const log = app.logged.join("");
    expect(log).toContain("/conversations/:conversation/messages");
    const secrets = [visitor.sourceId, visitor.pubsubToken, agent.accessToken, "do not log this"];
    for (const secret of secrets) expect(log).not.toContain(secret);
  });

  it("are unguessable and different for each browser", async () => {
    const { inbox } = await setUp();
    await Promise.all(Array.from({ length: 5 }, () => app.build.aVisitor(inbox)));
    const rows = await app.db
      .select()
      .from(contact_inboxes)
      .where(eq(contact_inboxes.inbox_id, inbox.id));
    const tokens = rows.flatMap((row) => [row.source_id, row.pubsub_token]);
    expect(new Set(tokens).size).toBe(10);
    for (const row of rows) expect(row.pubsub_token.length).toBeGreaterThanOrEqual(32);
  });
});
