// Notes everything on a page that a website's owner would complain about.
import type { Page } from "@playwright/test";

export interface PageWatch {
  /** Errors and warnings in the console, uncaught exceptions, refused resources. */
  complaints: string[];
  /** Addresses of sockets that were opened, polling included. */
  sockets: string[];
  /** Violations of the page's Content Security Policy. */
  violations(): Promise<string[]>;
  /** Cumulative layout shift of the page's own elements so far; 0 where the browser does not measure it. */
  layoutShift(): Promise<number>;
  /** Names of what lies on the device: storage keys, cookies, databases, caches. */
  stored(): Promise<string[]>;
}

/** As Chromium hands it over; TypeScript does not know it. */
interface LayoutShift extends PerformanceEntry {
  value: number;
  sources: { node?: Node | null }[];
}

interface Noted {
  violations: string[];
  shift: number;
  /** What the console got, a line each; only where `noteComplaints` runs. */
  complaints?: string;
}

declare global {
  var noted: Noted | undefined;
}

/** Run in the page before any script: violations of its policy, and layout shifts of its own elements. */
export function noteTroubles(): void {
  const noted: Noted = { violations: [], shift: 0 };
  // Not enumerable and there before any script: no script of the page can mistake it for its own.
  Object.defineProperty(window, "noted", { value: noted });
  addEventListener("securitypolicyviolation", (event) => {
    noted.violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
  });
  // What moves inside the chat, as messages come, moves nothing of the page's.
  const isOfPage = ({ node }: { node?: Node | null }) => node?.getRootNode() === document;
  if (!PerformanceObserver.supportedEntryTypes.includes("layout-shift")) return;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as LayoutShift[]) {
      if (entry.sources.some(isOfPage)) noted.shift += entry.value;
    }
  }).observe({ type: "layout-shift", buffered: true });
}

/** Run in the page after `noteTroubles`: what a browser would write to its console. */
export function noteComplaints(): void {
  const { noted } = globalThis;
  if (!noted) return;
  noted.complaints = "";
  const note = (what: unknown) => (noted.complaints += `${String(what)}\n`);
  for (const level of ["error", "warn"] as const) {
    const own = console[level];
    console[level] = (...what: unknown[]) => {
      note(what.join(" "));
      own.apply(console, what);
    };
  }
  addEventListener("unhandledrejection", ({ reason }) => note(reason));
  // Capturing hears of what did not load, too.
  addEventListener(
    "error",
    ({ message, target }) => note(message || (target as Element).outerHTML),
    true,
  );
}

/** Must be called before the page is opened. */
export async function watchPage(page: Page): Promise<PageWatch> {
  const complaints: string[] = [];
  const sockets: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("websocket", (socket) => sockets.push(socket.url()));
  page.on("request", (request) => {
    if (new URL(request.url()).pathname.startsWith("/realtime")) sockets.push(request.url());
  });
  await page.addInitScript(noteTroubles);

  return {
    complaints,
    sockets,
    violations: () => page.evaluate(() => globalThis.noted?.violations ?? ["not watched"]),
    layoutShift: () => page.evaluate(() => globalThis.noted?.shift ?? Number.NaN),
    stored: () =>
      page.evaluate(async () => [
        ...Object.keys(localStorage),
        ...Object.keys(sessionStorage),
        ...document.cookie.split("; ").filter(Boolean),
        ...(await indexedDB.databases()).map(({ name }) => name ?? ""),
        ...(await caches.keys()),
      ]),
  };
}
