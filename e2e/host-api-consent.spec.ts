// What may lie on the visitor's device, and where: as the inbox, the page and the visitor decide, in each of his tabs.
import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";
import { callParlor } from "./kit/call-parlor.ts";
import { articlePage, chatPage, scriptTag } from "./kit/host-page.ts";
import { test } from "./kit/host-test.ts";
import { changeInbox } from "./kit/inbox-settings.ts";
import { aText } from "./kit/test.ts";
import { createTestAgent } from "../src/sdk/testing/test-agent.ts";

const kept = (page: Page) =>
  page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]);

test("what only the inbox says is known late, and counts all the same", async ({
  server,
  serve,
  openTabOf,
}) => {
  const host = await serve({ html: (nonce) => chatPage(server, nonce) });
  const open = () => openTabOf(host);
  // The chat stays open, in whatever tab.
  await changeInbox(server, { settings: { persistWindowState: "always" } });
  const first = await open();
  await first.open();
  const second = await open();
  await expect(second.panel).toBeVisible();
  await second.close();
  await expect((await open()).panel).toBeHidden();
  await changeInbox(server, { settings: { persistWindowState: null, storage: "session" } });
  // What the tab alone remembers is found again, with its badge, though nobody touches the launcher.
  const third = await open();
  await third.startConversation();
  const question = aText("Only in this tab?");
  await third.send(question);
  await third.expectSent(question);
  await expect.poll(() => third.page.evaluate(() => Object.keys(localStorage))).toEqual([]);
  await third.close();
  const agent = createTestAgent(server.access);
  await agent.answer(question, aText("Yes."));
  await third.expectUnread(1);
  await third.page.reload();
  await third.expectUnread(1);
  await changeInbox(server, { settings: { storage: null } });
});

test("consent that is denied in one tab is so in another that is just acting, which loses nothing", async ({
  server,
  serve,
  openTabOf,
}) => {
  const host = await serve({ html: (nonce) => chatPage(server, nonce) });
  const open = () => openTabOf(host);
  const acting = await open();
  const [first, second] = [aText("Still here?"), aText("And now?")];
  await acting.startConversation();
  await acting.send(first);
  await acting.expectSent(first);
  const onlyLooking = await open();
  const denying = await open();
  const decide = (consent: string) => callParlor(denying.page, "setConsent", consent);
  await acting.composer.fill("Half a thought");
  await decide("denied");
  await expect.poll(() => kept(acting.page)).toEqual([]);
  await acting.goBack();
  await acting.openConversation(first);
  await expect(acting.composer).toHaveValue("Half a thought");
  await decide("granted");
  await expect.poll(() => kept(acting.page)).not.toEqual([]);
  await Promise.all([decide("denied"), acting.send(second)]);
  await acting.expectSent(second);
  await acting.expectMessage(first);
  // The one that has loaded no more than its launcher has heard of it, too.
  await onlyLooking.open();
  await onlyLooking.close();
  await expect.poll(() => kept(onlyLooking.page)).toEqual([]);
  for (const { page } of [acting, denying]) expect(await kept(page)).toEqual([]);
});

test("consent that is denied before anybody has used the chat is heard by a tab that has begun nothing", async ({
  server,
  serve,
  openTabOf,
}) => {
  const host = await serve({ html: (nonce) => chatPage(server, nonce) });
  const looking = await openTabOf(host);
  const denying = await openTabOf(host);
  await callParlor(denying.page, "setConsent", "denied");
  await looking.startConversation();
  const said = aText("Kept nowhere.");
  await looking.send(said);
  await looking.expectSent(said);
  expect(await kept(looking.page)).toEqual([]);
});

test("without consent or storage nothing lies on the device, and the chat works all the same", async ({
  page,
  server,
  openSite,
}) => {
  const visitor = await openSite({ settings: { consent: "denied" } });
  await visitor.startConversation();
  const question = aText("Do you keep anything?");
  await visitor.send(question);
  await visitor.expectSent(question);
  expect(await kept(page)).toEqual([]);
  await page.evaluate(() => window.Parlor?.push({ consent: "granted" }));
  await expect.poll(() => kept(page)).toContain(`parlor:${server.websiteToken}:contact`);
  await page.evaluate(() => window.Parlor?.push({ consent: "denied" }));
  await expect.poll(() => kept(page)).toEqual([]);
  await page.evaluate(() => window.Parlor?.push({ consent: "granted", storage: "session" }));
  await expect.poll(() => page.evaluate(() => sessionStorage.length)).toBeGreaterThan(0);
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
});

test("with consent pending nothing of the device is even looked at before the chat is opened", async ({
  page,
  server,
  serve,
  visitorOf,
}) => {
  await page.addInitScript(() => {
    for (const area of ["localStorage", "sessionStorage"] as const) {
      const own = Object.getOwnPropertyDescriptor(window, area);
      const look = () => (document.documentElement.classList.add("looked"), own?.get?.call(window));
      Object.defineProperty(window, area, { get: look as () => Storage });
    }
  });
  const foot = scriptTag(server.url, server.websiteToken, "n").replace(
    "data-inbox",
    'data-consent="pending" data-inbox',
  );
  const host = await serve({ html: () => articlePage({ foot }) });
  const visitor = visitorOf(page, host);
  await visitor.visit("/");
  await callParlor(page, "getAvailability");
  const root = page.locator("html");
  await expect(root).not.toHaveClass(/looked/);
  await visitor.open();
  await expect(root).toHaveClass(/looked/);
});

test("consent that is pending is given by opening the chat", async ({ page, openSite }) => {
  const visitor = await openSite({ settings: { consent: "pending" } });
  await page.evaluate(() => window.Parlor?.maximize());
  await expect(visitor.panel).toBeVisible();
  expect(await kept(page)).toEqual([]);
  await page.evaluate(() => window.Parlor?.minimize());
  await visitor.open();
  await expect.poll(() => kept(page)).not.toEqual([]);
});

test("whoever comes back with consent pending finds his conversations when he opens the chat", async ({
  page,
  openSite,
}) => {
  const visitor = await openSite({ settings: { consent: "pending" } });
  await visitor.startConversation();
  const question = aText("Do you know me?");
  await visitor.send(question);
  await visitor.expectSent(question);
  await visitor.close();
  await page.reload();
  await page.evaluate(() => window.Parlor?.ready);
  // The chat comes with the pointer, before anything may be read.
  const chat = page.waitForResponse(/start-chat/);
  await visitor.launcher.hover();
  await chat;
  expect(await page.evaluate(() => window.Parlor?.getCustomerInfo())).toMatchObject({
    contactId: null,
  });
  await visitor.open();
  await visitor.openConversation(question);
});

test("consent that could not be followed for want of a network is, when the page says it again", async ({
  page,
  openSite,
}) => {
  const chunk = /\/on-page-/;
  await page.route(chunk, (route) => route.abort());
  const visitor = await openSite();
  await visitor.startConversation();
  const said = aText("Is this kept?");
  await visitor.send(said);
  await visitor.expectSent(said);
  expect(await callParlor(page, "setConsent", "denied")).toBe("unreachable");
  expect(await kept(page)).not.toEqual([]);
  await page.unroute(chunk);
  await callParlor(page, "setConsent", "denied");
  expect(await kept(page)).toEqual([]);
});
