// Teams in the application API: seed 003, rows 65–72, and row 27 with a team.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { teamSchema } from "../../protocol/records-administration.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
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
  const administrator = await app.build.anAgent(account, { name: "Root", role: "administrator" });
  const always = { inboxes: [inbox], autoOffline: false };
  const agent = await app.build.anAgent(account, { name: "Ada", ...always });
  const bea = await app.build.anAgent(account, { name: "Bea", ...always });
  const rule = asAgent(app.url, administrator);
  const aTeam = async (body: object = {}) =>
    (await rule("POST", "/teams", { body: { name: `Sales ${crypto.randomUUID()}`, ...body } }))
      .body as { id: number; name: string };
  const aTeamOf = async (user_ids: number[], body: object = {}) => {
    const team = await aTeam(body);
    await rule("POST", `/teams/${team.id}/team_members`, { body: { user_ids } });
    return team;
  };
  const visitor = await app.build.aVisitor(inbox);
  const start = async () =>
    (await asVisitor(app.url, visitor)("POST", "/conversations")).body.id as number;
  const work = asAgent(app.url, agent);
  return { account, administrator, agent, bea, rule, work, aTeam, aTeamOf, start };
}

describe("teams (rows 65–68)", () => {
  it("are made, listed, read and changed as printed", async () => {
    const { rule, work } = await setUp();
    const body = { name: " Sales ", description: "string", allow_auto_assign: true };
    const made = await rule("POST", "/teams", { body });
    expect(made.status).toBe(200);
    expect(teamSchema.strict().parse(made.body)).toMatchObject({ name: "sales", is_member: false });
    expect((await work("GET", "/teams/")).body).toEqual([made.body]);
    expect((await work("GET", `/teams/${made.body.id}`)).body).toEqual(made.body);
    const changed = await rule("PATCH", `/teams/${made.body.id}`, { body: { name: "VIP" } });
    expect(changed.body).toMatchObject({ name: "vip", description: "string" });
  });

  it("have a name of their own", async () => {
    const { rule, aTeam } = await setUp();
    const first = await aTeam();
    const second = await aTeam();
    for (const taken of [
      await rule("POST", "/teams", { body: { name: first.name.toUpperCase() } }),
      await rule("PATCH", `/teams/${second.id}`, { body: { name: first.name } }),
      await rule("POST", "/teams", { body: { name: " " } }),
    ]) {
      expect(taken.status).toBe(422);
      expect(taken.body.attributes).toEqual(["name"]);
    }
  });

  it("go, and leave their conversations to nobody's team", async () => {
    const { rule, work, agent, aTeamOf, start } = await setUp();
    const team = await aTeamOf([agent.id]);
    const id = await start();
    await work("POST", `/conversations/${id}/assignments`, { body: { team_id: team.id } });
    const desk = await connectAgent(app.url, agent.pubsubToken);
    expect((await rule("DELETE", `/teams/${team.id}`)).status).toBe(200);
    await desk.hears("settings:changed", ({ subject, removed }) => subject === "team" && removed);
    expect((await work("GET", `/conversations/${id}`)).body.meta).not.toHaveProperty("team");
    expect((await work("GET", `/teams/${team.id}`)).status).toBe(404);
    const stranger = await setUp();
    const theirs = await stranger.aTeam();
    for (const method of ["GET", "PATCH", "DELETE"]) {
      const options = method === "GET" ? {} : { body: {} };
      expect((await rule(method, `/teams/${theirs.id}`, options)).status).toBe(404);
    }
  });
});

describe("members of a team (rows 69–72)", () => {
  it("are added, listed, replaced and removed", async () => {
    const { rule, work, agent, bea, aTeam } = await setUp();
    const team = await aTeam();
    const path = `/teams/${team.id}/team_members`;
    const added = await rule("POST", path, { body: { user_ids: [agent.id] } });
    expect(added.body).toMatchObject([{ id: agent.id }]);
    expect((await work("GET", `/teams/${team.id}`)).body.is_member).toBe(true);
    const replaced = await rule("PATCH", path, { body: { user_ids: [bea.id] } });
    expect(replaced.body).toMatchObject([{ id: bea.id }]);
    const list = await work("GET", path);
    expect(list.body.map((row: { id: number }) => row.id)).toEqual([bea.id]);
    const removed = await rule("DELETE", path, { body: { user_ids: [bea.id, 999_999_999] } });
    expect([removed.status, removed.body]).toEqual([200, ""]);
    expect((await work("GET", path)).body).toEqual([]);
  });

  it("are agents of the account, or nobody is added, in the documented words", async () => {
    const { rule, agent, aTeam } = await setUp();
    const team = await aTeam();
    const stranger = await app.build.anAgent(await app.build.anAccount());
    const body = { user_ids: [agent.id, stranger.id] };
    const refused = await rule("POST", `/teams/${team.id}/team_members`, { body });
    expect([refused.status, refused.body.error]).toEqual([401, "Invalid User IDs"]);
    expect((await rule("GET", `/teams/${team.id}/team_members`)).body).toEqual([]);
  });
});

describe("assigning a team (row 27)", () => {
  it("answers the team, and gives the conversation to its least busy agent", async () => {
    const { work, agent, bea, aTeamOf, start } = await setUp();
    const team = await aTeamOf([agent.id, bea.id]);
    const [one, two] = [await start(), await start()];
    const assign = (id: number, body: object) =>
      work("POST", `/conversations/${id}/assignments`, { body });
    expect((await assign(one, { team_id: team.id })).body.id).toBe(team.id);
    await assign(two, { team_id: String(team.id) });
    const detail = async (id: number) => (await work("GET", `/conversations/${id}`)).body;
    const first = (await detail(one)).meta;
    expect(first.team).toEqual({ id: team.id, name: team.name });
    const assignees = new Set([first.assignee.id, (await detail(two)).meta.assignee.id]);
    expect(assignees).toEqual(new Set([agent.id, bea.id]));
    const list = await work("GET", `/conversations?team_id=${team.id}`);
    expect(list.body.data.meta.all_count).toBe(2);
    for (const none of [0, null]) {
      expect((await assign(one, { team_id: none })).body).toBeNull();
      expect((await detail(one)).meta).not.toHaveProperty("team");
    }
    const said = (await work("GET", `/conversations/${one}/messages`)).body;
    expect(said.map((row: { content: string }) => row.content)).toContain(
      `Assigned to team ${team.name} by Ada`,
    );
  });

  it("looks at the team only when no agent is named, and takes it from outsiders", async () => {
    const { work, agent, bea, aTeamOf, start } = await setUp();
    const team = await aTeamOf([bea.id], { allow_auto_assign: false });
    const id = await start();
    const assign = (body: object) => work("POST", `/conversations/${id}/assignments`, { body });
    expect((await assign({ assignee_id: agent.id, team_id: team.id })).body.id).toBe(agent.id);
    expect((await assign({ priority: "high" })).body).toBeNull();
    const { meta } = (await work("GET", `/conversations/${id}`)).body;
    expect(meta.assignee.id).toBe(agent.id);
    expect(meta).not.toHaveProperty("team");
    await assign({ team_id: team.id });
    expect((await work("GET", `/conversations/${id}`)).body.meta.assignee).toBeNull();
  });

  it("knows no other account's team", async () => {
    const { work, start } = await setUp();
    const id = await start();
    const theirs = await (await setUp()).aTeam();
    for (const team_id of [theirs.id, 999_999_999]) {
      const refused = await work("POST", `/conversations/${id}/assignments`, { body: { team_id } });
      expect(refused.status).toBe(404);
    }
    expect((await work("POST", "/conversations/999/assignments", { body: {} })).status).toBe(404);
  });
});
