// What an interface wants to show of the chat, as one value that changes: the ground of the hooks.
import type { Parlor } from "../widget/host/parlor.ts";
import type { CustomerInfo } from "../widget/store/customer-info.ts";
import type { EventDetails } from "../widget/store/events.ts";

export interface ParlorSnapshot {
  /** The server has described the inbox. */
  isReady: boolean;
  isOpen: boolean;
  isVisible: boolean;
  unreadCount: number;
  /** Whether somebody is there to answer, within the hours; `unknown` until the chat is ready. */
  availability: "available" | "unavailable" | "unknown";
  connection: EventDetails["connectionChange"]["state"];
  /** Null until the page or the visitor has said something. */
  customer: CustomerInfo | null;
  /** The latest failure; null again once the chat is ready. */
  error: EventDetails["error"] | null;
}

export interface ParlorState {
  /** Calls `listener` after each change. Answers the function that stops it. */
  subscribe: (listener: () => void) => () => void;
  get: () => ParlorSnapshot;
}

/** What a server renders, and a browser first. */
export const initialSnapshot: ParlorSnapshot = {
  isReady: false,
  isOpen: false,
  isVisible: true,
  unreadCount: 0,
  availability: "unknown",
  connection: "idle",
  customer: null,
  error: null,
};

type Change = (change: Partial<ParlorSnapshot>) => void;

/** Follows the chat until `signal` aborts. */
function follow(parlor: Parlor, change: Change, signal: AbortSignal): void {
  let isTold = false;
  const tellOpen = (isOpen: boolean) => {
    isTold = true;
    change({ isOpen });
  };
  parlor.onReady(() => change({ isReady: true, error: null }), { signal });
  parlor.onError(({ detail }) => change({ error: detail }), { signal });
  parlor.onChatMaximize(() => tellOpen(true), { signal });
  parlor.onChatMinimize(() => tellOpen(false), { signal });
  parlor.onVisibilityChange(({ detail }) => change({ isVisible: detail.visibility === "shown" }), {
    signal,
  });
  parlor.onUnreadCountChange(({ detail }) => change({ unreadCount: detail.count }), { signal });
  parlor.onAgentStateChange(
    // Out of hours, the team is away whoever is there.
    ({ detail: { scope, state } }) => scope === "team" && change({ availability: state }),
    { signal },
  );
  parlor.onConnectionChange(({ detail }) => change({ connection: detail.state }), { signal });
  parlor.onCustomerInfoChange(({ detail }) => change({ customer: detail }), { signal });
  parlor.onDestroyed(() => change(initialSnapshot), { signal });
  // Opening is an act, not a state that is told again to whom comes late.
  void parlor.getWindowState().then(
    (state) => !isTold && !signal.aborted && change({ isOpen: state === "maximized" }),
    () => undefined,
  );
}

/** Follows the chat while somebody listens. */
export function createParlorState(parlor: Parlor): ParlorState {
  const listeners = new Set<() => void>();
  let snapshot = initialSnapshot;
  let following: AbortController | undefined;

  function change(part: Partial<ParlorSnapshot>): void {
    snapshot = { ...snapshot, ...part };
    for (const listener of listeners) listener();
  }

  return {
    get: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      if (!following) {
        following = new AbortController();
        follow(parlor, change, following.signal);
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        following?.abort();
        following = undefined;
      };
    },
  };
}
