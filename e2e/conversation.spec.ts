// A visitor on the shop's page and an agent at the desk hold a conversation, each in a browser of their own.
import { expect } from "@playwright/test";
import { aText, beginConversation, test } from "./kit/test.ts";

test("a visitor writes, the agent sees it without reload and replies, the visitor sees who replied", async ({
  visitor,
  agent,
  server,
}) => {
  await agent.signIn();
  await visitor.visit();
  await visitor.startConversation();
  const question = aText("Is the Kar 2 free-standing?");
  await visitor.send(question);
  await visitor.expectSent(question);

  await agent.openConversation(question);
  const answer = aText("Almost: it wants two pegs.");
  await agent.reply(answer);
  await visitor.expectReply(answer, server.agentName);
  await agent.expectMessage(question);
  await agent.expectMessage(answer);
});

test("each side sees the other typing, until the message is there", async ({
  visitor,
  agent,
  server,
}) => {
  await beginConversation(visitor, agent, "Do you ship to Norway?");

  await agent.composer.pressSequentially("Yes, ");
  await expect(visitor.typingLine).toHaveText(`${server.agentName} is typing`);
  const answer = aText("Yes, for €12.");
  await agent.reply(answer);
  await visitor.expectMessage(answer);
  await expect(visitor.typingLine).toBeHidden();

  await visitor.composer.pressSequentially("Gre");
  await expect(agent.typingLine).toBeVisible();
  const thanks = aText("Great, thank you!");
  await visitor.send(thanks);
  await agent.expectMessage(thanks);
  await expect(agent.typingLine).toBeHidden();
});

test("the badge counts replies while the chat is minimised, survives a reload, and goes when they are read", async ({
  visitor,
  agent,
}) => {
  const question = await beginConversation(visitor, agent, "Can you mend a zip?");
  await visitor.close();

  await agent.reply(aText("We can."));
  await visitor.expectUnread(1);
  const second = aText("Which zip is it?");
  await agent.reply(second);
  await visitor.expectUnread(2);
  await visitor.page.reload();
  await visitor.expectUnread(2);

  await visitor.open();
  await visitor.openConversation(second);
  await visitor.expectMessage(question);
  await visitor.close();
  await visitor.expectUnread(0);
});

test("a private note is shown to agents only", async ({ visitor, agent }) => {
  await beginConversation(visitor, agent, "Where is my parcel?");

  const note = aText("The carrier lost it. Send a new one.");
  await agent.addNote(note);
  await agent.expectMessage(note);
  const answer = aText("A new one leaves today.");
  await agent.reply(answer);
  // Written after the note, so whoever shows this has been told of the note if ever.
  await visitor.expectMessage(answer);
  await expect(visitor.message(note)).toHaveCount(0);
  await visitor.page.reload();
  await visitor.expectMessage(answer);
  await expect(visitor.message(note)).toHaveCount(0);
});

test("another visitor sees nothing of it", async ({ newVisitor, agent }) => {
  const first = await newVisitor();
  const second = await newVisitor();
  await agent.signIn();
  await first.visit();
  await first.startConversation();
  const secret = aText("My order number is 4711.");
  await first.send(secret);
  await second.visit();
  await second.startConversation();
  const other = aText("Hello there.");
  await second.send(other);

  await agent.openConversation(secret);
  const answer = aText("Order 4711 is on its way.");
  await agent.reply(answer);
  await first.expectMessage(answer);
  await agent.openConversation(other);
  const otherAnswer = aText("Hello to you.");
  await agent.reply(otherAnswer);
  // By now the second visitor has heard whatever the server tells them.
  await second.expectMessage(otherAnswer);
  for (const text of [secret, answer]) await expect(second.page.getByText(text)).toHaveCount(0);
  for (const text of [other, otherAnswer]) await expect(first.page.getByText(text)).toHaveCount(0);
});

test("the conversation stays with the visitor from page to page", async ({ visitor, agent }) => {
  await agent.signIn();
  await visitor.visit();
  await visitor.startConversation();
  const question = aText("Which back length do I need?");
  await visitor.send(question);
  await visitor.expectSent(question);

  await visitor.page.getByRole("link", { name: "Meet the Tarn 38" }).click();
  await expect(visitor.page.getByRole("heading", { name: "Tarn 38 pack" })).toBeVisible();
  // The chat was open, so it is open here too.
  await visitor.expectMessage(question);
  await agent.openConversation(question);
  const answer = aText("How tall are you?");
  await agent.reply(answer);
  await visitor.expectMessage(answer);
  await visitor.close();
  await visitor.page.goBack();
  await visitor.open();
  await visitor.openConversation(answer);
  await visitor.expectMessage(question);
});

test("an agent takes a conversation and resolves it; the visitor sees that, writes again and so reopens it", async ({
  visitor,
  agent,
}) => {
  const question = await beginConversation(visitor, agent, "Is the quilt warm enough for May?");

  const mine = await agent.countOf("Mine");
  await agent.assignToMe();
  await expect.poll(() => agent.countOf("Mine")).toBe(mine + 1);
  await agent.resolve();
  await expect.poll(() => agent.countOf("Mine")).toBe(mine);
  await expect(visitor.closedLine).toBeVisible();
  await agent.showView("Resolved");
  await expect(agent.entry(question)).toBeVisible();

  const again = aText("And for March?");
  await visitor.send(again);
  await visitor.expectSent(again);
  await expect(visitor.closedLine).toBeHidden();
  await agent.showView("Mine");
  await agent.openConversation(again);
  await agent.expectMessage(question);
});

test("hostile text in messages and names is shown as the text it is", async ({
  visitor,
  agent,
}) => {
  const dialogs: string[] = [];
  for (const page of [visitor.page, agent.page]) {
    page.on("dialog", (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
  }
  const name = `<img src=x onerror=alert("name")> ${crypto.randomUUID().slice(0, 8)}`;
  const hostile = [
    `<script>alert("script")</script>`,
    `<img src="x" onerror="alert('image')">`,
    `javascript:alert("link")`,
    `[click](javascript:alert("markdown"))`,
    `\u202Eevil\u202C {{7*7}} \${alert(1)} &lt;b&gt;`,
  ].map((text) => aText(text));
  const mark = aText("Look at these.");

  await agent.signIn();
  await visitor.visit();
  await visitor.page.evaluate(async (name) => {
    await window.Parlor?.setCustomerInfo({ name });
  }, name);
  await visitor.startConversation();
  await visitor.send(mark);
  await agent.openConversation(mark);
  await expect(agent.page.getByText(name).first()).toBeVisible();

  for (const text of hostile) await visitor.send(text);
  for (const text of hostile) {
    await visitor.expectMessage(text);
    await agent.expectMessage(text);
  }
  for (const text of hostile) await agent.reply(`Agent: ${text}`);
  for (const text of hostile) {
    await visitor.expectMessage(`Agent: ${text}`);
    await agent.expectMessage(`Agent: ${text}`);
  }
  for (const page of [visitor.page, agent.page]) {
    await expect(page.locator("[src=x], a[href^='javascript:' i]")).toHaveCount(0);
  }
  expect(dialogs).toEqual([]);
});
