// Asks a server that was started with memory-probe.mjs for its memory use.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { setTimeout as wait } from "node:timers/promises";

/** In bytes. */
export interface MemoryUse {
  rss: number;
  heapUsed: number;
}

const TIMEOUT_MS = 20_000;
const POLL_MS = 20;

export interface MemoryProbe {
  /** To be added to the environment of the server. */
  env: Record<string, string>;
  ask(pid: number): Promise<MemoryUse>;
  close(): void;
}

export function createMemoryProbe(): MemoryProbe {
  const folder = mkdtempSync(path.join(tmpdir(), "parlor-bench-"));
  const file = path.join(folder, "memory.json");
  const probe = pathToFileURL(path.join(import.meta.dirname, "memory-probe.mjs")).href;

  return {
    env: { BENCH_MEMORY_FILE: file, NODE_OPTIONS: `--import ${probe}` },
    async ask(pid) {
      rmSync(file, { force: true });
      process.kill(pid, "SIGUSR2");
      const giveUpAt = performance.now() + TIMEOUT_MS;
      for (;;) {
        const answer = read(file);
        if (answer) return answer;
        if (performance.now() > giveUpAt) throw new Error(`process ${pid} tells no memory use`);
        await wait(POLL_MS);
      }
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function read(file: string): MemoryUse | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as MemoryUse;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
