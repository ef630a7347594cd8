// Host pages as a widget fears them, each in every browser that Playwright drives here.
import { playwrightBrowser } from "./kit/host-browser.ts";
import { hostilePages, promiseOf } from "./kit/hostile-pages.ts";
import { expectHarmless } from "./kit/hostile-visit.ts";
import { test } from "./kit/test.ts";

for (const hostile of hostilePages) {
  test(promiseOf(hostile), async ({ page, server }) => {
    await expectHarmless(await playwrightBrowser(page, server.url), hostile, server);
  });
}
