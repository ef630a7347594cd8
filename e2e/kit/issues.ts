// What axe has to say against a page.
import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";
import axe from "axe-core";
import type { AxeResults, RunOptions } from "axe-core";

declare global {
  interface Window {
    axe: typeof axe;
  }
}

/** Half of the time goes into what is in order, and into style sheets, which only two rules of video and print read. */
const quick: RunOptions = { resultTypes: ["violations"], preload: false };

/** Each rule with where it is broken, open shadow roots included. */
async function findIssues(page: Page, options: RunOptions): Promise<string[]> {
  if (await page.evaluate(() => !("axe" in window))) await page.evaluate(axe.source);
  const results = await page.evaluate(
    (options): Promise<AxeResults> => window.axe.run(document, options),
    { ...quick, ...options },
  );
  return results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}: ${JSON.stringify(node.target)} ${node.failureSummary}`),
  );
}

/** Colours in the middle of a change are nobody's colours. */
export async function expectNoIssues(page: Page, options: RunOptions = {}): Promise<void> {
  await page.evaluate(() =>
    Promise.allSettled(document.getAnimations().map((animation) => animation.finished)),
  );
  // Softly, so that one run tells of every view.
  expect.soft(await findIssues(page, options)).toEqual([]);
}

const countTransitions = (page: Page): Promise<number> =>
  page.evaluate(
    () => document.getAnimations().filter((one) => one instanceof CSSTransition).length,
  );

export async function expectNoIssuesInBothSchemes(page: Page): Promise<void> {
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    // Who wants no motion is shown no fading, however short: half of it is neither scheme.
    expect.soft(await countTransitions(page)).toBe(0);
    await expectNoIssues(page);
  }
}
