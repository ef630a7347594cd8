// Finds the browser that tests, measurements and screenshots use, and installs one where there is none.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium, firefox } from "@playwright/test";
import { installFromDebian, isRoot, mayInstall } from "./debian.ts";

type BrowserName = "chromium" | "firefox";

/** What Playwright's `launch` needs to start the browser that was found. */
export interface BrowserChoice {
  executablePath?: string;
  channel?: string;
  args: string[];
}

const quietArgs = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Debian's Chromium without windows: draws the same for a fifth less work, and opens a page in half the time. */
export const HEADLESS_SHELL = "/usr/bin/chromium-headless-shell";

export const CHROMIUM_PACKAGES = ["chromium-headless-shell", "fonts-liberation"];

const chromiumPaths = [
  HEADLESS_SHELL,
  "/usr/bin/chromium",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/opt/google/chrome/chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/**
 * The browser to use, or `undefined` when this machine has none. Chromium: `PARLOR_CHROMIUM` (a path),
 * Debian's, Google Chrome, Playwright's own. Firefox: Firefox ESR through WebDriver BiDi, Playwright's own.
 */
export function findBrowser(name: BrowserName): BrowserChoice | undefined {
  return name === "chromium" ? findChromium() : findFirefox();
}

/** Chromium refuses its sandbox to root, and so to most containers. */
const chromiumArgs = () => [...(isRoot() ? ["--no-sandbox"] : []), ...quietArgs];

/** One that keeps pages in memory for the way back, as people's browsers do: the one without windows keeps none. */
export function findWholeChromium(): BrowserChoice | undefined {
  const executablePath = chromiumPaths.find((path) => path !== HEADLESS_SHELL && existsSync(path));
  return executablePath === undefined ? undefined : { executablePath, args: chromiumArgs() };
}

function findChromium(): BrowserChoice | undefined {
  const args = chromiumArgs();
  const asked = process.env["PARLOR_CHROMIUM"];
  if (asked) {
    if (!existsSync(asked)) throw new Error(`PARLOR_CHROMIUM names no file: ${asked}`);
    return { executablePath: asked, args };
  }
  const found = [...chromiumPaths, chromium.executablePath()].find((path) => existsSync(path));
  return found === undefined ? undefined : { executablePath: found, args };
}

function findFirefox(): BrowserChoice | undefined {
  if (existsSync("/usr/bin/firefox-esr")) {
    return { channel: "moz-firefox", executablePath: "/usr/bin/firefox-esr", args: [] };
  }
  const own = firefox.executablePath();
  return existsSync(own) ? { executablePath: own, args: [] } : undefined;
}

/** What drives WebKit, and the screen that it wants. */
export interface WebKitChoice {
  driver: string;
  screen: string;
}

/** WebKitGTK as Debian ships it, with its driver and a screen for it; Playwright cannot drive it. */
export function findWebKit(): WebKitChoice | undefined {
  const choice = { driver: "/usr/bin/WebKitWebDriver", screen: "/usr/bin/Xvfb" };
  return Object.values(choice).every((path) => existsSync(path)) ? choice : undefined;
}

/**
 * The Chromium to use; installs it where there is none: Debian's package when we are root there,
 * Playwright's own otherwise. Throws with what to do when neither works.
 */
export function ensureBrowser(): BrowserChoice {
  const present = findBrowser("chromium");
  if (present) return present;
  const tried = mayInstall()
    ? [() => installFromDebian(...CHROMIUM_PACKAGES), installFromPlaywright]
    : [installFromPlaywright];
  for (const install of tried) {
    install();
    const installed = findBrowser("chromium");
    if (installed) return installed;
  }
  throw new Error(
    "No browser found and none could be installed. Install Chromium or Google Chrome, or name one " +
      "with PARLOR_CHROMIUM=/path/to/chromium.",
  );
}

function installFromPlaywright(): void {
  console.log("No browser found: installing Playwright's Chromium");
  const withLibraries = isRoot() ? ["--with-deps"] : [];
  spawnSync("npx", ["playwright", "install", ...withLibraries, "chromium"], {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
}
