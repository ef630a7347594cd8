// What was asked of a chat that is not there yet, in order.
import type { HandlerOptions } from "../widget/host/events.ts";
import type { EventHandler, Parlor } from "../widget/host/parlor.ts";
import type { EventName } from "../widget/store/events.ts";
import type { ParlorError } from "./error.ts";

interface Call {
  run: (api: Parlor) => void;
  /** Absent: it outlives a failure, and is done when a later try succeeds. */
  reject?: (error: ParlorError) => void;
  subscription?: { name: EventName; handler: EventHandler<never> };
}

export interface WaitingCalls {
  /** Resolves with what `run` answers, or rejects when the chat does not come. */
  ask: <Value>(run: (api: Parlor) => Promise<Value>) => Promise<Value>;
  /** Has `run` done in its turn, however many tries it takes. */
  keep: (run: (api: Parlor) => void) => void;
  /** Subscribes as soon as there is something to subscribe to. Answers the function that unsubscribes. */
  subscribe: <Name extends EventName>(
    name: Name,
    handler: EventHandler<Name>,
    options: HandlerOptions | undefined,
  ) => () => void;
  unsubscribe: <Name extends EventName>(name: Name, handler: EventHandler<Name>) => void;
  /** Does everything. */
  release: (api: Parlor) => void;
  /** Rejects every call, keeps the subscriptions, and answers those to `error`. */
  fail: (error: ParlorError) => EventHandler<"error">[];
  clear: (error: ParlorError) => void;
}

export function createWaitingCalls(): WaitingCalls {
  let calls: Call[] = [];
  const drop = (call: Call) => (calls = calls.filter((one) => one !== call));

  function fail(error: ParlorError): EventHandler<"error">[] {
    const failed = calls;
    calls = calls.filter(({ reject }) => !reject);
    for (const { reject } of failed) reject?.(error);
    return calls
      .filter(({ subscription }) => subscription?.name === "error")
      .map(({ subscription }) => subscription?.handler as EventHandler<"error">);
  }

  return {
    ask: (run) =>
      new Promise((resolve, reject) => {
        calls.push({ run: (api) => resolve(run(api)), reject });
      }),
    keep(run) {
      calls.push({ run });
    },
    subscribe(name, handler, options) {
      let stop: (() => void) | undefined;
      const call: Call = {
        run: (api) => (stop = api.on(name, handler, options)),
        subscription: { name, handler },
      };
      calls.push(call);
      return () => {
        drop(call);
        stop?.();
      };
    },
    unsubscribe(name, handler) {
      calls = calls.filter(
        ({ subscription }) => subscription?.name !== name || subscription.handler !== handler,
      );
    },
    release(api) {
      const due = calls;
      calls = [];
      for (const { run } of due) run(api);
    },
    fail,
    clear(error) {
      fail(error);
      calls = [];
    },
  };
}
