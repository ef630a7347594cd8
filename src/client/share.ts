// One socket for all tabs of a browser, seen from one tab: its own connection, or another tab's. The first
// tab opens it and learns of others only when they come; what two tabs need of each other is a file of its
// own (tabs.ts), which loads with the second.
import type { Failure, Result } from "../protocol/result.ts";
import type { ConnectionState, RealtimeSocket } from "./socket.ts";
import type { joinTabs } from "./tabs.ts";

/** What a page has of the browser to find its other tabs; a test brings its own. */
export interface TabsPage {
  navigator: { locks?: Pick<LockManager, "request"> };
  BroadcastChannel?: typeof BroadcastChannel;
}

/** Where commands go. */
export interface Carrier {
  send(name: string, input: unknown): Promise<Result<never>>;
  nudge(): void;
}

type AnySocket = RealtimeSocket<
  Record<string, (input: unknown, acknowledge: (result: Result<never>) => void) => void>,
  Record<string, (data: unknown) => void>
>;

/** A shared socket's inside, for what loads with the second tab. */
export interface SharedInside {
  /** This tab's own connection. */
  own: AnySocket;
  /** Leads: commands go through this, over the own connection. Without one, straight. */
  lead(carrier?: Carrier): void;
  /** Follows: commands go through this to another tab, and the own connection says nothing any more. */
  follow(carrier: Carrier): void;
  become(state: ConnectionState, refusal?: Failure): void;
  /** Tells this tab's listeners of an event that another tab has heard. */
  tell(name: string, data: unknown): void;
  state(): ConnectionState;
}

export interface SharedSocketOptions<Socket> {
  own: Socket;
  page: TabsPage;
  /** Tabs of one name share: whoever is somebody else to the server must have another. */
  name: () => string;
  load: () => Promise<{ joinTabs: typeof joinTabs }>;
}

/**
 * Creates a socket that tabs of one browser share, elected by Web Locks, over a BroadcastChannel. Where a
 * browser or a page has no such thing, each tab has its own connection.
 */
export function createSharedSocket<Commands extends object, Events extends object>(
  options: SharedSocketOptions<RealtimeSocket<Commands, Events>>,
): RealtimeSocket<Commands, Events> {
  const { page, name, load } = options;
  const own = options.own as unknown as AnySocket;
  const stateListeners = new Set<(state: ConnectionState, refusal?: Failure) => void>();
  const listeners = new Set<[name: string, listener: (data: unknown) => void]>();
  let state: ConnectionState = "idle";
  let carrier: Carrier = own;
  let isFollowing = false;
  let giveUp: (() => void) | undefined;

  function become(next: ConnectionState, refusal?: Failure): void {
    if (next === state) return;
    state = next;
    for (const listener of stateListeners) listener(next, refusal);
  }
  own.onState((next, refusal) => isFollowing || become(next, refusal));

  const inside: SharedInside = {
    own,
    become,
    state: () => state,
    lead(next = own) {
      carrier = next;
      isFollowing = false;
    },
    follow(next) {
      carrier = next;
      isFollowing = true;
    },
    tell(name, data) {
      for (const [wanted, listener] of listeners) if (wanted === name) listener(data);
    },
  };

  /** Decides whose connection it is; answers what gives it up. */
  function enter(): () => void {
    const locks = page.navigator.locks;
    if (!locks || !page.BroadcastChannel) {
      own.connect();
      return () => {};
    }
    const key = name();
    const channel = new page.BroadcastChannel(key);
    let isGone = false;
    let release = () => {};
    let leave = () => {};
    let meeting: Promise<void> | undefined;
    const meet = async (isLeading: boolean): Promise<void> => {
      const { joinTabs } = await load();
      if (isGone) return;
      leave();
      leave = joinTabs({ inside, channel, locks, key, isLeading });
    };
    // What it takes to be one of several does not load: then this tab is on its own.
    const follow = () => meet(false).catch(() => isGone || own.connect());
    locks
      .request(key, { ifAvailable: true }, (lock) => {
        if (!lock) return void follow();
        if (isGone) return undefined;
        own.connect();
        // In place of any listener before: what loads with the second tab hears instead of this.
        // oxlint-disable-next-line unicorn/prefer-add-event-listener
        channel.onmessage = () => {
          // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none
          channel.postMessage({ kind: "alive" });
          meeting ??= meet(true).catch(() => void (meeting = undefined));
        };
        return new Promise<void>((resolve) => (release = resolve));
      })
      // A tab that thought this one dead has taken the lock; or this page may have none.
      .catch(() => isGone || follow());
    return () => {
      isGone = true;
      leave();
      release();
      channel.close();
      inside.lead();
    };
  }

  return {
    get state() {
      return state;
    },
    connect() {
      if (state === "connected" || state === "connecting") return;
      become("connecting");
      if (!giveUp) giveUp = enter();
      else if (isFollowing) carrier.nudge();
      else own.connect();
    },
    close() {
      giveUp?.();
      giveUp = undefined;
      own.close();
      become("idle");
    },
    nudge: () => carrier.nudge(),
    async send(name, input) {
      return await carrier.send(name, input);
    },
    on(name, listener) {
      const entry: [string, (data: unknown) => void] = [name, listener as never];
      listeners.add(entry);
      const stop = own.on(...entry);
      return () => {
        listeners.delete(entry);
        stop();
      };
    },
    onState(listener) {
      stateListeners.add(listener);
      return () => void stateListeners.delete(listener);
    },
  };
}
