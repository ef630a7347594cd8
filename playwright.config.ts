// End-to-end tests: real browsers against the built server (`npm run build` first).
import { defineConfig, devices } from "@playwright/test";
import { findBrowser, findWebKit } from "./scripts/browser.ts";
import { useQuickFolder } from "./scripts/quick-folder.ts";

const { args, ...browser } = findBrowser("chromium") ?? { args: [] };
const firefox = findBrowser("firefox");
/** What is asked of Firefox, too. */
const inFirefox = ["hostile-pages.spec.ts", "single-page.spec.ts", "share-links.spec.ts"];
/** The first of these, in a browser that Playwright does not drive. */
const inWebKit = "hostile-pages.webkit.spec.ts";

useQuickFolder();

export default defineConfig({
  testDir: "e2e",
  testMatch: "*.spec.ts",
  globalSetup: "./e2e/kit/global-setup.ts",
  outputDir: "test-results",
  snapshotPathTemplate: "{testDir}/looks/{arg}{ext}",
  // Two cores carry two servers, two databases and their browsers; more would only wait for each other.
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env["CI"]),
  timeout: 60_000,
  // A busy machine may fail a test once; the report names it as flaky, and flaky is to be mended.
  retries: 1,
  expect: { timeout: 10_000 },
  reporter: "list",
  use: {
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    // Filming each test would cost more than the tests themselves.
    trace: { mode: "retain-on-failure", screenshots: false, sources: false },
    screenshot: "only-on-failure",
  },
  projects: [
    {
      name: "chromium",
      testIgnore: inWebKit,
      use: { ...devices["Desktop Chrome"], launchOptions: { ...browser, args } },
    },
    ...(firefox
      ? [
          {
            name: "firefox",
            testMatch: inFirefox,
            use: { ...devices["Desktop Firefox"], launchOptions: firefox },
          },
        ]
      : []),
    ...(findWebKit() ? [{ name: "webkit", testMatch: inWebKit }] : []),
  ],
});
