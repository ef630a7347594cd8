// The wire of socket.ts without its library, for pages that pay for every byte: Engine.IO 4 and Socket.IO 5
// packets over one WebSocket, for one namespace, in JSON. Where no WebSocket gets through, the library itself
// takes over.
import { ACK_TIMEOUT_MS, PROTOCOL_VERSION } from "../protocol/limits.ts";
import { SOCKET_PATH } from "../protocol/path-parts.ts";
import { failure } from "../protocol/result.ts";
import type { Failure, Result } from "../protocol/result.ts";
import type { Handshake } from "../protocol/socket.ts";
import type { ConnectionState, RealtimeSocket, SocketOptions } from "./socket.ts";

export interface LeanSocketOptions extends SocketOptions {
  /** Opens a WebSocket; a browser's own by default. */
  openWebSocket?: (url: string) => WebSocket;
  /**
   * Fetches a socket that needs no WebSocket, where several attempts in a row have not got through. It may
   * `dial` to see whether one does again, and then calls `goBack`.
   */
  fetchFallback?: (
    dial: () => WebSocket,
    goBack: () => void,
  ) => Promise<RealtimeSocket<never, never>>;
}

/** A handshake that takes longer has failed. */
const CONNECT_TIMEOUT_MS = 8_000;
const RETRY_MIN_MS = 500;
const RETRY_MAX_MS = 5_000;
const FAILURES_BEFORE_FALLBACK = 2;
/** A line that has been up before is rather a server that starts anew. */
const FAILURES_AFTER_SUCCESS = 6;

type Listener = (...data: unknown[]) => void;
type Settle = (result: Result<never>) => void;

/** Creates a socket that is not yet connected. */
export function createLeanSocket<Commands extends object, Events extends object>(
  options: LeanSocketOptions,
): RealtimeSocket<Commands, Events> {
  const { namespace, openWebSocket = (url) => new WebSocket(url) } = options;
  const stateListeners = new Set<(state: ConnectionState, refusal?: Failure) => void>();
  const listeners = new Set<[name: string, listener: Listener]>();
  /** Commands on their way, by the number of their acknowledgement. */
  const waiting = new Map<number, Settle>();
  let state: ConnectionState = "idle";
  let line: WebSocket | undefined;
  let fallback: RealtimeSocket<never, never> | undefined;
  let isFetching = false;
  let lastId = 0;
  let failures = 0;
  let hasConnected = false;
  /** Silence for so long means that nobody is there any more. */
  let silenceMs = CONNECT_TIMEOUT_MS;
  let silenceTimer: ReturnType<typeof setTimeout> | undefined;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  /** The server is going away, and has said for how long. */
  let resumeAfterMs = 0;

  function become(next: ConnectionState, refusal?: Failure): void {
    if (next === state) return;
    state = next;
    for (const listener of stateListeners) listener(next, refusal);
  }

  /** Lets go of the line; what was on its way over it may have arrived or not. */
  function hangUp(): void {
    clearTimeout(silenceTimer);
    clearTimeout(retryTimer);
    const closing = line;
    line = undefined;
    closing?.close();
    for (const settle of waiting.values())
      settle(failure("unreachable", "the connection was lost"));
    waiting.clear();
  }

  function retry(afterMs = Math.min(RETRY_MAX_MS, RETRY_MIN_MS * 2 ** failures)): void {
    hangUp();
    become("connecting");
    retryTimer = setTimeout(open, afterMs * (0.5 + Math.random()));
  }

  function lose(): void {
    const afterMs = resumeAfterMs;
    resumeAfterMs = 0;
    if (afterMs > 0) return retry(afterMs);
    if (state === "connecting") failures += 1;
    const limit = hasConnected ? FAILURES_AFTER_SUCCESS : FAILURES_BEFORE_FALLBACK;
    if (failures >= limit && !isFetching) void fallBack();
    retry();
  }

  async function fallBack(): Promise<void> {
    isFetching = true;
    const next = await options.fetchFallback?.(dial, () => goBack(next)).catch(() => undefined);
    isFetching = false;
    if (!next || state !== "connecting" || failures === 0) return;
    hangUp();
    fallback = next;
    for (const [name, listener] of listeners) next.on(name as never, listener as never);
    next.onState((...told) => fallback === next && become(...told));
    next.connect();
  }

  function goBack(from: typeof fallback): void {
    if (fallback !== from || state === "idle") return;
    fallback = undefined;
    from?.close();
    failures = 0;
    become("connecting");
    open();
  }

  function listenForSilence(): void {
    clearTimeout(silenceTimer);
    silenceTimer = setTimeout(lose, silenceMs);
  }

  function dial(): WebSocket {
    const path = `${SOCKET_PATH}/?EIO=4&transport=websocket`;
    return openWebSocket(
      new URL(path, options.baseUrl || location.href).href.replace(/^http/, "ws"),
    );
  }

  function open(): void {
    silenceMs = CONNECT_TIMEOUT_MS;
    try {
      const next = dial();
      line = next;
      listenForSilence();
      next.addEventListener("message", ({ data }) => line === next && receive(String(data)));
      next.addEventListener("close", () => line === next && lose());
    } catch {
      // A policy of the page: said at once by some browsers.
      lose();
    }
  }

  function receive(text: string): void {
    const body = text.slice(1);
    if (text[0] === "0") {
      const { pingInterval, pingTimeout } = JSON.parse(body) as Record<string, number>;
      silenceMs = Number(pingInterval) + Number(pingTimeout);
      const handshake: Handshake = {
        protocol: PROTOCOL_VERSION,
        pubsub_token: options.pubsubToken(),
      };
      line?.send(`40${namespace},${JSON.stringify(handshake)}`);
    } else {
      // The handshake has a limit of its own, whatever else comes.
      if (state === "connected") listenForSilence();
      if (text[0] === "2") line?.send("3");
      else if (text[0] === "4") take(body);
    }
  }

  /** One packet of Socket.IO: its kind, its namespace, the number of an acknowledgement, and JSON. */
  function take(packet: string): void {
    const [, kind, id, json] = /^(\d)(?:\/[^,]*,)?(\d*)([^]*)$/.exec(packet) ?? [];
    const data: unknown = json ? JSON.parse(json) : undefined;
    if (kind === "0") {
      failures = 0;
      hasConnected = true;
      become("connected");
      listenForSilence();
    } else if (kind === "1") {
      // Ended on purpose (stopping, revoked): whether it may come back is for the server to say.
      if (resumeAfterMs > 0) lose();
      else retry(0);
    } else if (kind === "2") {
      const [name, ...rest] = data as [string, ...unknown[]];
      if (name === "server:stopping") {
        resumeAfterMs = (rest[0] as { reconnect_after_ms: number }).reconnect_after_ms;
      }
      for (const [wanted, listener] of listeners) if (wanted === name) listener(...rest);
    } else if (kind === "3") {
      waiting.get(Number(id))?.((data as [Result<never>])[0]);
      waiting.delete(Number(id));
    } else if (kind === "4") {
      const refusal = (data as { data?: Failure }).data;
      if (!refusal) return lose();
      hangUp();
      become("refused", refusal);
    }
  }

  function send(name: string, input: unknown): Promise<Result<never>> {
    return new Promise((resolve) => {
      const id = (lastId += 1);
      const limitMs = options.ackTimeoutMs ?? ACK_TIMEOUT_MS;
      const settle = (result: Result<never>) => {
        clearTimeout(timer);
        waiting.delete(id);
        resolve(result);
      };
      const timer = setTimeout(
        () => settle(failure("unreachable", "not acknowledged in time")),
        limitMs,
      );
      waiting.set(id, settle);
      line?.send(`42${namespace},${id}["${name}",${JSON.stringify(input)}]`);
    });
  }

  return {
    get state() {
      return state;
    },
    connect() {
      if (state === "connected" || state === "connecting") return;
      become("connecting");
      if (fallback) fallback.connect();
      else open();
    },
    close() {
      if (fallback) return fallback.close();
      if (state === "connected") line?.send(`41${namespace},`);
      hangUp();
      become("idle");
    },
    nudge() {
      if (fallback) return fallback.nudge();
      if (state !== "connecting") return;
      hangUp();
      open();
    },
    async send(name, input) {
      if (state !== "connected") return failure("unreachable", "not connected");
      return fallback ? fallback.send(name as never, input as never) : send(name, input);
    },
    on(name, listener) {
      const entry: [string, Listener] = [name, listener as Listener];
      listeners.add(entry);
      const stop = fallback?.on(name as never, listener as never);
      return () => {
        listeners.delete(entry);
        stop?.();
      };
    },
    onState(listener) {
      stateListeners.add(listener);
      return () => void stateListeners.delete(listener);
    },
  };
}
