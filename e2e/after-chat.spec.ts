// What a chat asks and leaves behind: choices, forms and cards, a rating, a transcript, and how it tells who looks elsewhere.
import { readFile } from "node:fs/promises";
import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";
import { attacks, CANARY } from "../src/server/messages/rich-text/attack-corpus.ts";
import { changeInbox } from "./kit/inbox-settings.ts";
import { createPoster } from "./kit/look-content.ts";
import { expectNoIssues } from "./kit/issues.ts";
import { look } from "./kit/look-away.ts";
import { standInForNotifications } from "./kit/notifications.ts";
import { aText, beginConversation, test } from "./kit/test.ts";

const choices = [
  { title: "The red one", value: "red" },
  { title: "<img src=x onerror=globalThis.parlorCanary=1>", value: "blue" },
];
const form = [
  { name: "mail", label: "Your address", type: "email", required: true },
  { name: "size", label: "Size", type: "select", options: [{ label: "Small", value: "s" }] },
];
const card = {
  title: attacks[0]?.text,
  description: attacks[2]?.text,
  actions: [{ type: "link", text: "https://bank.test", uri: "https://shop.test/chair" }],
};

const canaryOf = (page: Page) =>
  page.evaluate((name) => (globalThis as Record<string, unknown>)[name], CANARY);

test("questions are answered by keyboard, the rating reaches the desk, and the transcript is harmless", async ({
  visitor,
  agent,
  server,
}) => {
  const { post } = createPoster(server);
  await changeInbox(server, { csat_survey_enabled: true });
  try {
    await agent.signIn();
    await visitor.visit();
    await visitor.startConversation();
    const question = aText("Which chair?");
    await visitor.send(question);
    await visitor.expectSent(question);
    await agent.openConversation(question);
    const id = Number(/(\d+)\/?$/.exec(agent.page.url())?.[1]);
    const { page, thread, panel } = visitor;

    await post(id, {
      content: "Which one?",
      content_type: "input_select",
      content_attributes: { items: choices },
    });
    const red = thread.getByRole("button", { name: "The red one" });
    await red.focus();
    await page.keyboard.press("Enter");
    await expect(red).toHaveAttribute("aria-pressed", "true");
    await expect(red).toBeFocused();
    await expect(agent.thread.getByText("Answer: The red one")).toBeVisible();

    await post(id, {
      content: "Details",
      content_type: "form",
      content_attributes: { items: form },
    });
    const address = thread.getByRole("textbox", { name: "Your address" });
    await address.fill("nobody");
    await page.keyboard.press("Enter");
    await expect(address).toHaveAttribute("aria-invalid", "true");
    await expect(address).toHaveAccessibleDescription("This is no e-mail address.");
    await expect(address).toBeFocused();
    await address.fill("vera@example.com");
    await thread.getByRole("combobox", { name: "Size" }).selectOption("Small");
    await thread.getByRole("button", { name: "Send" }).click();
    await expect(thread.getByText("Thank you. This is what you have sent:")).toBeVisible();
    await expect(agent.thread.getByText("vera@example.com")).toBeVisible();

    await post(id, {
      content: "Look",
      content_type: "cards",
      content_attributes: { items: [card] },
    });
    const link = thread.getByRole("link", { name: /bank\.test/ });
    await expect(link).toHaveAttribute("href", "https://shop.test/chair");
    await expect(link).toContainText("shop.test");
    await expectNoIssues(page);
    // On a phone that is turned, its end stays in sight.
    const wide = page.viewportSize();
    await page.setViewportSize({ width: 360, height: 740 });
    await expect(link).toBeInViewport();
    await expect(panel.getByRole("button", { name: "Jump to latest" })).toHaveCount(0);

    await page.getByRole("button", { name: "More options" }).click();
    const save = panel.getByRole("button", { name: "Save as web page" });
    // Each of its items is one line, within the page.
    expect((await save.boundingBox())?.height).toBeLessThan(48);
    expect((await save.boundingBox())?.x).toBeGreaterThan(0);
    await expectNoIssues(page);
    if (wide) await page.setViewportSize(wide);
    const downloading = page.waitForEvent("download");
    await save.click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe(`conversation-${id}.html`);
    const html = await readFile(await download.path(), "utf8");
    expect(html).toContain("The red one");
    const file = await page.context().newPage();
    await file.setContent(html);
    await expect(file.getByRole("heading", { name: /^Conversation/ })).toBeVisible();
    expect(await canaryOf(file)).toBeUndefined();
    await page.keyboard.press("Escape");

    await page.evaluate(() => {
      const told: unknown[] = [];
      Object.assign(globalThis, { told });
      addEventListener("parlor:csat-submit", (event) => told.push((event as CustomEvent).detail));
    });
    await agent.leaveComposer();
    await agent.resolve();
    const faces = thread.getByRole("group", { name: "How was your conversation?" });
    await expect(faces.getByRole("radio")).toHaveCount(5);
    await faces.getByRole("radio", { name: "Good", exact: true }).click();
    await expect(thread.getByText("Thank you for your rating.")).toBeVisible();
    await thread.getByRole("textbox", { name: /Tell us more/ }).fill("Quick <b>answer</b>");
    await thread.getByRole("button", { name: "Send comment" }).click();
    await expect(thread.getByText("Thank you for telling us.")).toBeVisible();
    await expect(agent.thread.getByText("Rated 4 of 5")).toBeVisible();
    await expect(agent.thread.getByText("Quick <b>answer</b>")).toBeVisible();
    const told = await page.evaluate(() => (globalThis as unknown as { told: unknown[] }).told);
    expect(told).toHaveLength(2);
    expect(JSON.stringify(told)).toContain('"rating":4');
    for (const one of [page, agent.page]) expect(await canaryOf(one)).toBeUndefined();
  } finally {
    await changeInbox(server, { csat_survey_enabled: false });
  }
});

test("a hidden page says in its title that somebody wrote, and has its own title back when it is seen", async ({
  visitor,
  agent,
}) => {
  await beginConversation(visitor, agent, "Are you there?");
  const { page, panel } = visitor;
  const menu = page.getByRole("button", { name: "More options" });
  await menu.click();
  const sound = panel.getByRole("button", { name: "Sound for new messages" });
  await expect(sound).toHaveAttribute("aria-pressed", "false");
  await sound.click();
  await expect(sound).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("Escape");
  await expect(sound).toBeHidden();
  await expect(menu).toBeFocused();

  const title = await page.title();
  await look(page, "hidden");
  await agent.reply(aText("I am."));
  await expect(page).toHaveTitle(/ has written$/);
  await look(page, "visible");
  await expect(page).toHaveTitle(title);

  // The chat comes back where it was, and the visitor's wish with it.
  await page.reload();
  await menu.click();
  await expect(sound).toHaveAttribute("aria-pressed", "true");
});

test("notifications are the visitor's choice: nothing without an answer, words where they are blocked, and one that leads back", async ({
  visitor,
  agent,
}) => {
  const { page, panel } = visitor;
  const { answer, shown, press } = await standInForNotifications(page);
  await beginConversation(visitor, agent, "Will you call me?");
  await page.getByRole("button", { name: "More options" }).click();
  const wish = panel.getByRole("button", { name: "Notifications" });
  const blocked = panel.getByText(/^Your browser blocks notifications/);

  await wish.click();
  await expect(wish).toHaveAttribute("aria-pressed", "false");
  await expect(blocked).toBeHidden();
  await answer("denied");
  await wish.click();
  await expect(blocked).toBeVisible();
  await expect(wish).toHaveAttribute("aria-pressed", "false");
  await expectNoIssues(page);
  await answer("granted");
  await wish.click();
  await expect(wish).toHaveAttribute("aria-pressed", "true");
  await expect(blocked).toBeHidden();

  await page.keyboard.press("Escape");
  const first = aText("I am looking for you.");
  // Whoever looks is not told.
  await page.bringToFront();
  await agent.reply(first);
  await visitor.expectReply(first, "Administrator");
  expect(await shown()).toEqual([]);
  await visitor.close();
  await look(page, "hidden");
  const second = aText("Are you still there?");
  await agent.reply(second);
  await expect.poll(shown).toEqual([{ title: "Administrator has written", body: second }]);
  await look(page, "visible");
  await press();
  await expect(panel).toBeVisible();
  await visitor.expectMessage(second);

  await page.getByRole("button", { name: "More options" }).click();
  await wish.click();
  await expect(wish).toHaveAttribute("aria-pressed", "false");
  await visitor.close();
  await look(page, "hidden");
  await agent.reply(aText("Never mind."));
  await visitor.expectUnread(1);
  expect(await shown()).toHaveLength(1);
});
