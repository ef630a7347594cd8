// One visit to a page by a slow computer on a slow line, with a cold cache: what the page costs.
import { setTimeout as wait } from "node:timers/promises";
import type { Browser, CDPSession, Page } from "@playwright/test";
import { installPageProbe } from "./page-probe.ts";

const CPU_SLOWDOWN = 4;
const FAST_4G = {
  offline: false,
  latency: 165,
  downloadThroughput: (9_000_000 / 8) * 0.9,
  uploadThroughput: (1_500_000 / 8) * 0.9,
};
/** A page has settled when it has loaded nothing for so long. */
const QUIET_MS = 1_500;
const SETTLE_TIMEOUT_MS = 20_000;

const selectors = { launcher: ".launcher", usable: ".panel .new" };

export interface Cost {
  kilobytes: number;
  requests: number;
  launcherVisibleMs: number;
  blockingMs: number;
  scriptMs: number;
  taskMs: number;
  heapMegabytes: number;
  elements: number;
  layoutShift: number;
  /** From the click until the opened chat can be used. */
  usableMs: number;
  interactionMs: number;
  openingKilobytes: number;
}

interface Traffic {
  bytes: number;
  requests: number;
  pending: Set<string>;
  lastAt: number;
}

function watchTraffic(session: CDPSession): Traffic {
  const traffic: Traffic = { bytes: 0, requests: 0, pending: new Set(), lastAt: performance.now() };
  const end = (requestId: string) => {
    traffic.pending.delete(requestId);
    traffic.lastAt = performance.now();
  };
  session.on("Network.requestWillBeSent", ({ request, requestId }) => {
    if (!request.url.startsWith("http")) return;
    traffic.requests += 1;
    traffic.pending.add(requestId);
    traffic.lastAt = performance.now();
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (traffic.pending.has(requestId)) traffic.bytes += encodedDataLength;
    end(requestId);
  });
  session.on("Network.loadingFailed", ({ requestId }) => end(requestId));
  return traffic;
}

/** Waits until nothing has come for a while; what hangs (a long poll) is not waited for longer. */
async function settle(traffic: Traffic): Promise<void> {
  const giveUpAt = performance.now() + SETTLE_TIMEOUT_MS;
  while (performance.now() < giveUpAt) {
    const isQuiet = traffic.pending.size === 0 && performance.now() - traffic.lastAt > QUIET_MS;
    if (isQuiet) return;
    await wait(100);
  }
}

async function readMetrics(session: CDPSession): Promise<Record<string, number>> {
  const { metrics } = await session.send("Performance.getMetrics");
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

async function throttle(session: CDPSession): Promise<void> {
  await session.send("Network.enable");
  await session.send("Performance.enable", { timeDomain: "timeTicks" });
  await session.send("HeapProfiler.enable");
  await session.send("Network.emulateNetworkConditions", FAST_4G);
  await session.send("Emulation.setCPUThrottlingRate", { rate: CPU_SLOWDOWN });
}

/**
 * One visit with a cold cache; `opening` says whether and how the chat is opened at the end. `never`: there is a button
 * to wait for, and no chat behind it.
 */
export async function visit(
  browser: Browser,
  url: string,
  opening?: "cold" | "intent" | "never",
): Promise<Cost> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const tab = await context.newPage();
  const session = await context.newCDPSession(tab);
  const traffic = watchTraffic(session);
  await throttle(session);
  // The compiler names functions by a helper that the page does not have.
  await tab.addInitScript("globalThis.__name = (named) => named");
  await tab.addInitScript(installPageProbe, opening ? selectors : null);
  await tab.goto(url);
  await settle(traffic);

  const work = await readMetrics(session);
  const loaded = { bytes: traffic.bytes, requests: traffic.requests };
  await session.send("HeapProfiler.collectGarbage");
  const { JSHeapUsedSize: heapBytes = 0 } = await readMetrics(session);
  const noted = await readProbe(tab);
  if (opening && opening !== "never") {
    await openChat(tab, traffic, opening);
    await settle(traffic);
  }
  const opened = await readProbe(tab);
  await context.close();
  return {
    kilobytes: loaded.bytes / 1024,
    requests: loaded.requests,
    launcherVisibleMs: noted.launcherVisibleAtMs ?? 0,
    blockingMs: noted.longTasksMs.reduce((sum, ms) => sum + Math.max(0, ms - 50), 0),
    scriptMs: (work["ScriptDuration"] ?? 0) * 1000,
    taskMs: (work["TaskDuration"] ?? 0) * 1000,
    heapMegabytes: heapBytes / 1024 / 1024,
    elements: noted.elements,
    layoutShift: noted.layoutShift,
    usableMs: (opened.usableAtMs ?? Number.NaN) - (opened.clickedAtMs ?? 0),
    interactionMs: Math.max(0, ...opened.interactionsMs),
    openingKilobytes: (traffic.bytes - loaded.bytes) / 1024,
  };
}

async function within<T>(ms: number, promise: Promise<T>, otherwise: string): Promise<T> {
  const over = new AbortController();
  const { signal } = over;
  const late = wait(ms, undefined, { signal }).then(() => {
    throw new Error(otherwise);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    late.catch(() => undefined);
    over.abort();
  }
}

function readProbe(tab: Page) {
  return tab.evaluate(() => {
    const probe = globalThis.parlorProbe;
    if (!probe) throw new Error("the probe is not in the page");
    const elements = probe.countElements();
    const functions = {
      countElements: undefined,
      launcherCenter: undefined,
      whenUsable: undefined,
    };
    return { ...probe, ...functions, elements };
  });
}

/**
 * `intent`: the pointer rests on the launcher before it presses, as most do; `cold`: it comes and presses. By its place: a
 * locator of Playwright's listens in the page, which costs a slowed-down press a third of what it may take.
 */
async function openChat(tab: Page, traffic: Traffic, how: "cold" | "intent"): Promise<void> {
  const place = await tab.evaluate(() => globalThis.parlorProbe?.launcherCenter());
  if (!place) throw new Error("the probe is not in the page");
  if (how === "intent") {
    await tab.mouse.move(place.x, place.y);
    // What it brings about may be yet to begin.
    traffic.lastAt = performance.now();
    await settle(traffic);
  }
  const usable = tab.evaluate(() => globalThis.parlorProbe?.whenUsable());
  // Answered behind it: the page waits for what will be usable before it is pressed.
  await tab.evaluate(() => undefined);
  await tab.mouse.click(place.x, place.y);
  await within(SETTLE_TIMEOUT_MS, usable, "the chat cannot be used");
}
