// The public events: handlers of the page, and CustomEvents on its window.
import type { Emit, EventDetails, EventName, EventSource } from "../store/events.ts";

/** What a handler is given. */
export interface ParlorEvent<Name extends EventName = EventName> {
  /** Of this event alone. */
  id: string;
  /** The event's name. */
  type: Name;
  /** Milliseconds since 1970. */
  at: number;
  /** Version of this interface. */
  v: 1;
  /** Who caused it. */
  source: EventSource;
  /** False when another tab or device caused it. */
  local: boolean;
  /** What the table of events says of this one. */
  detail: EventDetails[Name];
}

type Handler = (event: ParlorEvent) => unknown;

/** How a handler listens. */
export interface HandlerOptions {
  /** Unsubscribes when it aborts; one that has aborted already subscribes nothing. */
  signal?: AbortSignal;
  /** True: for one event only. `false` by default. */
  once?: boolean;
  /** False: a late subscriber is not told the present state. `true` by default. */
  replay?: boolean;
}

export interface HostEvents {
  emit: Emit;
  /** Answers the function that unsubscribes. */
  on: (name: string, handler: unknown, options?: HandlerOptions) => () => void;
  off(name: string, handler: unknown): void;
}

/** How many of the first ones tell a state: a late subscriber hears the latest. */
const STATES_COUNT = 7;
export const eventNames: string[] =
  "ready visibilityChange unreadCountChange customerInfoChange identityChange connectionChange agentStateChange error chatMaximize chatMinimize chatInitiated chatStarted chatClosed agentAssign messageSent messageReceived typing readReceipt prechatSubmit csatSubmit attachmentUpload consentChange proactiveShown proactiveClick proactiveDismiss reloadUI destroyed".split(
    " ",
  );
const isState = (name: string) => eventNames.indexOf(name) < STATES_COUNT;

const kebab = (name: string) => name.replace(/[A-Z]+/g, (letters) => `-${letters.toLowerCase()}`);

export function createHostEvents(deps: {
  target: EventTarget;
  now: () => number;
  newId: () => string;
  /** Tells the page of an exception in its own handler. */
  report: (error: unknown) => void;
}): HostEvents {
  const handlers = new Map<string, Set<{ handler: Handler; once: boolean; stop: () => void }>>();
  const latest = new Map<string, ParlorEvent>();

  function call(handler: Handler, event: ParlorEvent): void {
    try {
      const result = handler(event);
      if (result instanceof Promise) result.catch(deps.report);
    } catch (error) {
      deps.report(error);
    }
  }

  return {
    emit(name, detail, { source = "system", local = true, changed } = {}) {
      const event = {
        id: deps.newId(),
        type: name,
        at: deps.now(),
        v: 1,
        source,
        local,
        detail,
      } as const;
      // An agent's state is not the team's.
      if (isState(name) && (detail as { scope?: string }).scope !== "agent") {
        latest.set(name, event);
      }
      const entries = handlers.get(name);
      for (const entry of entries ? [...entries] : []) {
        if (entry.once) entry.stop();
        call(entry.handler, event);
      }
      // For tag managers: flat, and without what anybody wrote or is.
      const { detail: _, ...envelope } = event;
      const { text: __, ...open } = (changed ? { changed } : detail) as { text?: string };
      deps.target.dispatchEvent(
        new CustomEvent(`parlor:${kebab(name)}`, { detail: { ...open, ...envelope } }),
      );
    },
    on(name, handler, { signal, once = false, replay = true } = {}) {
      if (signal?.aborted) return () => undefined;
      const stop = () => {
        entries.delete(entry);
        signal?.removeEventListener("abort", stop);
      };
      const entry = { handler: handler as Handler, once, stop };
      const entries = handlers.get(name) ?? new Set();
      handlers.set(name, entries);
      const last = replay && latest.get(name);
      if (last) {
        queueMicrotask(() => entries.has(entry) && (once && stop(), call(entry.handler, last)));
      }
      entries.add(entry);
      signal?.addEventListener("abort", stop);
      return stop;
    },
    off(name, handler) {
      for (const entry of handlers.get(name) ?? []) {
        if (entry.handler === handler) entry.stop();
      }
    },
  };
}
