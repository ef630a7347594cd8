// Looking at another tab, as a page hears of it: no test can bring a headless browser to the back.
import type { Page } from "@playwright/test";

/** The page is looked at from now on, or not. */
export const look = (page: Page, state: "visible" | "hidden"): Promise<void> =>
  page.evaluate((now) => {
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => now });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);
