// Custom roles in the application API: kept by administrators, given to agents, obeyed everywhere.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Permission } from "../../protocol/lists.ts";
import { customRoleSchema } from "../../protocol/records-administration.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestAgent, TestApp } from "../test-kit/app.ts";
import { asAgent, asVisitor } from "../test-kit/call.ts";
import { connectAgent } from "../test-kit/sockets.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

async function setUp() {
  const account = await app.build.anAccount();
  const inbox = await app.build.anInbox(account);
  const administrator = await app.build.anAgent(account, { role: "administrator" });
  const agent = await app.build.anAgent(account, { name: "Ada", inboxes: [inbox] });
  const bea = await app.build.anAgent(account, { name: "Bea", inboxes: [inbox] });
  const rule = asAgent(app.url, administrator);
  const aRole = async (permissions: Permission[], name: string = crypto.randomUUID()) =>
    (await rule("POST", "/custom_roles", { body: { name, permissions } })).body.id as number;
  const give = async (to: TestAgent, permissions: Permission[]) => {
    const custom_role_id = await aRole(permissions);
    const given = await rule("PATCH", `/agents/${to.id}`, { body: { custom_role_id } });
    expect(given).toMatchObject({ status: 200, body: { custom_role_id } });
    return custom_role_id;
  };
  const aConversation = async () => {
    const visitor = await app.build.aVisitor(inbox, { name: "Vera" });
    const visit = asVisitor(app.url, visitor);
    const body = { message: { content: "zebra", echo_id: "m1" } };
    const begun = await visit("POST", "/conversations", { body });
    return { id: begun.body.id as number, visitor, visit };
  };
  const assign = (id: number, assignee_id: number | null) =>
    rule("POST", `/conversations/${id}/assignments`, { body: { assignee_id } });
  const work = asAgent(app.url, agent);
  return { inbox, agent, bea, rule, work, aRole, give, aConversation, assign };
}

describe("custom roles", () => {
  it("are made, listed, changed and removed by administrators, and written into the log", async () => {
    const { rule, work } = await setUp();
    const permissions = ["contact_manage", "conversation_manage", "contact_manage"];
    const made = await rule("POST", "/custom_roles", { body: { name: " Lead ", permissions } });
    const role = customRoleSchema.strict().parse(made.body);
    expect(role).toMatchObject({
      name: "Lead",
      description: "",
      permissions: ["conversation_manage", "contact_manage"],
    });
    const path = `/custom_roles/${role.id}`;
    expect((await rule("GET", path)).body).toEqual(role);
    const changed = await rule("PATCH", path, { body: { description: "Leads", permissions: [] } });
    expect(changed.body).toEqual({ ...role, description: "Leads", permissions: [] });
    expect((await rule("GET", "/custom_roles")).body).toEqual([changed.body]);
    const twice = await rule("POST", "/custom_roles", { body: { name: "Lead", permissions: [] } });
    expect(twice).toMatchObject({ status: 422, body: { attributes: ["name"] } });
    const wrong = { name: "x", permissions: ["report_manage"] };
    expect((await rule("POST", "/custom_roles", { body: wrong })).status).toBe(422);
    expect((await work("GET", "/custom_roles")).status).toBe(401);
    expect((await rule("DELETE", path)).status).toBe(200);
    expect((await rule("GET", path)).status).toBe(404);
    const log = (await rule("GET", "/audit_logs")).body.audit_logs;
    expect(log).toMatchObject([
      { auditable_type: "CustomRole", action: "destroy" },
      { auditable_type: "CustomRole", action: "update" },
      { auditable_type: "CustomRole", action: "create", auditable_id: role.id },
    ]);
  });

  it("belong to agents of their own account, and stay while somebody has them", async () => {
    const { rule, agent, aRole } = await setUp();
    const foreign = await (await setUp()).aRole([]);
    const path = `/agents/${agent.id}`;
    const give = (body: object) => rule("PATCH", path, { body });
    const field = { status: 422, body: { attributes: ["custom_role_id"] } };
    expect(await give({ custom_role_id: foreign })).toMatchObject(field);
    const role = await aRole(["conversation_manage"]);
    expect(await give({ role: "administrator", custom_role_id: role })).toMatchObject(field);
    expect((await give({ custom_role_id: role })).status).toBe(200);
    expect((await rule("DELETE", `/custom_roles/${role}`)).status).toBe(409);
    const promoted = await give({ role: "administrator" });
    expect(promoted.body).toMatchObject({ role: "administrator", custom_role_id: null });
    expect((await rule("DELETE", `/custom_roles/${role}`)).status).toBe(200);
    const newcomer = await rule("POST", "/agents", {
      body: {
        name: "Cy",
        email: `${crypto.randomUUID()}@example.com`,
        role: "agent",
        custom_role_id: await aRole([]),
      },
    });
    expect(newcomer.body.custom_role_id).toBeGreaterThan(0);
  });
});

/** What each permission lets somebody see of a conversation that is somebody else's, nobody's, his own. */
const reach: [permissions: Permission[], others: boolean, nobodys: boolean, own: boolean][] = [
  [["conversation_manage"], true, true, true],
  [["conversation_unassigned_manage"], false, true, true],
  [["conversation_participating_manage"], false, false, true],
  [["contact_manage"], false, false, false],
];

describe("permissions about conversations", () => {
  it.each(reach)(
    "%j reach the same conversations in lists, counts, search and by number",
    async (permissions, ...expected) => {
      const { agent, bea, work, give, aConversation, assign } = await setUp();
      const [others, nobodys, own] = [
        await aConversation(),
        await aConversation(),
        await aConversation(),
      ];
      await assign(others.id, bea.id);
      await assign(own.id, agent.id);
      await give(agent, permissions);
      const all = [others, nobodys, own];
      const seen = all.map(({ id }) => id).filter((_id, index) => expected[index]);
      const ids = (list: { id: number }[]) => list.map(({ id }) => id).toSorted((a, b) => a - b);
      const listed = await work("GET", "/conversations");
      expect(ids(listed.body.data.payload)).toEqual(seen);
      expect(listed.headers.get("total-count")).toBe(String(seen.length));
      const counts = (await work("GET", "/conversations/meta")).body.meta;
      expect(counts.all_count).toBe(seen.length);
      const filtered = await work("POST", "/conversations/filter", { body: { payload: [] } });
      expect(ids(filtered.body.data.payload)).toEqual(seen);
      const found = (await work("GET", "/conversations/search?q=zebra")).body.payload;
      expect(ids(found.map((one: { conversation: object }) => one.conversation))).toEqual(seen);
      for (const [index, { id }] of all.entries()) {
        const status = expected[index] ? 200 : 404;
        expect((await work("GET", `/conversations/${id}`)).status).toBe(status);
        expect((await work("GET", `/conversations/${id}/messages`)).status).toBe(status);
        const body = { content: "Hi" };
        expect((await work("POST", `/conversations/${id}/messages`, { body })).status).toBe(status);
      }
    },
  );

  it("reach what he follows, and a conversation that he begins is his", async () => {
    const { agent, bea, inbox, rule, work, give, aConversation, assign } = await setUp();
    const { id, visitor } = await aConversation();
    await assign(id, bea.id);
    await give(agent, ["conversation_participating_manage"]);
    expect((await work("GET", `/conversations/${id}`)).status).toBe(404);
    const body = { user_ids: [agent.id] };
    await rule("POST", `/conversations/${id}/participants`, { body });
    expect((await work("GET", `/conversations/${id}`)).status).toBe(200);
    const begin = (more: object) =>
      work("POST", "/conversations", {
        body: { inbox_id: inbox.id, contact_id: visitor.id, ...more },
      });
    expect((await begin({})).body.meta.assignee.id).toBe(agent.id);
    const given = await begin({ assignee_id: bea.id });
    expect(given.body.meta.assignee.id).toBe(bea.id);
    expect((await work("GET", `/conversations/${given.body.id}`)).status).toBe(200);
    await give(agent, []);
    expect((await begin({})).status).toBe(401);
  });

  it("are heard on the socket: what becomes his comes, what is no longer his goes", async () => {
    const { agent, bea, give, aConversation, assign } = await setUp();
    await give(agent, ["conversation_unassigned_manage"]);
    const desk = await connectAgent(app.url, agent.pubsubToken);
    const { id, visit } = await aConversation();
    await desk.hears("conversation:created", (one) => one.id === id);
    await assign(id, bea.id);
    await desk.hears("conversation:deleted", (one) => one.id === id);
    const say = (content: string) =>
      visit("POST", `/conversations/${id}/messages`, { body: { content } });
    await say("for Bea");
    await assign(id, agent.id);
    await desk.hears("conversation:updated", (one) => one.meta.assignee?.id === agent.id);
    await say("for Ada");
    await desk.hears("message:created", ({ message }) => message.content === "for Ada");
    expect(JSON.stringify(desk.heard)).not.toContain("for Bea");
    const answer = await desk.send("conversation:sync", { conversation_id: id, after_seq: 0 });
    expect(answer.ok).toBe(true);
    await assign(id, bea.id);
    const command = { conversation_id: id, content: "x", echo_id: "x" };
    expect(await desk.send("message:send", command)).toMatchObject({ ok: false });
  });

  it("change with the role at once", async () => {
    const { agent, bea, rule, work, give, aConversation, assign } = await setUp();
    const { id } = await aConversation();
    await assign(id, bea.id);
    const role = await give(agent, ["conversation_manage"]);
    expect((await work("GET", `/conversations/${id}`)).status).toBe(200);
    const desk = await connectAgent(app.url, agent.pubsubToken);
    const closed = new Promise((resolve) => desk.socket.once("disconnect", resolve));
    await rule("PATCH", `/custom_roles/${role}`, { body: { permissions: [] } });
    expect(await closed).toBe("io server disconnect");
    expect((await work("GET", `/conversations/${id}`)).status).toBe(404);
  });

  it("keep the source ids of an inbox from whom not all of it is open to", async () => {
    const { agent, inbox, work, give, aConversation } = await setUp();
    const { visitor } = await aConversation();
    await give(agent, ["conversation_unassigned_manage", "contact_manage"]);
    const read = await work("GET", `/contacts/${visitor.id}`);
    expect(read.status).toBe(200);
    expect(JSON.stringify(read.body)).not.toContain(visitor.sourceId);
    const body = { inbox_id: inbox.id };
    const path = `/contacts/${visitor.id}/contact_inboxes`;
    expect((await work("POST", path, { body })).status).toBe(401);
  });

  it("decide to whom a conversation can be given", async () => {
    const { agent, rule, give, aConversation, assign } = await setUp();
    const { id } = await aConversation();
    await give(agent, ["contact_manage"]);
    expect((await assign(id, agent.id)).status).toBe(404);
    await rule("PATCH", `/agents/${agent.id}`, { body: { custom_role_id: null } });
    expect((await assign(id, agent.id)).status).toBe(200);
  });
});

describe("contact_manage", () => {
  it("opens contacts, and nothing of them is open without it", async () => {
    const { agent, work, give, aConversation } = await setUp();
    const { id, visitor } = await aConversation();
    await give(agent, ["conversation_manage"]);
    const contact = `/contacts/${visitor.id}`;
    for (const [method, path] of [
      ["GET", "/contacts"],
      ["GET", "/contacts/search?q=vera"],
      ["GET", contact],
      ["PUT", contact],
      ["GET", `${contact}/conversations`],
      ["POST", `${contact}/block`],
      ["POST", "/actions/contact_merge"],
    ] as const) {
      const body = method === "GET" ? {} : { body: { name: "x" } };
      expect([path, (await work(method, path, body)).status]).toEqual([path, 401]);
    }
    expect((await work("GET", `/conversations/${id}`)).body.meta.sender.name).toBe("Vera");
    await give(agent, ["contact_manage"]);
    expect((await work("GET", contact)).status).toBe(200);
    expect((await work("GET", `${contact}/conversations`)).body).toEqual([]);
  });
});
