// `npm run bench:processes`: two processes on one database beside one: messages per second, and how much
// later a message reaches an agent who is connected to the other process.
import os from "node:os";
import type { Contender } from "./contender.ts";
import { createDatabases } from "./databases.ts";
import { openLine, pausesOf } from "./measure.ts";
import { startParlor } from "./parlor.ts";
import { formatTable } from "./report.ts";
import { median, percentile } from "./statistics.ts";

const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 5);
const TALKERS = 64;
const BUSY_MS = 3_000;
const LATENCY_RATE = 50;
const LATENCY_SAMPLES = 200;
const MORE_MESSAGES_GOAL = 1.7;
const LATER_GOAL_MS = 5;
/** Clients and PostgreSQL want processors too: with fewer there is nothing that a second process could use. */
const CORES_FOR_TWO = 6;

const env = { PARLOR_SECRET: "a secret of the benchmark, 32 characters long" };
const databases = createDatabases();
const stops: (() => Promise<void>)[] = [];

async function start(databaseUrl: string) {
  const parlor = await startParlor({ databaseUrl, env });
  stops.push(() => parlor.stop());
  return parlor;
}

/** The agent is connected to the first process, the visitors to these. */
const across = (first: Contender, others: Contender[]): Contender => ({
  ...first,
  name: "two processes",
  async connectTalkers(count) {
    const each = others.map((other) => other.connectTalkers(count / others.length));
    return (await Promise.all(each)).flat();
  },
});

try {
  const alone = await start(await databases.create());
  const shared = await databases.create();
  const first = await start(shared);
  const second = await start(shared);
  const busy = [
    await openLine(alone, TALKERS),
    await openLine(across(first, [first, second]), TALKERS),
  ];
  const near = await openLine(first, 10);
  const far = await openLine(across(first, [second]), 10);
  const rates: number[][] = busy.map(() => []);
  const times: Record<"near" | "far", number[]> = { near: [], far: [] };
  for (const line of busy) await line.countMany(BUSY_MS);
  for (let round = 1; round <= ROUNDS; round += 1) {
    process.stderr.write(`round ${round} of ${ROUNDS}\n`);
    for (const [index, line] of busy.entries()) rates[index]?.push(await line.countMany(BUSY_MS));
    const pauses = pausesOf(LATENCY_SAMPLES, LATENCY_RATE, round);
    times.near.push(...(await near.timeMany(pauses)));
    times.far.push(...(await far.timeMany(pauses)));
  }
  const [one = Number.NaN, two = Number.NaN] = rates.map(median);
  const verdict = (isMet: boolean) =>
    isMet ? "yes" : os.cpus().length < CORES_FOR_TWO ? "no (too few cores to tell)" : "no";
  const later = [0.5, 0.99].map(
    (rank) => percentile(times.far, rank) - percentile(times.near, rank),
  );
  const latency = (rank: number, name: string, more = Number.NaN) => [
    `message to an agent of the other process, ${name}`,
    `${percentile(times.near, rank).toFixed(1)} ms`,
    `${percentile(times.far, rank).toFixed(1)} ms`,
    `${more.toFixed(1)} ms more`,
    ...(rank === 0.99 ? [`≤ ${LATER_GOAL_MS} ms more`, verdict(more <= LATER_GOAL_MS)] : ["", ""]),
  ];
  const rows = [
    [
      "messages per second",
      `${one.toFixed(0)} /s`,
      `${two.toFixed(0)} /s`,
      `${(two / one).toFixed(2)} ×`,
      `≥ ${MORE_MESSAGES_GOAL} ×`,
      verdict(two / one >= MORE_MESSAGES_GOAL),
    ],
    latency(0.5, "p50", later[0]),
    latency(0.99, "p99", later[1]),
  ];
  const head = [`${os.cpus().length} cores`, "one process", "two", "", "goal", "met"];
  process.stdout.write(`${formatTable(head, rows)}\n`);
} finally {
  for (const stop of stops) await stop();
  await databases.stop();
}
