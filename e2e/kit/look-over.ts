// What every view of the chat keeps, whatever it shows: nothing reaches over its edges, nothing is too small to tap.
import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";

/** What is wrong with the open chat as it stands, in words. */
async function findFaults(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const TARGET_PX = 44;
    const SLACK_PX = 0.6;
    const root = document.querySelector("parlor-widget")?.shadowRoot;
    const view = root?.querySelector(".viewer") ?? root?.querySelector(".panel.open") ?? root;
    if (!view) return ["there is no chat"];
    const faults: string[] = [];
    const nameOf = (element: Element) =>
      `${element.tagName.toLowerCase()}.${element.className} “${(element.getAttribute("aria-label") ?? element.textContent ?? "").trim().slice(0, 30)}”`;
    const isSeen = (element: Element) =>
      element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) &&
      !element.closest(".hidden");
    const edges = (
      view === root ? document.documentElement : (view as Element)
    ).getBoundingClientRect();

    for (const element of view.querySelectorAll(
      "button,select,summary,textarea,input,a,label:has([type=radio])",
    )) {
      if (!isSeen(element)) continue;
      // Within a sentence, a link is as high as its line.
      if (element.matches(".bubble a, .link + a, [type=file]")) continue;
      const { left, right, width, height } = (
        element.matches("[type=checkbox],[type=radio]")
          ? (element.closest("label, .tick") ?? element)
          : element
      ).getBoundingClientRect();
      if (Math.min(width, height) < TARGET_PX - SLACK_PX) {
        faults.push(`${nameOf(element)} is ${Math.round(width)} × ${Math.round(height)}`);
      }
      if (element.closest(".emoji-tabs")) continue;
      if (left < edges.left - SLACK_PX || right > edges.right + SLACK_PX) {
        faults.push(`${nameOf(element)} reaches over the edge`);
      }
    }
    for (const element of view.querySelectorAll(
      ".view,.log,.body,.before,.emoji-list,.tray,.items,.bubble,.hero,.bar",
    )) {
      if (isSeen(element) && element.scrollWidth > element.clientWidth + 1) {
        faults.push(`${nameOf(element)} is wider inside than outside`);
      }
    }
    if (document.documentElement.scrollWidth > innerWidth + 1)
      faults.push("the page scrolls sideways");
    return faults;
  });
}

/** Softly, so that one run tells of every view. */
export async function expectInOrder(page: Page, where: string): Promise<void> {
  expect.soft(await findFaults(page), where).toEqual([]);
}

/** Nothing moves for somebody who wants that nothing does. */
export async function expectStill(page: Page): Promise<void> {
  const moving = await page.evaluate(() => {
    const trees = [document, document.querySelector("parlor-widget")?.shadowRoot];
    const all = trees.flatMap((tree) => tree?.getAnimations() ?? []);
    return all.filter(({ playState }) => playState === "running").length;
  });
  expect(moving).toBe(0);
}
