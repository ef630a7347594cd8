// Availability: what an agent sets, and whether he is there at all.
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { publicPaths } from "../../protocol/paths.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { asAgent, call } from "../test-kit/call.ts";
import { connectAgent, connectVisitor } from "../test-kit/sockets.ts";

let app: TestApp;
let now = new Date();
beforeAll(async () => {
  const presence = { renewMs: 50, lastsMs: 20_000 };
  app = await openTestApp({ clock: () => now, limits: { presence } });
});
afterAll(() => app.close());

/** Lets minutes pass until it is so: a process that has not noticed yet who is gone renews once more. */
const whileTimePasses = (isSo: () => void) =>
  vi.waitFor(
    () => {
      now = new Date(now.getTime() + 60_000);
      isSo();
    },
    { interval: 100, timeout: 5_000 },
  );

async function setUp(more: { autoOffline?: boolean } = {}) {
  const account = await app.build.anAccount();
  const inbox = await app.build.anInbox(account);
  const agent = await app.build.anAgent(account, { name: "Ada", inboxes: [inbox], ...more });
  const bob = await app.build.anAgent(account, { name: "Bob" });
  const colleague = await connectAgent(app.url, bob.pubsubToken);
  const visitor = await app.build.aVisitor(inbox);
  const widget = await connectVisitor(app.url, visitor.pubsubToken);
  const shown = async () =>
    (await call("GET", app.url + publicPaths.inbox(inbox.token))).body.agents[0]
      .availability_status as string;
  return { agent, colleague, widget, shown, inbox };
}

const setAvailability = (accessToken: string, availability: string) =>
  call("PUT", `${app.url}/api/v1/profile/availability`, {
    body: { availability },
    headers: { "api-access-token": accessToken },
  });

describe("availability", () => {
  it("follows the desk: offline before it connects, as set while it is, offline a moment after", async () => {
    const { agent, colleague, widget, shown } = await setUp();
    expect(await shown()).toBe("offline");
    const desk = await connectAgent(app.url, agent.pubsubToken);
    const isAda = (status: string) => (e: { id: number; availability_status: string }) =>
      e.id === agent.id && e.availability_status === status;
    await widget.hears("agent:availability_changed", isAda("available"));
    await colleague.hears("agent:updated", isAda("available"));
    expect(await shown()).toBe("available");
    desk.socket.disconnect();
    const hasGone = (heard: { data: unknown }) => isAda("offline")(heard.data as never);
    await whileTimePasses(() => expect(widget.heard.some(hasGone)).toBe(true));
    await colleague.hears("agent:updated", isAda("offline"));
    expect(await shown()).toBe("offline");
  });

  it("tells everybody when the agent sets it, in the public form to visitors", async () => {
    const { agent, colleague, widget, inbox } = await setUp();
    await connectAgent(app.url, agent.pubsubToken);
    expect((await setAvailability(agent.accessToken, "busy")).body.availability_status).toBe(
      "busy",
    );
    const heard = await widget.hears(
      "agent:availability_changed",
      (e) => e.availability_status === "busy",
    );
    expect(heard).toEqual({
      id: agent.id,
      name: "Ada",
      avatar_url: null,
      availability_status: "busy",
    });
    await colleague.hears("agent:updated", (e) => e.availability_status === "busy");
    const shown = await call("GET", app.url + publicPaths.inbox(inbox.token));
    expect(shown.body.availability).toBe("unavailable");
  });

  it("stays as set for agents who do not go offline by themselves", async () => {
    const { agent, shown } = await setUp({ autoOffline: false });
    expect(await shown()).toBe("available");
    await setAvailability(agent.accessToken, "offline");
    expect(await shown()).toBe("offline");
  });

  it("does not blink while a desk reloads", async () => {
    const { agent, widget } = await setUp();
    const desk = await connectAgent(app.url, agent.pubsubToken);
    await widget.hears("agent:availability_changed");
    desk.socket.disconnect();
    const again = await connectAgent(app.url, agent.pubsubToken);
    await asAgent(app.url, agent)("GET", "/agents");
    const changes = () => widget.heard.filter((e) => e.name === "agent:availability_changed");
    expect(changes()).toHaveLength(1);
    again.socket.disconnect();
    await whileTimePasses(() => expect(changes()).toHaveLength(2));
  });
});
