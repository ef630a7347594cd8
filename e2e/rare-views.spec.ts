// Views that come and go: each is looked over by axe in both schemes, by size and by edge, and told as assistive
// technology hears it; then in forced colours, where a background says nothing.
import { expect } from "@playwright/test";
import type { Locator } from "@playwright/test";
import sharp from "sharp";
import { aPicture } from "../src/server/attachments/test-files.ts";
import { changeInbox } from "./kit/inbox-settings.ts";
import { expectNoIssuesInBothSchemes } from "./kit/issues.ts";
import { createPoster } from "./kit/look-content.ts";
import { expectInOrder, expectStill } from "./kit/look-over.ts";
import { aText, test } from "./kit/test.ts";

/** Whether something can be told from what is around it: a picture of one colour shows nothing. */
async function expectToBeSeen(thing: Locator): Promise<void> {
  const { channels } = await sharp(await thing.screenshot()).stats();
  expect(Math.max(...channels.map(({ stdev }) => stdev)), String(thing)).toBeGreaterThan(4);
}

test("every view that comes and goes is in order: search, files, viewer, failures, jump", async ({
  newVisitor,
  server,
}) => {
  const visitor = await newVisitor({
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    reducedMotion: "reduce",
  });
  const { page, panel, thread, composer } = visitor;
  async function look(view: string): Promise<void> {
    await expectInOrder(page, view);
    await expectStill(page);
    await expectNoIssuesInBothSchemes(page);
  }
  const { agent, post, agentId } = createPoster(server);
  await changeInbox(server, { csat_survey_enabled: true });
  try {
    await visitor.visit();
    await visitor.startConversation();
    const picker = panel.locator("input[type=file]");
    await picker.setInputFiles([
      { name: "shelf.png", mimeType: "image/png", buffer: await aPicture("png", 80, 60) },
      { name: "empty.txt", mimeType: "text/plain", buffer: Buffer.alloc(0) },
    ]);
    const tray = panel.getByRole("list", { name: "Files to send" });
    await expect(tray.getByText("This file is empty.")).toBeVisible();
    await expect(tray.getByText("Ready to send")).toHaveCount(1);
    await expect(tray).toMatchAriaSnapshot(`
      - list "Files to send":
        - listitem:
          - text: /shelf.png/
          - button "Remove shelf.png"
        - listitem:
          - text: /empty.txt/
          - button "Remove empty.txt"
    `);
    await look("tray");
    // A camera of a phone writes what the picker then takes.
    await expect(panel.getByRole("button", { name: "Take a photo" })).toBeVisible();
    const choosing = page.waitForEvent("filechooser");
    await panel.getByRole("button", { name: "Take a photo" }).tap();
    await choosing;
    await expect(picker).toHaveAttribute("capture", "environment");
    await expect(picker).toHaveAttribute("accept", "image/*");
    await tray.getByRole("button", { name: "Remove empty.txt" }).tap();
    const question = aText("Is this the shelf?");
    await visitor.send(question);
    await visitor.expectSent(question);
    const { id } = await agent.waitForMessage(question);

    await thread.getByRole("button", { name: "Open picture shelf.png" }).tap();
    await expect(page.getByRole("dialog", { name: "Picture" })).toBeVisible();
    await expect(page.getByRole("dialog", { name: "Picture" })).toMatchAriaSnapshot(`
      - dialog "Picture":
        - img "shelf.png"
        - link "Download"
        - button "Close picture"
    `);
    await look("viewer");
    await page.getByRole("button", { name: "Close picture" }).tap();

    await agent.assign(id, agentId);
    await post(id, { content: "Where may we write?", content_type: "input_email" });
    await expect(thread.getByRole("textbox", { name: "Your e-mail address" })).toBeVisible();
    await look("e-mail form");

    for (let count = 0; count < 6; count += 1)
      await agent.reply(id, `${count} ${"word ".repeat(60)}`);
    await expect(thread.getByText(/^5 word/)).toBeVisible();
    // What is drawn in the frame of the scrolling takes a reader who was at the end along: he scrolls on.
    await expect(async () => {
      await thread.evaluate((log) => log.scrollTo(0, 0));
      await expect(panel.getByRole("button", { name: "Jump to latest" })).toBeVisible({
        timeout: 1_000,
      });
    }).toPass();
    await agent.reply(id, "One more.");
    await expect(panel.getByRole("button", { name: "1 new message" })).toBeVisible();
    await look("jump");

    await agent.resolve(id);
    await expect(visitor.closedLine).toBeVisible();
    await panel.getByRole("button", { name: "Back" }).tap();
    await panel.getByRole("searchbox", { name: "Search your messages" }).fill("shelf");
    await expect(panel.getByText("1 message found")).toBeVisible();
    await look("search");

    await panel.getByRole("button", { name: "New conversation" }).tap();
    await page.context().setOffline(true);
    await expect(panel.getByText(/^You are offline/)).toBeVisible();
    await composer.fill("Are you there?");
    await composer.press("Enter");
    await expect(visitor.unsentLine).toBeVisible();
    await expect(panel).toMatchAriaSnapshot(`
      - dialog "Support team":
        - log "Messages":
          - text: Are you there?
          - paragraph: /Sending/
        - textbox "Message"
        - status: /You are offline/
    `);
    await look("offline");

    // Everything that is nothing but its background elsewhere.
    await page.emulateMedia({ forcedColors: "active" });
    for (const button of await panel.getByRole("button").all()) {
      if (await button.isVisible()) await expectToBeSeen(button);
    }
    await expectToBeSeen(panel.locator(".status"));
    await expectToBeSeen(panel.locator(".bubble").last());
    await expectToBeSeen(panel.locator(".presence"));
  } finally {
    await changeInbox(server, { csat_survey_enabled: false });
  }
});

test("a message whose files are kept no longer says so, and goes without them", async ({
  newVisitor,
}) => {
  const visitor = await newVisitor({ reducedMotion: "reduce" });
  const { page, panel, thread } = visitor;
  await page.route("**/attachments", async (route) => {
    const response = await route.fetch();
    const upload = (await response.json()) as { upload_id: string };
    const gone = upload.upload_id.slice(1) + upload.upload_id.slice(0, 1);
    await route.fulfill({ response, json: { ...upload, upload_id: gone } });
  });
  await visitor.visit();
  await visitor.startConversation();
  await visitor.send("Hello?");
  await visitor.expectSent("Hello?");
  await panel
    .locator("input[type=file]")
    .setInputFiles({ name: "old.txt", mimeType: "text/plain", buffer: Buffer.from("old") });
  await expect(panel.getByText("Ready to send")).toHaveCount(1);
  await visitor.send("Here it is.");
  await expect(thread.getByText(/These files are no longer kept/)).toBeVisible();
  await expect(thread).toMatchAriaSnapshot(`
    - log "Messages":
      - paragraph:
        - text: Not sent. These files are no longer kept. Attach them again.
        - button "Send without files"
        - button "Delete"
  `);
  await expectInOrder(page, "files gone");
  await expectNoIssuesInBothSchemes(page);
  await thread.getByRole("button", { name: "Send without files" }).click();
  await visitor.expectSent("Here it is.");
});

test("at 320 pixels, at twice the zoom and in a longer language nothing is cut off, and nothing moves that should not", async ({
  newVisitor,
  server,
}) => {
  const visitor = await newVisitor({
    viewport: { width: 320, height: 568 },
    reducedMotion: "reduce",
  });
  const { page, panel } = visitor;
  const { agent } = createPoster(server);
  const stage = /\/widget\/start-chat-/;
  await page.route(stage, (route) => route.abort());
  await visitor.visit();
  await page.getByRole("button", { name: "Open chat" }).click();
  await expect(page.getByRole("alert")).toContainText("The chat did not load.");
  await expectInOrder(page, "load failure");
  await expectNoIssuesInBothSchemes(page);
  await page.unroute(stage);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(panel).toBeVisible();
  await expect(panel.getByRole("button", { name: "New conversation" })).toBeVisible();
  await expectInOrder(page, "home at 320");
  await panel.getByRole("button", { name: "New conversation" }).click();
  const question = aText("Does everything fit?");
  // Sending, sent and read are told in one place: what is read stays where it is.
  const top = () => visitor.message(question).evaluate((one) => one.getBoundingClientRect().top);
  await visitor.send(question);
  const first = await top();
  await visitor.expectSent(question);
  expect(await top()).toBe(first);
  const { id } = await agent.waitForMessage(question);
  await agent.reply(id, "It does.");
  await visitor.expectMessage("It does.");
  await expectInOrder(page, "thread at 320");
  // Twice the zoom on a desktop is half of its pixels.
  await page.setViewportSize({ width: 640, height: 450 });
  await expectInOrder(page, "thread at 200 %");
  await expect(visitor.composer).toHaveCSS("font-size", "16px");

  // A fifth longer than English, as many a language is.
  await page.setViewportSize({ width: 360, height: 740 });
  await page.evaluate(() => {
    const root = document.querySelector("parlor-widget")?.shadowRoot;
    const walker = document.createTreeWalker(
      root?.querySelector(".panel") ?? document,
      NodeFilter.SHOW_TEXT,
    );
    while (walker.nextNode()) {
      const text = walker.currentNode as Text;
      if (text.parentElement?.closest("style,textarea")) continue;
      text.data += text.data.slice(0, Math.ceil(text.data.length / 5));
    }
  });
  await expectInOrder(page, "thread, a fifth longer");
  const running = await page.evaluate(() => document.getAnimations().length);
  expect(running).toBe(0);
});
