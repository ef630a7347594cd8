// How the widget's own socket takes a bad line: against a server of the test's, which does what it is told.
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { createLeanSocket } from "../client/lean-socket.ts";
import type { LeanSocketOptions } from "../client/lean-socket.ts";
import type { ConnectionState, RealtimeSocket } from "../client/socket.ts";
import type { Failure } from "../protocol/result.ts";
import type { VisitorCommandMap, VisitorEventMap } from "../protocol/socket.ts";

type Socket = RealtimeSocket<VisitorCommandMap, VisitorEventMap>;

/** Pings so often, and may answer so late, in milliseconds. */
const HEARTBEAT = { pingInterval: 40, pingTimeout: 40 };

/** A server of Socket.IO's wire. `answer` is given each packet of one line, and the way to send one back. */
async function serve(answer: (packet: string, send: (packet: string) => void) => void) {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  onTestFinished(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  const packets: string[] = [];
  server.on("connection", (line) => {
    line.send(`0${JSON.stringify({ sid: "s", upgrades: [], maxPayload: 1e6, ...HEARTBEAT })}`);
    line.on("message", (data) => {
      const packet = (data as Buffer).toString();
      packets.push(packet);
      answer(packet, (reply) => line.send(reply));
    });
  });
  await vi.waitFor(() => expect(server.address()).not.toBeNull());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server, packets };
}

function connect(baseUrl: string, options: Partial<LeanSocketOptions> = {}) {
  const socket: Socket = createLeanSocket({
    baseUrl,
    namespace: "/visitor",
    pubsubToken: () => "token",
    openWebSocket: (url) => new WebSocket(url) as never,
    ...options,
  });
  const states: [ConnectionState, Failure?][] = [];
  socket.onState((state, refusal) => void states.push(refusal ? [state, refusal] : [state]));
  onTestFinished(() => socket.close());
  socket.connect();
  const reach = (state: ConnectionState) =>
    vi.waitFor(() => expect(socket.state).toBe(state), 5_000);
  return { socket, states, reach };
}

const welcome = (packet: string, send: (packet: string) => void) => {
  if (packet.startsWith("40/visitor,")) send('40/visitor,{"sid":"x"}');
};
const see = { conversation_id: 1, seq: 2 };

describe("the widget's socket", () => {
  it("says who it is, and hears pings, events and acknowledgements", async () => {
    const { url, packets } = await serve((packet, send) => {
      welcome(packet, send);
      if (packet.startsWith("42/visitor,1[")) {
        send("2");
        send('42/visitor,["server:stopping",{"reconnect_after_ms":7}]');
        send('43/visitor,1[{"ok":true,"data":null}]');
      }
    });
    const { socket, reach } = connect(url);
    const heard: unknown[] = [];
    socket.on("server:stopping", (event) => void heard.push(event));
    await reach("connected");
    expect(packets[0]).toBe('40/visitor,{"protocol":1,"pubsub_token":"token"}');
    expect(await socket.send("conversation:see", see)).toEqual({ ok: true, data: null });
    expect(heard).toEqual([{ reconnect_after_ms: 7 }]);
    await vi.waitFor(() => expect(packets).toContain("3"));
  });

  it("notices a line that is open but dead, and takes another", async () => {
    const { url, server } = await serve(welcome);
    const { reach, states } = connect(url);
    await reach("connected");
    // No ping ever comes.
    await vi.waitFor(() => expect(states.length).toBeGreaterThanOrEqual(4), 5_000);
    expect(states.slice(0, 4).map(([state]) => state)).toEqual([
      "connecting",
      "connected",
      "connecting",
      "connected",
    ]);
    expect(server.clients.size).toBeLessThanOrEqual(2);
  });

  it("answers `unreachable` for a command whose line is lost or whose acknowledgement does not come", async () => {
    const { url, server } = await serve(welcome);
    const { socket, reach } = connect(url, { ackTimeoutMs: 20 });
    expect(await socket.send("conversation:see", see)).toMatchObject({
      error: { code: "unreachable", message: "not connected" },
    });
    await reach("connected");
    expect(await socket.send("conversation:see", see)).toMatchObject({
      error: { code: "unreachable", message: "not acknowledged in time" },
    });
    await reach("connected");
    const sent = socket.send("conversation:see", see);
    for (const client of server.clients) client.terminate();
    expect(await sent).toMatchObject({ ok: false, error: { code: "unreachable" } });
  });

  it("stays away when it is refused, and says why", async () => {
    const refusal = { code: "unauthenticated", message: "unknown token" };
    const { url, packets } = await serve((_packet, send) =>
      send(`44/visitor,${JSON.stringify({ message: "refused", data: refusal })}`),
    );
    const { states, reach } = connect(url);
    await reach("refused");
    expect(states.at(-1)).toEqual(["refused", refusal]);
    expect(packets).toHaveLength(1);
  });

  it("comes back after as long as a stopping server has asked for", async () => {
    const { url, packets } = await serve((packet, send) => {
      welcome(packet, send);
      if (packets.length > 1) return;
      send('42/visitor,["server:stopping",{"reconnect_after_ms":60}]');
      send("41/visitor,");
    });
    const { states } = connect(url);
    await vi.waitFor(() => expect(states).toHaveLength(4), 5_000);
    expect(packets).toHaveLength(2);
  });

  it("hands over where no WebSocket gets through, with everything that is listened for", async () => {
    const { url, packets } = await serve(welcome);
    let opened = 0;
    const fetchFallback = async () => createLeanSocket<never, never>(fallbackOptions);
    const fallbackOptions: LeanSocketOptions = {
      baseUrl: url,
      namespace: "/visitor",
      pubsubToken: () => "token",
      openWebSocket: (address) => new WebSocket(address) as never,
    };
    const { socket, states, reach } = connect(url, {
      fetchFallback,
      openWebSocket() {
        opened += 1;
        throw new Error("blocked");
      },
    });
    await reach("connected");
    expect(opened).toBe(2);
    expect(states.map(([state]) => state)).toEqual(["connecting", "connected"]);
    const sent = socket.send("conversation:see", see);
    await vi.waitFor(() => expect(packets.at(-1)).toContain('["conversation:see"'));
    socket.close();
    expect(await sent).toMatchObject({ error: { code: "unreachable" } });
    expect(socket.state).toBe("idle");
  });

  it("tries at once when it is nudged, and not at all once it is closed", async () => {
    const { url, server } = await serve(welcome);
    const { socket, reach } = connect(url);
    await reach("connected");
    for (const client of server.clients) client.terminate();
    await reach("connecting");
    socket.nudge();
    await reach("connected");
    socket.close();
    await vi.waitFor(() => expect(server.clients.size).toBe(0));
    socket.nudge();
    expect(socket.state).toBe("idle");
  });
});
