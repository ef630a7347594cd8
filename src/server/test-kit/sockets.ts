// Sockets as clients hold them: connected, with everything they have heard, waiting for what must come.
import { io } from "socket.io-client";
import type { Socket } from "socket.io-client";
import { onTestFinished } from "vitest";
import { PROTOCOL_VERSION } from "../../protocol/limits.ts";
import { AGENT_NAMESPACE, SOCKET_PATH, VISITOR_NAMESPACE } from "../../protocol/path-parts.ts";
import type { Result } from "../../protocol/result.ts";
import type { AgentCommandMap, AgentEventMap } from "../../protocol/socket.ts";
import type { VisitorCommandMap, VisitorEventMap } from "../../protocol/socket.ts";

type Input<Command> = Command extends (input: infer In, ...rest: never[]) => void ? In : never;
type Output<Command> = Command extends (input: never, ack: (r: Result<infer Out>) => void) => void
  ? Out
  : never;
type Data<Event> = Event extends (data: infer Heard) => void ? Heard : never;

export interface TestSocket<Commands, Events> {
  socket: Socket;
  /** Everything heard so far, oldest first. */
  heard: { name: string; data: unknown }[];
  send<Name extends keyof Commands & string>(
    name: Name,
    input: Input<Commands[Name]>,
  ): Promise<Result<Output<Commands[Name]>>>;
  /** The first event of this name that fits, heard already or to come. */
  hears<Name extends keyof Events & string>(
    name: Name,
    fits?: (data: Data<Events[Name]>) => boolean,
  ): Promise<Data<Events[Name]>>;
}

const HEAR_TIMEOUT_MS = 5_000;

export interface ConnectOptions {
  protocol?: number;
  origin?: string;
  accountId?: number;
}

function open(url: string, namespace: string, token: string, options: ConnectOptions): Socket {
  const socket = io(url + namespace, {
    path: SOCKET_PATH,
    transports: ["websocket"],
    forceNew: true,
    reconnection: false,
    auth: {
      protocol: options.protocol ?? PROTOCOL_VERSION,
      pubsub_token: token,
      ...(options.accountId === undefined ? {} : { account_id: options.accountId }),
    },
    ...(options.origin === undefined ? {} : { extraHeaders: { origin: options.origin } }),
  });
  onTestFinished(() => void socket.disconnect());
  return socket;
}

async function connect<Commands, Events>(socket: Socket): Promise<TestSocket<Commands, Events>> {
  const heard: { name: string; data: unknown }[] = [];
  const waiting = new Set<() => void>();
  socket.onAny((name: string, data: unknown) => {
    heard.push({ name, data });
    for (const look of waiting) look();
  });
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("connect_error", reject);
  });
  return {
    socket,
    heard,
    send: (name, input) => socket.timeout(HEAR_TIMEOUT_MS).emitWithAck(name, input),
    hears: (name, fits = () => true) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = heard.find((event) => event.name === name && fits(event.data as never));
          if (!found) return;
          waiting.delete(look);
          clearTimeout(timer);
          resolve(found.data as never);
        };
        const timer = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`never heard ${name}; heard ${heard.map((e) => e.name).join(", ")}`));
        }, HEAR_TIMEOUT_MS);
        waiting.add(look);
        look();
      }),
  };
}

/** Closes with the test. Rejects with Socket.IO's error, whose `data` is a Failure. */
export function connectVisitor(url: string, token: string, options: ConnectOptions = {}) {
  return connect<VisitorCommandMap, VisitorEventMap>(open(url, VISITOR_NAMESPACE, token, options));
}

/** Closes with the test. Rejects with Socket.IO's error, whose `data` is a Failure. */
export function connectAgent(url: string, token: string, options: ConnectOptions = {}) {
  return connect<AgentCommandMap, AgentEventMap>(open(url, AGENT_NAMESPACE, token, options));
}
