// What is expected on every hostile page, in every browser: the chat works, or stays away without a word.
import { expect } from "@playwright/test";
import type { HostBrowser } from "./host-browser.ts";
import { traceGlobals, traceLayout } from "./hostile-pages.ts";
import type { HostilePage } from "./hostile-pages.ts";
import type { Server } from "./server.ts";
import { createTestAgent } from "../../src/sdk/testing/test-agent.ts";
import { aText } from "./test.ts";

async function trace(browser: HostBrowser) {
  return {
    globals: (await browser.evaluate(traceGlobals)).split(" "),
    layout: await browser.evaluate(traceLayout),
    // A page may have reasons of its own to complain; the chat adds none.
    complaints: await browser.complaints(),
    violations: await browser.evaluate(() => globalThis.noted?.violations.join("\n") ?? ""),
  };
}

/** Calls a method of window.Parlor that takes nothing. */
const call = (browser: HostBrowser, method: "maximize" | "destroy") =>
  browser.evaluate(async (name) => {
    const methods = window.Parlor as unknown as Record<string, () => Promise<unknown>>;
    return String(await methods[name]?.());
  }, method);

const layoutShift = async (browser: HostBrowser) =>
  Number(await browser.evaluate(() => String(globalThis.noted?.shift)));

/** Somebody asks and is answered. */
async function converse({ chat }: HostBrowser, server: Server): Promise<void> {
  const agent = createTestAgent(server.access);
  const question = aText("Is anybody there?");
  const answer = aText("Yes.");
  await chat.send(question);
  await chat.expectSent(question);
  await agent.answer(question, answer);
  await chat.expectReply(answer, server.agentName);
  await chat.close();
}

export async function expectHarmless(
  browser: HostBrowser,
  hostile: HostilePage,
  server: Server,
): Promise<void> {
  const { chat } = browser;
  await browser.visit(hostile, { isBare: true });
  const before = await trace(browser);

  await browser.visit(hostile);
  await browser.evaluate(() => window.Parlor?.ready.then(() => "") ?? "");
  const standing = await trace(browser);
  expect(standing.globals.filter((name) => !before.globals.includes(name))).toEqual(["Parlor"]);
  expect(standing.layout).toBe(before.layout);

  if (hostile.isUnseen) {
    expect(await call(browser, "maximize")).toBe("maximized");
    await chat.expectNotDrawn();
  } else {
    await chat.expectLauncherInSight();
    const box = await chat.launcherBox();
    expect(box.width).toBeGreaterThanOrEqual(56);
    expect(box.x < 100).toBe(hostile.name === "right-to-left");
    await converse(browser, server);
  }

  // A frame is painted before its style sheet has come: there, the layout's comparison must do.
  expect(await layoutShift(browser)).toEqual(hostile.isFramed ? expect.any(Number) : 0);
  await call(browser, "destroy");
  expect(await trace(browser)).toEqual(before);
  await chat.expectGone();
}
