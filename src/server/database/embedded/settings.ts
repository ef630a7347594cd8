// How the embedded server is tuned: a small machine, one client program, nothing lost.
import { createHash } from "node:crypto";
import type { Binaries } from "./binaries.ts";

export type Settings = Record<string, string | number>;

/** Durable as PostgreSQL is by default: `fsync` and `synchronous_commit` stay on. */
const TUNING: Settings = {
  fsync: "on",
  synchronous_commit: "on",
  timezone: "UTC",
  log_timezone: "UTC",
  max_connections: 60,
  shared_buffers: "128MB",
  effective_cache_size: "512MB",
  work_mem: "8MB",
  maintenance_work_mem: "64MB",
  max_wal_size: "512MB",
  random_page_cost: 1.1,
  // Compiling costs more than it saves on statements as short as ours.
  jit: "off",
  // Its own words, but no statements and no values: they would be messages of visitors.
  log_min_messages: "log",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
  log_checkpoints: "off",
  log_line_prefix: "%m [%p] ",
};

/**
 * Every setting of the server. `parlor.signature` is a name for the whole, by which a later start
 * knows whether a server that it finds running is the one that it would start itself.
 */
export function composeSettings(binaries: Binaries, endpoint: Settings): Settings {
  const settings = { ...TUNING, ...endpoint };
  const identity = JSON.stringify([binaries.build, binaries.directory, settings]);
  const signature = createHash("sha256").update(identity).digest("hex").slice(0, 16);
  return { ...settings, "parlor.signature": signature };
}
