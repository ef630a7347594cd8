// The chat as a part of an interface: on the page while something that holds it is mounted.
import type { EventHandler, Parlor } from "../widget/host/parlor.ts";
import type { EventName } from "../widget/store/events.ts";
import type { SettingsPatch } from "../widget/store/host-settings.ts";
import { prepareParlor } from "./create-parlor.ts";
import { settingsOf } from "./options.ts";
import type { ParlorOptions } from "./options.ts";
import { createParlorState } from "./state.ts";
import type { ParlorState } from "./state.ts";

export interface MountedParlor {
  parlor: Parlor;
  state: ParlorState;
  /** Puts the chat on the page. Answers what takes it off again. */
  mount: () => () => void;
  /** Tells the chat what has changed since the last time; another inbox takes the place of the first. */
  update: (options: ParlorOptions) => void;
}

const isSame = (a: unknown, b: unknown) =>
  Object.is(a, b) || (typeof a === "object" && JSON.stringify(a) === JSON.stringify(b));

/** Settings that differ; `null` for those that are gone. */
function changedSettings(before: ParlorOptions, after: ParlorOptions): SettingsPatch {
  const old: Record<string, unknown> = { ...settingsOf(before) };
  const next: Record<string, unknown> = { ...settingsOf(after) };
  const names = new Set([...Object.keys(old), ...Object.keys(next)]);
  return Object.fromEntries(
    [...names]
      .filter((name) => !isSame(old[name], next[name]))
      .map((name) => [name, next[name] ?? null]),
  );
}

/** Makes it and touches nothing: a component that renders may never be mounted. */
export function createMountedParlor(first: ParlorOptions): MountedParlor {
  const { parlor, start } = prepareParlor();
  let options = first;
  let mounts = 0;
  let isStarted = false;
  const subscriptions = new Map<EventName, () => void>();

  /** One subscription for each name; it calls the handler of the latest render. */
  function subscribe(): void {
    for (const name of Object.keys(options.on ?? {}) as EventName[]) {
      if (subscriptions.has(name)) continue;
      const handler: EventHandler<EventName> = (event) =>
        (options.on?.[name] as EventHandler<EventName> | undefined)?.(event);
      subscriptions.set(name, parlor.on(name, handler));
    }
  }

  function stopUnlessMounted(): void {
    if (mounts > 0 || !isStarted) return;
    isStarted = false;
    for (const stop of subscriptions.values()) stop();
    subscriptions.clear();
    void parlor.shutdown();
  }

  return {
    parlor,
    state: createParlorState(parlor),
    mount() {
      mounts += 1;
      subscribe();
      if (!isStarted) start(options);
      isStarted = true;
      return () => {
        mounts -= 1;
        // StrictMode unmounts and mounts again in one go: that is no reason to take the chat away.
        queueMicrotask(stopUnlessMounted);
      };
    },
    update(next) {
      const before = options;
      options = next;
      if (!isStarted) return;
      subscribe();
      if (next.inbox !== before.inbox) {
        void parlor.shutdown();
        start(next);
      }
      const patch = changedSettings(before, next);
      if (Object.keys(patch).length > 0) void parlor.updateSettings(patch);
    },
  };
}
