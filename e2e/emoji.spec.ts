// Emoji: fetched when somebody wants one, found by name, set where the caret is, by keyboard alone.
import { expect } from "@playwright/test";
import { callParlor } from "./kit/call-parlor.ts";
import { expectNoIssuesInBothSchemes } from "./kit/issues.ts";
import { aText, test } from "./kit/test.ts";

test("emoji are fetched on the first press, found by name and set at the caret by keyboard alone", async ({
  visitor,
}) => {
  const { page, panel, composer } = visitor;
  const loaded: string[] = [];
  page.on("request", (request) => loaded.push(new URL(request.url()).pathname));
  const isEmoji = (file: string) => /Emoji|names/i.test(file);
  await visitor.visit();
  await visitor.startConversation();
  const button = panel.getByRole("button", { name: "Emoji" });
  const picker = panel.getByRole("dialog", { name: "Emoji" });
  expect(loaded.filter(isEmoji)).toEqual([]);

  await composer.fill("Thanks, Ida");
  // Before the comma.
  for (let step = 0; step < 5; step += 1) await page.keyboard.press("ArrowLeft");
  await visitor.tabTo(button);
  await page.keyboard.press("Enter");
  const field = picker.getByRole("searchbox", { name: "Search emoji" });
  await expect(field).toBeFocused();
  expect(loaded.filter(isEmoji)).toHaveLength(1);
  await expect(button).toHaveAttribute("aria-expanded", "true");
  await expectNoIssuesInBothSchemes(page);

  // The arrows go along a row, down to the next one, and from a group to the next.
  const cell = (name: string) => picker.getByRole("gridcell", { name, exact: true });
  await page.keyboard.press("ArrowDown");
  await expect(cell("grinning face")).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  await expect(cell("upside-down face")).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(cell("grinning face with big eyes")).toBeFocused();
  await page.keyboard.press("PageDown");
  await expect(cell("waving hand")).toBeFocused();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowLeft");
  await expect(cell("ZZZ")).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Shift+Tab");
  await expect(field).toBeFocused();
  await page.keyboard.type("folded hands");
  await expect(picker.getByRole("gridcell")).toHaveCount(1);
  await picker.getByRole("combobox", { name: "Skin tone" }).selectOption("✋🏽");
  await field.press("Enter");
  await expect(composer).toHaveValue("Thanks🙏🏽, Ida");
  await field.fill("no such thing");
  await expect(picker.getByText("Nothing found.")).toBeVisible();

  await page.keyboard.press("Escape");
  await expect(picker).toBeHidden();
  await expect(panel).toBeVisible();
  await expect(composer).toBeFocused();
  await page.keyboard.type("!");
  await expect(composer).toHaveValue("Thanks🙏🏽!, Ida");
  await composer.press("Enter");
  await visitor.expectSent("Thanks🙏🏽!, Ida");

  // What was chosen comes first from now on, and in that tone.
  await button.click();
  await expect(picker.getByRole("grid", { name: "Chosen lately" })).toBeVisible();
  await expect(picker.getByRole("gridcell").first()).toHaveText("🙏🏽");
  await cell("folded hands").first().click();
  await expect(composer).toHaveValue("🙏🏽");
  // Somebody who writes on has chosen.
  await composer.click();
  await expect(picker).toBeHidden();

  await callParlor(page, "updateSettings", { features: { emoji: false } });
  await expect(button).toHaveCount(0);
});

test("emoji have the names of the visitor's language, run from the right, and fit a phone", async ({
  newVisitor,
}) => {
  const visitor = await newVisitor({
    viewport: { width: 320, height: 640 },
    hasTouch: true,
    isMobile: true,
  });
  const { page, panel } = visitor;
  await visitor.visit();
  await visitor.startConversation();
  await callParlor(page, "setLocale", "ar");
  const picker = panel.getByRole("dialog", { name: "رموز تعبيرية" });
  await panel.getByRole("button", { name: "رموز تعبيرية" }).tap();
  const cells = picker.getByRole("gridcell");
  await expect(cells.first()).toHaveAccessibleName("وجه بابتسامة عريضة");
  // No keyboard over them before somebody searches.
  await expect(cells.first()).toBeFocused();
  const box = await picker.boundingBox();
  expect(box?.x).toBeGreaterThanOrEqual(0);
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(320);
  const [first, second] = [await cells.nth(0).boundingBox(), await cells.nth(1).boundingBox()];
  expect(first?.x).toBeGreaterThan(second?.x ?? 0);
  expect(first?.width).toBeGreaterThanOrEqual(44);
  await page.keyboard.press("ArrowLeft");
  await expect(cells.nth(1)).toBeFocused();
  await expectNoIssuesInBothSchemes(page);
  await cells.nth(1).tap();
  const said = aText("مرحبا ");
  const field = panel.getByRole("textbox", { name: "رسالة" });
  await field.pressSequentially(said);
  await expect(field).toHaveValue(`😃${said}`);
});
