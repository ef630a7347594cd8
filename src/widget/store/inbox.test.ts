import { expect, it, onTestFinished, vi } from "vitest";
import { aPublicAgent, aPublicInbox } from "../../client/visitor-fake-records.ts";
import { createVisitorFake } from "../../client/visitor-fake.ts";
import { createAgentChanges } from "./agent-changes.ts";
import { createHours } from "./hours.ts";
import { openTab, detailsOf } from "../test-kit/chat.ts";
import type { Tab } from "../test-kit/chat.ts";

const agentChangesOf = ({ inbox, told }: Pick<Tab, "inbox" | "told">) =>
  createAgentChanges({
    inbox,
    emit: (name, detail) => void told.push({ name, detail, local: false }),
  });

it("tells the page of an agent who comes or goes, and of the team when that changes whether anybody is there", async () => {
  const { fake, ...tab } = await openTab();
  const agent = { id: 1, name: fake.agent.name, avatarUrl: null };
  const told = () => detailsOf({ fake, ...tab }, "agentStateChange");
  const applyAgent = agentChangesOf(tab);
  const go = (availability_status: "available" | "busy" | "offline") => {
    fake.setAvailability(availability_status);
    applyAgent({ ...fake.agent, availability_status });
  };
  go("offline");
  await vi.waitFor(() => expect(told()).toHaveLength(3));
  go("busy");
  go("available");
  expect(told()).toEqual([
    { scope: "team", state: "available", previous: null, availableCount: 1 },
    { scope: "agent", state: "unavailable", previous: "available", agent, availableCount: 0 },
    { scope: "team", state: "unavailable", previous: "available", availableCount: 0 },
    { scope: "team", state: "available", previous: "unavailable", availableCount: 1 },
    { scope: "agent", state: "available", previous: "unavailable", agent, availableCount: 1 },
  ]);
});

it("does not call the team away while the server knows of somebody who is there", async () => {
  const { fake, ...tab } = await openTab();
  agentChangesOf(tab)(aPublicAgent({ availability_status: "offline" }));
  await tab.inbox.load();
  const scopes = detailsOf({ fake, ...tab }, "agentStateChange").map(
    (detail) => (detail as { scope: string }).scope,
  );
  expect(scopes).toEqual(["team", "agent"]);
});

it("opens and closes with its hours while a page is open, and tells the page when it opens again", async () => {
  vi.useFakeTimers({ now: Date.parse("2026-11-20T16:59:00Z") });
  onTestFinished(() => void vi.useRealTimers());
  const seconds = (iso: string) => Date.parse(iso) / 1_000;
  const changes_at = ["2026-11-20T17:00:00Z", "2026-12-24T09:00:00Z", "2026-12-24T17:00:00Z"];
  const opening_hours = { is_open: true, changes_at: changes_at.map(seconds) };
  const fake = createVisitorFake({
    inbox: aPublicInbox({ agents: [aPublicAgent()], opening_hours }),
  });
  const asked = vi.spyOn(fake.rest, "getInbox");
  const tab = await openTab({ fake });
  const now = () => tab.inbox.value.peek()?.availability;
  expect(now()).toBe("available");
  // In a browser it comes by itself, as a file of its own.
  const stopping = new AbortController();
  createHours({ ...tab.inbox, stop: stopping.signal });
  onTestFinished(() => stopping.abort());
  await vi.advanceTimersByTimeAsync(60_000);
  const nextOpenAt = Date.parse("2026-12-24T09:00:00Z");
  expect(now()).toBe("unavailable");
  // Longer than one timer of a browser can wait.
  await vi.advanceTimersByTimeAsync(nextOpenAt - Date.now());
  expect(now()).toBe("available");
  const team = { scope: "team", availableCount: 1 };
  expect(detailsOf(tab, "agentStateChange")).toEqual([
    { ...team, state: "available", previous: null },
    { ...team, state: "unavailable", previous: "available", nextOpenAt },
    { ...team, state: "available", previous: "unavailable" },
  ]);
  expect(asked).toHaveBeenCalledTimes(1);
  // The list of changes has come to its end: the server has the rest.
  await vi.advanceTimersByTimeAsync(9 * 3_600_000);
  expect(asked.mock.calls.length).toBeGreaterThan(1);
});

it("takes an administrator's change at once", async () => {
  const { fake, ...tab } = await openTab();
  await tab.customer.ensure();
  await vi.waitFor(() => expect(tab.socket.state).toBe("connected"));
  fake.changeInbox({
    availability: "unavailable",
    opening_hours: { is_open: false, changes_at: [] },
  });
  expect(tab.inbox.value.peek()?.availability).toBe("unavailable");
});
