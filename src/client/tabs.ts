// The tabs that share one socket. The one that holds the lock leads: it sends what the others ask for, and
// tells them what it hears. The others wait for the lock, and take it from a leader that does not answer.
import { failure } from "../protocol/result.ts";
import type { Failure, Result } from "../protocol/result.ts";
import type { VisitorEventMap } from "../protocol/socket.ts";
import type { SharedInside } from "./share.ts";
import type { ConnectionState } from "./socket.ts";

/** So long a leader may take to say that it lives. */
const LEADER_TIMEOUT_MS = 1_000;
/** Longer than the leader waits for the server. */
const ANSWER_TIMEOUT_MS = 12_000;
/** Messages whose answers a leader remembers, for a tab that sends what another one has sent. */
const REMEMBERED_MAX = 200;

const heard: Record<keyof VisitorEventMap, true> = {
  "message:created": true,
  "message:updated": true,
  "conversation:created": true,
  "conversation:updated": true,
  "typing:changed": true,
  "queue:moved": true,
  "inbox:updated": true,
  "agent:availability_changed": true,
  "server:stopping": true,
};

type FromFollower =
  { kind: "hello" | "nudge" } | { kind: "ask"; id: string; name: string; input: unknown };
interface StateTold {
  kind: "state";
  /** Of this leader, for as long as it leads. */
  term: string;
  state: ConnectionState;
  refusal: Failure | undefined;
}
type FromLeader =
  | StateTold
  | { kind: "alive" }
  | { kind: "event"; name: string; data: unknown }
  | { kind: "answer"; id: string; result: Result<never> };
type Said = FromFollower | FromLeader;
type Hear = (event: { data: Said }) => void;

export interface TabsDeps {
  inside: SharedInside;
  channel: Pick<BroadcastChannel, "postMessage" | "onmessage">;
  locks: Pick<LockManager, "request">;
  /** Of the lock. */
  key: string;
  /** This tab holds the lock, and its socket is open. */
  isLeading: boolean;
}

type TabOfMany = Pick<TabsDeps, "inside"> & {
  post: (said: Said) => unknown;
  listen: (hear: Hear) => void;
};

const randomId = () => Math.random().toString(36).slice(2);

/** The same message from two tabs goes out once. */
function createSendOnce({ own }: SharedInside) {
  const sent = new Map<string, Promise<Result<never>>>();
  return (name: string, input: unknown): Promise<Result<never>> => {
    const { echo_id } = input as { echo_id?: string };
    if (echo_id === undefined) return own.send(name, input);
    const key = name + echo_id;
    const known = sent.get(key);
    if (known) return known;
    const answer = own.send(name, input).then((result) => {
      if (!result.ok) sent.delete(key);
      return result;
    });
    sent.set(key, answer);
    const [oldest] = sent.keys();
    if (sent.size > REMEMBERED_MAX && oldest !== undefined) sent.delete(oldest);
    return answer;
  };
}

/** Answers the function that ends it. */
function lead({ inside, post, listen }: TabOfMany): () => void {
  const { own } = inside;
  const term = randomId();
  const send = createSendOnce(inside);
  let refusal: Failure | undefined;
  const tellState = () => post({ kind: "state", term, state: own.state, refusal });

  listen(({ data }) => {
    if (data.kind === "nudge") own.nudge();
    if (data.kind === "hello" || data.kind === "nudge") tellState();
    if (data.kind !== "ask") return;
    const { id, name, input } = data;
    post({ kind: "alive" });
    void send(name, input).then((result) => post({ kind: "answer", id, result }));
  });
  inside.lead({ send, nudge: () => own.nudge() });
  const stops = [
    own.onState((_state, why) => {
      refusal = why;
      tellState();
    }),
    ...Object.keys(heard).map((name) =>
      own.on(name, (data) => post({ kind: "event", name, data })),
    ),
  ];
  own.connect();
  inside.become(own.state);
  tellState();
  return () => {
    for (const stop of stops) stop();
  };
}

/** `takeOver`: nobody leads any more. Answers the function that ends it. */
function follow({ inside, post, listen }: TabOfMany, takeOver: () => void): () => void {
  const asked = new Map<string, (result: Result<never>) => void>();
  let term: string | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;

  function expectWord(): void {
    silence ??= setTimeout(takeOver, LEADER_TIMEOUT_MS);
  }
  function loseAll(): void {
    for (const answer of asked.values()) answer(failure("unreachable", "the other tab is gone"));
    asked.clear();
  }
  function hearState({ term: next, state, refusal }: StateTold): void {
    if (term !== next) {
      // What nobody told between two leaders is lost: coming up again makes everybody ask.
      inside.become("connecting");
      loseAll();
    }
    term = next;
    // It forgets who it was and gives the lock away: whoever gets it will hear the same.
    const isUnknown = refusal?.code === "unauthenticated" || refusal?.code === "not_found";
    const isSettled = state === "connected" || (state === "refused" && !isUnknown);
    inside.become(isSettled ? state : "connecting", refusal);
  }

  listen(({ data }) => {
    if (data.kind === "hello" || data.kind === "nudge" || data.kind === "ask") return;
    clearTimeout(silence);
    silence = undefined;
    if (data.kind === "state") hearState(data);
    else if (data.kind === "event") inside.tell(data.name, data.data);
    else if (data.kind === "answer") asked.get(data.id)?.(data.result);
  });
  inside.follow({
    async send(name, input) {
      if (inside.state() !== "connected") return failure("unreachable", "not connected");
      const id = randomId();
      const answer = new Promise<Result<never>>((resolve) => asked.set(id, resolve));
      const timer = setTimeout(
        () => asked.get(id)?.(failure("unreachable", "not acknowledged in time")),
        ANSWER_TIMEOUT_MS,
      );
      post({ kind: "ask", id, name, input });
      expectWord();
      const result = await answer;
      clearTimeout(timer);
      asked.delete(id);
      return result;
    },
    nudge() {
      post({ kind: "nudge" });
      expectWord();
    },
  });
  inside.own.close();
  inside.become("connecting");
  post({ kind: "hello" });
  expectWord();
  return () => {
    clearTimeout(silence);
    loseAll();
  };
}

/** Joins the tabs of this name; answers the function that leaves them. */
export function joinTabs({ inside, channel, locks, key, isLeading }: TabsDeps): () => void {
  const leaving = new AbortController();
  const tab: TabOfMany = {
    inside,
    // An answer may come after this tab has left: a closed channel throws.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none
    post: (said) => leaving.signal.aborted || channel.postMessage(said),
    // In place of any listener before.
    // oxlint-disable-next-line unicorn/prefer-add-event-listener
    listen: (hear) => void (channel.onmessage = hear),
  };
  let waiting = new AbortController();
  let resign = () => {};

  /** Leads as long as the lock is held; whoever loses it to another tab follows that one. */
  function hold(options: LockOptions): void {
    let wasHeld = false;
    const whileHeld = async (lock: Lock | null) => {
      if (!lock || leaving.signal.aborted) return;
      wasHeld = true;
      resign();
      resign = lead(tab);
      await new Promise((resolve) => leaving.signal.addEventListener("abort", resolve));
    };
    locks.request(key, options, whileHeld).catch(() => {
      if (leaving.signal.aborted || options.signal?.aborted) return;
      if (wasHeld) wait();
      else {
        // This page may have no lock: its tabs do without each other.
        resign();
        inside.lead();
        inside.own.connect();
      }
    });
  }
  function wait(): void {
    resign();
    resign = follow(tab, () => {
      waiting.abort();
      hold({ steal: true });
    });
    waiting = new AbortController();
    hold({ signal: waiting.signal });
  }

  if (isLeading) resign = lead(tab);
  else wait();
  return () => {
    leaving.abort();
    waiting.abort();
    resign();
  };
}
