// `npm run bench:thread`: a thread of 10,000 messages beside one of 20, in the same run. Until it is painted,
// how long frames take while all of it is scrolled through, and what is left in memory after opening and
// closing the chat 200 times.
import { chromium } from "@playwright/test";
import type { Page } from "@playwright/test";
import { Client } from "pg";
import { scrollThrough } from "../e2e/kit/scroll-through.ts";
import { ensureBrowser } from "../scripts/browser.ts";
import { publicPaths } from "../src/protocol/paths.ts";
import { startServerProcess } from "../src/server/test-kit/process.ts";
import { createDatabases } from "./databases.ts";
import { formatTable } from "./report.ts";
import { median } from "./statistics.ts";

const LONG = Number(process.env["BENCH_MESSAGES"] ?? 10_000);
const SHORT = 20;
const PAINTS = 5;
/** A long thread opens like a short one, scrolls at 60 frames a second, and leaves nothing behind. */
const PAINT_RATIO_MAX = 1.5;
const FRAME_P50_MAX_MS = 17;
const FRAME_P99_MAX_MS = 50;
const ELEMENTS_MAX = 2_000;
const GROWN_MAX_MEGABYTES = 1;
const OPENINGS = Number(process.env["BENCH_OPENINGS"] ?? 200);
/** A reader who flings: so much in each frame. */
const SCROLL_PX = 600;

interface Measured {
  paintMs: number;
  frameP50Ms: number;
  frameP99Ms: number;
  loaded: number;
  elementsMax: number;
  jumps: number;
  grownMegabytes: number;
}

/** A visitor with one conversation of so many messages; answers what his browser keeps. */
async function seed(url: string, database: Client, token: string, count: number) {
  const post = async (path: string, body: unknown) => {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(url + path, { method: "POST", headers, body: JSON.stringify(body) });
    return (await answer.json()) as { id: number; source_id: string };
  };
  const contact = await post(publicPaths.contacts(token), { name: "Vera" });
  const { id } = await post(publicPaths.conversations(token, contact.source_id), {});
  await database.query(
    `insert into messages (account_id, conversation_id, seq, changed_seq, message_type, content,
       sender_type, sender_id, created_at)
     select c.account_id, c.id, c.seq + n, c.seq + n,
       case when n % 3 = 0 then 'outgoing' else 'incoming' end,
       n || ': ' || repeat('what people say to each other ', 1 + n % 5),
       case when n % 3 = 0 then 'user' else 'contact' end,
       case when n % 3 = 0 then 1 else c.contact_id end,
       now() - ($2 - n) * interval '1 minute'
     from conversations c, generate_series(1, $2::int) n where c.display_id = $1`,
    [id, count],
  );
  await database.query(
    `update conversations c set seq = seq + $2, last_message_id =
       (select max(id) from messages m where m.conversation_id = c.id) where display_id = $1`,
    [id, count],
  );
  return { contact, id };
}

async function heapMegabytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return usedSize / 1_048_576;
}

const openButton = (page: Page) => page.getByRole("button", { name: /^(Open chat|Chat with us)/ });

async function measure(url: string, kept: Record<string, string>): Promise<Measured> {
  const browser = await chromium.launch(ensureBrowser());
  try {
    const context = await browser.newContext();
    await context.addInitScript((entries) => {
      for (const [key, value] of Object.entries(entries)) localStorage.setItem(key, value);
    }, kept);
    // What tsx calls in the functions that it hands over.
    await context.addInitScript("globalThis.__name = (named) => named");
    const paints: number[] = [];
    let page = await context.newPage();
    for (let paint = 0; paint < PAINTS; paint += 1) {
      // Anew each time: nothing of the thread is kept.
      await page.close();
      page = await context.newPage();
      await page.goto(`${url}/demo/`);
      await openButton(page).click();
      const item = page.getByRole("dialog").getByRole("listitem").getByRole("button");
      await item.waitFor();
      const startedAt = performance.now();
      await item.click();
      await page.getByRole("log").locator(".bubble:not(.dots)").last().waitFor();
      paints.push(performance.now() - startedAt);
    }
    const open = openButton(page);
    const close = page.getByRole("button", { name: /^Close chat/ });
    const scrolled = await page.getByRole("log").evaluate(scrollThrough, SCROLL_PX);
    const frames = scrolled.frames.toSorted((a, b) => a - b);
    const at = (share: number) => frames[Math.floor((frames.length - 1) * share)] ?? 0;
    await close.click();
    const heapBefore = await heapMegabytes(page);
    for (let opening = 0; opening < OPENINGS; opening += 1) {
      await open.click();
      await close.click();
    }
    return {
      paintMs: median(paints),
      frameP50Ms: at(0.5),
      frameP99Ms: at(0.99),
      loaded: scrolled.loaded,
      elementsMax: scrolled.elementsMax,
      jumps: scrolled.jumps,
      grownMegabytes: (await heapMegabytes(page)) - heapBefore,
    };
  } finally {
    await browser.close();
  }
}

const databases = createDatabases();
const databaseUrl = await databases.create();
const server = await startServerProcess({ env: { LOG_LEVEL: "warn", DATABASE_URL: databaseUrl } });
const database = new Client({ connectionString: databaseUrl });
try {
  await database.connect();
  const html = await fetch(`${server.url}/demo/`).then((response) => response.text());
  const token = /data-inbox="([^"]+)"/.exec(html)?.[1] ?? "";
  const measured: Measured[] = [];
  for (const count of [SHORT, LONG]) {
    process.stderr.write(`a thread of ${count} messages\n`);
    const { contact } = await seed(server.url, database, token, count);
    const prefix = `parlor:${token}:`;
    measured.push(
      await measure(server.url, {
        [`${prefix}contact`]: JSON.stringify(contact),
        [`${prefix}greeted`]: "1",
      }),
    );
  }
  /** `most` is the goal of the long one. */
  const row = (name: string, key: keyof Measured, digits: number, most?: number): string[] => {
    const values = measured.map((one) => one[key].toFixed(digits));
    if (most === undefined) return [name, ...values];
    const isMet = (measured.at(-1)?.[key] ?? Infinity) <= most;
    return [name, ...values, `≤ ${most.toFixed(digits)}`, isMet ? "yes" : "no"];
  };
  const rows = [
    row("first paint, ms", "paintMs", 0, (measured[0]?.paintMs ?? 0) * PAINT_RATIO_MAX),
    row("frame while scrolling, p50, ms", "frameP50Ms", 1, FRAME_P50_MAX_MS),
    row("the same, p99", "frameP99Ms", 1, FRAME_P99_MAX_MS),
    row("messages seen on the way up", "loaded", 0),
    row("most elements in the log", "elementsMax", 0, ELEMENTS_MAX),
    row("jumps of what is read", "jumps", 0, 0),
    row(`heap grown by ${OPENINGS} openings, MB`, "grownMegabytes", 2, GROWN_MAX_MEGABYTES),
  ];
  const head = ["", `${SHORT} messages`, `${LONG} messages`, "goal", "met"];
  console.log(formatTable(head, rows));
} finally {
  await database.end();
  await server.stop();
  await databases.stop();
}
