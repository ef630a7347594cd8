// Moving the focus as somebody without a mouse does.
import type { Locator, Page } from "@playwright/test";

const STEPS_MAX = 120;

/** Presses Tab, or another key, until the target has the focus; throws when it never gets it. */
export async function tabTo(page: Page, target: Locator, key = "Tab"): Promise<void> {
  for (let step = 0; step < STEPS_MAX; step += 1) {
    const isFocused = await target.evaluate(
      (element) => (element.getRootNode() as Document | ShadowRoot).activeElement === element,
    );
    if (isFocused) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${STEPS_MAX} times ${key} do not reach ${String(target)}`);
}
