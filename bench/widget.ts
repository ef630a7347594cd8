// `npm run bench:widget`: what a page pays for the chat. A plain page with the script tag beside the same
// page without it: Chromium, processor slowed down 4 times, "Fast 4G", cold cache, medians of five.
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

const RUNS = 5;

function page(tag: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title></head>
<body><h1>A page</h1>${"<p>Words that a page has. </p>".repeat(20)}${tag}</body></html>`;
}

/** Serves `/with` and `/without`. */
async function servePages(tag: string): Promise<{ url: string; stop: () => void }> {
  const server = createServer((request, response) => {
    if (request.url === "/favicon.ico") {
      response.writeHead(204).end();
      return;
    }
    response.writeHead(200, { "content-type": "text/html" });
    response.end(page(request.url === "/with" ? tag : ""));
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
  digits: number;
  /** From which kind of visit; what a visit that loads the page alone costs is taken off `added`. */
  of: "added" | "cold" | "intent";
}

const columns: Column[] = [
  { name: "KB at load", key: "kilobytes", goal: 13, digits: 1, of: "added" },
  { name: "requests at load", key: "requests", goal: 2, digits: 0, of: "added" },
  { name: "launcher visible, ms", key: "launcherVisibleMs", goal: 480, digits: 0, of: "cold" },
  { name: "blocking, ms", key: "blockingMs", goal: 0, digits: 0, of: "added" },
  { name: "script, ms", key: "scriptMs", goal: 40, digits: 1, of: "added" },
  { name: "task, ms", key: "taskMs", goal: 70, digits: 1, of: "added" },
  { name: "heap, MB", key: "heapMegabytes", goal: 0.25, digits: 2, of: "added" },
  { name: "elements", key: "elements", goal: 10, digits: 0, of: "added" },
  { name: "layout shift", key: "layoutShift", goal: 0, digits: 3, of: "added" },
  { name: "click to usable, ms", key: "usableMs", goal: 320, digits: 0, of: "cold" },
  { name: "the same with intent, ms", key: "usableMs", goal: 60, digits: 0, of: "intent" },
  { name: "slowest interaction, ms", key: "interactionMs", goal: 24, digits: 0, of: "intent" },
  { name: "KB on opening", key: "openingKilobytes", goal: 24, digits: 1, of: "cold" },
];

interface Visits {
  plain: Cost[];
  cold: Cost[];
  intent: Cost[];
}

async function measure(url: string): Promise<Visits> {
  const browser = await chromium.launch(ensureBrowser());
  const visits: Visits = { plain: [], cold: [], intent: [] };
  try {
    // The first round warms the server and the browser's own caches, and does not count.
    for (let run = 0; run <= RUNS; run += 1) {
      process.stderr.write(`visits, round ${run} of ${RUNS}\n`);
      const plain = await visit(browser, `${url}/without`);
      const cold = await visit(browser, `${url}/with`, "cold");
      const intent = await visit(browser, `${url}/with`, "intent");
      if (run === 0) continue;
      visits.plain.push(plain);
      visits.cold.push(cold);
      visits.intent.push(intent);
    }
  } finally {
    await browser.close();
  }
  return visits;
}

/** The median of each column. */
function summarize({ plain, cold, intent }: Visits) {
  return columns.map((column) => {
    const of = (costs: Cost[]) => median(costs.map((cost) => cost[column.key]));
    const value = column.of === "added" ? of(cold) - of(plain) : of({ cold, intent }[column.of]);
    return { column, value };
  });
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
    const rows = summary.map(({ column, value }) => [
      column.name,
      value.toFixed(column.digits),
      `≤ ${column.goal}`,
      value <= column.goal ? "yes" : "no",
    ]);
    console.log(formatTable(["what the chat adds to a page", "median", "goal", "met"], rows));
  }
} finally {
  pages.stop();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
