// End-to-end tests: real browsers against the built server (`npm run build` first).
import { defineConfig, devices } from "@playwright/test";
import { findBrowser } from "./scripts/browser.ts";

const { args, ...browser } = findBrowser("chromium") ?? { args: [] };

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  // Two cores carry two servers, two databases and their browsers; more would only wait for each other.
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env["CI"]),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: "list",
  use: {
    ...devices["Desktop Chrome"],
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    launchOptions: { ...browser, args },
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
  },
});
