// A browser on a host page, whoever drives it: what the tests of hostile pages ask of one.
import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";
import { createParlorPage } from "../../src/sdk/testing/parlor-page.ts";
import type { ParlorPage } from "../../src/sdk/testing/parlor-page.ts";
import type { HostilePage } from "./hostile-pages.ts";
import { watchPage } from "./watch.ts";
import type { Box } from "./webdriver.ts";

/** The chat as its visitor has it. */
export type HostChat = Pick<ParlorPage, "send" | "expectSent" | "expectReply" | "close"> & {
  expectLauncherInSight(): Promise<void>;
  launcherBox(): Promise<Box>;
  expectNotDrawn(): Promise<void>;
  expectGone(): Promise<void>;
};

export interface HostBrowser {
  /** Opens it, and goes into its frame where the chat is in one; without the chat's script if so wanted. */
  visit(hostile: HostilePage, options?: { isBare: boolean }): Promise<void>;
  /** Runs in the document that has the chat's tag. */
  evaluate(run: (given: string) => string | Promise<string>, given?: string): Promise<string>;
  /** What the page's owner could find in the console since the last visit began. */
  complaints(): Promise<string[]>;
  chat: HostChat;
}

export const addressOf = (serverUrl: string, { name }: HostilePage) =>
  `${serverUrl}/demo/hostile/${name}.html`;

/** Must be made before the page is opened. */
export async function playwrightBrowser(page: Page, serverUrl: string): Promise<HostBrowser> {
  const { complaints } = await watchPage(page);
  const script = "**/widget.js*";
  let frame = page.mainFrame();
  const parlor = () => createParlorPage(page, { frame });

  return {
    async visit(hostile, { isBare } = { isBare: false }) {
      complaints.length = 0;
      if (isBare) {
        await page.route(script, (route) =>
          route.fulfill({ contentType: "text/javascript", body: "" }),
        );
      }
      await page.goto(addressOf(serverUrl, hostile));
      if (isBare) await page.unroute(script);
      const element = hostile.isFramed && (await page.locator("iframe").elementHandle());
      frame = (element && (await element.contentFrame())) || page.mainFrame();
    },
    evaluate: (run, given = "") => frame.evaluate(run, given),
    complaints: () => Promise.resolve([...complaints]),
    chat: {
      send: (text) => parlor().send(text),
      expectSent: (text) => parlor().expectSent(text),
      expectReply: (text, name) => parlor().expectReply(text, name),
      close: () => parlor().close(),
      expectLauncherInSight: () => expect(parlor().launcher).toBeInViewport({ ratio: 1 }),
      async launcherBox() {
        const box = await parlor().launcher.boundingBox();
        if (!box) throw new Error("the launcher is not drawn");
        return box;
      },
      async expectNotDrawn() {
        await expect(parlor().panel).toBeHidden();
      },
      expectGone: () => expect(parlor().widget).toHaveCount(0),
    },
  };
}
