// `test` for pages of somebody else: each test serves its own.
import type { Page } from "@playwright/test";
import { serveHostPage } from "./host-page.ts";
import type { HostPage, HostPageOptions } from "./host-page.ts";
import { test as base } from "./test.ts";
import { createVisitor } from "./visitor.ts";
import type { Visitor } from "./visitor.ts";

interface Fixtures {
  serve: (options: Omit<HostPageOptions, "serverUrl">) => Promise<HostPage>;
  visitorOf: (page: Page, host: HostPage) => Visitor;
}

export const test = base.extend<Fixtures>({
  serve: async ({ server }, use) => {
    const pages: HostPage[] = [];
    await use(async (options) => {
      const page = await serveHostPage({ ...options, serverUrl: server.url });
      pages.push(page);
      return page;
    });
    for (const page of pages) await page.stop();
  },
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads from it what a fixture needs.
  visitorOf: async ({}, use) => {
    await use((page, host) => createVisitor(page, host.url.replace(/\/$/, "")));
  },
});
