// Single-page apps: the chat goes along from route to route, and leaves nothing behind when it is destroyed.
import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { createParlorPage } from "../src/sdk/testing/parlor-page.ts";
import { callParlor } from "./kit/call-parlor.ts";
import { aText, test } from "./kit/test.ts";
import { watchPage } from "./kit/watch.ts";

declare global {
  interface Window {
    /** Timers that are set, by number, and whether each repeats. */
    timers?: Map<number, boolean>;
  }
}

/** Must be called before the page is opened. */
const watchTimers = (page: Page) =>
  page.addInitScript(() => {
    const timers = new Map<number, boolean>();
    Object.defineProperty(window, "timers", { value: timers });
    const set = window.setTimeout.bind(window);
    const repeat = window.setInterval.bind(window);
    const clear = window.clearTimeout.bind(window);
    window.setTimeout = ((run: () => void, ms: number) => {
      const id = set(() => (timers.delete(id), run()), ms);
      timers.set(id, false);
      return id;
    }) as typeof setTimeout;
    window.setInterval = ((run: () => void, ms: number) => {
      const id = repeat(run, ms);
      timers.set(id, true);
      return id;
    }) as typeof setInterval;
    window.clearTimeout = window.clearInterval = (id) => {
      timers.delete(Number(id));
      clear(Number(id));
    };
  });

/** Everything of a page that a widget could leave something in. */
async function traces(page: Page) {
  const client = await page.context().newCDPSession(page);
  const listeners: Record<string, string[]> = {};
  for (const target of [
    "window",
    "document",
    "document.documentElement",
    "document.head",
    "document.body",
    "navigation",
    "visualViewport",
    "navigator.serviceWorker",
    "screen.orientation",
    "document.fonts",
  ]) {
    const { result } = await client.send("Runtime.evaluate", { expression: target });
    const objectId = result.objectId ?? "";
    const found = await client.send("DOMDebugger.getEventListeners", { objectId });
    listeners[target] = found.listeners.map(({ type }) => type).toSorted();
  }
  await client.detach();
  const ofPage = await page.evaluate(async () => ({
    globals: Object.getOwnPropertyNames(window).toSorted(),
    html: document.documentElement.outerHTML,
    sheets: [document.styleSheets.length, document.adoptedStyleSheets.length],
    timers: [...(window.timers?.values() ?? ["not watched"])],
    locks: (await navigator.locks.query()).held?.length,
  }));
  return { ...ofPage, listeners };
}

const title = (page: Page) => page.getByRole("heading", { level: 1 });

test("the chat follows the route, outlives the body, and is started again after a shutdown", async ({
  page,
  server,
}) => {
  const watch = await watchPage(page);
  await watchTimers(page);
  const chat = createParlorPage(page);
  const fieldsOf = async () =>
    (await callParlor(page, "getCustomerInfo")) as { fields: Record<string, string> };
  const question = aText("Is the Karhütte open in May?");
  await page.goto(`${server.url}/demo/app/`);
  await chat.send(question);
  await chat.expectSent(question);
  await chat.composer.fill("And in June");
  const shown = await chat.widget.elementHandle();

  await page.getByRole("link", { name: "Huts" }).click();
  await expect(title(page)).toHaveText("Huts");
  await expect(page).toHaveURL(/\/demo\/app\/huts\.html$/);
  await chat.expectMessage(question);
  await expect(chat.composer).toHaveValue("And in June");
  expect(await shown?.evaluate((element) => element.parentNode === document.body)).toBe(true);
  await expect(chat.widget).toHaveCount(1);
  await expect
    .poll(fieldsOf)
    .toMatchObject({ fields: { page_url: page.url(), page_title: "Huts – Tour book" } });

  await page.goBack();
  await expect(title(page)).toHaveText("Tours");
  await expect.poll(fieldsOf).toMatchObject({
    fields: { page_url: page.url(), page_title: "Tours – Tour book" },
  });
  await callParlor(page, "page", { url: "https://shop.example/kar", title: "The Kar" });
  expect(await fieldsOf()).toMatchObject({
    fields: { page_url: "https://shop.example/kar", page_title: "The Kar" },
  });
  expect(await page.evaluate(() => [...(window.timers?.values() ?? [])].includes(true))).toBe(
    false,
  );

  await page.getByRole("button", { name: "Shut the chat down" }).click();
  await expect(chat.widget).toHaveCount(0);
  await page.getByRole("button", { name: "Start it again" }).click();
  await chat.openConversation(question);
  await chat.expectMessage(question);
  expect(watch.complaints).toEqual([]);
  expect(await watch.violations()).toEqual([]);
});

test("destroy leaves no element, timer, listener, lock, global or style", async ({
  page,
  server,
}) => {
  const watch = await watchPage(page);
  await watchTimers(page);
  await page.route("**/widget.js*", (route) =>
    route.fulfill({ contentType: "text/javascript", body: "" }),
  );
  await page.goto(`${server.url}/demo/app/`);
  const before = await traces(page);
  expect(before.listeners["document"]).toContain("click");
  await page.unroute("**/widget.js*");

  await page.goto(`${server.url}/demo/app/`);
  const chat = createParlorPage(page);
  const question = aText("Do I need crampons?");
  await chat.send(question);
  await chat.expectSent(question);
  const during = await traces(page);
  expect(during).not.toEqual(before);
  expect(during.globals).toContain("Parlor");
  await page.getByRole("button", { name: "Destroy it" }).click();
  await expect(chat.widget).toHaveCount(0);
  await expect.poll(() => traces(page)).toEqual(before);
  expect(watch.complaints).toEqual([]);
});

test("a browser without the Navigation API tells of no route: page() does", async ({
  page,
  server,
}) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "navigation", { value: undefined });
    window.Parlor = [{ targeting: { exclude: ["*/huts.html"] } }] as never;
  });
  await page.goto(`${server.url}/demo/app/`);
  const chat = createParlorPage(page);
  await expect(chat.launcher).toBeVisible();
  await page.evaluate(() => history.pushState(null, "", "huts.html"));
  await callParlor(page, "page");
  await expect(chat.widget).toHaveCount(0);
  await page.evaluate(() => history.pushState(null, "", "./"));
  await callParlor(page, "page");
  await expect(chat.launcher).toBeVisible();
});
