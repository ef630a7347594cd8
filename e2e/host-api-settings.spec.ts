// Every setting as a host page gives it, against the built script; and the order of the three places.
import { expect } from "@playwright/test";
import { articlePage, scriptTag } from "./kit/host-page.ts";
import { test } from "./kit/host-test.ts";
import { expectNoIssues } from "./kit/issues.ts";
import { changeInbox } from "./kit/inbox-settings.ts";
import type { Server } from "./kit/server.ts";

const store = (server: Server, settings: Record<string, unknown>) =>
  changeInbox(server, { settings });

test("the page's call comes before the tag's attributes, and these before what the inbox holds", async ({
  page,
  server,
  serve,
  visitorOf,
}) => {
  await store(server, {
    launcherText: "Stored",
    greeting: "Stored title",
    conversationButton: "Stored button",
  });
  const tag = scriptTag(server.url, server.websiteToken, "n").replace(
    "data-inbox",
    'data-launcher-text="Chat with us" data-greeting="Tag title" data-inbox',
  );
  const script = `<script>window.Parlor=[{ greeting: { en: "Called title", de: "Titel" } }]</script>`;
  const host = await serve({ html: () => articlePage({ head: script, foot: tag }) });
  const visitor = visitorOf(page, host);
  await page.goto(host.url);
  await visitor.open();
  await expect(visitor.panel.getByRole("heading", { name: "Called title" })).toBeVisible();
  await expect(visitor.panel.getByRole("button", { name: "Stored button" })).toBeVisible();
  await store(server, { launcherText: null, greeting: null, conversationButton: null });
});

test("no launcher flashes where the page waits for an inbox that hides it", async ({
  page,
  openSite,
}) => {
  let answer!: () => void;
  const asked = new Promise<void>((resolve) => (answer = resolve));
  let isAsked = false;
  await page.route("**/public/api/v1/inboxes/*", async (route) => {
    isAsked = true;
    await asked;
    await route.continue();
  });
  const settings = { launcher: { wait: true } };
  const visitor = await openSite({ settings, becomesReady: false });
  await expect.poll(() => isAsked).toBe(true);
  await expect(visitor.launcher).toBeHidden();
  answer();
  await expect(visitor.launcher).toBeVisible();
});

test("an inbox may be hidden, until a page shows it", async ({ page, server, openSite }) => {
  await store(server, { visibility: "hidden" });
  const visitor = await openSite();
  await expect(visitor.launcher).toBeHidden();
  await page.evaluate(() => window.Parlor?.show());
  await expect(visitor.launcher).toBeVisible();
  await store(server, { visibility: null });
});

test("a chat that opens by itself stays closed on the next page once its visitor has closed it", async ({
  page,
  openSite,
}) => {
  const visitor = await openSite({ settings: { windowState: "maximized" } });
  await expect(visitor.panel).toBeVisible();
  await visitor.close();
  await page.reload();
  await page.evaluate(() => window.Parlor?.ready);
  await expect(visitor.launcher).toBeVisible();
  await expect(visitor.panel).toBeHidden();
});

test("an element of the page opens the chat where the launcher is hidden", async ({
  page,
  openSite,
}) => {
  const launcher = { hidden: true, selector: "h1" };
  const visitor = await openSite({ settings: { launcher } });
  await expect(visitor.launcher).toBeHidden();
  await expect(async () => {
    await page.getByRole("heading", { name: "Wool care" }).click();
    await expect(visitor.panel).toBeVisible({ timeout: 1_000 });
  }).toPass();
});

test("the launcher keeps clear of what the page names", async ({ page, openSite }) => {
  const visitor = await openSite({ settings: { launcher: { avoid: ["#bar"] } } });
  await page.evaluate(() => {
    const bar = document.createElement("div");
    bar.id = "bar";
    bar.style.cssText = "position:fixed;left:0;right:0;bottom:0;height:90px";
    document.body.append(bar);
  });
  const gap = () =>
    page.evaluate(() => {
      const root = document.querySelector("parlor-widget")?.shadowRoot;
      const launcher = root?.querySelector(".launcher")?.getBoundingClientRect();
      const bar = document.querySelector("#bar")?.getBoundingClientRect();
      return (bar?.top ?? 0) - (launcher?.bottom ?? 0);
    });
  await expect.poll(gap).toBeGreaterThan(0);
  await expect(visitor.launcher).toBeVisible();
  // It goes where it can be seen no more, and comes back: by its style or its class, at the same size.
  const turn = (name: string) =>
    page.evaluate(
      (at) => ((document.querySelector("#bar") as HTMLElement).style.bottom = at),
      name,
    );
  await turn("-200px");
  await expect.poll(gap).toBeGreaterThan(100);
  await turn("0px");
  await expect.poll(gap).toBeLessThan(50);
  expect(await gap()).toBeGreaterThan(0);
});

test("a setting that a browser cannot follow is told with its reason", async ({
  page,
  openSite,
}) => {
  const settings = {
    locale: "pt_BR",
    launcher: { selector: "a[", avoid: [".bar", "::"] },
    widgetAppearance: { zIndex: 1e10, radius: -1 },
    on: { ready: "soon" },
  };
  await page.addInitScript(() => {
    window.addEventListener("parlor:error", (event) => {
      (window.heard ??= []).push((event as CustomEvent).detail);
    });
  });
  await openSite({ settings });
  const heard = () => page.evaluate(() => (window.heard ?? []) as unknown[]);
  await expect.poll(heard).toHaveLength(6);
  const told = (setting: string, message: string) =>
    expect.objectContaining({ setting, message: `${setting} must be ${message}` }) as unknown;
  expect(await heard()).toEqual([
    told("locale", 'a language (BCP 47) such as "pt-BR", or "auto"'),
    told("launcher.selector", "a selector that the browser understands"),
    told("launcher.avoid", "a list of selectors that the browser understands"),
    told("widgetAppearance.zIndex", "a number from -2147483648 to 2147483647"),
    told("widgetAppearance.radius", "a number from 0 to 100"),
    told("on.ready", "a function"),
  ]);
});

test("what holds the chat's place while it is on its way passes axe, and goes when the chat is there", async ({
  page,
  openSite,
}) => {
  let send!: () => void;
  const asked = new Promise<void>((resolve) => (send = resolve));
  await page.route("**/widget/start-chat-*", async (route) => {
    await asked;
    await route.continue();
  });
  const visitor = await openSite();
  await visitor.launcher.click();
  const place = page.locator(".wait");
  await expect(place).toBeVisible();
  await expect(page.getByRole("button", { name: "Close chat" })).toBeVisible();
  await expectNoIssues(page);
  const held = await place.boundingBox();
  send();
  await expect(visitor.panel).toBeVisible();
  await expect(place).toHaveCount(0);
  await expect.poll(() => visitor.panel.boundingBox()).toEqual(held);
});

test("a container holds the chat, open, in the page's flow", async ({ page, openSite }) => {
  const visitor = await openSite({ settings: { container: "#help" } });
  await expect(visitor.panel).toBeHidden();
  await page.evaluate(() => {
    const help = document.createElement("div");
    help.id = "help";
    help.style.cssText = "width:500px;height:600px";
    document.querySelector("main")?.prepend(help);
  });
  await expect(visitor.panel).toBeVisible();
  const box = await visitor.panel.boundingBox();
  const frame = await page.locator("#help").boundingBox();
  expect(box?.width).toBeGreaterThan(480);
  expect(box?.height).toBeLessThanOrEqual((frame?.height ?? 0) + 1);
  expect(box?.y).toBeGreaterThanOrEqual((frame?.y ?? 0) - 1);
});

test("the chat stands on the pages that it is meant for, and follows the route", async ({
  page,
  openSite,
}) => {
  const settings = { targeting: { exclude: ["/pay*"] } };
  const visitor = await openSite({ settings, path: "pay/card" });
  await expect(visitor.launcher).toBeHidden();
  await page.evaluate(() => history.pushState(null, "", "/shop"));
  await expect(visitor.launcher).toBeVisible();
  await page.evaluate(() => history.pushState(null, "", "/pay"));
  await expect(visitor.launcher).toBeHidden();
});

test("the route is told as the visitor goes from page to page, when the page wants it", async ({
  page,
  openSite,
}) => {
  const { host } = await openSite({ settings: { routeTracking: "auto" } });
  const told = async () =>
    (await page.evaluate(() => window.Parlor?.getCustomerInfo()))?.["fields"] as object;
  await expect.poll(told).toMatchObject({ page_url: host.url });
  await page.evaluate(() => {
    history.pushState(null, "", "/tents");
    document.title = "Tents";
  });
  await expect.poll(told).toEqual({ page_url: `${host.url}tents`, page_title: "Tents" });
});
