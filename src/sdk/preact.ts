// The package `parlor/preact`: the chat as a component, and what it shows as hooks.
import { createContext, h } from "preact";
import type { ComponentChildren } from "preact";
import { useContext, useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { EventHandler, Parlor } from "../widget/host/parlor.ts";
import type { EventName } from "../widget/store/events.ts";
import { createMountedParlor } from "./mounted-parlor.ts";
import type { ParlorOptions } from "./options.ts";
import { createParlorState } from "./state.ts";
import type { ParlorSnapshot, ParlorState } from "./state.ts";

export type { ParlorOptions } from "./options.ts";
export type { ParlorSnapshot } from "./state.ts";

export type ParlorProviderProps = ParlorOptions & { children?: ComponentChildren };

/** What a component sees of the chat, and the API to act on it. */
export interface UseParlor extends ParlorSnapshot {
  parlor: Parlor;
}

interface Provided {
  parlor: Parlor;
  state: ParlorState;
}

const ParlorContext = createContext<Provided | null>(null);

/** Has the chat on the page while it is mounted, with its props as settings. Safe in servers. */
export function ParlorProvider({ children, ...options }: ParlorProviderProps): ComponentChildren {
  const [mounted] = useState(() => createMountedParlor(options));
  // Before `mount`: the first start is with what was rendered last.
  useEffect(() => mounted.update(options));
  useEffect(() => mounted.mount(), [mounted]);
  return h(ParlorContext.Provider, { value: mounted }, children);
}

function useProvided(given: Parlor | undefined): Provided {
  const provided = useContext(ParlorContext);
  const own = useMemo(() => given && { parlor: given, state: createParlorState(given) }, [given]);
  const found = own ?? provided;
  if (!found) throw new Error("useParlor: no <ParlorProvider> above, and no Parlor given");
  return found;
}

/**
 * The chat of the nearest `<ParlorProvider>`, or the one given, as `createParlor` made it. Renders anew when
 * something of it changes. Throws without either.
 */
export function useParlor(given?: Parlor): UseParlor {
  const { parlor, state } = useProvided(given);
  const [snapshot, setSnapshot] = useState(state.get());
  useEffect(() => {
    const show = () => setSnapshot(state.get());
    const stop = state.subscribe(show);
    // What changed between rendering and here.
    show();
    return stop;
  }, [state]);
  return useMemo(() => ({ ...snapshot, parlor }), [snapshot, parlor]);
}

/** Calls `handler`, always that of the latest render, for each event while the component is mounted. */
export function useParlorEvent<Name extends EventName>(
  name: Name,
  handler: EventHandler<Name>,
  given?: Parlor,
): void {
  const { parlor } = useProvided(given);
  const latest = useRef(handler);
  latest.current = handler;
  useEffect(() => parlor.on(name, (event) => latest.current(event)), [parlor, name]);
}
