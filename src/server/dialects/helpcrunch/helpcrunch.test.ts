// HelpCrunch's dialect, asked as its document prints it (seed 001).
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
  const visitor = await app.build.aVisitor(inbox, { name: "Vera", email: "vera@example.com" });
  const begun = await asVisitor(app.url, visitor)("POST", "/conversations", {
    body: { message: { content: "Hello", echo_id: "m1" } },
  });
  const id = begun.body.id as number;
  const statusOf = async () =>
    (await asAgent(app.url, ada)("GET", `/conversations/${id}`)).body.status as string;
  return { account, ada, inbox, visitor, id, statusOf };
}

const put = (agent: Pick<TestAgent, "accessToken">, body: unknown) =>
  call("PUT", `${app.url}/dialects/helpcrunch/v1/chats/snooze`, {
    body,
    headers: { authorization: `Bearer ${agent.accessToken}` },
  });

const later = Math.floor(Date.now() / 1000) + 3_600;

describe("HelpCrunch's dialect", () => {
  it("snoozes and answers the chat as its document prints it", async () => {
    const { ada, inbox, visitor, id, statusOf } = await aDesk();
    const answer = await put(ada, { id, snoozedUntil: String(later) });
    expect(answer.status).toBe(200);
    const time = expect.stringMatching(/^\d+$/);
    expect(answer.body).toEqual({
      id,
      closedBy: null,
      lastCustomerMessageAt: time,
      status: "on hold",
      closedAt: null,
      rating: null,
      createdAt: time,
      lastMessageAt: time,
      createdWith: "customer_message",
      snoozedUntil: String(later),
      lastMessageText: "Hello",
      lastMessageId: expect.any(Number),
      applicationId: inbox.id,
      lastCommunicatedAgentId: null,
      agents: [],
      customer: { id: visitor.id, name: "Vera", email: "vera@example.com", userId: null },
      assignee: null,
      department: null,
    });
    expect(await statusOf()).toBe("snoozed");
  });

  it("tells of a long chat's team, rating, agents, and what lies behind the latest messages", async () => {
    const { account, ada, inbox, visitor, id } = await aDesk();
    const grace = await app.build.anAgent(account, { name: "Grace", inboxes: [inbox] });
    const admin = await app.build.anAgent(account, { role: "administrator" });
    const ask = async (agent: TestAgent, method: string, path: string, body: object) => {
      const answer = await asAgent(app.url, agent)(method, path, { body });
      expect(answer.status).toBe(200);
      return answer.body;
    };
    const chat = `/conversations/${id}`;
    await ask(admin, "PATCH", `/inboxes/${inbox.id}`, { csat_survey_enabled: true });
    const team = await ask(admin, "POST", "/teams", { name: "sales", allow_auto_assign: false });
    await ask(ada, "POST", `${chat}/assignments`, { team_id: team.id });
    await ask(grace, "POST", `${chat}/messages`, { content: "I am Grace" });
    await ask(ada, "POST", `${chat}/assignments`, { assignee_id: ada.id });
    await ask(ada, "POST", `${chat}/toggle_status`, { status: "resolved" });
    const visit = asVisitor(app.url, visitor);
    const [survey] = (await visit("GET", `${chat}/messages`)).body.slice(-1);
    const rated = await visit("PATCH", `${chat}/messages/${survey.id}`, {
      body: { submitted_values: { csat_survey_response: { rating: 4 } } },
    });
    expect(rated.status).toBe(200);
    // More than any page of messages holds.
    for (let number = 0; number < 25; number += 1) {
      await ask(ada, "POST", `${chat}/messages`, { content: `note ${number}`, private: true });
    }
    const { body } = await put(ada, { id, snoozedUntil: null });
    const time = expect.stringMatching(/^\d+$/);
    expect(body).toMatchObject({
      status: "closed",
      closedBy: "agent",
      closedAt: time,
      lastCustomerMessageAt: time,
      createdWith: "customer_message",
      rating: "great",
      lastCommunicatedAgentId: grace.id,
      assignee: { id: ada.id },
      department: { id: team.id, name: "sales" },
    });
    expect(body.agents.map((one: { name: string }) => one.name).toSorted()).toEqual([
      "Ada",
      "Grace",
    ]);
  });

  it("takes numbers too, and null to wake, also what does not sleep", async () => {
    const { ada, id, statusOf } = await aDesk();
    for (const snoozedUntil of [later, later + 0.5, `${later}.000`]) {
      expect((await put(ada, { id, snoozedUntil })).body.snoozedUntil).toBe(String(later));
    }
    for (const before of ["snoozed", "open"]) {
      expect(await statusOf()).toBe(before);
      const woken = await put(ada, { id, snoozedUntil: null });
      expect(woken.body).toMatchObject({ snoozedUntil: null, status: "new" });
    }
    expect(await statusOf()).toBe("open");
  });

  it("refuses in its own words, and changes nothing", async () => {
    const { ada, id, statusOf } = await aDesk();
    const general = { code: "invalid_request", message: "Invalid request" };
    const ofField = (code: string) => ({
      status: 400,
      errors: [general, { code, message: expect.any(String) }],
    });
    const robot = await asAgent(app.url, ada)("POST", "/access_tokens", {
      body: { name: "Robot", scopes: ["conversations"] },
    });
    const cases: [unknown, { status: number; errors: unknown[] }, Partial<TestAgent>?][] = [
      [{ id }, ofField("snoozedUntil")],
      [{ id, snoozedUntil: "soon" }, ofField("snoozedUntil")],
      [{ id, snoozedUntil: true }, ofField("snoozedUntil")],
      [{ id, snoozedUntil: "1603885746" }, ofField("snoozedUntil")],
      [{ id, snoozedUntil: Date.now() + 60_000 }, ofField("snoozedUntil")],
      [{ snoozedUntil: String(later) }, ofField("id")],
      [
        { id: 542335, snoozedUntil: String(later) },
        {
          status: 404,
          errors: [{ code: "not_fount", message: 'Chat for ID "542335" was not found' }],
        },
      ],
      [
        { id, snoozedUntil: String(later) },
        {
          status: 401,
          errors: [general, { code: "unauthorized", message: "Unauthorized" }],
        },
        { accessToken: "wrong" },
      ],
      [
        { id, snoozedUntil: String(later) },
        { status: 403, errors: [general, { code: "forbidden", message: expect.any(String) }] },
        { accessToken: robot.body.token as string },
      ],
      ["{", { status: 400, errors: [general] }],
    ];
    for (const [body, { status, errors }, agent] of cases) {
      const answer = await put({ ...ada, ...agent }, body);
      expect([answer.status, answer.body]).toEqual([status, { errors }]);
    }
    expect(await statusOf()).toBe("open");
  });

  it("does not snooze what is closed", async () => {
    const { ada, id, statusOf } = await aDesk();
    const resolved = { body: { status: "resolved" } };
    await asAgent(app.url, ada)("POST", `/conversations/${id}/toggle_status`, resolved);
    const answer = await put(ada, { id, snoozedUntil: String(later) });
    expect(answer.status).toBe(409);
    expect(answer.body.errors).toEqual([
      { code: "invalid_request", message: "Invalid request" },
      { code: "conflict", message: "Snooze chat is not allowed for closed chat" },
    ]);
    expect(await statusOf()).toBe("resolved");
    const closed = await put(ada, { id, snoozedUntil: null });
    expect(closed.body).toMatchObject({ status: "closed", closedBy: "agent" });
  });

  it("answers 120 calls a minute", async () => {
    const { ada, id } = await aDesk();
    const ask = () => put(ada, { id, snoozedUntil: null });
    const first = await Promise.all(Array.from({ length: 120 }, ask));
    expect(first.every(({ status }) => status === 200)).toBe(true);
    const refused = await ask();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(refused.body.errors[1]).toEqual({
      code: "too_many_requests",
      message: "Too many requests",
    });
  });
});
