// Every view as a picture: three sizes, two schemes, two directions, compared with the kept ones. `npm run looks:update`
// renews them. Where browser or fonts are not those of the kept pictures, the views are drawn and looked over all the same.
import { expect, test } from "@playwright/test";
import type { Page } from "@playwright/test";
import { callParlor } from "./kit/call-parlor.ts";
import { changeInbox } from "./kit/inbox-settings.ts";
import { expectNoIssues } from "./kit/issues.ts";
import { holdConversations, stopTime } from "./kit/look-content.ts";
import { expectInOrder } from "./kit/look-over.ts";
import {
  composeSheet,
  describeMachine,
  drawsAlike,
  rememberMachine,
  shootChat,
} from "./kit/look-sheet.ts";
import { startServer } from "./kit/server.ts";
import { createVisitor } from "./kit/visitor.ts";

const phone = { width: 360, height: 740 };
const sizes = [phone, { width: 820, height: 1180 }, { width: 1440, height: 900 }];
const schemes = ["light", "dark"] as const;
/** One that runs from left to right, and one that does not. */
const locales = ["en", "ar"] as const;

const preChatForm = {
  pre_chat_form_enabled: true,
  pre_chat_form_options: {
    pre_chat_message: "Tell us who you are, so that we can answer you.",
    pre_chat_fields: [
      { field_type: "standard", name: "emailAddress", required: true },
      { field_type: "standard", name: "fullName" },
    ],
    consent: {
      text: "You may keep what I write.",
      privacy_url: "https://example.com/privacy",
      required: true,
    },
  },
};

for (const locale of locales) {
  test(`every view looks as it did, in three sizes and two schemes: ${locale}`, async ({
    browser,
  }, info) => {
    test.setTimeout(300_000);
    const machine = await describeMachine(browser);
    const isUpdate = /all|changed/.test(info.config.updateSnapshots);
    if (isUpdate) await rememberMachine(machine);
    const isCompared = isUpdate || (await drawsAlike(machine));
    if (!isCompared) {
      const description = `not compared: the kept pictures are of another browser or of other fonts (${JSON.stringify(machine)})`;
      info.annotations.push({ type: "looks", description });
    }
    const server = await startServer();
    const pages: Page[] = [];
    async function newGuest() {
      const context = await browser.newContext({
        viewport: sizes[2] ?? phone,
        locale: "en-GB",
        timezoneId: "Europe/Berlin",
        reducedMotion: "reduce",
      });
      const page = await context.newPage();
      pages.push(page);
      await stopTime(page);
      const guest = createVisitor(page, server.url);
      await guest.visit();
      await guest.open();
      return guest;
    }
    /** By view, then by size: each scheme. */
    const sheets = new Map<string, Buffer[][]>();

    async function look(page: Page, view: string): Promise<void> {
      const rows = sheets.get(view) ?? sizes.map(() => []);
      sheets.set(view, rows);
      // Where focus and pointer were is no part of the view.
      await page.mouse.move(1, 1);
      await page.evaluate(() => {
        const { activeElement } = document.querySelector("parlor-widget")?.shadowRoot ?? document;
        (activeElement as HTMLElement | null)?.blur();
      });
      for (const colorScheme of schemes) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        for (const [row, size] of sizes.entries()) {
          await page.setViewportSize(size);
          const where = `${view} ${locale} ${colorScheme} ${size.width}`;
          rows[row]?.push(await shootChat(page));
          await expectInOrder(page, where);
        }
        if (locale === "en" || colorScheme === "light") await expectNoIssues(page);
      }
    }

    try {
      await changeInbox(server, { csat_survey_enabled: true });
      const guest = await newGuest();
      const visitor = await newGuest();
      const { typical, extreme, rated } = await holdConversations(server, visitor);
      const { page } = visitor;
      await page.reload();
      // What runs from the right has other names: places in the view find it here.
      const at = (css: string, on = page) => on.locator(`parlor-widget ${css}`);
      await callParlor(guest.page, "setLocale", locale);
      await expect(guest.page.locator("parlor-widget")).toHaveAttribute("lang", locale);
      await expect(at(".empty", guest.page)).toBeVisible();
      await look(guest.page, "home-empty");
      await at(".new", guest.page).click();
      await at(".composer [aria-haspopup=dialog]", guest.page).click();
      await expect(at(".emoji-box", guest.page)).toBeVisible();
      await look(guest.page, "emoji");
      await guest.page.keyboard.press("Escape");
      await changeInbox(server, preChatForm);
      await guest.page.reload();
      await callParlor(guest.page, "setLocale", locale);
      await expect(at("form.before", guest.page)).toBeVisible();
      await look(guest.page, "form");
      await changeInbox(server, { pre_chat_form_enabled: false });
      await guest.page.reload();
      await at(".thread .bar .icon", guest.page).first().click();

      await callParlor(page, "setLocale", locale);
      await expect(page.locator("parlor-widget")).toHaveAttribute("lang", locale);
      await callParlor(page, "openConversation", typical);
      await expect(at(".choice").first()).toBeVisible();
      await look(page, "thread");
      await at(".menu > button").click();
      await expect(at(".items")).toBeVisible();
      await look(page, "menu");
      await page.keyboard.press("Escape");
      await page.context().setOffline(true);
      await expect(at(".status")).not.toBeEmpty();
      await look(page, "offline");
      await page.context().setOffline(false);
      await expect(at(".status")).toBeEmpty();
      await callParlor(page, "openConversation", extreme);
      await expect(at(".file").nth(11)).toBeVisible();
      await look(page, "extreme");
      await callParlor(page, "openConversation", rated);
      await expect(at(".rating")).toBeVisible();
      await look(page, "closed");
      await at(".thread .bar .icon").first().click();
      await expect(at(".row").first()).toBeVisible();
      await look(page, "home");
      for (const [view, rows] of sheets) {
        const sheet = await composeSheet(rows);
        if (isCompared) {
          expect
            .soft(sheet)
            .toMatchSnapshot(`${view}-${locale}.png`, { threshold: 0.25, maxDiffPixels: 800 });
        } else await info.attach(view, { body: sheet, contentType: "image/png" });
      }
    } finally {
      for (const page of pages) await page.context().close();
      await server.stop();
    }
  });
}
