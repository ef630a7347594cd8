// A visitor of this project's own pages: what `parlor/testing` gives every site, and the way here.
import { expect } from "@playwright/test";
import type { Locator, Page } from "@playwright/test";
import { createParlorPage } from "../../src/sdk/testing/parlor-page.ts";
import type { ParlorPage } from "../../src/sdk/testing/parlor-page.ts";
import { tabTo } from "./keyboard.ts";

export interface Visitor extends ParlorPage {
  /** Opens a page of the shop. */
  visit(path?: string): Promise<void>;
  tabTo(target: Locator): Promise<void>;
}

export function createVisitor(page: Page, serverUrl: string): Visitor {
  const chat = createParlorPage(page);
  return {
    ...chat,
    async visit(path = "/demo/") {
      await page.goto(serverUrl + path);
      await expect(chat.launcher).toBeVisible();
    },
    tabTo: (target) => tabTo(page, target),
  };
}
