// The socket side of the wire: commands answered by a Result within a time limit, events, and the state
// of the connection. Knows Socket.IO; knows nothing of conversations.
import { Manager } from "socket.io-client";
import type { Socket } from "socket.io-client";
import { ACK_TIMEOUT_MS, PROTOCOL_VERSION } from "../protocol/limits.ts";
import { SOCKET_PATH } from "../protocol/path-parts.ts";
import { failure } from "../protocol/result.ts";
import type { Failure, Result } from "../protocol/result.ts";
import type { Handshake } from "../protocol/socket.ts";

/**
 * - `idle`: not asked to connect, or closed
 * - `connecting`: on its way, for the first time or again
 * - `connected`
 * - `refused`: the server said no (`refusal` says why); it is not tried again by itself
 */
export type ConnectionState = "idle" | "connecting" | "connected" | "refused";

type InputOf<Command> = Command extends (input: infer Input, ...rest: never[]) => void
  ? Input
  : never;
type AnswerOf<Command> = Command extends (
  input: never,
  acknowledge: (result: Result<infer Answer>) => void,
) => void
  ? Answer
  : never;

export interface RealtimeSocket<Commands extends object, Events extends object> {
  /** Opens the connection, and keeps it: reconnects with growing, jittered pauses. */
  connect(): void;
  close(): void;
  /** Reconnects at once if it is down: for `online`, visibility and page show. */
  nudge(): void;
  /** Sends one command. Resolves with `unreachable` when it is not acknowledged in time; never rejects. */
  send<Name extends keyof Commands & string>(
    name: Name,
    input: InputOf<Commands[Name]>,
  ): Promise<Result<AnswerOf<Commands[Name]>>>;
  /** Listens; answers the function that stops. */
  on<Name extends keyof Events & string>(name: Name, listener: Events[Name]): () => void;
  /** Hears every change of state; answers the function that stops. */
  onState(listener: (state: ConnectionState, refusal?: Failure) => void): () => void;
  readonly state: ConnectionState;
}

export interface SocketOptions {
  baseUrl: string;
  namespace: string;
  /** The credential of the handshake, asked for anew at each attempt. */
  pubsubToken: () => string;
  ackTimeoutMs?: number;
  /** Roads to the server, in the order to try them; by default WebSocket, then long polling. */
  transports?: ("websocket" | "polling")[];
}

/** Creates a socket that is not yet connected. */
export function createSocket<Commands extends object, Events extends object>(
  options: SocketOptions,
): RealtimeSocket<Commands, Events> {
  const listeners = new Set<(state: ConnectionState, refusal?: Failure) => void>();
  let state: ConnectionState = "idle";
  /** The server is going away, and has said for how long: nobody is to knock before. */
  let resumeAfterMs = 0;
  let resumeTimer: ReturnType<typeof setTimeout> | undefined;

  // Not `io()`: its cache of managers is of no use to one socket, and of some weight in the widget.
  const manager = new Manager(options.baseUrl || location.origin, {
    path: SOCKET_PATH,
    autoConnect: false,
    // WebSocket first: a proxy that buffers polling would be noticed only after its time-out.
    transports: options.transports ?? ["websocket", "polling"],
    tryAllTransports: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 10_000,
    randomizationFactor: 0.5,
    timeout: 8_000,
  });
  const socket: Socket = manager.socket(options.namespace, {
    auth: (give: (handshake: Handshake) => void) =>
      give({ protocol: PROTOCOL_VERSION, pubsub_token: options.pubsubToken() }),
  });

  function become(next: ConnectionState, refusal?: Failure): void {
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener(next, refusal);
  }

  socket.on("connect", () => become("connected"));
  socket.on("server:stopping", (event: { reconnect_after_ms: number }) => {
    resumeAfterMs = event.reconnect_after_ms * (1 + Math.random() / 2);
  });
  socket.on("disconnect", (reason) => {
    if (reason === "io client disconnect") return;
    become("connecting");
    if (resumeAfterMs > 0) {
      socket.disconnect();
      resumeTimer = setTimeout(() => socket.connect(), resumeAfterMs);
      resumeAfterMs = 0;
      return;
    }
    // The server ended it on purpose (stopping, revoked): Socket.IO waits for us to ask again.
    if (reason === "io server disconnect") socket.connect();
  });
  socket.on("connect_error", (error: Error & { data?: Failure }) => {
    // With data, the server has answered: it refuses this handshake. Without, the network has failed.
    if (!error.data) return;
    socket.disconnect();
    become("refused", error.data);
  });

  return {
    get state() {
      return state;
    },
    connect() {
      if (state === "connected" || state === "connecting") return;
      become("connecting");
      socket.connect();
    },
    close() {
      clearTimeout(resumeTimer);
      socket.disconnect();
      become("idle");
    },
    nudge() {
      if (state !== "connecting" || socket.connected) return;
      clearTimeout(resumeTimer);
      socket.disconnect().connect();
    },
    async send(name, input) {
      if (!socket.connected) return failure("unreachable", "not connected");
      try {
        const command = socket.timeout(options.ackTimeoutMs ?? ACK_TIMEOUT_MS) as unknown as {
          emitWithAck(name: string, input: unknown): Promise<Result<never>>;
        };
        return await command.emitWithAck(name, input);
      } catch {
        return failure("unreachable", "not acknowledged in time");
      }
    },
    on(name, listener) {
      const heard = listener as (...data: unknown[]) => void;
      socket.on<string>(name, heard);
      return () => void socket.off<string>(name, heard);
    },
    onState(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
