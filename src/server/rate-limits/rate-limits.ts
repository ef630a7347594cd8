// How often somebody may do something: counted in memory, or in what all processes share.
import { RateLimiterRes } from "rate-limiter-flexible";
import type { RateLimiterAbstract } from "rate-limiter-flexible";
import { failure, success } from "../../protocol/result.ts";
import type { Failure, Result } from "../../protocol/result.ts";
import { describeError } from "../describe-error.ts";
import type { Log } from "../log.ts";
import type { LimitName, RateLimitConfig, Rule } from "./rules.ts";
import { rulesOf } from "./rules.ts";
import type { CounterStore } from "./store.ts";

export interface Standing extends Rule {
  remaining: number;
  /** Until the points are back. */
  resetSeconds: number;
  /** There was none left. */
  isOver: boolean;
}

export interface RateLimits {
  /** Uses one point of `key`'s. Answers nothing where there is no limit. */
  take(name: LimitName, key: string | number): Promise<Standing | undefined>;
  /** The same as a result. Errors: `too_many_requests`. */
  check(name: LimitName, key: string | number): Promise<Result<null>>;
  /** Uses one point, and nobody waits for it: for what must not become slower. */
  spend(name: LimitName, key: string | number): void;
  /** Answers at once whether this process knows that none is left. Errors: `too_many_requests`. */
  look(name: LimitName, key: string | number): Result<null>;
  /** Gives all points back. */
  forget(name: LimitName, key: string | number): Promise<void>;
  stop(): void;
}

/** Points that this process has taken from the shared store and not yet used. */
interface Purse {
  unspent: number;
  /** What the store has left. */
  left: number;
  isOver: boolean;
  endsAt: number;
}

/** A shared store is asked for a share of what is left, so that few requests wait for it. */
const SHARES = 20;
const SWEEP_EVERY_MS = 60_000;

export interface RateLimitsDeps {
  store: CounterStore;
  config?: RateLimitConfig | undefined;
  log: Log;
}

export function createRateLimits({ store, config, log }: RateLimitsDeps): RateLimits {
  const rules = rulesOf(config);
  const limiters = new Map<LimitName, RateLimiterAbstract>();
  const purses = new Map<string, Purse>();
  /** One at a time for each key: many at once would take all there is, and use little of it. */
  const filling = new Map<string, Promise<Purse>>();
  const sweep = setInterval(() => {
    const now = Date.now();
    for (const [id, { endsAt }] of purses) if (endsAt <= now) purses.delete(id);
  }, SWEEP_EVERY_MS);
  sweep.unref();

  function limiterOf(name: LimitName): RateLimiterAbstract {
    const limiter = limiters.get(name) ?? store.limiter(name, rules[name]);
    limiters.set(name, limiter);
    return limiter;
  }

  function purseOf(name: LimitName, key: string | number): Purse | undefined {
    const purse = purses.get(`${name}:${key}`);
    return purse && purse.endsAt > Date.now() ? purse : undefined;
  }

  /** Takes from the store what this request uses, and a share for those that follow. */
  async function fill(name: LimitName, key: string | number): Promise<Purse> {
    const left = purseOf(name, key)?.left ?? rules[name].points;
    const share = store.isShared ? Math.max(1, Math.floor(left / SHARES)) : 1;
    const { isOver, counted } = await consume(limiterOf(name), key, share);
    const purse = {
      unspent: isOver ? 0 : share - 1,
      left: isOver ? 0 : counted.remainingPoints,
      isOver,
      endsAt: Date.now() + counted.msBeforeNext,
    };
    purses.set(`${name}:${key}`, purse);
    return purse;
  }

  async function take(name: LimitName, key: string | number): Promise<Standing | undefined> {
    const rule = rules[name];
    if (rule.points === 0) return undefined;
    const id = `${name}:${key}`;
    for (let other = filling.get(id); other; other = filling.get(id)) await other;
    const purse = purseOf(name, key);
    if (purse?.isOver) return standingOf(rule, purse);
    if (purse && purse.unspent > 0) {
      purse.unspent -= 1;
      return standingOf(rule, purse);
    }
    const work = fill(name, key).finally(() => filling.delete(id));
    filling.set(id, work);
    return standingOf(rule, await work);
  }

  return {
    take,
    async check(name, key) {
      const standing = await take(name, key);
      return standing?.isOver ? { ok: false, error: problemOf(standing) } : success(null);
    },
    spend(name, key) {
      take(name, key).catch((error: unknown) => {
        log.warn({ event: "rate_limits:failed", error: describeError(error) }, "not counted");
      });
    },
    look(name, key) {
      const purse = rules[name].points === 0 ? undefined : purseOf(name, key);
      if (!purse || purse.unspent > 0 || purse.left > 0) return success(null);
      return { ok: false, error: problemOf(standingOf(rules[name], purse)) };
    },
    async forget(name, key) {
      purses.delete(`${name}:${key}`);
      if (rules[name].points > 0) await limiterOf(name).delete(key);
    },
    stop() {
      clearInterval(sweep);
      store.close();
    },
  };
}

async function consume(limiter: RateLimiterAbstract, key: string | number, points: number) {
  try {
    return { isOver: false, counted: await limiter.consume(key, points) };
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    return { isOver: true, counted: refused };
  }
}

function standingOf(rule: Rule, { left, unspent, isOver, endsAt }: Purse): Standing {
  const resetSeconds = Math.max(1, Math.ceil((endsAt - Date.now()) / 1000));
  return { ...rule, remaining: left + unspent, resetSeconds, isOver };
}

/** What to say to whoever has none left. */
export const problemOf = ({ message, resetSeconds }: Standing): Failure =>
  failure("too_many_requests", message, { retryAfterSeconds: resetSeconds }).error;
