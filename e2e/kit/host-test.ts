// `test` for pages of somebody else: each test serves its own.
import type { Page } from "@playwright/test";
import { chatPage, chatPageWithScript, serveHostPage } from "./host-page.ts";
import type { HostPage, HostPageOptions } from "./host-page.ts";
import { test as base } from "./test.ts";
import { createVisitor } from "./visitor.ts";
import type { Visitor } from "./visitor.ts";

export interface SiteOptions extends Pick<HostPageOptions, "policy"> {
  /** The page gives them before the chat's script comes. */
  settings?: object;
  /** A script of the page's own, which comes before the chat's. */
  script?: string;
  /** What is opened of it. */
  path?: string;
  /** False where the chat is not to become ready, or not yet. */
  becomesReady?: boolean;
}

interface Fixtures {
  serve: (options: Omit<HostPageOptions, "serverUrl">) => Promise<HostPage>;
  visitorOf: (page: Page, host: HostPage) => Visitor;
  /** Serves a page with the documented tag and opens it; answers its visitor when the chat is ready. */
  openSite: (options?: SiteOptions) => Promise<Visitor & { host: HostPage }>;
  /** Opens it in one more tab of the same browser, when the chat is ready. */
  openTabOf: (host: HostPage) => Promise<Visitor>;
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
  openTabOf: async ({ context, visitorOf }, use) => {
    await use(async (host) => {
      const page = await context.newPage();
      await page.goto(host.url);
      await page.evaluate(() => window.Parlor?.ready);
      return visitorOf(page, host);
    });
  },
  openSite: async ({ page, server, serve, visitorOf }, use) => {
    await use(async ({ settings, script, path = "", becomesReady = true, ...options } = {}) => {
      const own = settings ? `window.Parlor = [${JSON.stringify(settings)}];` : script;
      const html = (nonce: string) =>
        own === undefined ? chatPage(server, nonce) : chatPageWithScript(server, own, nonce);
      const host = await serve({ html, ...options });
      await page.goto(host.url + path);
      if (becomesReady) await page.evaluate(() => window.Parlor?.ready);
      return { ...visitorOf(page, host), host };
    });
  },
});
