// What the chat does to somebody else's page: nothing that its owner would notice before the visitor acts.
import { expect } from "@playwright/test";
import { aPicture } from "../src/server/attachments/test-files.ts";
import { articlePage, chatPage, scriptTag, strictPolicy } from "./kit/host-page.ts";
import { test } from "./kit/host-test.ts";
import { aText } from "./kit/test.ts";
import { watchPage } from "./kit/watch.ts";

test("under a strict policy a whole conversation violates nothing and complains of nothing", async ({
  page,
  agent,
  server,
  serve,
  visitorOf,
}) => {
  const watch = await watchPage(page);
  const host = await serve({
    html: (nonce) => chatPage(server, nonce),
    policy: strictPolicy(server.url),
  });
  const visitor = visitorOf(page, host);
  await agent.signIn();
  await visitor.visit("/");
  await visitor.startConversation();
  const tray = visitor.panel.getByRole("list", { name: "Files to send" });
  const buffer = await aPicture("png", 40, 30);
  await visitor.panel
    .locator("input[type=file]")
    .setInputFiles({ name: "socks.png", mimeType: "image/png", buffer });
  await expect(tray.locator("canvas")).toBeVisible();
  await tray.getByRole("button", { name: "Remove socks.png" }).click();
  const question = aText("Does merino shrink?");
  await visitor.send(question);
  await visitor.expectSent(question);
  await agent.openConversation(question);
  const answer = aText("Only if you boil it.");
  await agent.reply(answer);
  await visitor.expectMessage(answer);
  await visitor.close();

  expect(await watch.violations()).toEqual([]);
  expect(watch.complaints).toEqual([]);
  expect(await watch.layoutShift()).toBe(0);
});

test("the nonce of the script's tag lets in all that the chat loads, and without it nothing runs", async ({
  page,
  server,
  serve,
  visitorOf,
}) => {
  const watch = await watchPage(page);
  // Nothing but the nonce lets a script run.
  const policy = (nonce: string) =>
    strictPolicy(server.url)(nonce).replace(" 'strict-dynamic'", "");
  const host = await serve({ html: (nonce) => chatPage(server, nonce), policy });
  const visitor = visitorOf(page, host);
  await visitor.visit("/");
  await expect(visitor.launcher).toHaveCSS("background-color", "rgb(31, 94, 255)");
  const chat = page.waitForResponse(/start-chat-/);
  await visitor.startConversation();
  expect((await chat).status()).toBe(200);
  await expect(visitor.panel).toHaveCSS("position", "fixed");
  expect(await watch.violations()).toEqual([]);
  expect(watch.complaints).toEqual([]);

  const bare = await serve({ html: () => chatPage(server, "another"), policy });
  await page.goto(bare.url);
  await expect
    .poll(() => watch.violations())
    .toEqual([expect.stringContaining(`script-src-elem: ${server.url}/widget.js`)]);
  await expect(visitor.widget).toHaveCount(0);
  expect(await page.evaluate(() => "Parlor" in window)).toBe(false);
});

test("before the visitor acts nothing is stored, no socket is open and nothing has moved", async ({
  page,
  server,
  openSite,
}) => {
  const watch = await watchPage(page);
  await openSite({ policy: strictPolicy(server.url) });
  await page.waitForLoadState("networkidle");

  expect(await watch.stored()).toEqual([]);
  expect(watch.sockets).toEqual([]);
  expect(await watch.violations()).toEqual([]);
  expect(watch.complaints).toEqual([]);
  expect(await watch.layoutShift()).toBe(0);
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("BODY");
  expect(await page.evaluate(() => scrollY)).toBe(0);
});

test("the page's globals differ by Parlor alone, even after a conversation", async ({
  page,
  serve,
  openSite,
}) => {
  const globals = () => page.evaluate(() => Object.getOwnPropertyNames(window).toSorted());
  const without = await serve({ html: () => articlePage({}) });
  await page.goto(without.url);
  const before = await globals();

  const visitor = await openSite();
  await visitor.startConversation();
  const text = aText("Hello from a plain page.");
  await visitor.send(text);
  await visitor.expectSent(text);
  const after = await globals();
  expect(after.filter((name) => !before.includes(name))).toEqual(["Parlor"]);
  expect(before.filter((name) => !after.includes(name))).toEqual([]);
});

test("the chat leaves no entry in the page's history and no scroll behind it", async ({
  page,
  openSite,
}) => {
  const visitor = await openSite();
  const place = () => page.evaluate(() => [history.length, location.href, scrollY]);
  await page.evaluate(() => scrollTo(0, 200));
  const before = await place();
  await visitor.startConversation();
  const text = aText("Where was I?");
  await visitor.send(text);
  await visitor.expectSent(text);
  await visitor.close();
  expect(await place()).toEqual(before);
});

test("the page's own style sheet stays outside, and the chat's stays inside", async ({
  page,
  serve,
  openSite,
}) => {
  const styleOf = () =>
    page.getByRole("heading", { name: "Wool care" }).evaluate((heading) => {
      const { fontFamily, color, margin } = getComputedStyle(heading);
      return [fontFamily, color, margin];
    });
  const without = await serve({ html: () => articlePage({}) });
  await page.goto(without.url);
  const before = await styleOf();

  const visitor = await openSite();
  await visitor.open();
  expect(await styleOf()).toEqual(before);
  const { border, letterSpacing } = await visitor.panel.evaluate((panel) => {
    const style = getComputedStyle(panel);
    return { border: style.borderTopStyle, letterSpacing: style.letterSpacing };
  });
  expect(border).not.toBe("dotted");
  expect(letterSpacing).toBe("normal");
});

test("the chat lies over the page's own layers, or where the page's settings put it", async ({
  page,
  openSite,
}) => {
  const visitor = await openSite();
  await expect(visitor.launcher).toBeVisible();
  const layer = () =>
    page.evaluate(() => document.elementFromPoint(innerWidth - 40, innerHeight - 40)?.id);
  await page.evaluate(() => {
    const banner = document.createElement("div");
    banner.id = "banner";
    banner.setAttribute("style", "position:fixed;inset:0;z-index:1000");
    document.body.append(banner);
  });
  expect(await layer()).not.toBe("banner");
  await page.evaluate(() => window.Parlor?.push({ widgetAppearance: { zIndex: 999 } }));
  await expect.poll(layer).toBe("banner");
});

test("the script loaded twice makes one chat", async ({ page, server, serve, visitorOf }) => {
  const watch = await watchPage(page);
  const host = await serve({
    html: (nonce) =>
      articlePage({
        head: scriptTag(server.url, server.websiteToken, nonce),
        foot: `${scriptTag(server.url, server.websiteToken, nonce)}
          ${scriptTag(server.url, server.websiteToken, nonce).replace("widget.js", "widget.js?again")}`,
      }),
  });
  const visitor = visitorOf(page, host);
  await visitor.visit("/");
  await page.waitForLoadState("networkidle");
  await expect(visitor.launcher).toHaveCount(1);
  await visitor.startConversation();
  const text = aText("Am I alone here?");
  await visitor.send(text);
  await visitor.expectSent(text);
  await expect(visitor.panel).toHaveCount(1);
  expect(watch.complaints).toEqual([]);
});
