// How long the server takes from being started to being ready, on its own embedded PostgreSQL.
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { startServerProcess } from "../src/server/test-kit/process.ts";
import { median } from "./statistics.ts";

const LATER_STARTS = 5;

export interface StartTimes {
  /** Makes the cluster, the tables and the first account. */
  firstMs: number;
  /** Median of the starts that find all that. */
  laterMs: number;
}

async function timeStart(dataDirectory: string): Promise<number> {
  const startedAt = performance.now();
  const server = await startServerProcess({ dataDirectory, env: { LOG_LEVEL: "warn" } });
  const ready = await fetch(`${server.url}/ready`);
  if (!ready.ok) throw new Error(`the server is not ready: ${ready.status}`);
  const elapsedMs = performance.now() - startedAt;
  await server.stop();
  return elapsedMs;
}

export async function measureStarts(): Promise<StartTimes> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "parlor-bench-"));
  try {
    const dataDirectory = path.join(folder, "data");
    const firstMs = await timeStart(dataDirectory);
    const later: number[] = [];
    for (let count = 0; count < LATER_STARTS; count += 1)
      later.push(await timeStart(dataDirectory));
    return { firstMs, laterMs: median(later) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
