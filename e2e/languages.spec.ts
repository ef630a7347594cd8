// The chat in other languages: loaded when they are asked for, from right to left where they run so, and on phones.
import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";
import { callParlor } from "./kit/call-parlor.ts";
import { expectNoIssues } from "./kit/issues.ts";
import { aText, test } from "./kit/test.ts";

const speak = (page: Page, locale: string) => callParlor(page, "setLocale", locale);

/** The shop, as if its page were in this language. */
async function translatePage(page: Page, attributes: string): Promise<void> {
  await page.route("**/demo/", async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(/<html[^>]*>/, `<html ${attributes}>`);
    await route.fulfill({ response, body });
  });
}

test("a change of the language keeps the draft, the focus and the thread", async ({ visitor }) => {
  const { page, panel } = visitor;
  const loaded: string[] = [];
  page.on("request", (request) => loaded.push(new URL(request.url()).pathname));
  await visitor.visit();
  await visitor.startConversation();
  const said = aText("Do you ship to Graz?");
  await visitor.send(said);
  await visitor.expectSent(said);
  expect(loaded.filter((file) => /\/(de|fr|follow)-[\w-]+\.js$/.test(file))).toEqual([]);
  await visitor.composer.fill("And to");

  await speak(page, "de-AT");
  const field = panel.getByRole("textbox", { name: "Nachricht" });
  await expect(field).toHaveValue("And to");
  await expect(field).toBeFocused();
  await expect(page.getByRole("button", { name: "Chat schließen" }).first()).toBeVisible();
  await expect(panel.getByText("Heute")).toBeVisible();
  await expect(panel.getByRole("log", { name: "Nachrichten" }).getByText(said)).toBeVisible();
  await expectNoIssues(page);

  await speak(page, "en");
  await expect(visitor.composer).toHaveValue("And to");
  await expect(visitor.composer).toBeFocused();
  await expect(panel.getByText("Today")).toBeVisible();
});

test("a language that does not load leaves the chat in English", async ({ visitor }) => {
  await visitor.page.route(/\/widget\/fr-[\w-]+\.js/, (route) => route.abort());
  await visitor.visit();
  const refused = visitor.page.waitForEvent("requestfailed");
  await speak(visitor.page, "fr");
  await refused;
  await visitor.startConversation();
  const said = aText("Bonjour");
  await visitor.send(said);
  await visitor.expectSent(said);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`a page in Arabic has the chat on its left, and axe finds nothing in ${colorScheme} colours`, async ({
    newVisitor,
    agent,
  }) => {
    const visitor = await newVisitor({ colorScheme, reducedMotion: "reduce", locale: "ar-EG" });
    const { page, panel } = visitor;
    await translatePage(page, 'lang="ar" dir="rtl"');
    await page.goto(`${agent.url}/demo/`);
    await page.getByRole("button", { name: "فتح المحادثة" }).click();
    await expect(panel.getByText("لا توجد محادثات بعد")).toBeVisible();
    const box = await panel.boundingBox();
    expect(box?.x).toBeLessThan(100);
    await expect(page.locator("parlor-widget")).toHaveAttribute("dir", "rtl");
    await expectNoIssues(page);
    await panel.getByRole("button", { name: "محادثة جديدة" }).click();
    const field = panel.getByRole("textbox", { name: "رسالة" });
    await expect(field).toBeFocused();
    const said = aText("أين طلبي رقم A-17؟");
    await field.fill(said);
    await field.press("Enter");
    const message = panel.getByRole("log").getByText(said, { exact: true });
    await expect(message).toBeVisible();
    const own = await message.boundingBox();
    // What a reader says himself stands where his lines end: on the left.
    expect((own?.x ?? 0) - (box?.x ?? 0)).toBeLessThan(40);
    await expectNoIssues(page);
  });
}

test("what assistive technology is told, view by view", async ({ visitor }) => {
  await visitor.visit();
  await visitor.open();
  await expect(visitor.panel).toMatchAriaSnapshot(`
    - dialog "Support team":
      - heading "Support team" [level=2]
      - button "New conversation"
      - paragraph: /No conversations yet/
  `);
  await visitor.panel.getByRole("button", { name: "New conversation" }).click();
  await expect(visitor.composer).toBeFocused();
  await expect(visitor.panel).toMatchAriaSnapshot(`
    - dialog "Support team":
      - button "Back"
      - heading "Support team" [level=2]
      - log "Messages"
      - textbox "Message"
      - button "Send" [disabled]
  `);
});

test("on a phone the browser's request to close closes the chat, adds nothing to the history and gives the page back", async ({
  newVisitor,
}) => {
  const visitor = await newVisitor({ viewport: { width: 360, height: 740 }, hasTouch: true });
  const { page, panel } = visitor;
  await visitor.visit();
  const before = await page.evaluate(() => history.length);
  const overflow = () => page.evaluate(() => getComputedStyle(document.documentElement).overflowY);
  await visitor.startConversation();
  expect(await overflow()).toBe("hidden");
  expect(await panel.boundingBox()).toEqual({ x: 0, y: 0, width: 360, height: 740 });
  await expect(visitor.composer).toHaveCSS("font-size", "16px");
  // One request, which a phone makes by its gesture of going back, and a keyboard by Escape wherever the focus is:
  // no desktop browser can make the gesture.
  await visitor.composer.blur();
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  expect(await overflow()).toBe("visible");
  expect(await page.evaluate(() => history.length)).toBe(before);
});
