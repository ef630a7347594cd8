// The thread as its reader meets it again: where reading begins, what lies far back, what does not come, and the
// keyboard on a phone.
import { expect } from "@playwright/test";
import { callParlor } from "./kit/call-parlor.ts";
import { scrollThrough } from "./kit/scroll-through.ts";
import { aText, test } from "./kit/test.ts";
import type { Visitor } from "./kit/visitor.ts";

const HISTORY = 236;
/** So many are sent at once; in which order they come does not matter. */
const AT_ONCE = 26;
const NEWS = 12;
/** 200 messages of a few elements each, and what is around them. */
const ELEMENTS_MAX = 2_000;

const answer = (number: number) =>
  `Answer ${number}, with a second line so that it has some height\nto it`;

async function conversationOf({ page }: Visitor): Promise<number> {
  const [latest] = (await callParlor(page, "listConversations")) as { id: number }[];
  return latest?.id ?? 0;
}

test("a thread opens where what is new begins, its history comes without a jump, and says so when it does not come", async ({
  newVisitor,
  server,
}) => {
  test.setTimeout(90_000);
  const visitor = await newVisitor({ viewport: { width: 1_280, height: 720 } });
  const { page, panel, thread } = visitor;
  const needle = aText("A needle");
  await visitor.visit();
  await visitor.startConversation();
  await visitor.send(needle);
  await visitor.expectSent(needle);
  const id = await conversationOf(visitor);
  await server.reply(id, answer(1));
  for (let number = 2; number < HISTORY; number += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, HISTORY - number) }, (_, i) => number + i);
    await Promise.all(some.map((one) => server.reply(id, answer(one))));
  }
  await server.reply(id, answer(HISTORY));
  await expect(visitor.message(answer(HISTORY))).toBeInViewport();
  await visitor.close();

  await test.step("what is new", async () => {
    for (let number = HISTORY + 1; number <= HISTORY + NEWS; number += 1) {
      await server.reply(id, answer(number));
    }
    await visitor.expectUnread(NEWS);
    await visitor.open();
    await expect(thread.getByText("New messages", { exact: true })).toBeInViewport();
    await expect(visitor.message(answer(HISTORY + 1))).toBeInViewport();
    await expect(visitor.message(answer(HISTORY + NEWS))).not.toBeInViewport();
    const pill = panel.getByRole("button", { name: `${NEWS} new messages` });
    await pill.click();
    await expect(visitor.message(answer(HISTORY + NEWS))).toBeInViewport();
    await expect(pill).toBeHidden();
    await expect(visitor.composer).toBeFocused();
  });

  await test.step("history that does not come", async () => {
    await page.reload();
    await expect(visitor.message(answer(HISTORY + NEWS))).toBeInViewport();
    await expect(thread.getByText("New messages", { exact: true })).toHaveCount(0);
    let asked = 0;
    const pages = /\/messages\?before=/;
    await page.route(pages, (route) => {
      asked += 1;
      return route.fulfill({ status: 500, json: { error: "no", code: "internal" } });
    });
    await thread.evaluate((log) => (log.scrollTop = 0));
    const again = thread.getByRole("button", { name: "Try again" });
    await expect(again).toBeVisible();
    await server.reply(id, "Something else meanwhile");
    await visitor.expectMessage("Something else meanwhile");
    await thread.evaluate((log) => (log.scrollTop = 60));
    await thread.evaluate((log) => (log.scrollTop = 0));
    await expect(again).toBeVisible();
    expect(asked).toBe(1);
    await page.unroute(pages);
    await again.click();
    await expect(again).toBeHidden();
  });

  await test.step("all of it", async () => {
    const scrolled = await thread.evaluate(scrollThrough, 400);
    await expect(visitor.message(needle)).toBeInViewport();
    expect(scrolled.jumps).toBe(0);
    expect(scrolled.elementsMax).toBeLessThan(ELEMENTS_MAX);
  });

  await test.step("a message far back", async () => {
    await page.reload();
    await expect(visitor.message("Something else meanwhile")).toBeInViewport();
    await panel.getByRole("button", { name: "Back" }).click();
    await panel.getByRole("searchbox").fill(needle);
    await panel.getByRole("listitem").getByRole("button").filter({ hasText: needle }).click();
    await expect(visitor.message(needle)).toBeInViewport();
    await expect(visitor.message(answer(1))).toBeInViewport();
    await expect(visitor.message(answer(HISTORY))).toHaveCount(0);
    await panel.getByRole("button", { name: "Jump to latest" }).click();
    await expect(visitor.message("Something else meanwhile")).toBeInViewport();
  });
});

test("on a phone Tab stays in the chat both ways round, with conversations behind a fold", async ({
  newVisitor,
}) => {
  const visitor = await newVisitor({ viewport: { width: 360, height: 740 } });
  const { page, panel } = visitor;
  await visitor.visit();
  await visitor.startConversation();
  await visitor.send(aText("An old matter"));
  await panel.getByRole("button", { name: "More options" }).click();
  await panel.getByRole("button", { name: "End chat" }).click();
  await panel.getByRole("button", { name: "New conversation" }).click();
  await visitor.send(aText("A new matter"));
  await expect(panel.getByText("Sent", { exact: false })).toBeVisible();
  await panel.getByRole("button", { name: "Back" }).click();
  const fold = panel.getByText("Closed (1)");
  await expect(fold).toBeVisible();
  /** What of the chat has the focus, or nothing. */
  const focused = () =>
    page.evaluate(() => {
      const { activeElement } = document.activeElement?.shadowRoot ?? {};
      return activeElement ? (activeElement.ariaLabel ?? activeElement.textContent) : null;
    });
  for (const key of ["Tab", "Shift+Tab"]) {
    const stops: (string | null)[] = [];
    for (let press = 0; press < 14; press += 1) {
      await page.keyboard.press(key);
      stops.push(await focused());
    }
    expect(stops).not.toContain(null);
    expect(stops).toEqual(expect.arrayContaining(["Close chat", "Closed (1)"]));
    // Round and round, and nothing that the fold hides.
    expect(new Set(stops).size).toBeLessThan(8);
    expect(stops.join()).not.toContain("An old matter");
  }
  await fold.click();
  await page.keyboard.press("Tab");
  expect(await focused()).toContain("An old matter");
  await page.keyboard.press("Tab");
  expect(await focused()).toBe("Close chat");
});
