// The shop's playground: settings, methods and events of the chat, tried by hand and ready to copy.
import { expect } from "@playwright/test";
import { expectNoIssues, expectNoIssuesInBothSchemes } from "./kit/issues.ts";
import { test } from "./kit/test.ts";
import { watchPage } from "./kit/watch.ts";

test("a setting changes the chat and the snippet, a method answers, an event is logged, all can be copied", async ({
  newVisitor,
}) => {
  const visitor = await newVisitor({ permissions: ["clipboard-read", "clipboard-write"] });
  const { page } = visitor;
  const watch = await watchPage(page);
  await visitor.visit();
  await page.evaluate(() => window.Parlor?.ready);
  const toggle = page.getByRole("button", { name: "Playground", exact: true });
  const drawer = page.getByRole("complementary", { name: "Playground" });
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await visitor.tabTo(toggle);
  await page.keyboard.press("Enter");
  await expect(drawer).toBeVisible();

  const snippet = drawer.getByRole("group", { name: "Snippet" });
  await expect(snippet).not.toContainText("Parlor.push");
  await drawer.getByLabel("color", { exact: true }).fill("#0b6e4f");
  await expect(snippet).toContainText('widgetAppearance: { color: "#0b6e4f" }');
  const launcherColor = () =>
    visitor.launcher.evaluate((launcher) => getComputedStyle(launcher).backgroundColor);
  await expect.poll(launcherColor).toBe("rgb(11, 110, 79)");
  const locale = drawer.getByRole("textbox", { name: "greeting", exact: true });
  await locale.fill("{ no JSON");
  await locale.press("Enter");
  await expect(drawer.getByText("This is not JSON.")).toBeVisible();
  await locale.fill('{"en": "Ask \\"us\\""}');
  await locale.press("Enter");
  await expect(drawer.getByText("This is not JSON.")).toBeHidden();
  await drawer.getByLabel("Form of the snippet").selectOption("Tag attributes");
  await expect(snippet).toContainText('data-color="#0b6e4f"');
  await drawer.getByRole("button", { name: "Copy the snippet" }).click();
  await expect(drawer.getByText("Copied")).toBeVisible();
  const tag = await copied();
  expect(tag).toContain('data-greeting="{&quot;en&quot;:&quot;Ask \\&quot;us\\&quot;&quot;}"');
  await expectNoIssuesInBothSchemes(page);

  // The next page of the shop has what was tried.
  await page.goto(new URL("product.html", page.url()).href);
  await expect.poll(launcherColor).toBe("rgb(11, 110, 79)");
  await toggle.click();
  await expect(drawer.getByLabel("color", { exact: true })).toHaveValue("#0b6e4f");

  await drawer.getByRole("tab", { name: "Settings" }).press("ArrowRight");
  await expect(drawer.getByRole("tab", { name: "Methods" })).toBeFocused();
  await drawer.getByRole("button", { name: "maximize", exact: true }).click();
  await expect(visitor.panel).toBeVisible();
  await expect(drawer.getByLabel("Answer of maximize")).toHaveText('"maximized"');
  await expect(visitor.panel.getByRole("heading", { name: 'Ask "us"' })).toBeVisible();
  const open = drawer.getByRole("listitem").filter({
    has: page.getByRole("button", { name: "openConversation", exact: true }),
  });
  await open.getByLabel("id", { exact: true }).fill("999999");
  await open.getByRole("button", { name: "Copy" }).click();
  expect(await copied()).toBe("await Parlor.openConversation(999999);");
  await open.getByRole("button", { name: "openConversation", exact: true }).click();
  await expect(drawer.getByLabel("Answer of openConversation")).toContainText("not_found");
  await expectNoIssues(page);

  await drawer.getByRole("tab", { name: "Events" }).click();
  const log = drawer.getByRole("log", { name: "Events" });
  await expect(log.getByText("chatMaximize")).toBeVisible();
  await expect(log).toContainText('reason: "api"');
  await drawer.getByRole("button", { name: "Copy the log" }).click();
  await expect.poll(copied).toContain('"type": "chatMaximize"');
  await expectNoIssuesInBothSchemes(page);

  await drawer.getByRole("tab", { name: "Settings" }).click();
  await drawer.getByRole("button", { name: "Reset all" }).click();
  await expect.poll(launcherColor).not.toBe("rgb(11, 110, 79)");
  await page.keyboard.press("Escape");
  await expect(drawer).toBeHidden();
  await expect(toggle).toBeFocused();
  expect(await watch.violations()).toEqual([]);
  expect(watch.complaints).toEqual([]);
});

test("on a phone the drawer leaves a part of the shop to see, and nothing is wider than the screen", async ({
  newVisitor,
}) => {
  const visitor = await newVisitor({ viewport: { width: 360, height: 740 } });
  const { page } = visitor;
  await visitor.visit();
  await page.getByRole("button", { name: "Playground", exact: true }).click();
  const drawer = page.getByRole("complementary", { name: "Playground" });
  for (const name of ["Settings", "Methods", "Events"]) {
    await drawer.getByRole("tab", { name }).click();
    const panel = drawer.getByRole("tabpanel", { name });
    expect(await panel.evaluate((one) => one.scrollWidth - one.clientWidth)).toBe(0);
  }
  await visitor.launcher.click({ trial: true });
  expect((await drawer.boundingBox())?.y).toBeGreaterThan(200);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});
