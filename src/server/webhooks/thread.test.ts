// The thread of webhooks, seen from the process that begins it.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import pino from "pino";
import { expect, it, onTestFinished } from "vitest";
import { startWebhookThread } from "./thread.ts";

const SECRET = "a secret for tests, 32 characters";
const SOON = { timeout: 20_000, interval: 20 };

/** A program that breaks when it is first begun, and then writes down what it is told. */
async function aProgram() {
  const folder = await mkdtemp(path.join(os.tmpdir(), "parlor-thread-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const heard = path.join(folder, "heard");
  await writeFile(heard, "");
  const program = path.join(folder, "program.mjs");
  await writeFile(
    program,
    `import { appendFileSync, readFileSync } from "node:fs";
    import { parentPort, workerData } from "node:worker_threads";
    const tell = (word) => appendFileSync(${JSON.stringify(heard)}, word + " ");
    const isFirst = readFileSync(${JSON.stringify(heard)}, "utf8") === "";
    tell(Object.keys(workerData.config).join());
    if (isFirst) throw new Error("broken");
    parentPort.on("message", (command) => {
      tell(command);
      if (command === "stop") setImmediate(() => (tell("ended"), process.exit()));
    });`,
  );
  return { program, heard: async () => (await readFile(heard, "utf8")).trim().split(" ") };
}

it("is begun again after it broke, which is logged, is woken, and ends when it is told to", async () => {
  const logged: string[] = [];
  const log = pino({ level: "error" }, { write: (line) => void logged.push(line) });
  const { program, heard } = await aProgram();
  const config = { secret: SECRET, adminPassword: "not for it", logLevel: "error" as const };
  const thread = startWebhookThread({ program, connectionString: "postgres://", config, log });
  const given = "secret,allowPrivateAddresses,logLevel";
  await expect.poll(heard, SOON).toEqual([given, given]);
  expect(logged.map((line) => (JSON.parse(line) as { event: string }).event)).toEqual([
    "webhooks:thread_failed",
  ]);
  thread.wake();
  await expect.poll(heard, SOON).toContain("wake");
  await thread.stop();
  expect((await heard()).slice(2)).toEqual(["wake", "stop", "ended"]);
  thread.wake();
});
