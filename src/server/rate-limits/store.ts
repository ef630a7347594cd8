// Where the points are counted: in this process when it is the only one, else where all processes see them.
import type { Pool } from "pg";
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRedis } from "rate-limiter-flexible";
import type { RateLimiterAbstract } from "rate-limiter-flexible";
import { createClient } from "redis";
import type { Config } from "../config.ts";
import { describeError } from "../describe-error.ts";
import type { Log } from "../log.ts";
import type { Rule } from "./rules.ts";

export interface CounterStore {
  /** Asking it is a way to another program. */
  isShared: boolean;
  limiter(name: string, rule: Rule): RateLimiterAbstract;
  close(): void;
}

export interface CounterStoreDeps {
  pool: Pool;
  config: Pick<Config, "redisUrl" | "databaseUrl">;
  log: Log;
}

const optionsOf = (keyPrefix: string, { points, windowSeconds }: Rule) => ({
  keyPrefix,
  points,
  duration: windowSeconds,
});

/**
 * Redis when it is configured, else the database that all share; memory with the embedded one, which
 * has one process. A store that is away does not stop the chat: each process counts for itself then.
 * @throws when Redis cannot be reached at start
 */
export async function createCounterStore(deps: CounterStoreDeps): Promise<CounterStore> {
  const { redisUrl, databaseUrl } = deps.config;
  if (redisUrl !== undefined) return await inRedis(redisUrl, deps.log);
  return databaseUrl === undefined ? inMemory() : inPostgres(deps.pool);
}

const inMemory = (): CounterStore => ({
  isShared: false,
  limiter: (name, rule) => new RateLimiterMemory(optionsOf(name, rule)),
  close() {},
});

function inPostgres(pool: Pool): CounterStore {
  return {
    isShared: true,
    limiter: (name, rule) =>
      new RateLimiterPostgres({
        ...optionsOf(name, rule),
        storeClient: pool,
        storeType: "pool",
        tableName: "rate_limits",
        tableCreated: true,
        insuranceLimiter: new RateLimiterMemory(optionsOf(name, rule)),
      }),
    close() {},
  };
}

async function inRedis(url: string, log: Log): Promise<CounterStore> {
  const client = createClient({ url, disableOfflineQueue: true });
  client.on("error", (error: unknown) =>
    log.warn({ event: "rate_limits:redis_lost", error: describeError(error) }, "connection lost"),
  );
  await client.connect();
  return {
    isShared: true,
    limiter: (name, rule) =>
      new RateLimiterRedis({
        ...optionsOf(`parlor:${name}`, rule),
        storeClient: client,
        useRedisPackage: true,
        rejectIfRedisNotReady: true,
        insuranceLimiter: new RateLimiterMemory(optionsOf(name, rule)),
      }),
    close: () => client.destroy(),
  };
}
