// `npm run bench:webhooks`: how long a message takes to the agent while webhook targets hang, drip, answer
// 500 and send without end, beside the same with targets that answer, and without any, in the same run.
import { once } from "node:events";
import { createServer } from "node:http";
import type { RequestListener, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { applicationPaths } from "../src/protocol/paths.ts";
import type { Profile } from "../src/protocol/records.ts";
import { createDatabases } from "./databases.ts";
import { openLine } from "./measure.ts";
import type { Line } from "./measure.ts";
import { administrator, startParlor } from "./parlor.ts";
import { formatTable } from "./report.ts";
import { percentile } from "./statistics.ts";

const TALKERS = 10;
const MESSAGES = Number(process.env["BENCH_MESSAGES"] ?? 1_000);
const WARM_UP_MESSAGES = 100;

const badTargets: Record<string, RequestListener> = {
  hangs: () => undefined,
  drips(_request, response) {
    response.writeHead(200);
    const drip = setInterval(() => response.write("drip"), 1_000);
    response.on("close", () => clearInterval(drip));
  },
  fails: (_request, response) => void response.writeHead(500).end(),
  pours(_request, response) {
    response.writeHead(200);
    const pour = () => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536, "x")));
    };
    response.on("drain", pour);
    pour();
  },
};

async function listen(listener: RequestListener): Promise<Server> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
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
async function subscribe(url: string, targets: readonly Server[]): Promise<void> {
  const profile = await post<Profile>(url + applicationPaths.signIn(), administrator);
  for (const target of targets) {
    const { port } = target.address() as AddressInfo;
    const webhook = { url: `http://127.0.0.1:${port}/`, subscriptions: ["message_created"] };
    const path = applicationPaths.webhooks(profile.account_id);
    await post(url + path, webhook, profile.access_token);
  }
}

async function measure(line: Line): Promise<number[]> {
  const times: number[] = [];
  for (let number = -WARM_UP_MESSAGES; number < MESSAGES; number += 1) {
    const talker = line.talkers[(number + WARM_UP_MESSAGES) % TALKERS];
    if (!talker) throw new Error("nobody talks");
    const ms = await line.timeOne(talker);
    if (number >= 0) times.push(ms);
  }
  return times;
}

const databases = createDatabases();
const parlor = await startParlor({
  databaseUrl: await databases.create(),
  env: { PARLOR_ALLOW_PRIVATE_ADDRESSES: "127.0.0.1" },
});
const targets: Server[] = [];
try {
  const line = await openLine(parlor, TALKERS);
  const without = await measure(line);
  let areBad = false;
  for (const bad of Object.values(badTargets)) {
    const target = await listen((request, response) => {
      if (areBad) bad(request, response);
      else response.writeHead(200).end();
    });
    targets.push(target);
  }
  await subscribe(parlor.url, targets);
  const withGood = await measure(line);
  areBad = true;
  const withBad = await measure(line);
  const row = (name: string, times: number[]) => [
    name,
    ...[0.5, 0.95, 0.99].map((rank) => {
      const ratio = percentile(times, rank) / percentile(without, rank);
      return `${percentile(times, rank).toFixed(1)} (${ratio.toFixed(2)}x)`;
    }),
  ];
  const rows = [
    row("no webhooks", without),
    row("targets that answer", withGood),
    row("targets that hang, drip, fail, pour", withBad),
  ];
  const head = ["a message to the agent, ms", "p50", "p95", "p99"];
  process.stdout.write(`${formatTable(head, rows)}\n`);
} finally {
  for (const target of targets) {
    target.closeAllConnections();
    target.close();
  }
  await parlor.stop();
  await databases.stop();
}
