// A process that does nothing but hold an embedded PostgreSQL: `embedded-process.ts <data folder> [package]`.
import pino from "pino";
import { startEmbeddedPostgres } from "../database/embedded/start.ts";

const startedAt = performance.now();
const [dataDirectory = "", packageName] = process.argv.slice(2);
try {
  const postgres = await startEmbeddedPostgres({
    dataDirectory,
    ...(packageName && { packageName }),
    log: pino({ level: "info" }, pino.destination(2)),
    onFatal: () => process.exit(3),
  });
  // Before it says that it runs: who reads that may end it at once.
  process.once("SIGTERM", () => {
    void postgres.stop().then(() => process.exit(0));
  });
  const tookMs = Math.round(performance.now() - startedAt);
  process.stdout.write(
    `${JSON.stringify({ connectionString: postgres.connectionString, tookMs })}\n`,
  );
  // Stays until it is told to end, or the test that wants it is gone.
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(1);
  }, 100);
} catch (error) {
  process.stdout.write(`${JSON.stringify({ refused: (error as Error).message })}\n`);
  process.exitCode = 2;
}
