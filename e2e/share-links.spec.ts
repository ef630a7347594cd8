// Share links in a real browser: the hosted page, deep links on a website, links to a conversation.
import { devices, expect } from "@playwright/test";
import { callParlor as call } from "./kit/call-parlor.ts";
import { articlePage, scriptTag, strictPolicy } from "./kit/host-page.ts";
import { test } from "./kit/host-test.ts";
import { createTestAgent } from "../src/sdk/testing/test-agent.ts";
import { aText } from "./kit/test.ts";
import { createVisitor } from "./kit/visitor.ts";
import { watchPage } from "./kit/watch.ts";

test("the hosted page is the chat by itself, on a phone and on a desk, and nothing else runs there", async ({
  page,
  browser,
  server,
}) => {
  const address = `${server.url}/chat/${server.websiteToken}`;
  const context = await browser.newContext(devices["iPhone 13"]);
  const phone = createVisitor(await context.newPage(), server.url);
  const watch = await watchPage(phone.page);
  const question = aText("Can I ask here?");
  await phone.page.goto(`${address}#chat/new?text=${encodeURIComponent(question)}`);
  await expect(phone.composer).toHaveValue(question);
  const size = phone.page.viewportSize();
  expect(await phone.panel.boundingBox()).toEqual({ x: 0, y: 0, ...size });
  await expect(phone.page.getByRole("button", { name: "Close chat" })).toHaveCount(0);
  await phone.composer.press("Enter");
  await phone.expectSent(question);
  await phone.composer.press("Escape");
  await expect(phone.panel).toBeVisible();
  await createTestAgent(server.access).answer(question, "Of course.");
  await phone.expectMessage("Of course.");
  await phone.page.reload();
  await phone.expectMessage("Of course.");
  expect(await watch.violations()).toEqual([]);
  expect(watch.complaints).toEqual([]);
  await context.close();

  const desk = await watchPage(page);
  const visitor = createVisitor(page, server.url);
  await page.goto(address);
  await expect(visitor.panel).toBeVisible();
  await expect(page).toHaveTitle("Website");
  const box = await visitor.panel.boundingBox();
  expect(box?.width).toBeGreaterThan(400);
  expect(box?.width).toBeLessThan(500);
  expect(desk.complaints).toEqual([]);
  const missing = await page.goto(`${server.url}/chat/nobody`);
  expect(missing?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "There is no chat here" })).toBeVisible();
});

test("a deep link opens the chat on the website, sends nothing, and leaves address and history alone", async ({
  page,
  server,
  serve,
  visitorOf,
}) => {
  const hostile = `"><img src=x onerror="document.title='pwned'">`;
  const link = `#chat/new?text=${encodeURIComponent(hostile)}&send=true`;
  const note = (nonce: string) =>
    `<script nonce="${nonce}">window.heard=[];window.Parlor=[(p)=>p.onChatMaximize((e)=>heard.push(e))]</script>`;
  const host = await serve({
    html: (nonce) =>
      articlePage({
        head: note(nonce),
        foot: `<a href="#chat">Talk to us</a>${scriptTag(server.url, server.websiteToken, nonce)}`,
      }),
    policy: strictPolicy(server.url),
  });
  const visitor = visitorOf(page, host);
  const watch = await watchPage(page);
  await page.goto(`${host.url}page?a=1${link}`);
  await expect(visitor.composer).toHaveValue(hostile);
  expect(page.url()).toBe(`${host.url}page?a=1`);
  await expect(page).toHaveTitle("Wool care");
  expect(await call(page, "listConversations")).toEqual([]);
  await visitor.close();
  const entries = await page.evaluate(() => history.length);
  await page.getByRole("link", { name: "Talk to us" }).click();
  await expect(visitor.panel).toBeVisible();
  expect(page.url()).toBe(`${host.url}page?a=1`);
  expect(await page.evaluate(() => history.length)).toBe(entries);
  const reasons = await page.evaluate(() => window.heard?.map(({ detail }) => detail["reason"]));
  expect(reasons).toEqual(["deepLink", "deepLink"]);
  expect(await watch.violations()).toEqual([]);
  expect(watch.complaints).toEqual([]);
});

test("a link to a conversation leads its visitor back, and shows nobody else a word", async ({
  page,
  browser,
  server,
  visitorOf,
  openSite,
}) => {
  const visitor = await openSite();
  const { host } = visitor;
  const question = aText("Where is my parcel?");
  const sent = await call(page, "startChat", { text: question, send: true });
  const { conversationId } = sent as { conversationId: number };
  const link = (await call(page, "getShareLink", { conversation: conversationId })) as string;
  expect(link).toContain(`${host.url}#chat/open?link=`);
  await page.evaluate(() => sessionStorage.clear());
  await page.goto("about:blank");
  await page.goto(link);
  await visitor.expectMessage(question);
  expect(page.url()).toBe(host.url);

  const context = await browser.newContext();
  const thief = visitorOf(await context.newPage(), host);
  await thief.page.goto(link);
  await expect(thief.panel.getByText("No conversations yet")).toBeVisible();
  await expect(thief.panel.getByText(question)).toHaveCount(0);
  const shared = await call(thief.page, "getShareLink", { text: "Hi", team: 1 });
  expect(shared).toBe(`${server.url}/chat/${server.websiteToken}#chat/new?text=Hi&team=1`);
  await context.close();
});
