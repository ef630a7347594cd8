import { expect, it, vi } from "vitest";
import { aPublicAgent } from "../../client/visitor-fake-records.ts";
import { openTab, detailsOf } from "../test-kit/chat.ts";

it("tells the page of an agent who comes or goes, and of the team when that changes whether anybody is there", async () => {
  const { fake, ...tab } = await openTab();
  const agent = { id: 1, name: fake.agent.name, avatarUrl: null };
  const told = () => detailsOf({ fake, ...tab }, "agentStateChange");
  const go = (availability_status: "available" | "busy" | "offline") => {
    fake.setAvailability(availability_status);
    tab.inbox.applyAgent({ ...fake.agent, availability_status });
  };
  go("offline");
  await vi.waitFor(() => expect(told()).toHaveLength(2));
  go("busy");
  go("available");
  expect(told()).toEqual([
    { scope: "agent", state: "unavailable", previous: "available", agent, availableCount: 0 },
    { scope: "team", state: "unavailable", previous: "available", availableCount: 0 },
    { scope: "team", state: "available", previous: "unavailable", availableCount: 1 },
    { scope: "agent", state: "available", previous: "unavailable", agent, availableCount: 1 },
  ]);
});

it("does not call the team away while the server knows of somebody who is there", async () => {
  const { fake, ...tab } = await openTab();
  tab.inbox.applyAgent(aPublicAgent({ availability_status: "offline" }));
  await tab.inbox.load();
  const scopes = detailsOf({ fake, ...tab }, "agentStateChange").map(
    (detail) => (detail as { scope: string }).scope,
  );
  expect(scopes).toEqual(["agent"]);
});
