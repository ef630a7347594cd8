// A browser on a host page by W3C WebDriver: finds the chat as assistive technology does, by roles and names.
import { expect } from "@playwright/test";
import type { HostBrowser, HostChat } from "./host-browser.ts";
import { addressOf } from "./host-browser.ts";
import type { WatchedSite } from "./watched-site.ts";
import { KEYS } from "./webdriver.ts";
import type { Found, WebDriver } from "./webdriver.ts";

/**
 * Run in the page: the element of the chat that this selector and the beginning of this name fit, if
 * all of it is in the window and nothing lies over it.
 */
function findInChat(given: string): Element | undefined {
  const [selector = "", name = ""] = given.split("|");
  const root = document.querySelector("parlor-widget")?.shadowRoot;
  for (const element of root?.querySelectorAll(selector) ?? []) {
    const ownName = element.getAttribute("aria-label") ?? element.textContent;
    if (!ownName.trim().startsWith(name)) continue;
    const { x, y, width, height } = element.getBoundingClientRect();
    const isInside = x >= 0 && y >= 0 && x + width <= innerWidth && y + height <= innerHeight;
    const top = root?.elementFromPoint(x + width / 2, y + height / 2);
    if (isInside && top && element.contains(top)) return element;
  }
  return undefined;
}

/** Run in the page: what the log says, a line for each text. */
function threadText(): string {
  const root = document.querySelector("parlor-widget")?.shadowRoot;
  return root?.querySelector<HTMLElement>("[role=log]")?.innerText ?? "";
}

const LAUNCHER = "button[aria-expanded]|";
const COMPOSER = "textarea|Message";

function createChat(driver: WebDriver): HostChat {
  const find = (what: string) => driver.find(findInChat, what);
  const findSoon = async (what: string): Promise<Found> => {
    await expect.poll(() => find(what)).toBeDefined();
    const found = await find(what);
    if (!found) throw new Error(`${what} has gone again`);
    return found;
  };
  const click = async (what: string) => (await findSoon(what)).click();
  const lines = async () =>
    (await driver.evaluate(threadText)).split("\n").map((line) => line.trim());
  const count = async (text: string) => (await lines()).filter((line) => line === text).length;

  return {
    async send(text) {
      await click("button|Open chat");
      await click("button|New conversation");
      await click(COMPOSER);
      await driver.type(text + KEYS.enter);
    },
    async expectSent(text) {
      await expect.poll(() => count(text)).toBe(1);
      await expect.poll(lines).not.toContainEqual(expect.stringMatching(/Sending…|Not sent\./));
    },
    async expectReply(text, name) {
      await expect.poll(() => count(text)).toBe(1);
      if (name !== undefined) expect(await lines()).toContain(name);
    },
    async close() {
      await click("button|Close chat");
      await expect.poll(() => find(COMPOSER)).toBeUndefined();
    },
    async expectLauncherInSight() {
      await findSoon(LAUNCHER);
    },
    launcherBox: async () => (await findSoon(LAUNCHER)).box(),
    async expectNotDrawn() {
      expect(await find("*|")).toBeUndefined();
    },
    async expectGone() {
      const widgets = () =>
        driver.evaluate(() => String(document.querySelectorAll("parlor-widget").length));
      await expect.poll(widgets).toBe("0");
    },
  };
}

export function driverBrowser(driver: WebDriver, site: WatchedSite): HostBrowser {
  return {
    async visit(hostile, { isBare } = { isBare: false }) {
      site.withholdScript(isBare);
      site.refusals.length = 0;
      await driver.goTo(addressOf(site.url, hostile));
      if (hostile.isFramed) await driver.enterFrame();
    },
    evaluate: (run, given) => driver.evaluate(run, given),
    async complaints() {
      const noted = await driver.evaluate(() => globalThis.noted?.complaints ?? "not watched");
      return [...site.refusals, ...noted.split("\n").filter(Boolean)];
    },
    chat: createChat(driver),
  };
}
