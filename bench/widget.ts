// `npm run bench:widget`: what a page pays for the chat. A plain page with the script tag beside the same page without
// it, and beside one with the floor, a script that draws a bare button and knows nothing: Chromium, processor slowed down
// 4 times, "Fast 4G", cold cache, medians. The goals were set where the floor came to `floor`: on a slower or a busier
// machine, it is the ratio that tells. Script and task were measured there with a look at every frame for the launcher, here
// without: of these, ratios cannot be compared.
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { chromium } from "@playwright/test";
import { ensureBrowser } from "../scripts/browser.ts";
import { startServerProcess } from "../src/server/test-kit/process.ts";
import { visit } from "./page-cost.ts";
import type { Cost } from "./page-cost.ts";
import { formatTable } from "./report.ts";
import { median } from "./statistics.ts";

/** How often a page is loaded. The slow-down falls on a task or beside it by chance: a single visit says little. */
const LOADS = 15;
/** In how many of those rounds the chat is opened, too. */
const OPENINGS = 5;

/** Half a kilobyte: less than this, no chat can cost. */
const floorScript = `(() => {
  const host = document.createElement("bare-button");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("button{position:fixed;right:20px;bottom:20px;width:56px;height:56px;border-radius:50%}");
  root.adoptedStyleSheets = [sheet];
  const button = document.createElement("button");
  button.className = "launcher";
  button.ariaLabel = "Open chat";
  root.append(button);
  document.body.append(host);
})();`;

function page(tag: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title></head>
<body><h1>A page</h1>${"<p>Words that a page has. </p>".repeat(20)}${tag}</body></html>`;
}

/** Serves `/with`, `/floor` and `/without`. */
async function servePages(tag: string): Promise<{ url: string; stop: () => void }> {
  const server = createServer((request, response) => {
    const send = (type: string, body: string) =>
      response.writeHead(200, { "content-type": type }).end(body);
    if (request.url === "/favicon.ico") response.writeHead(204).end();
    else if (request.url === "/floor.js") send("text/javascript", floorScript);
    else if (request.url === "/floor")
      send("text/html", page('<script async src="/floor.js"></script>'));
    else send("text/html", page(request.url === "/with" ? tag : ""));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, stop: () => server.close() };
}

interface Column {
  name: string;
  key: keyof Cost;
  /** Most that it should come to (docs: goals). */
  goal: number;
  /** What the floor came to where that was set, if it can be compared. */
  floor?: number;
  digits: number;
  /** From which visits; what one that loads the page alone costs is taken off what is `added`. */
  of: "added" | "chat" | "cold" | "intent";
}

const columns: Column[] = [
  { name: "KB at load", key: "kilobytes", goal: 13, digits: 1, of: "added" },
  { name: "requests at load", key: "requests", goal: 2, digits: 0, of: "added" },
  {
    name: "launcher visible, ms",
    key: "launcherVisibleMs",
    goal: 480,
    floor: 444,
    digits: 0,
    of: "chat",
  },
  { name: "blocking, ms", key: "blockingMs", goal: 0, digits: 0, of: "added" },
  { name: "script, ms", key: "scriptMs", goal: 40, digits: 1, of: "added" },
  { name: "task, ms", key: "taskMs", goal: 70, digits: 1, of: "added" },
  { name: "heap, MB", key: "heapMegabytes", goal: 0.25, floor: 0.07, digits: 2, of: "added" },
  { name: "elements", key: "elements", goal: 10, digits: 0, of: "added" },
  { name: "layout shift", key: "layoutShift", goal: 0, digits: 3, of: "added" },
  { name: "click to usable, ms", key: "usableMs", goal: 320, digits: 0, of: "cold" },
  { name: "the same with intent, ms", key: "usableMs", goal: 60, digits: 0, of: "intent" },
  { name: "slowest interaction, ms", key: "interactionMs", goal: 24, digits: 0, of: "cold" },
  { name: "the same with intent, ms", key: "interactionMs", goal: 24, digits: 0, of: "intent" },
  { name: "KB on opening", key: "openingKilobytes", goal: 24, digits: 1, of: "cold" },
];

/** The floor has nothing to open. */
const isOpened = ({ of }: Column) => of === "cold" || of === "intent";

interface Visits {
  plain: Cost[];
  floor: Cost[];
  chat: Cost[];
  cold: Cost[];
  intent: Cost[];
}

async function measure(url: string): Promise<Visits> {
  const browser = await chromium.launch(ensureBrowser());
  const visits: Visits = { plain: [], floor: [], chat: [], cold: [], intent: [] };
  try {
    // The first round warms the server and the browser's own caches, and does not count.
    for (let round = 0; round <= LOADS; round += 1) {
      process.stderr.write(`visits, round ${round} of ${LOADS}\n`);
      const opens = round <= OPENINGS;
      const plain = await visit(browser, `${url}/without`);
      const floor = await visit(browser, `${url}/floor`, "never");
      const chat = await visit(browser, `${url}/with`, opens ? "cold" : "never");
      const intent = opens && (await visit(browser, `${url}/with`, "intent"));
      if (round === 0) continue;
      visits.plain.push(plain);
      visits.floor.push(floor);
      visits.chat.push(chat);
      if (opens) visits.cold.push(chat);
      if (intent) visits.intent.push(intent);
    }
  } finally {
    await browser.close();
  }
  return visits;
}

/** The median of each column, of the chat and of the floor. */
function summarize(visits: Visits) {
  return columns.map((column) => {
    const of = (costs: Cost[]) => median(costs.map((cost) => cost[column.key]));
    if (column.of !== "added") {
      return { column, value: of(visits[column.of]), floor: of(visits.floor) };
    }
    const without = of(visits.plain);
    return { column, value: of(visits.chat) - without, floor: of(visits.floor) - without };
  });
}

type Measured = ReturnType<typeof summarize>[number];

/** Where the floor costs more here than where the goal was set, the goal is as many times the floor as it was there. */
function isMet({ column: { goal, floor: floorThere }, value, floor }: Measured): boolean {
  return value <= goal || (floorThere !== undefined && value / floor <= goal / floorThere);
}

function rowOf(measured: Measured): string[] {
  const { column, value, floor } = measured;
  const hasFloor = column.floor !== undefined;
  return [
    column.name,
    // A browser tells of no interaction that is shorter.
    column.key === "interactionMs" && value === 0 ? "< 16" : value.toFixed(column.digits),
    isOpened(column) ? "" : floor.toFixed(column.digits),
    hasFloor ? `${(value / floor).toFixed(2)} ×` : "",
    `≤ ${column.goal}`,
    hasFloor ? `≤ ${(column.goal / (column.floor ?? 1)).toFixed(2)} ×` : "",
    isMet(measured) ? "yes" : "no",
  ];
}

/** The one tag, as the server's own demo page has it. */
async function readTag(serverUrl: string): Promise<string> {
  const html = await fetch(`${serverUrl}/demo/`).then((response) => response.text());
  const token = /data-inbox="([^"]+)"/.exec(html)?.[1];
  if (token === undefined) throw new Error("the demo page names no inbox");
  return `<script async src="${serverUrl}/widget.js" data-inbox="${token}"></script>`;
}

const folder = await mkdtemp(path.join(os.tmpdir(), "parlor-bench-"));
const server = await startServerProcess({
  dataDirectory: path.join(folder, "data"),
  env: { LOG_LEVEL: "warn" },
});
const pages = await servePages(await readTag(server.url));
try {
  const summary = summarize(await measure(pages.url));
  if (process.argv.includes("--json")) console.log(JSON.stringify(summary));
  else {
    const head = ["what the chat adds to a page", "median", "floor", "ratio", "goal", "or", "met"];
    console.log(formatTable(head, summary.map(rowOf)));
  }
} finally {
  pages.stop();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
