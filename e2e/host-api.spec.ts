// window.Parlor as a host page's developer uses it: the queue, the methods, the events.
import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";
import type { PublicEvent } from "./kit/host-api.ts";
import { strictPolicy } from "./kit/host-page.ts";
import { test } from "./kit/host-test.ts";

const noteEvents = `window.heard = [];
window.Parlor = window.Parlor || [];
window.Parlor.push((parlor) => {
  for (const name of ["onChatMaximize", "onChatMinimize"]) {
    parlor[name]((event) => window.heard.push(event));
  }
});`;

async function heard(page: Page, type: string): Promise<PublicEvent[]> {
  const events = await page.evaluate(() => window.heard ?? []);
  return events.filter((event) => event.type === type);
}

test("calls made before the script has loaded are done when it has", async ({
  page,
  server,
  openSite,
}) => {
  const script = `${noteEvents}
window.Parlor.push({ widgetAppearance: { color: "#0a7f5a" } });
window.Parlor.push(["setCustomerInfo", { name: "Queued Quentin" }]);
window.Parlor.push(["maximize"]);`;
  const visitor = await openSite({ script, policy: strictPolicy(server.url) });
  await expect(visitor.panel).toBeVisible();
  const info = await page.evaluate(() => window.Parlor?.getCustomerInfo());
  expect(info).toMatchObject({ name: "Queued Quentin" });
  expect(await page.evaluate(() => window.Parlor?.getWindowState())).toBe("maximized");
  expect((await heard(page, "chatMaximize")).map((event) => event.detail["reason"])).toEqual([
    "api",
  ]);
});

test("opening and closing is told with its reason, once, however it happens", async ({
  page,
  openSite,
}) => {
  const visitor = await openSite({ script: noteEvents });
  await visitor.open();
  await page.keyboard.press("Escape");
  await expect(visitor.panel).toBeHidden();
  await page.evaluate(() => window.Parlor?.maximize());
  await expect(visitor.panel).toBeVisible();
  await page.evaluate(() => window.Parlor?.maximize());
  await page.evaluate(() => window.Parlor?.minimize());
  await expect(visitor.panel).toBeHidden();
  await visitor.open();
  await visitor.close();

  const opened = await heard(page, "chatMaximize");
  expect(opened.map((event) => event.detail["reason"])).toEqual(["launcher", "api", "launcher"]);
  const closed = await heard(page, "chatMinimize");
  expect(closed.map((event) => event.detail["reason"])).toEqual(["escape", "api", "button"]);
  for (const event of [...opened, ...closed]) {
    expect(event).toMatchObject({ v: 1, local: true });
    expect(event.at).toBeGreaterThan(0);
    expect(event.detail).toHaveProperty("conversationId");
  }
  for (const event of opened) expect(event.detail).toHaveProperty("view");
  for (const event of closed) expect(event.detail["openMs"]).toBeGreaterThanOrEqual(0);
  const ids = [...opened, ...closed].map((event) => event.id);
  expect(new Set(ids).size).toBe(ids.length);
});
