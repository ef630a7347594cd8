// The socket door: Socket.IO over the HTTP server, one namespace for each audience.
import type { Server as HttpServer } from "node:http";
import { Server } from "socket.io";
import type { Socket } from "socket.io";
import { SOCKET_PING_INTERVAL_MS, SOCKET_PING_TIMEOUT_MS } from "../../protocol/limits.ts";
import { AGENT_NAMESPACE, SOCKET_PATH, VISITOR_NAMESPACE } from "../../protocol/path-parts.ts";
import { failure } from "../../protocol/result.ts";
import type { Failure } from "../../protocol/result.ts";
import { agentCommands, visitorCommands } from "../../protocol/socket.ts";
import type { Config } from "../config.ts";
import { describeError } from "../describe-error.ts";
import type { Log } from "../log.ts";
import type { RoomDeps } from "../room.ts";
import { CLUSTER_HEARTBEAT_MS, createClusterAdapter } from "./adapter.ts";
import { ACCESS_CHECK_MS, createAccessWatch } from "./agent-access.ts";
import type { AgentSocketData } from "./agent-access.ts";
import { agentHandlers, joinAgentRooms } from "./agent-socket.ts";
import { createBroadcast } from "./broadcast.ts";
import { createCommands } from "./commands.ts";
import { admitAgent, admitVisitor, refusal } from "./handshake.ts";
import type { Arrival } from "./handshake.ts";
import { createPresence, presenceTimings } from "./presence.ts";
import type { PresenceTimings } from "./presence.ts";
import { createTyping } from "./typing.ts";
import { joinVisitorRooms, visitorHandlers } from "./visitor-socket.ts";

export interface RealtimeDeps extends RoomDeps {
  config: Config;
  log: Log;
  /** What tests and measurements set otherwise. */
  limits: {
    /** Commands that one person may send in a second; 50 unless told. */
    commandsPerSecond?: number;
    presence?: PresenceTimings;
    /** How often processes that share a database tell each other that they are there. */
    clusterHeartbeatMs?: number;
    /** How often it is looked whether agents' sockets may still be there. */
    accessCheckMs?: number;
  };
}

export interface Realtime {
  /** Answers what has come in, tells everybody to come back later, and closes every socket. */
  stop(): Promise<void>;
}

const COMMANDS_PER_SECOND = 50;
const NAMESPACES = [VISITOR_NAMESPACE, AGENT_NAMESPACE];
const MESSAGE_MAX_BYTES = 1_048_576;
/** How long clients of a server that stops wait before they come back; spread out by each of them. */
const RECONNECT_AFTER_MS = 1_000;

type Admit = (arrival: Arrival) => Promise<Failure | ((socket: Socket) => void | Promise<void>)>;

/** Opens the door on a server that may not listen yet. */
export async function createRealtime(deps: RealtimeDeps, http: HttpServer): Promise<Realtime> {
  const { commandsPerSecond = COMMANDS_PER_SECOND, presence: timings = presenceTimings } =
    deps.limits;
  const { clusterHeartbeatMs = CLUSTER_HEARTBEAT_MS, accessCheckMs = ACCESS_CHECK_MS } =
    deps.limits;
  const adapter = await createClusterAdapter({
    ...deps,
    heartbeatMs: clusterHeartbeatMs,
    // Whoever comes back asks for what came after the last that he has.
    onMissed() {
      tellToComeBack();
      for (const name of NAMESPACES) io.of(name).local.disconnectSockets();
    },
  });
  const io: Server = new Server(http, {
    path: SOCKET_PATH,
    serveClient: false,
    pingInterval: SOCKET_PING_INTERVAL_MS,
    pingTimeout: SOCKET_PING_TIMEOUT_MS,
    maxHttpBufferSize: MESSAGE_MAX_BYTES,
    perMessageDeflate: false,
    httpCompression: false,
    // The handshake of a namespace knows whom it may admit; cookies are no credential here.
    cors: { origin: "*" },
    ...(adapter.factory ? { adapter: adapter.factory } : {}),
  });
  const presence = createPresence(deps, timings);
  const broadcast = createBroadcast({ ...deps, io });
  const unsubscribe = deps.events.subscribe((event) => broadcast.hear(event));
  const common = { log: deps.log, perSecond: commandsPerSecond };
  const visitors = createCommands({
    ...common,
    schemas: visitorCommands,
    handlers: visitorHandlers(deps),
  });
  const agents = createCommands({
    ...common,
    schemas: agentCommands,
    handlers: agentHandlers(deps),
  });

  open(io, VISITOR_NAMESPACE, deps.log, async (arrival) => {
    const admitted = await admitVisitor(deps, arrival);
    if (!admitted.ok) return admitted.error;
    const visitor = admitted.data;
    return async (socket) => {
      const typing = createTyping(deps.events);
      socket.on("disconnect", () => typing.stopAll());
      visitors.listen(socket, { visitor, typing }, visitor.contactInboxId);
      await joinVisitorRooms(socket, visitor);
    };
  });
  open(io, AGENT_NAMESPACE, deps.log, async (arrival) => {
    const admitted = await admitAgent(deps, arrival);
    if (!admitted.ok) return admitted.error;
    const { agent, access, pubsubToken } = admitted.data;
    const { userId, accountId } = agent;
    return async (socket) => {
      const data: AgentSocketData = { userId, accountId, access, pubsubToken };
      socket.data = data;
      const typing = createTyping(deps.events);
      socket.on("disconnect", () => {
        typing.stopAll();
        presence.disconnected(userId);
      });
      agents.listen(socket, { agent, typing }, userId);
      await joinAgentRooms(socket, admitted.data);
    };
  });
  // Not sooner: only a socket that has connected will say that it disconnects.
  io.of(AGENT_NAMESPACE).on("connection", (socket) => presence.connected(socket.data.userId));

  function tellToComeBack(): void {
    for (const name of NAMESPACES) {
      io.of(name).local.emit("server:stopping", { reconnect_after_ms: RECONNECT_AFTER_MS });
    }
  }

  const watch = createAccessWatch({ ...deps, namespace: io.of(AGENT_NAMESPACE) }, accessCheckMs);

  return {
    async stop() {
      await watch.stop();
      tellToComeBack();
      await Promise.all([visitors.settled(), agents.settled()]);
      await broadcast.settled();
      unsubscribe();
      await presence.stop();
      await io.close();
      await adapter.close();
    },
  };
}

/** Admits or refuses each socket of a namespace; whoever is admitted is served at once. */
function open(io: Server, name: string, log: Log, admit: Admit): void {
  /** Answers why not, or nothing. */
  async function receive(socket: Socket): Promise<Failure | undefined> {
    const { auth, headers } = socket.handshake;
    try {
      const admitted = await admit({ auth, origin: headers.origin, host: headers.host });
      if (typeof admitted !== "function") return admitted;
      await admitted(socket);
      return undefined;
    } catch (error) {
      log.error({ event: "handshake:failed", error: describeError(error) }, "handshake failed");
      return failure("internal", "Something went wrong on our side").error;
    }
  }
  io.of(name).use((socket, next) => {
    void receive(socket).then((problem) => {
      // Out of the promise, which would swallow what a listener of the connection throws.
      setImmediate(next, problem && refusal(problem));
      return undefined;
    });
  });
}
