// A whole desk on the fake server, with a clock that tests turn.
import { signal } from "@preact/signals";
import type { Signal } from "@preact/signals";
import { createAgentFake } from "../../client/agent-fake.ts";
import type { AgentFake, AgentFakeOptions } from "../../client/agent-fake.ts";
import type { Clock } from "../store/clock.ts";
import type { DeskDeps } from "../store/desk.ts";
import { formatRoute, parseRoute } from "../store/route.ts";
import type { Route, Router } from "../store/route.ts";
import type { TextStorage } from "../store/storage.ts";

export interface TestClock extends Clock {
  /** Moves time on and runs what falls due, in order. */
  advance(ms: number): void;
}

/** A clock that stands still at `startMs`. */
export function createTestClock(startMs = 1_760_000_000_000): TestClock {
  let nowMs = startMs;
  let due: { atMs: number; run: () => void }[] = [];
  return {
    now: () => nowMs,
    after(delayMs, run) {
      const entry = { atMs: nowMs + delayMs, run };
      due.push(entry);
      return () => {
        due = due.filter((one) => one !== entry);
      };
    },
    advance(ms) {
      const endMs = nowMs + ms;
      for (;;) {
        const next = due.filter(({ atMs }) => atMs <= endMs).toSorted((a, b) => a.atMs - b.atMs)[0];
        if (!next) break;
        due = due.filter((one) => one !== next);
        nowMs = next.atMs;
        next.run();
      }
      nowMs = endMs;
    },
  };
}

export function createMemoryStorage(): TextStorage {
  const texts = new Map<string, string>();
  return {
    read: (key) => texts.get(key) ?? null,
    write(key, text) {
      if (text === null) texts.delete(key);
      else texts.set(key, text);
    },
  };
}

export function createTestRouter(address = "/desk/"): Router & { address: () => string } {
  const route = signal<Route>(parseRoute(new URL(address, "http://desk.test")));
  return {
    route,
    go: (next) => void (route.value = next),
    address: () => formatRoute(route.value),
  };
}

export interface TestDesk {
  fake: AgentFake;
  clock: TestClock;
  isAttentive: Signal<boolean>;
  router: ReturnType<typeof createTestRouter>;
  deps: DeskDeps;
}

/** Everything that a desk is given, over a new fake server. */
export function createTestDeps(options: AgentFakeOptions & { address?: string } = {}): TestDesk {
  const clock = createTestClock();
  const fake = createAgentFake({ now: () => clock.now(), ...options });
  const isAttentive = signal(true);
  const router = createTestRouter(options.address);
  let ids = 0;
  return {
    fake,
    clock,
    isAttentive,
    router,
    deps: {
      rest: fake.rest,
      createSocket: () => fake.socket,
      router,
      clock,
      createId: () => `echo-${(ids += 1)}`,
      isAttentive,
      tabStorage: createMemoryStorage(),
      browserStorage: createMemoryStorage(),
      isWide: signal(true),
    },
  };
}
