// Inboxes that give their new conversations away by themselves (seed 003, row 48: `enable_auto_assignment`).
import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { asAgent, asVisitor } from "../test-kit/call.ts";
import { connectAgent } from "../test-kit/sockets.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

async function setUp({ auto = true } = {}) {
  const account = await app.build.anAccount();
  const inbox = await app.build.anInbox(account);
  const always = { inboxes: [inbox], autoOffline: false };
  const ada = await app.build.anAgent(account, { name: "Ada", ...always });
  const bea = await app.build.anAgent(account, { name: "Bea", ...always });
  await app.build.anAgent(account, { name: "Busy", ...always, availability: "busy" });
  await app.build.anAgent(account, { name: "Elsewhere", autoOffline: false });
  const root = await app.build.anAgent(account, {
    name: "Root",
    role: "administrator",
    autoOffline: false,
  });
  const rule = asAgent(app.url, root);
  const body = { enable_auto_assignment: auto };
  expect((await rule("PATCH", `/inboxes/${inbox.id}`, { body })).status).toBe(200);
  const visitor = await app.build.aVisitor(inbox);
  const start = async (more: object = {}) =>
    (await asVisitor(app.url, visitor)("POST", "/conversations", { body: more })).body as {
      id: number;
      assignee: { id: number } | null;
    };
  return { account, inbox, ada, bea, rule, visitor, start };
}

it("gives each new conversation to the available member with the fewest, and says so", async () => {
  const { ada, bea, rule, start } = await setUp();
  const desk = await connectAgent(app.url, bea.pubsubToken);
  const first = await start({ message: { content: "Hello", echo_id: "one" } });
  const second = await start({ message: { content: "Hello", echo_id: "two" } });
  expect([first.assignee?.id, second.assignee?.id]).toEqual([ada.id, bea.id]);
  await desk.hears("conversation:updated", ({ id, meta }) => {
    return id === second.id && meta.assignee?.id === bea.id;
  });
  const told = await rule("GET", `/conversations/${second.id}`);
  expect(told.body.messages.map(({ content }: { content: string }) => content)).toEqual([
    "Hello",
    "Assigned to Bea",
  ]);
  await rule("POST", `/conversations/${first.id}/toggle_status`, { body: { status: "resolved" } });
  expect((await start()).assignee?.id).toBe(ada.id);
});

it("shares those that begin at once", async () => {
  const { ada, bea, start } = await setUp();
  const begun = await Promise.all(Array.from({ length: 10 }, () => start()));
  const count = (id: number) => begun.filter(({ assignee }) => assignee?.id === id).length;
  expect([count(ada.id), count(bea.id)]).toEqual([5, 5]);
});

it("leaves what somebody has, what waits or is over, and everything where it is not wanted", async () => {
  const { bea, rule, visitor, start, inbox } = await setUp();
  const create = async (more: object) => {
    const body = { contact_id: visitor.id, inbox_id: inbox.id, ...more };
    return (await rule("POST", "/conversations", { body })).body.meta.assignee;
  };
  expect(await create({ assignee_id: bea.id })).toMatchObject({ id: bea.id });
  expect(await create({ status: "pending" })).toBeNull();
  expect(await create({ status: "resolved" })).toBeNull();
  expect((await create({}))?.name).toBe("Ada");
  await rule("DELETE", "/inbox_members", { body: { inbox_id: inbox.id, user_ids: [bea.id] } });
  const other = await setUp({ auto: false });
  expect((await other.start()).assignee).toBeNull();
  expect((await start()).assignee).not.toBeNull();
});

it("keeps to the team that a conversation is given to", async () => {
  const { bea, rule, start } = await setUp();
  const team = async (body: object) => {
    const made = (await rule("POST", "/teams", { body })).body.id as number;
    await rule("POST", `/teams/${made}/team_members`, { body: { user_ids: [bea.id] } });
    return made;
  };
  const sales = await team({ name: "sales" });
  const byHand = await team({ name: "by hand", allow_auto_assign: false });
  expect((await start({ team_id: sales })).assignee?.id).toBe(bea.id);
  expect((await start({ team_id: byHand })).assignee).toBeNull();
});
