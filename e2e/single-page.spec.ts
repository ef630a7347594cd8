// Single-page apps: the chat goes along from route to route, and leaves nothing behind when it is destroyed.
import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { createParlorPage } from "../src/sdk/testing/parlor-page.ts";
import { callParlor } from "./kit/call-parlor.ts";
import { articlePage, scriptTag } from "./kit/host-page.ts";
import { test } from "./kit/host-test.ts";
import { look } from "./kit/look-away.ts";
import { standInForNotifications } from "./kit/notifications.ts";
import type { Server } from "./kit/server.ts";
import { createTestAgent } from "../src/sdk/testing/test-agent.ts";
import { aText } from "./kit/test.ts";
import { keepTraces } from "./kit/traces.ts";
import { watchPage } from "./kit/watch.ts";

const german = {
  openChat: "Chat öffnen",
  closeChat: "Chat schließen",
  message: "Nachricht",
  messages: "Nachrichten",
  moreOptions: "Weitere Optionen",
};
const aPicture = {
  name: "kar.gif",
  mimeType: "image/gif",
  buffer: Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64"),
};

/** What a page may have that the chat looks after. */
const head = `<style>#bar{position:fixed;inset:auto 0 0;height:90px} #help{height:600px}</style>`;
const foot = `<div id="help"></div><div id="bar"></div>`;
const everySetting = ({ url, websiteToken }: Server, nonce: string) =>
  scriptTag(url, websiteToken, nonce).replace(
    "data-inbox",
    `data-locale="de" data-launcher='{"avoid":["#bar"],"selector":"h1"}' data-color="#0a7f5a"
    data-targeting='{"include":["*"]}' data-route-tracking="auto" data-consent="pending"
    data-storage="session" data-persist-window-state="always" data-inbox`,
  );

const title = (page: Page) => page.getByRole("heading", { level: 1 });

test("the chat follows the route, outlives the body, and is started again after a shutdown", async ({
  page,
  server,
}) => {
  const watch = await watchPage(page);
  const traces = await keepTraces(page);
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
  expect((await traces()).living).not.toHaveProperty("interval");

  await page.getByRole("button", { name: "Shut the chat down" }).click();
  await expect(chat.widget).toHaveCount(0);
  await page.getByRole("button", { name: "Start it again" }).click();
  await chat.openConversation(question);
  await chat.expectMessage(question);
  expect(watch.complaints).toEqual([]);
  expect(await watch.violations()).toEqual([]);
});

test("destroy leaves no element, timer, listener, observer, lock, global or style, whatever was set up", async ({
  page,
  server,
  serve,
}) => {
  const watch = await watchPage(page);
  const { answer, shown } = await standInForNotifications(page);
  const traces = await keepTraces(page);
  const host = await serve({
    html: (nonce) => articlePage({ head, foot: `${foot}${everySetting(server, nonce)}` }),
  });
  const chat = createParlorPage(page, { names: german });
  const script = "**/widget.js*";
  await page.route(script, (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
  await page.goto(host.url);
  // Playwright itself listens as soon as it has measured something.
  await page.locator("#bar").boundingBox();
  const before = await traces();
  await page.unroute(script);
  const arrive = async (fragment = "") => {
    // From elsewhere: to another fragment of itself a page stays as it is.
    await page.goto("about:blank");
    await page.goto(host.url + fragment);
  };
  const expectNoTrace = async () => {
    expect(await traces()).not.toEqual(before);
    await callParlor(page, "destroy");
    await expect.poll(traces).toEqual(before);
  };

  await test.step("while the greeting stands over a launcher that keeps clear", async () => {
    await arrive();
    await expect(chat.widget.getByText("Fragen Sie uns, was Sie möchten")).toBeVisible();
    const bar = await page.locator("#bar").boundingBox();
    const launcher = await chat.launcher.boundingBox();
    expect((launcher?.y ?? 0) + (launcher?.height ?? 0)).toBeLessThan(bar?.y ?? 0);
    await expectNoTrace();
  });

  await test.step("in the middle of a conversation, with all that it brings", async () => {
    await arrive("#chat/new?text=Hallo");
    await expect(chat.composer).toHaveValue("Hallo");
    const question = aText("Brauche ich Steigeisen?");
    await chat.send(question);
    await chat.expectSent(question);
    await chat.panel.getByRole("button", { name: german.moreOptions }).click();
    await answer("granted");
    for (const name of ["Ton bei neuen Nachrichten", "Benachrichtigungen"]) {
      await chat.panel.getByRole("button", { name }).click();
      await expect(chat.panel.getByRole("button", { name, pressed: true })).toBeVisible();
    }
    await page.keyboard.press("Escape");
    await look(page, "hidden");
    const agent = createTestAgent(server.access);
    await agent.answer(question, aText("Im Juni nicht mehr."));
    await expect.poll(shown).toHaveLength(1);
    await expect(page).toHaveTitle(/ hat geschrieben$/);
    await callParlor(page, "updateSettings", { container: "#help" });
    await expect(page.locator("#help > parlor-widget")).toHaveCount(1);
    await chat.panel.locator("input[type=file]").setInputFiles(aPicture);
    await expect(chat.panel.getByText("Bereit zum Senden")).toBeAttached();
    await chat.composer.fill("Und im Mai");
    await chat.panel.getByRole("button", { name: "Emoji" }).press("Enter");
    await expect(chat.panel.getByRole("grid").first()).toBeVisible();
    const { living, locks } = await traces();
    expect(living).toMatchObject({ WebSocket: 1, Notification: 1, interval: 1 });
    expect(locks).toContainEqual(expect.stringMatching(/^parlor:/));
    await expectNoTrace();
  });

  await test.step("over the whole screen of a phone, which stands still", async () => {
    await page.setViewportSize({ width: 390, height: 700 });
    await arrive("#chat");
    await expect(chat.panel).toBeVisible();
    await expect(page.locator("html")).toHaveCSS("overflow", "hidden");
    await expectNoTrace();
  });
  expect(watch.complaints).toEqual([]);
});
