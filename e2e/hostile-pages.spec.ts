// Host pages as a widget fears them, each in every browser at hand: the chat works, or stays away without a word.
import type { Frame, Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { createParlorPage } from "../src/sdk/testing/parlor-page.ts";
import { callParlor } from "./kit/call-parlor.ts";
import { hostilePages, traceHost } from "./kit/hostile-pages.ts";
import type { HostilePage } from "./kit/hostile-pages.ts";
import { signInTestAgent } from "./kit/test-agent.ts";
import { aText, test } from "./kit/test.ts";
import { watchPage } from "./kit/watch.ts";

/** Opens it; answers the document that has the chat's tag. */
async function visit(page: Page, url: string, { name, isFramed }: HostilePage) {
  await page.goto(`${url}/demo/hostile/${name}.html`);
  if (!isFramed) return page.mainFrame();
  const element = await page.locator("iframe").elementHandle();
  const frame = await element?.contentFrame();
  if (!frame) throw new Error(`${name} has no frame`);
  return frame;
}

const isReady = (frame: Frame) =>
  frame.waitForFunction(() => window.Parlor?.ready?.then(() => true));

for (const hostile of hostilePages) {
  const does = hostile.isUnseen ? "the chat stays away quietly" : "the chat works";
  test(`${does} ${hostile.says}`, async ({ page, server }) => {
    const watch = await watchPage(page);
    await page.route("**/widget.js*", (route) =>
      route.fulfill({ contentType: "text/javascript", body: "" }),
    );
    const bare = await visit(page, server.url, hostile);
    const before = await bare.evaluate(traceHost);
    await page.unroute("**/widget.js*");

    const frame = await visit(page, server.url, hostile);
    const chat = createParlorPage(page, { frame });
    await isReady(frame);
    await expect(chat.widget).toHaveCount(1);
    const standing = await frame.evaluate(traceHost);
    expect(standing.globals.filter((name) => !before.globals.includes(name))).toEqual(["Parlor"]);
    expect(standing.layout).toBe(before.layout);

    if (hostile.isUnseen) {
      expect(await callParlor(frame, "maximize")).toBe("maximized");
      await expect(chat.panel).toBeHidden();
    } else {
      await expect(chat.launcher).toBeInViewport({ ratio: 1 });
      const box = await chat.launcher.boundingBox();
      expect(box?.width).toBeGreaterThanOrEqual(56);
      const isLeft = (box?.x ?? 0) < 100;
      expect(isLeft).toBe(hostile.name === "right-to-left");

      const agent = await signInTestAgent(server);
      const question = aText("Is anybody there?");
      const answer = aText("Yes.");
      await chat.send(question);
      await chat.expectSent(question);
      await agent.answer(question, answer);
      await chat.expectReply(answer, server.agentName);
      await chat.close();
    }

    expect(watch.complaints).toEqual([]);
    // A frame is painted before its style sheet has come: there, the layout's comparison must do.
    const shift = hostile.isFramed ? expect.any(Number) : 0;
    expect(await frame.evaluate(() => globalThis.noted)).toEqual({ violations: [], shift });
    await callParlor(frame, "destroy");
    expect(await frame.evaluate(traceHost)).toEqual(before);
    await expect(chat.widget).toHaveCount(0);
    expect(watch.complaints).toEqual([]);
  });
}
