// Acquire's dialect, with the attributes and the permission that its document names (seed 000).
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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
  const visitor = await app.build.aVisitor(inbox);
  const begun = await asVisitor(app.url, visitor)("POST", "/conversations");
  const id = begun.body.id as number;
  const statusOf = async () =>
    (await asAgent(app.url, ada)("GET", `/conversations/${id}`)).body.status as string;
  return { account, ada, grace, visitor, id, statusOf };
}

const ask = (agent: Pick<TestAgent, "accessToken">, method: string, path = "", body?: unknown) =>
  call(method, `${app.url}/dialects/acquire/api/v1/crm/follow-up${path}`, {
    ...(body === undefined ? {} : { body }),
    headers: { authorization: `Bearer ${agent.accessToken}` },
  });

const nextYear = new Date().getUTCFullYear() + 1;
const scheduleDate = `${nextYear}-05-28 12:30:00`;

describe("Acquire's dialect", () => {
  it("makes, reads, lists and removes a snooze of a case", async () => {
    const { ada, grace, visitor, id, statusOf } = await aDesk();
    const body = {
      objectType: "case",
      caseId: id,
      contactId: visitor.id,
      scheduleDate,
      message: "This is simple message",
      users: [{ id: grace.id }],
    };
    const made = await ask(ada, "POST", "/create", body);
    const followUp = {
      id: expect.any(Number),
      objectType: "case",
      contactId: visitor.id,
      scheduleDate,
      objectId: id,
      userId: ada.id,
      message: "This is simple message",
      users: [{ id: grace.id, name: "Grace", email: grace.email }],
    };
    expect([made.status, made.body]).toEqual([
      200,
      { data: { success: true, message: "Snooze added successfully", data: followUp } },
    ]);
    expect(await statusOf()).toBe("snoozed");
    const path = `/${made.body.data.data.id}`;
    expect((await ask(ada, "GET", path)).body).toEqual({ data: followUp });
    expect((await ask(ada, "GET")).body).toEqual({ data: [followUp] });
    expect((await ask(grace, "DELETE", path)).status).toBe(403);
    const removed = await ask(ada, "DELETE", path);
    expect(removed.body.data).toMatchObject({
      success: true,
      data: { id: made.body.data.data.id },
    });
    expect(await statusOf()).toBe("open");
    expect((await ask(ada, "GET", path)).status).toBe(404);
  });

  it("snoozes a contact, and a case that only its contact names", async () => {
    const { ada, visitor, statusOf } = await aDesk();
    for (const body of [
      { objectType: "contact", objectId: visitor.id },
      { objectType: "contact", contactId: visitor.id },
      { objectType: "case", contactId: visitor.id },
    ]) {
      const made = await ask(ada, "POST", "", { ...body, scheduleDate });
      expect(made.body.data.data).toMatchObject({ objectType: "contact", objectId: visitor.id });
      expect(await statusOf()).toBe("snoozed");
    }
    expect((await ask(ada, "GET")).body.data).toHaveLength(1);
  });

  it("is made in the name that an administrator says, and listed by pages with links", async () => {
    const { account, ada, grace, id } = await aDesk();
    const admin = await app.build.anAgent(account, { name: "Root", role: "administrator" });
    const body = { objectType: "case", objectId: id, scheduleDate };
    const refused = await ask(ada, "POST", "/create", { ...body, userId: grace.id });
    expect([refused.status, refused.body.error.type]).toEqual([403, "ERROR_UNAUTHORIZED_ACCESS"]);
    const nobody = await ask(admin, "POST", "/create", { ...body, userId: 987_654 });
    expect([nobody.status, nobody.body.error.type]).toEqual([404, "ERROR_RECORD_NOT_FOUND"]);
    const own = await ask(ada, "POST", "/create", { ...body, userId: ada.id });
    expect(own.body.data.data.userId).toBe(ada.id);
    const named = await ask(admin, "POST", "/create", { ...body, userId: grace.id });
    expect(named.body.data.data.userId).toBe(grace.id);
    expect((await ask(grace, "DELETE", `/${named.body.data.data.id}`)).status).toBe(200);
    await ask(ada, "POST", "/create", body);
    const beyond = await ask(ada, "GET", "?page=2");
    expect(beyond.body).toEqual({ data: [] });
    expect(beyond.headers.get("total-count")).toBe("1");
    expect(beyond.headers.get("link")).toMatch(/\?page=1>; rel="prev"/);
  });

  it("wants a token with the permission to snooze", async () => {
    const { ada, id, statusOf } = await aDesk();
    const tokenFor = async (scope: string) => {
      const made = await asAgent(app.url, ada)("POST", "/access_tokens", {
        body: { name: "Robot", scopes: [scope] },
      });
      return { accessToken: made.body.token as string };
    };
    const body = { objectType: "case", objectId: id, scheduleDate };
    const without = await tokenFor("conversations");
    for (const [method, path] of [
      ["POST", "/create"],
      ["GET", ""],
      ["GET", "/1"],
      ["DELETE", "/1"],
    ]) {
      const answer = await ask(without, method ?? "", path, method === "POST" ? body : undefined);
      expect(answer.status).toBe(403);
      expect(answer.body.error.type).toBe("ERROR_UNAUTHORIZED_ACCESS");
    }
    expect(await statusOf()).toBe("open");
    expect((await ask(await tokenFor("snooze"), "POST", "/create", body)).status).toBe(200);
    expect(await statusOf()).toBe("snoozed");
  });

  it("says what is wrong, and changes nothing", async () => {
    const { account, ada, id, statusOf } = await aDesk();
    const outsider = await app.build.anAgent(account);
    const good = { objectType: "case", objectId: id, scheduleDate };
    const cases: [object | string, number, string, Partial<TestAgent>?][] = [
      [good, 401, "ERROR_UNAUTHORIZED", { accessToken: "wrong" }],
      [good, 404, "ERROR_RECORD_NOT_FOUND", { accessToken: outsider.accessToken }],
      [{ ...good, objectId: 999 }, 404, "ERROR_RECORD_NOT_FOUND"],
      [{ ...good, objectType: "contact", objectId: 999_999 }, 404, "ERROR_RECORD_NOT_FOUND"],
      [{ ...good, objectType: "company" }, 400, "ERROR_INVALID_INPUT"],
      [{ objectType: "case", scheduleDate }, 400, "ERROR_INVALID_INPUT"],
      [{ ...good, scheduleDate: "2020-05-28 12:30:00" }, 400, "ERROR_INVALID_INPUT"],
      [{ ...good, scheduleDate: `${nextYear}-13-28 12:30:00` }, 400, "ERROR_INVALID_INPUT"],
      [{ ...good, scheduleDate: "tomorrow" }, 400, "ERROR_INVALID_INPUT"],
      [{ ...good, scheduleDate: null }, 400, "ERROR_INVALID_INPUT"],
      [{ ...good, users: [outsider.id] }, 400, "ERROR_INVALID_INPUT"],
      ["{", 400, "ERROR_INVALID_INPUT"],
    ];
    for (const [body, status, type, agent] of cases) {
      const answer = await ask({ ...ada, ...agent }, "POST", "/create", body);
      expect([answer.status, answer.body], JSON.stringify(body)).toEqual([
        status,
        { success: false, error: { type, message: expect.any(String) } },
      ]);
    }
    expect(await statusOf()).toBe("open");
  });
});
