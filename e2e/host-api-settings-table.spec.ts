// A test for every row of the settings in docs/host-api.md, against the built script.
import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";
import { settingNames } from "./kit/api-names.ts";
import { callParlor } from "./kit/call-parlor.ts";
import { test } from "./kit/host-test.ts";
import { aText } from "./kit/test.ts";
import type { Visitor } from "./kit/visitor.ts";

const widget = (page: Page) => page.locator("parlor-widget");
const kept = (page: Page) =>
  page.evaluate(() => Object.keys(localStorage).length + Object.keys(sessionStorage).length);

type Row = [name: string, value: unknown, check: (visitor: Visitor) => Promise<unknown>];
const says = (text: string) => (visitor: Visitor) =>
  expect(visitor.panel.getByText(text, { exact: true })).toBeVisible();

/** What each switch takes away from an open conversation. */
const switched = {
  endChat: "End chat",
  transcript: "Save as text",
  sound: "Sound for new messages",
  attachments: "Attach files",
  emoji: "Emoji",
};

/** In this order: what opens the chat comes before what is seen in it. */
const settings: Row[] = [
  ["inbox", undefined, ({ launcher }) => expect(launcher).toBeVisible()],
  [
    "launcherText",
    { en: "Chat with us" },
    ({ launcher }) => expect(launcher).toHaveText("Chat with us"),
  ],
  [
    "widgetAppearance",
    {
      color: "#0a7f5a",
      position: "left",
      offset: { x: 50, y: 30 },
      mobileOffset: { x: 7, y: 11 },
    },
    async ({ page, launcher }) => {
      await expect(launcher).toHaveCSS("background-color", "rgb(10, 127, 90)");
      const before = page.viewportSize() ?? { width: 0, height: 0 };
      const corner = async () => {
        const { x, y, height } = (await launcher.boundingBox()) ?? { x: 0, y: 0, height: 0 };
        return { x, y: (page.viewportSize()?.height ?? 0) - y - height };
      };
      expect(await corner()).toEqual({ x: 50, y: 30 });
      await page.setViewportSize({ width: 390, height: 700 });
      await expect.poll(corner).toEqual({ x: 7, y: 11 });
      await page.setViewportSize(before);
    },
  ],
  ["visibility", "hidden", ({ launcher }) => expect(launcher).toBeHidden()],
  ["visibility", "shown", ({ launcher }) => expect(launcher).toBeVisible()],
  ["launcher", { hidden: true }, ({ launcher }) => expect(launcher).toBeHidden()],
  ["launcher", { hidden: false }, ({ launcher }) => expect(launcher).toBeVisible()],
  ["targeting", { exclude: ["*"] }, ({ page }) => expect(widget(page)).toHaveCount(0)],
  ["targeting", null, ({ page }) => expect(widget(page)).toHaveCount(1)],
  ["windowState", "maximized", ({ panel }) => expect(panel).toBeVisible()],
  ["greeting", "How may we help?", says("How may we help?")],
  ["greetingIntroduction", "Anything at all", says("Anything at all")],
  ["conversationButton", { en: "Ask", de: "Fragen" }, says("Ask")],
  ["locale", "de", says("Fragen")],
  ["locale", "en", says("Ask")],
  [
    "container",
    "main",
    async ({ page, panel }) => {
      await expect(page.locator("main > parlor-widget")).toHaveCount(1);
      await expect(panel).toBeVisible();
    },
  ],
  ["container", null, ({ page }) => expect(page.locator("body > parlor-widget")).toHaveCount(1)],
  [
    "persistWindowState",
    "always",
    ({ page }) =>
      expect
        .poll(() =>
          page.evaluate(() => Object.keys(localStorage).some((key) => key.endsWith(":window"))),
        )
        .toBe(true),
  ],
  [
    "persistWindowState",
    "never",
    async ({ page, panel }) => {
      for (const name of ["minimize", "maximize"]) await callParlor(page, name);
      await expect(panel).toBeVisible();
      await expect
        .poll(() =>
          page.evaluate(() =>
            [localStorage, sessionStorage]
              .flatMap((area) => Object.keys(area))
              .filter((key) => key.endsWith(":window")),
          ),
        )
        .toEqual([]);
    },
  ],
  [
    "routeTracking",
    "auto",
    ({ page }) =>
      expect
        .poll(async () => JSON.stringify(await callParlor(page, "getCustomerInfo")))
        .toContain("page_url"),
  ],
  [
    "storage",
    "session",
    async ({ page }) => {
      await callParlor(page, "startChat", { text: aText("Kept?"), send: true });
      await expect
        .poll(() => page.evaluate(() => Object.keys(sessionStorage).length))
        .toBeGreaterThan(0);
    },
  ],
  [
    "conversationListTitle",
    "Before",
    async (visitor) => {
      await visitor.panel.getByRole("button", { name: "Back" }).click();
      await says("Before")(visitor);
    },
  ],
  [
    "features",
    {},
    async ({ page, panel, composer }) => {
      await panel.getByRole("listitem").first().getByRole("button").click();
      await expect(composer).toBeVisible();
      await panel.getByRole("button", { name: "More options" }).click();
      for (const [feature, words] of Object.entries(switched)) {
        const part = panel.getByRole("button", { name: words }).or(panel.getByLabel(words)).first();
        await expect(part, feature).toBeVisible();
        await callParlor(page, "updateSettings", { features: { [feature]: false } });
        await expect(part, feature).toBeHidden();
      }
    },
  ],
  ["consent", "denied", ({ page }) => expect.poll(() => kept(page)).toBe(0)],
];

/** The page's policy reads it before any script does: host-page.spec.ts has it. */
const ofTheTag = ["nonce"];

test("every setting does what its row says, on a page that is there already", async ({
  page,
  openSite,
}) => {
  const visitor = await openSite();
  for (const [name, value, check] of settings) {
    await test.step(name, async () => {
      if (value !== undefined) {
        expect(await callParlor(page, "updateSettings", { [name]: value })).toBeUndefined();
      }
      await check(visitor);
    });
  }
  expect(await callParlor(page, "updateSettings", { greeting: 5 })).toBe("invalid");
  const known = [...settings.map(([name]) => name), ...ofTheTag];
  expect(new Set(known)).toEqual(new Set(settingNames));
});
