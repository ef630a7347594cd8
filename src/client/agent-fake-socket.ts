// The socket of the desk's fake: commands go to the given handlers, the line can be cut and mended.
import { failure } from "../protocol/result.ts";
import type { Failure, Result } from "../protocol/result.ts";
import type { AgentAnswers, AgentCommandMap, AgentEventMap } from "../protocol/socket.ts";
import type { AgentSocket } from "./agent-transport.ts";
import type { ConnectionState } from "./socket.ts";

type Name = keyof AgentCommandMap & keyof AgentAnswers;
type Handlers = {
  [Command in Name]: (
    input: Parameters<AgentCommandMap[Command]>[0],
  ) => Result<AgentAnswers[Command]>;
};
type Event = keyof AgentEventMap;

export interface FakeSocketControls {
  /** Cuts the line: what happens on the server meanwhile is not heard. */
  disconnect(): void;
  reconnect(): void;
  refuse(error: Failure): void;
  /** Every command is refused like this, until called with `null`. */
  refuseCommands(error: Failure | null): void;
  /** Answers are lost on their way back until called with `false`, though commands are carried out. */
  loseAnswers(isLosing: boolean): void;
  /** Most messages that a sync answers. */
  setSyncLimit(limit: number): void;
  /** Every command that reached the server, oldest first. */
  commands: { name: Name; input: unknown }[];
}

/** Creates the socket, the server's way to emit, and the controls of a test. */
export function createFakeSocket(handlers: Handlers) {
  const stateListeners = new Set<(state: ConnectionState, refusal?: Failure) => void>();
  const eventListeners = new Map<Event, Set<(data: never) => void>>();
  const commands: FakeSocketControls["commands"] = [];
  let state: ConnectionState = "idle";
  let isCut = false;
  let isLosingAnswers = false;
  let commandRefusal: Failure | null = null;

  function become(next: ConnectionState, refusal?: Failure): void {
    if (next === state) return;
    state = next;
    for (const listener of Array.from(stateListeners)) listener(next, refusal);
  }

  const socket: AgentSocket = {
    get state() {
      return state;
    },
    connect() {
      if (state === "connected" || state === "connecting") return;
      become("connecting");
      queueMicrotask(() => {
        if (state === "connecting" && !isCut) become("connected");
      });
    },
    close: () => become("idle"),
    nudge() {},
    async send(name, input) {
      await Promise.resolve();
      if (state !== "connected") return failure("unreachable", "not connected");
      commands.push({ name, input });
      if (commandRefusal) return { ok: false, error: commandRefusal };
      const handle = handlers[name] as (input: unknown) => Result<never>;
      const answer = handle(structuredClone(input));
      await Promise.resolve();
      return isLosingAnswers ? failure("unreachable", "not acknowledged in time") : answer;
    },
    on(name, listener) {
      const heard = listener as (data: never) => void;
      const listeners = eventListeners.get(name) ?? new Set();
      eventListeners.set(name, listeners.add(heard));
      return () => void listeners.delete(heard);
    },
    onState(listener) {
      stateListeners.add(listener);
      return () => void stateListeners.delete(listener);
    },
  };

  const controls: FakeSocketControls = {
    disconnect() {
      isCut = true;
      if (state === "connected") become("connecting");
    },
    reconnect() {
      isCut = false;
      if (state === "connecting") become("connected");
    },
    refuse: (error) => become("refused", error),
    refuseCommands: (error) => void (commandRefusal = error),
    loseAnswers: (isLosing) => void (isLosingAnswers = isLosing),
    setSyncLimit: (limit) => void (fake.syncLimit = limit),
    commands,
  };

  const fake = {
    socket,
    controls,
    syncLimit: 200,
    emit<Name extends Event>(name: Name, data: Parameters<AgentEventMap[Name]>[0]): void {
      if (state !== "connected") return;
      const copy = structuredClone(data) as never;
      for (const listener of Array.from(eventListeners.get(name) ?? [])) listener(copy);
    },
  };
  return fake;
}
