// The API reference in a browser: searched, followed, copied from, by keyboard and on a phone.
import { expect } from "@playwright/test";
import axe from "axe-core";
import { test } from "./kit/test.ts";
import { watchPage } from "./kit/watch.ts";

test("the reference is searched and read with the keyboard, and asks nobody else", async ({
  browser,
  server,
}) => {
  const context = await browser.newContext({ colorScheme: "dark" });
  const page = await context.newPage();
  const watch = await watchPage(page);
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(server.url)) elsewhere.push(request.url());
  });
  await page.goto(`${server.url}/api/docs`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Parlor API reference");

  await page.keyboard.press("/");
  await page.keyboard.type("toggle priority");
  await expect(page.getByRole("status")).toHaveText("1 match");
  await page.keyboard.press("Enter");
  const article = page.getByRole("article", { name: "Set the priority of a conversation" });
  await expect(article).toBeInViewport();
  await expect(article).toContainText("toggle_priority");
  await expect(article.locator("pre").first()).toContainText("-H 'Api-Access-Token: TOKEN'");
  await page.getByRole("searchbox").press("Escape");
  await expect(page.getByRole("status")).toHaveText("");

  const listing = page.getByRole("article", { name: "List agents", exact: true });
  await listing.getByRole("link", { name: "Agent", exact: true }).click();
  await expect(page.locator("#record-Agent")).toBeInViewport();

  await page.evaluate(axe.source);
  // Of each kind of thing one: all hundred operations would take axe half a minute.
  const issues = await page.evaluate(async () => {
    const include = [".skip", ".side", "header", "#listAgents", "#sendMessage", "#record-Agent"];
    return (await window.axe.run({ include: include.map((part) => [part]) })).violations;
  });
  expect(issues.map(({ id, nodes }) => [id, nodes[0]?.target])).toEqual([]);
  expect(elsewhere).toEqual([]);
  expect(await watch.violations()).toEqual([]);
  expect(watch.complaints).toEqual([]);
  await context.close();
});

test("the reference fits a phone, and opens its contents on demand", async ({
  browser,
  server,
}) => {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  await page.goto(`${server.url}/api/docs`);
  const contents = page.getByRole("navigation", { name: "Operations" });
  await expect(contents).toBeHidden();
  await page.getByRole("button", { name: "Contents" }).click();
  await contents.getByRole("link", { name: /^Send a message POST$/ }).click();
  await expect(contents).toBeHidden();
  await expect(page.getByRole("heading", { name: "Send a message", exact: true })).toBeInViewport();
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(360);
  await context.close();
});

declare global {
  interface Window {
    axe: typeof axe;
  }
}
