// Browsers of some years ago, without the Navigation API and without `light-dark()`: routes and deep links are followed
// all the same, and the chat has its colours.
import { expect } from "@playwright/test";
import { callParlor } from "./kit/call-parlor.ts";
import { articlePage, scriptTag } from "./kit/host-page.ts";
import { test } from "./kit/host-test.ts";

test.beforeEach(({ page }) =>
  page.addInitScript(() => void Reflect.deleteProperty(window, "navigation")),
);

test("back and forward are heard, and page() tells of every other route", async ({
  page,
  server,
  serve,
  visitorOf,
}) => {
  const foot = scriptTag(server.url, server.websiteToken, "n").replace(
    "data-inbox",
    `data-targeting='{"exclude":["/huts"]}' data-inbox`,
  );
  const host = await serve({ html: () => articlePage({ foot }) });
  const visitor = visitorOf(page, host);
  await visitor.visit("/");
  await page.evaluate(() => history.pushState(null, "", "/huts"));
  await callParlor(page, "page");
  await expect(visitor.widget).toHaveCount(0);
  await page.goBack();
  await expect(visitor.launcher).toBeVisible();
  await page.goForward();
  await expect(visitor.widget).toHaveCount(0);
  await page.evaluate(() => history.pushState(null, "", "/"));
  await callParlor(page, "page");
  await expect(visitor.launcher).toBeVisible();
});

test("a deep link of the page makes no entry", async ({ page, server, serve, visitorOf }) => {
  const links = `<a href="#chat">Talk to us</a> <a href="other#chat">Elsewhere</a>`;
  const foot = links + scriptTag(server.url, server.websiteToken, "n");
  const host = await serve({ html: () => articlePage({ foot }) });
  const visitor = visitorOf(page, host);
  const fetched = page.waitForResponse(/link-clicks-/);
  await page.goto(`${host.url}page?a=1`);
  // Theirs came first: once it is here, it is there.
  await page.evaluate((url) => import(url), (await fetched).url());
  const entries = await page.evaluate(() => history.length);
  await page.getByRole("link", { name: "Talk to us" }).click();
  await expect(visitor.panel).toBeVisible();
  expect(page.url()).toBe(`${host.url}page?a=1`);
  expect(await page.evaluate(() => history.length)).toBe(entries);
  await page.getByRole("link", { name: "Elsewhere" }).click();
  await page.waitForURL(`${host.url}other**`);
  await expect(visitor.panel).toBeVisible();
});

test("the colours of either scheme ask for nothing that is new", async ({ page, openSite }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  const visitor = await openSite();
  await visitor.startConversation();
  await expect(visitor.panel).toHaveCSS("background-color", "rgb(24, 27, 32)");
  await expect(visitor.widget).toHaveCSS("color-scheme", "dark");
  await page.emulateMedia({ colorScheme: "light" });
  await expect(visitor.panel).toHaveCSS("background-color", "rgb(255, 255, 255)");
  await callParlor(page, "setColorScheme", "dark");
  await expect(visitor.panel).toHaveCSS("background-color", "rgb(24, 27, 32)");
  await expect(visitor.composer).toHaveCSS("color", "rgb(242, 244, 247)");
  const sheets = await visitor.widget.evaluate(({ shadowRoot }) =>
    [...(shadowRoot?.adoptedStyleSheets ?? [])]
      .flatMap(({ cssRules }) => [...cssRules])
      .map(({ cssText }) => cssText)
      .join(" "),
  );
  expect(sheets).toContain("--bg");
  expect(sheets).not.toContain("light-dark");
});
