// Who counts as there, by the clock.
import { describe, expect, it } from "vitest";
import { users } from "../database/account-tables.ts";
import type { DomainEvent } from "../events.ts";
import { createEvents } from "../events.ts";
import { startTestApp } from "../test-kit/app.ts";
import { lapsePresence, renewPresence } from "./presence.ts";

async function setUp() {
  const { db, build, app } = await startTestApp();
  const agent = await build.anAgent(await build.anAccount());
  const events = createEvents({ db, log: app.http.log });
  const heard: DomainEvent[] = [];
  events.subscribe((event) => void heard.push(event));
  let now = new Date("2026-01-01T12:00:00Z");
  const deps = { db, events, clock: () => now };
  return {
    agent,
    heard,
    deps,
    renew: () => renewPresence(deps, [agent.id], 20_000),
    pass: (ms: number) => (now = new Date(now.getTime() + ms)),
    until: async () => (await db.select().from(users))[0]?.connected_until,
  };
}

describe("presence", () => {
  it("tells of an agent who comes back after his presence ran out, before anybody has noticed that", async () => {
    const { renew, pass, heard } = await setUp();
    await renew();
    expect(heard).toHaveLength(1);
    pass(21_000);
    await renew();
    expect(heard).toHaveLength(2);
  });

  it("tells nobody when it is renewed in time", async () => {
    const { renew, pass, heard } = await setUp();
    await renew();
    pass(19_000);
    await renew();
    expect(heard).toHaveLength(1);
  });

  it("is told of once by processes that renew it at the same time", async () => {
    const { renew, heard } = await setUp();
    await Promise.all([renew(), renew(), renew()]);
    expect(heard).toHaveLength(1);
  });

  it("ends once, and then begins anew", async () => {
    const { agent, deps, renew, pass, heard, until } = await setUp();
    await renew();
    pass(21_000);
    await Promise.all([lapsePresence(deps), lapsePresence(deps)]);
    expect(await until()).toBeNull();
    expect(heard).toHaveLength(2);
    await renew();
    expect(heard.at(-1)).toEqual({ name: "agent:presence_changed", userId: agent.id });
    expect(heard).toHaveLength(3);
  });
});
