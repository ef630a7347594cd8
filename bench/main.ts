// `npm run bench`: what Parlor's server does, beside a bare Socket.IO server with one durable INSERT
// for each message, on this machine, in this run. `--json` prints the figures for programs.
import { existsSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Contender } from "./contender.ts";
import { createDatabases } from "./databases.ts";
import { measureIdle, openLine } from "./measure.ts";
import type { IdleCost, Line } from "./measure.ts";
import { startParlor } from "./parlor.ts";
import { startReference } from "./reference.ts";
import { formatReport } from "./report.ts";
import type { BenchReport, Figures } from "./report.ts";
import { measureStarts } from "./start.ts";
import { median, percentile } from "./statistics.ts";

const ROUNDS = 5;
const LATENCY_SAMPLES = 300;
const LATENCY_TALKERS = 16;
const THROUGHPUT_MS = 3_000;
const THROUGHPUT_TALKERS = 64;
const IDLE_CONNECTIONS = 2_000;
const POOL_SIZE = 10;

interface Measured {
  latencies: number[];
  rates: number[];
}

function say(text: string): void {
  // Standard output carries the result alone.
  process.stderr.write(`${text}\n`);
}

/** Latency of single messages, one after another, each from the next talker. */
async function sampleLatency(line: Line, count: number): Promise<number[]> {
  const samples: number[] = [];
  for (let number = 0; number < count; number += 1) {
    const talker = line.talkers[number % line.talkers.length];
    if (talker) samples.push(await line.timeOne(talker));
  }
  return samples;
}

/** Rounds in turn, so that whatever else the machine does meets both. */
async function measureMessages(contenders: Contender[]): Promise<Map<Contender, Measured>> {
  const entries = await Promise.all(
    contenders.map(async (contender) => ({
      contender,
      quiet: await openLine(contender, LATENCY_TALKERS),
      busy: await openLine(contender, THROUGHPUT_TALKERS),
      measured: { latencies: [], rates: [] } as Measured,
    })),
  );
  for (const { contender, quiet, busy } of entries) {
    say(`warming up ${contender.name}`);
    await sampleLatency(quiet, LATENCY_SAMPLES);
    await busy.countMany(THROUGHPUT_MS / 2);
  }
  for (let round = 1; round <= ROUNDS; round += 1) {
    say(`messages, round ${round} of ${ROUNDS}`);
    // Who comes first changes from round to round.
    for (const { quiet, measured } of round % 2 ? entries : entries.toReversed()) {
      measured.latencies.push(...(await sampleLatency(quiet, LATENCY_SAMPLES)));
    }
    for (const { busy, measured } of round % 2 ? entries : entries.toReversed()) {
      measured.rates.push(await busy.countMany(THROUGHPUT_MS));
    }
  }
  return new Map(entries.map(({ contender, measured }) => [contender, measured]));
}

function figuresOf(measured: Measured | undefined, idle: IdleCost): Figures {
  const { latencies, rates } = measured ?? { latencies: [], rates: [] };
  return {
    latencyP50Ms: percentile(latencies, 0.5),
    latencyP99Ms: percentile(latencies, 0.99),
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
