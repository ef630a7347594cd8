// The socket of the visitor's fake: commands go to the given handlers, the line can be cut and mended.
import { failure } from "../protocol/result.ts";
import type { Failure, Result } from "../protocol/result.ts";
import type { VisitorAnswers, VisitorCommandMap, VisitorEventMap } from "../protocol/socket.ts";
import type { ConnectionState } from "./socket.ts";
import type { VisitorSocket } from "./visitor-transport.ts";

type Name = keyof VisitorCommandMap & keyof VisitorAnswers;
type Event = keyof VisitorEventMap;

export interface VisitorFakeSocket extends VisitorSocket {
  token(): string;
  /** Tells this client, if it is connected. */
  emit<EventName extends Event>(
    name: EventName,
    data: Parameters<VisitorEventMap[EventName]>[0],
  ): void;
  /** Cuts the line: what happens on the server meanwhile is not heard. */
  cut(): void;
  mend(): void;
  /** The next answers are lost on their way back, though the commands are carried out. */
  loseAnswers(isLosing: boolean): void;
  /** Commands are answered by this failure until told `null`. */
  failCommands(error: Failure | null): void;
  /** Every command that reached the server, oldest first. */
  commands: { name: Name; input: unknown }[];
}

export function createVisitorFakeSocket(deps: {
  token: () => string;
  /** Why the server refuses the handshake; null lets it in. */
  admit: () => Failure | null;
  handlers: {
    [Command in Name]: (
      input: Parameters<VisitorCommandMap[Command]>[0],
    ) => Result<VisitorAnswers[Command]>;
  };
}): VisitorFakeSocket {
  const stateListeners = new Set<(state: ConnectionState, refusal?: Failure) => void>();
  const eventListeners = new Map<Event, Set<(data: never) => void>>();
  const commands: VisitorFakeSocket["commands"] = [];
  let state: ConnectionState = "idle";
  let isCut = false;
  let isLosing = false;
  let commandFailure: Failure | null = null;

  function become(next: ConnectionState, refusal?: Failure): void {
    if (next === state) return;
    state = next;
    for (const listener of Array.from(stateListeners)) listener(next, refusal);
  }
  function arrive(): void {
    if (state !== "connecting" || isCut) return;
    const refusal = deps.admit();
    if (refusal) become("refused", refusal);
    else become("connected");
  }

  return {
    commands,
    token: deps.token,
    get state() {
      return state;
    },
    connect() {
      if (state === "connected" || state === "connecting") return;
      become("connecting");
      queueMicrotask(arrive);
    },
    close: () => become("idle"),
    nudge: () => queueMicrotask(arrive),
    async send(name, input) {
      await Promise.resolve();
      if (state !== "connected") return failure("unreachable", "not connected");
      commands.push({ name, input });
      if (commandFailure) return { ok: false, error: commandFailure };
      const handle = deps.handlers[name] as (input: unknown) => Result<never>;
      const answer = structuredClone(handle(structuredClone(input)));
      await Promise.resolve();
      return isLosing ? failure("unreachable", "not acknowledged in time") : answer;
    },
    on(name, listener) {
      const listeners = eventListeners.get(name) ?? new Set();
      eventListeners.set(name, listeners.add(listener));
      return () => void listeners.delete(listener);
    },
    onState(listener) {
      stateListeners.add(listener);
      return () => void stateListeners.delete(listener);
    },
    emit(name, data) {
      if (state !== "connected") return;
      const copy = structuredClone(data) as never;
      for (const listener of Array.from(eventListeners.get(name) ?? [])) listener(copy);
    },
    cut() {
      isCut = true;
      if (state === "connected") become("connecting");
    },
    mend() {
      isCut = false;
      arrive();
    },
    loseAnswers: (next) => void (isLosing = next),
    failCommands: (error) => void (commandFailure = error),
  };
}
