// A Redis of a test's own, gone with it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, vi } from "vitest";

/** Where distributions put it; without it, Redis goes untested. */
const REDIS = "/usr/bin/redis-server";

export const hasRedis = existsSync(REDIS);

/** Answers its address. */
export async function startRedis(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "parlor-redis-"));
  const socket = path.join(folder, "redis.sock");
  const child = spawn(REDIS, [
    "--port",
    "0",
    "--unixsocket",
    socket,
    "--save",
    "",
    "--dir",
    folder,
  ]);
  const ended = once(child, "exit");
  onTestFinished(async () => {
    child.kill();
    await ended;
    await rm(folder, { recursive: true });
  });
  await vi.waitFor(() => expect(existsSync(socket)).toBe(true));
  return `unix://${socket}`;
}
