// Host pages as a widget fears them, each in WebKit.
import { findWebKit } from "../scripts/browser.ts";
import { driverBrowser } from "./kit/driver-browser.ts";
import { hostilePages, promiseOf } from "./kit/hostile-pages.ts";
import { expectHarmless } from "./kit/hostile-visit.ts";
import { test as base } from "./kit/test.ts";
import { serveWatched } from "./kit/watched-site.ts";
import type { WatchedSite } from "./kit/watched-site.ts";
import type { WebDriver } from "./kit/webdriver.ts";
import { startWebKit } from "./kit/webkit.ts";

const test = base.extend<{ site: WatchedSite }, { webkit: WebDriver }>({
  webkit: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from it what a fixture needs.
    async ({}, use) => {
      const choice = findWebKit();
      if (!choice) throw new Error("there is no WebKit here");
      const webkit = await startWebKit(choice);
      await use(webkit.driver);
      await webkit.stop();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  // An origin of its own for each test: nothing lies there of the one before.
  site: async ({ server }, use) => {
    const site = await serveWatched(server.url);
    await use(site);
    await site.stop();
  },
});

for (const hostile of hostilePages) {
  test(promiseOf(hostile), async ({ webkit, site, server }) => {
    await webkit.deleteCookies();
    await expectHarmless(driverBrowser(webkit, site), hostile, server);
  });
}
