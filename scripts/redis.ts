// Finds the Redis that tests start for themselves, and installs one where we may.
import { existsSync } from "node:fs";
import { installWithoutService, mayInstall } from "./debian.ts";

/** Where distributions put it. */
const REDIS = "/usr/bin/redis-server";

/** The program to start, or `undefined` where there is none: then no test asks for it. */
export function ensureRedis(): string | undefined {
  if (!existsSync(REDIS) && mayInstall()) installWithoutService("redis-server");
  return existsSync(REDIS) ? REDIS : undefined;
}
