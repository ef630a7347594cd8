// `npm run bench`: what Parlor's server does, beside a bare Socket.IO server with one durable INSERT
// for each message, on this machine, in this run. `--json` prints the figures for programs.
import { existsSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Contender } from "./contender.ts";
import { createDatabases } from "./databases.ts";
import { measureIdle, openLine, pausesOf } from "./measure.ts";
import type { IdleCost, Line } from "./measure.ts";
import { startParlor } from "./parlor.ts";
import { startReference } from "./reference.ts";
import { formatReport } from "./report.ts";
import type { BenchReport, Figures, Latency } from "./report.ts";
import { measureStarts } from "./start.ts";
import { median, percentile } from "./statistics.ts";

const ROUNDS = 5;
/** In turn, and short: whatever else the machine does meets both. */
const LATENCY_ROUNDS = 30;
const LATENCY_SAMPLES = 100;
const LATENCY_TALKERS = 16;
const LATENCY_RATE = 100;
const WARM_UP_SAMPLES = 300;
const THROUGHPUT_MS = 3_000;
const THROUGHPUT_TALKERS = 64;
const IDLE_CONNECTIONS = 2_000;
const POOL_SIZE = 10;

interface Measured {
  alone: number[];
  latencies: number[];
  rates: number[];
}

function say(text: string): void {
  // Standard output carries the result alone.
  process.stderr.write(`${text}\n`);
}

/** One message after another: each has the machine to itself. */
async function timeAlone(line: Line, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let number = 0; number < count; number += 1) {
    const talker = line.talkers[number % line.talkers.length];
    if (talker) times.push(await line.timeOne(talker));
  }
  return times;
}

/** Rounds in turn; who comes first changes from round to round. */
async function measureMessages(contenders: Contender[]): Promise<Map<Contender, Measured>> {
  const entries = await Promise.all(
    contenders.map(async (contender) => ({
      contender,
      quiet: await openLine(contender, LATENCY_TALKERS),
      busy: await openLine(contender, THROUGHPUT_TALKERS),
      measured: { alone: [], latencies: [], rates: [] } as Measured,
    })),
  );
  const inTurn = (round: number) => (round % 2 ? entries : entries.toReversed());
  for (const { contender, quiet, busy } of entries) {
    say(`warming up ${contender.name}`);
    await quiet.timeMany(pausesOf(WARM_UP_SAMPLES, LATENCY_RATE, 1));
    await busy.countMany(THROUGHPUT_MS / 2);
  }
  say(`latency, ${LATENCY_ROUNDS} rounds`);
  for (let round = 1; round <= LATENCY_ROUNDS; round += 1) {
    const pauses = pausesOf(LATENCY_SAMPLES, LATENCY_RATE, round);
    for (const { quiet, measured } of inTurn(round)) {
      measured.alone.push(...(await timeAlone(quiet, LATENCY_SAMPLES)));
    }
    for (const { quiet, measured } of inTurn(round)) {
      measured.latencies.push(...(await quiet.timeMany(pauses)));
    }
  }
  for (let round = 1; round <= ROUNDS; round += 1) {
    say(`messages per second, round ${round} of ${ROUNDS}`);
    for (const { busy, measured } of inTurn(round)) {
      measured.rates.push(await busy.countMany(THROUGHPUT_MS));
    }
  }
  return new Map(entries.map(({ contender, measured }) => [contender, measured]));
}

function latencyOf(times: number[]): Latency {
  return { p50Ms: percentile(times, 0.5), p99Ms: percentile(times, 0.99) };
}

function figuresOf(measured: Measured | undefined, idle: IdleCost): Figures {
  const { alone, latencies, rates } = measured ?? { alone: [], latencies: [], rates: [] };
  return {
    alone: latencyOf(alone),
    atRate: latencyOf(latencies),
    messagesPerSecond: median(rates),
    idle,
  };
}

async function bench(): Promise<BenchReport> {
  const databases = createDatabases();
  try {
    const parlor = await startParlor({ databaseUrl: await databases.create() });
    const reference = await startReference({
      databaseUrl: await databases.create(),
      poolSize: POOL_SIZE,
    });
    const measured = await measureMessages([parlor, reference]);
    await parlor.stop();
    await reference.stop();

    say(`memory of ${IDLE_CONNECTIONS} idle connections`);
    const freshParlor = await startParlor({ databaseUrl: await databases.create() });
    const parlorIdle = await measureIdle(freshParlor, IDLE_CONNECTIONS);
    await freshParlor.stop();
    const freshReference = await startReference({
      databaseUrl: await databases.create(),
      poolSize: POOL_SIZE,
    });
    const referenceIdle = await measureIdle(freshReference, IDLE_CONNECTIONS);
    await freshReference.stop();

    say("start");
    return {
      machine: `${os.cpus()[0]?.model ?? "unknown"} × ${os.cpus().length}, Node.js ${process.version}`,
      messagesPerSecond: LATENCY_RATE,
      parlor: figuresOf(measured.get(parlor), parlorIdle),
      reference: figuresOf(measured.get(reference), referenceIdle),
      starts: await measureStarts(),
    };
  } finally {
    await databases.stop();
  }
}

if (!existsSync(path.join(import.meta.dirname, "../dist/server/main.js"))) {
  throw new Error("Nothing is built: run `npm run build` first.");
}
const report = await bench();
console.log(process.argv.includes("--json") ? JSON.stringify(report) : formatReport(report));
