// The widget's transport against the real server: the same suite that its fake passes.
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from "vitest";
import { WebSocket } from "ws";
import { createLeanSocket } from "../client/lean-socket.ts";
import { createLocksFake } from "../client/locks-fake.ts";
import { createRest } from "../client/rest.ts";
import { createSharedSocket } from "../client/share.ts";
import { createPolling } from "../client/polling.ts";
import type { SocketOptions } from "../client/socket.ts";
import { createVisitorRest } from "../client/visitor-rest.ts";
import { describeVisitorTransport } from "../client/visitor-transport.contract.ts";
import type { VisitorSocket } from "../client/visitor-transport.ts";
import { VISITOR_NAMESPACE } from "../protocol/path-parts.ts";
import { openTestApp } from "./test-kit/app.ts";
import type { TestApp } from "./test-kit/app.ts";
import { connectAgent } from "./test-kit/sockets.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const openWebSocket = (url: string) => new WebSocket(url) as never;

/** One of several tabs: another one, which came before it, holds the socket. */
function secondTab(options: SocketOptions): VisitorSocket {
  const page = { navigator: { locks: createLocksFake() }, BroadcastChannel };
  const [first, second] = [1, 2].map((): VisitorSocket => {
    const socket: VisitorSocket = createSharedSocket({
      own: createLeanSocket({ ...options, openWebSocket }),
      page,
      name: () => `${options.baseUrl} ${options.pubsubToken()}`,
      load: () => import("../client/tabs.ts"),
    });
    onTestFinished(() => socket.close());
    return socket;
  });
  if (!first || !second) throw new Error("two were made");
  // As a page does whose visitor the server has forgotten.
  first.onState((state) => state === "refused" && first.close());
  first.connect();
  return second;
}

const sockets: Record<string, (options: SocketOptions) => VisitorSocket> = {
  "its own socket": (options) => createLeanSocket({ ...options, openWebSocket }),
  "another tab's socket": secondTab,
  "long polling": (options) =>
    createPolling({ ...options, dial: () => openWebSocket(""), goBack: () => {} }),
};

async function openTransport(createSocketOf: (options: SocketOptions) => VisitorSocket) {
  const { url, build } = app;
  const accountId = await build.anAccount();
  const inbox = await build.anInbox(accountId);
  const agent = await build.anAgent(accountId, { inboxes: [inbox], autoOffline: false });

  async function ask(path: string, body: unknown): Promise<void> {
    const response = await fetch(`${url}/api/v1/accounts/${accountId}/conversations/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", api_access_token: agent.accessToken },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  }

  return {
    rest: createVisitorRest(createRest({ baseUrl: url }), inbox.token),
    createSocket(pubsubToken: string) {
      const socket = createSocketOf({
        baseUrl: url,
        namespace: VISITOR_NAMESPACE,
        pubsubToken: () => pubsubToken,
      });
      onTestFinished(() => socket.close());
      return socket;
    },
    agent: {
      name: agent.name,
      reply: (id: number, content: string) => ask(`${id}/messages`, { content }),
      assignSelf: (id: number) => ask(`${id}/assignments`, { assignee_id: agent.id }),
      resolve: (id: number) => ask(`${id}/toggle_status`, { status: "resolved" }),
      async setTyping(conversation_id: number) {
        const socket = await connectAgent(url, agent.pubsubToken);
        await socket.send("typing:set", { conversation_id, typing: true });
      },
    },
  };
}

for (const [name, create] of Object.entries(sockets)) {
  describeVisitorTransport(`the real server, through ${name},`, () => openTransport(create));
}

it("a line that was blocked later goes on by polling, and by a WebSocket as soon as one gets through again", async () => {
  const inbox = await app.build.anInbox(await app.build.anAccount());
  const visitor = await app.build.aVisitor(inbox);
  let isBlocked = false;
  let misses = 1;
  const lines: WebSocket[] = [];
  const options = {
    baseUrl: app.url,
    namespace: VISITOR_NAMESPACE,
    pubsubToken: () => visitor.pubsubToken,
  };
  const socket: VisitorSocket = createLeanSocket({
    ...options,
    openWebSocket(url) {
      if (isBlocked) throw new Error("blocked");
      const line = new WebSocket(url);
      lines.push(line);
      return line as never;
    },
    async fetchFallback(dial, goBack) {
      // What does not load is asked for again.
      if ((misses -= 1) >= 0) throw new Error("offline");
      return createPolling({ ...options, dial, goBack, lookAfterMs: 50 });
    },
  });
  onTestFinished(() => socket.close());
  const list = () => socket.send("conversation:list", {});
  const reach = (state: string) => vi.waitFor(() => expect(socket.state).toBe(state), 10_000);
  socket.connect();
  await reach("connected");
  isBlocked = true;
  lines[0]?.terminate();
  await reach("connecting");
  await vi.waitFor(() => {
    socket.nudge();
    expect(socket.state).toBe("connected");
  }, 10_000);
  expect(await list()).toMatchObject({ ok: true });
  expect(lines).toHaveLength(1);
  isBlocked = false;
  // One to see, and one to stay.
  await vi.waitFor(() => expect(lines).toHaveLength(3), 10_000);
  await reach("connected");
  expect(await list()).toMatchObject({ ok: true });
  expect(lines[2]?.readyState).toBe(WebSocket.OPEN);
});
