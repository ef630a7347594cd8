// Intercom's dialect, asked as its document prints it (seed 002).
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { users } from "../../database/account-tables.ts";
import { openTestApp } from "../../test-kit/app.ts";
import type { TestAgent, TestApp } from "../../test-kit/app.ts";
import { asAgent, asVisitor, call } from "../../test-kit/call.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

async function aDesk() {
  const account = await app.build.anAccount();
  const inbox = await app.build.anInbox(account);
  const ada = await app.build.anAgent(account, { name: "Ada", inboxes: [inbox] });
  const grace = await app.build.anAgent(account, { name: "Grace", inboxes: [inbox] });
  const admin = await app.build.anAgent(account, { name: "Root", role: "administrator" });
  const visitor = await app.build.aVisitor(inbox);
  const begun = await asVisitor(app.url, visitor)("POST", "/conversations", {
    body: { message: { content: "Is <b> bold?", echo_id: "m1" } },
  });
  return { account, ada, grace, admin, visitor, id: begun.body.id as number };
}

const later = Math.floor(Date.now() / 1000) + 3_600;

const reply = (agent: TestAgent, id: number | string, body: object, more: object = {}) =>
  call("POST", `${app.url}/dialects/intercom/conversations/${id}/reply`, {
    body: { admin_id: String(agent.id), ...body },
    headers: { authorization: `Bearer ${agent.accessToken}`, accept: "application/json" },
    ...more,
  });

describe("Intercom's dialect", () => {
  it("snoozes and answers the whole conversation as its document prints it", async () => {
    const { ada, visitor, id } = await aDesk();
    const answer = await reply(ada, id, { message_type: "snoozed", snoozed_until: String(later) });
    expect(answer.status).toBe(200);
    const admin = { type: "admin", id: String(ada.id) };
    const user = { type: "lead", id: String(visitor.id) };
    const time = expect.any(Number);
    expect(answer.body).toEqual({
      type: "conversation",
      id: String(id),
      created_at: time,
      updated_at: time,
      waiting_since: time,
      snoozed_until: later,
      conversation_message: {
        type: "conversation_message",
        id: expect.any(String),
        subject: "",
        body: "<p>Is &lt;b&gt; bold?</p>",
        author: user,
        attachments: [],
        url: null,
      },
      user,
      customers: [user],
      assignee: { type: "nobody_admin", id: null },
      conversation_parts: {
        type: "conversation_part.list",
        conversation_parts: [
          {
            type: "conversation_part",
            id: expect.any(String),
            part_type: "snoozed",
            body: null,
            created_at: time,
            updated_at: time,
            notified_at: time,
            assigned_to: null,
            author: admin,
            attachments: [],
            external_id: null,
          },
        ],
        total_count: 1,
      },
      open: true,
      state: "snoozed",
      read: false,
      tags: { type: "tag.list", tags: [] },
    });
    const list = await asAgent(app.url, ada)("GET", "/snoozes");
    expect(list.body).toMatchObject([{ object_id: id, snoozed_until: later, created_by: ada.id }]);
  });

  it("takes the other kinds of reply, on either path", async () => {
    const { ada, grace, id } = await aDesk();
    const ask = (body: object) =>
      call("POST", `${app.url}/dialects/intercom/conversations/${id}/parts`, {
        body: { admin_id: ada.id, type: "admin", ...body },
        headers: {
          authorization: `Basic ${Buffer.from(`${ada.accessToken}:`).toString("base64")}`,
        },
      });
    const kinds: [object, string, object][] = [
      [{ message_type: "comment", body: "<p>Hello<br>there &amp; you</p>" }, "comment", {}],
      [{ message_type: "note", body: "Psst" }, "note", {}],
      [
        { message_type: "assignment", assignee_id: String(grace.id) },
        "assignment",
        { assignee: { type: "admin", id: String(grace.id) } },
      ],
      [{ message_type: "close" }, "close", { state: "closed", open: false }],
      [{ message_type: "open" }, "assignment", { state: "open", open: true }],
      [{ message_type: "snoozed", snoozed_until: later }, "snoozed", { state: "snoozed" }],
    ];
    for (const [body, partType, state] of kinds) {
      const answer = await ask(body);
      expect(answer.status, partType).toBe(200);
      expect(answer.body).toMatchObject(state);
      const parts = answer.body.conversation_parts.conversation_parts;
      expect(parts.at(-1)).toMatchObject({ part_type: partType, author: { id: String(ada.id) } });
    }
    const said = await asAgent(app.url, ada)("GET", `/conversations/${id}/messages`);
    const comment = said.body.find((one: { content: string }) => one.content.startsWith("Hello"));
    expect(comment).toMatchObject({ content: "Hello\nthere & you", private: false });
  });

  it("tells namesakes apart, and knows an agent by whatever name he has now", async () => {
    const { account, ada, admin, id } = await aDesk();
    const namesake = await app.build.anAgent(account, { name: "Ada", role: "administrator" });
    await reply(namesake, id, { message_type: "assignment", assignee_id: ada.id });
    await reply(ada, id, { message_type: "snoozed", snoozed_until: later });
    await asAgent(app.url, admin)("DELETE", `/agents/${namesake.id}`);
    await app.db.update(users).set({ display_name: "Countess" }).where(eq(users.id, ada.id));
    const answer = await reply(ada, id, { message_type: "close" });
    const ofAdmin = ({ id: adminId }: TestAgent) => ({ type: "admin", id: String(adminId) });
    expect(answer.body.conversation_parts.conversation_parts).toMatchObject([
      { part_type: "assignment", author: ofAdmin(namesake), assigned_to: ofAdmin(ada) },
      { part_type: "snoozed", author: ofAdmin(ada), assigned_to: null },
      { part_type: "close", author: ofAdmin(ada) },
    ]);
  });

  it("says what is wrong as a list of errors, and changes nothing", async () => {
    const { ada, grace, admin, account, id } = await aDesk();
    const outsider = await app.build.anAgent(account);
    const snoozed = { message_type: "snoozed", snoozed_until: later };
    const robot = await asAgent(app.url, ada)("POST", "/access_tokens", {
      body: { name: "Robot", scopes: ["conversations"] },
    });
    const weak = { ...ada, accessToken: robot.body.token as string };
    const cases: [Promise<Awaited<ReturnType<typeof call>>>, number, string][] = [
      [reply({ ...ada, accessToken: "wrong" }, id, snoozed), 401, "unauthorized"],
      [reply(ada, 999, snoozed), 404, "not_found"],
      [reply(ada, "nobody", snoozed), 404, "not_found"],
      [reply(outsider, id, snoozed), 404, "not_found"],
      [reply(ada, id, { ...snoozed, admin_id: "987654" }), 404, "not_found"],
      [reply(ada, id, { ...snoozed, admin_id: grace.id }), 403, "forbidden"],
      [reply(weak, id, snoozed), 403, "forbidden"],
      [reply(ada, id, { message_type: "snoozed" }), 400, "parameter_invalid"],
      [reply(ada, id, { ...snoozed, snoozed_until: 1 }), 400, "parameter_invalid"],
      [reply(ada, id, { ...snoozed, snoozed_until: "soon" }), 400, "parameter_invalid"],
      [reply(ada, id, { message_type: "dance" }), 400, "parameter_invalid"],
      [reply(ada, id, {}, { body: "{" }), 400, "parameter_invalid"],
    ];
    for (const [asked, status, code] of cases) {
      const answer = await asked;
      expect(answer.status).toBe(status);
      expect(answer.body).toEqual({
        type: "error.list",
        request_id: expect.any(String),
        errors: [{ code, message: expect.any(String) }],
      });
    }
    const conversation = await asAgent(app.url, ada)("GET", `/conversations/${id}`);
    expect(conversation.body.status).toBe("open");
    const onBehalf = await reply(admin, id, { ...snoozed, admin_id: grace.id });
    expect(onBehalf.body.conversation_parts.conversation_parts.at(-1).author.id).toBe(
      String(grace.id),
    );
  });
});
