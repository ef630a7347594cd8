// axe finds nothing on either side in either colour scheme, and nobody needs a mouse.
import { expect } from "@playwright/test";
import { expectNoIssues } from "./kit/issues.ts";
import { aText, test } from "./kit/test.ts";

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme, reducedMotion: "reduce" });

    test("axe finds nothing on the shop's page and the widget: closed, home, thread, with unread", async ({
      visitor,
      agent,
    }) => {
      await agent.signIn();
      await visitor.visit();
      await expectNoIssues(visitor.page);
      await visitor.open();
      await expectNoIssues(visitor.page);
      await visitor.panel.getByRole("button", { name: "New conversation" }).click();
      await expect(visitor.composer).toBeFocused();
      await expectNoIssues(visitor.page);
      const question = aText("May I ask something?");
      await visitor.send(question);
      await visitor.expectSent(question);
      await agent.openConversation(question);
      const answer = aText("Of course, see https://example.com/faq");
      await agent.reply(answer);
      await expect(visitor.thread.getByText("Of course, see")).toBeVisible();
      await expectNoIssues(visitor.page);
      await visitor.close();
      await agent.reply(aText("Anything else?"));
      await visitor.expectUnread(1);
      await expectNoIssues(visitor.page);
      await visitor.page.goto(new URL("/demo/product.html", visitor.page.url()).href);
      await visitor.expectUnread(1);
      await expectNoIssues(visitor.page);
    });

    test("axe finds nothing on the desk: sign-in, list, thread, dialogs", async ({
      visitor,
      agent,
    }) => {
      await agent.page.goto(`${agent.url}/desk/`);
      await expect(agent.page.getByRole("button", { name: "Sign in" })).toBeVisible();
      await expectNoIssues(agent.page);
      await agent.signIn();
      await visitor.visit();
      await visitor.startConversation();
      const question = aText("Is anybody there?");
      await visitor.send(question);
      await expect(agent.entry(question)).toBeVisible();
      await expectNoIssues(agent.page);
      await agent.openConversation(question);
      await agent.reply(aText("Somebody is."));
      await agent.addNote(aText("Be kind to this one."));
      await expectNoIssues(agent.page);

      for (const [key, name] of [
        ["?", "Keyboard shortcuts"],
        ["Control+k", "Commands"],
      ] as const) {
        await agent.leaveComposer();
        await agent.page.keyboard.press(key);
        await expect(agent.page.getByRole("dialog", { name })).toBeVisible();
        await expectNoIssues(agent.page);
        await agent.page.keyboard.press("Escape");
        await expect(agent.page.getByRole("dialog", { name })).toBeHidden();
      }
      await agent.page.getByRole("button", { name: /^Assign/ }).click();
      await expect(agent.page.getByRole("menu")).toBeVisible();
      await expectNoIssues(agent.page);
    });
  });
}

test("a conversation is held by keyboard alone, from both sides", async ({
  visitor,
  agent,
  server,
}) => {
  const visitorKeys = visitor.page.keyboard;
  const agentKeys = agent.page.keyboard;

  await agent.page.goto(`${agent.url}/desk/`);
  await expect(agent.page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await agent.tabTo(agent.page.getByLabel("E-mail"));
  await agentKeys.type(server.administrator.email);
  await agentKeys.press("Tab");
  await agentKeys.type(server.administrator.password);
  await agentKeys.press("Enter");
  await expect(agent.list).toBeVisible();

  await visitor.visit();
  await visitor.tabTo(visitor.launcher);
  await visitorKeys.press("Enter");
  await expect(visitor.panel).toBeVisible();
  await visitor.tabTo(visitor.panel.getByRole("button", { name: "New conversation" }));
  await visitorKeys.press("Enter");
  await expect(visitor.composer).toBeFocused();
  const question = aText("Can I do this without a mouse?");
  await visitorKeys.type(question);
  await visitorKeys.press("Enter");
  await visitor.expectSent(question);

  await expect(agent.entry(question)).toBeVisible();
  await agent.tabTo(agent.entry(question));
  await agentKeys.press("Enter");
  await agent.expectMessage(question);
  await agent.leaveComposer();
  await agentKeys.press("r");
  await expect(agent.composer).toBeFocused();
  const answer = aText("You just did.");
  await agentKeys.type(answer);
  await agentKeys.press("Enter");
  await visitor.expectReply(answer, server.agentName);

  await agent.leaveComposer();
  await agentKeys.press("e");
  await expect(visitor.closedLine).toBeVisible();
  await visitorKeys.press("Escape");
  await expect(visitor.panel).toBeHidden();
  await expect(visitor.launcher).toBeFocused();
});
