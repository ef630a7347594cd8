// A site's own browser test: a visitor in its page, and an agent behind it.

// #region test
import { expect, test } from "@playwright/test";
import { createParlorPage, createTestAgent } from "parlor/testing";

const agent = createTestAgent({
  serverUrl: process.env["PARLOR_URL"] ?? "http://localhost:3000",
  accessToken: process.env["PARLOR_ACCESS_TOKEN"] ?? "",
  accountId: 1,
});

test("a visitor asks and reads the answer", async ({ page }) => {
  const chat = createParlorPage(page);
  const question = `Is the blue one in stock? ${crypto.randomUUID()}`;

  await page.goto(process.env["SITE_URL"] ?? "http://localhost:3000/demo/");
  await chat.send(question);
  await chat.expectSent(question);

  const conversation = await agent.answer(question, "Yes, three of them.");
  await chat.expectReply("Yes, three of them.");

  await chat.close();
  await agent.reply(conversation.id, "Shall I put one aside?");
  await chat.expectUnread(1);
  await chat.open();
  await expect(chat.thread).toContainText("Shall I put one aside?");
});
// #endregion
