// `npm run bench:webhooks`: how long a message takes to the agent while webhook targets hang, drip, fail,
// redirect and pour, beside the same with targets that answer, and without any; in turn in the same run. A second
// server without webhooks shows what the machine's noise makes of no difference at all.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setPriority } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { applicationPaths } from "../src/protocol/paths.ts";
import type { Profile } from "../src/protocol/records.ts";
import { createDatabases } from "./databases.ts";
import { openLine, pausesOf } from "./measure.ts";
import { administrator, startParlor } from "./parlor.ts";
import { formatTable } from "./report.ts";
import { percentile } from "./statistics.ts";

const TALKERS = 10;
const RATE = 20;
const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 20);
const MESSAGES = 50;
const WARM_UP_MESSAGES = 200;
/** After each turn: what its webhooks still have to do shall not meet the next one. */
const SETTLE_MS = 700;
/** The chat's latency does not change: what a machine with few cores cannot tell from noise. */
const GOAL = 1.15;
/** Targets are other people's machines: on this one they shall not take the processor from the chat. */
const TARGETS_NICENESS = 10;

async function startTargets() {
  const program = path.join(import.meta.dirname, "webhook-targets.ts");
  const child = spawn(process.execPath, ["--import", "tsx", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  setPriority(child.pid ?? 0, TARGETS_NICENESS);
  const ports = JSON.parse(line) as Record<"good" | "bad", number[]>;
  return { ports, stop: () => void child.kill() };
}

async function post<Value>(url: string, body: object, token?: string): Promise<Value> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...(token && { api_access_token: token }) },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Value;
}

/** Each of them hears of every message. */
async function subscribe(url: string, ports: readonly number[]): Promise<void> {
  const profile = await post<Profile>(url + applicationPaths.signIn(), administrator);
  for (const port of ports) {
    const webhook = { url: `http://127.0.0.1:${port}/`, subscriptions: ["message_created"] };
    const path = applicationPaths.webhooks(profile.account_id);
    await post(url + path, webhook, profile.access_token);
  }
}

const databases = createDatabases();
const targets = await startTargets();
const stops: (() => Promise<void>)[] = [];

/** A server of its own, whose webhooks lead to these ports. */
async function open(name: string, ports: readonly number[]) {
  const parlor = await startParlor({
    databaseUrl: await databases.create(),
    env: { PARLOR_ALLOW_PRIVATE_ADDRESSES: "127.0.0.1" },
  });
  stops.push(() => parlor.stop());
  const line = await openLine(parlor, TALKERS);
  await line.timeMany(pausesOf(WARM_UP_MESSAGES, RATE, 1));
  await subscribe(parlor.url, ports);
  return { name, line, times: [] as number[] };
}

try {
  const without = await open("no webhooks", []);
  const all = [
    without,
    await open("no webhooks, once more", []),
    await open("targets that answer", targets.ports.good),
    await open("targets that hang, drip, fail, redirect, pour", targets.ports.bad),
  ];
  for (let round = 1; round <= ROUNDS; round += 1) {
    process.stderr.write(`round ${round} of ${ROUNDS}\n`);
    // Who comes first changes from round to round.
    for (const { line, times } of round % 2 ? all : all.toReversed()) {
      times.push(...(await line.timeMany(pausesOf(MESSAGES, RATE, round))));
      await wait(SETTLE_MS);
    }
  }
  const rows = all.map(({ name, times }) => {
    const ratios = [0.5, 0.99].map(
      (rank) => percentile(times, rank) / percentile(without.times, rank),
    );
    const cells = [0.5, 0.95, 0.99].map((rank) => {
      const ratio = percentile(times, rank) / percentile(without.times, rank);
      return `${percentile(times, rank).toFixed(1)} (${ratio.toFixed(2)} ×)`;
    });
    return [name, ...cells, ratios.every((ratio) => ratio <= GOAL) ? "yes" : "no"];
  });
  const head = [`a message to the agent, ms, ${RATE} a second`, "p50", "p95", "p99"];
  const goal = `p50, p99 ≤ ${GOAL} ×`;
  process.stdout.write(`${formatTable([...head, goal], rows)}\n`);
} finally {
  for (const stop of stops) await stop();
  targets.stop();
  await databases.stop();
}
