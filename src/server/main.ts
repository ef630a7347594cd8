// The process: reads the environment, starts Parlor, ends it in order when told to.
import { readConfig } from "./config.ts";
import { describeError } from "./describe-error.ts";
import { createLog } from "./log.ts";
import { startParlor } from "./parlor.ts";
import type { Parlor } from "./parlor.ts";
import { StartupError } from "./startup-error.ts";

/** A stop that takes longer is given up. */
const STOP_TIMEOUT_MS = 10_000;
/** npm repeats a Ctrl+C that the terminal has sent already: two signals so near are one. */
const SAME_SIGNAL_MS = 1_000;

async function main(): Promise<void> {
  requireNode();
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);

  let starting: Promise<Parlor> | undefined;
  let stopRequestedAt: number | undefined;
  const exit = (error: unknown): void => {
    log.fatal({ event: "process:failed", err: error }, "ending because of an error");
    process.exit(1);
  };
  const stop = async (signal: string): Promise<void> => {
    const isFirst = stopRequestedAt === undefined;
    stopRequestedAt ??= performance.now();
    if (!isFirst) {
      if (performance.now() - stopRequestedAt > SAME_SIGNAL_MS) process.exit(1);
      return;
    }
    log.info({ event: "process:stopping", signal }, "stopping");
    setTimeout(() => exit(new Error("stopping took too long")), STOP_TIMEOUT_MS).unref();
    await (await starting)?.stop();
    log.info({ event: "process:stopped" }, "stopped");
    process.exit(0);
  };

  process.on("uncaughtException", exit);
  // In place of Node's own listener, which prints text between the lines of the log.
  process.removeAllListeners("warning").on("warning", (warning) => {
    log.warn({ event: "process:warning", err: warning }, "warning");
  });
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
    process.on(signal, () => void stop(signal).catch(exit));
  }
  if (config.databaseUrl && !process.env["PARLOR_SECRET"]) {
    log.warn({ event: "config:secret" }, "several processes need one PARLOR_SECRET for them all");
  }
  starting = startParlor({
    config,
    log,
    directory: import.meta.dirname,
    say: (text) => process.stdout.write(text),
    onFatal: exit,
  });
  await starting;
}

/** @throws StartupError when this Node.js is older than what the packages need */
function requireNode(): void {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new StartupError(
    `Node.js ${process.versions.node} is too old for Parlor: install version 20.19 or later.`,
  );
}

try {
  await main();
} catch (error) {
  if (error instanceof StartupError) console.error(`\nParlor cannot start. ${error.message}\n`);
  else console.error("Parlor cannot start:", describeError(error));
  process.exit(1);
}
