// Hears of it when anything that somebody wrote or sent is run, fetched, opened or asked, in any page of a browser.
import type { BrowserContext, Page } from "@playwright/test";
import { CANARY } from "../../src/server/messages/rich-text/attack-corpus.ts";

export interface CanaryWatch {
  /** What went wrong so far, on every page there was. */
  sung(): Promise<string[]>;
}

/** `isOurs`: an address that a page of ours, or the test itself, has reason to ask for. */
export async function watchForCanary(
  context: BrowserContext,
  isOurs: (url: string) => boolean,
): Promise<CanaryWatch> {
  const heard: string[] = [];
  await context.exposeFunction(
    "canary",
    (what: unknown) => void heard.push(`called: ${String(what)}`),
  );
  const watch = (page: Page) => {
    page.on("dialog", (dialog) => {
      heard.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("popup", (popup) => void heard.push(`popup: ${popup.url()}`));
  };
  for (const page of context.pages()) watch(page);
  context.on("page", watch);
  context.on("request", (request) => {
    const url = request.url();
    if (!/^(data|blob):/.test(url) && !isOurs(url)) heard.push(`request: ${url}`);
  });

  return {
    async sung() {
      const frames = context.pages().flatMap((page) => page.frames());
      const marks = await Promise.all(
        frames.map((frame) =>
          frame.evaluate((name) => (globalThis as Record<string, unknown>)[name], CANARY),
        ),
      );
      return [
        ...heard,
        ...marks.filter((mark) => mark !== undefined).map((mark) => `ran: ${JSON.stringify(mark)}`),
      ];
    },
  };
}
