// An agent puts a conversation to sleep, with the keyboard and the palette, and the visitor wakes it.
import { expect } from "@playwright/test";
import { expectNoIssuesInBothSchemes } from "./kit/issues.ts";
import { aText, test } from "./kit/test.ts";

test("an agent snoozes with a note, moves it, takes it back, and the visitor's next word wakes it", async ({
  agent,
  visitor,
}) => {
  const question = aText("Has my lamp been sent?");
  await visitor.visit();
  await visitor.startConversation();
  await visitor.send(question);
  await visitor.expectSent(question);

  const { page } = agent;
  const picker = page.getByRole("dialog", { name: "Snooze", exact: true });
  const banner = page.getByRole("region", { name: "Snooze" });
  const undo = async (notice: string | RegExp) => {
    const toast = page.getByText(notice).last().locator("..");
    await toast.getByRole("button", { name: "Undo" }).click();
  };
  const command = async (name: string) => {
    await agent.leaveComposer();
    await page.keyboard.press("ControlOrMeta+k");
    await expect(page.getByRole("combobox", { name: "What do you want to do?" })).toBeFocused();
    await page.keyboard.type(name);
    await page.keyboard.press("Enter");
  };
  await agent.signIn();
  await agent.openConversation(question);

  await command("snooze");
  await expect(picker).toBeVisible();
  await picker.getByText("Note and owners").click();
  await picker.getByLabel("Note for whoever works on it then").fill("<b>Ask</b> the carrier");
  await picker.getByRole("checkbox").first().check();
  await expectNoIssuesInBothSchemes(page);
  await picker.getByLabel("Or say when").fill("in 2 hours");
  await page.keyboard.press("Enter");
  await expect(picker).toBeHidden();
  await expect(banner).toContainText("<b>Ask</b> the carrier");
  await expect(banner).toContainText(/Snoozed until .* · by .* · then to /);
  await expect(agent.entry(question)).toHaveCount(0);
  await agent.showView("Snoozed");
  await expect(agent.entry(question)).toContainText(/Snoozed until /);
  await agent.openConversation(question);

  await banner.getByRole("button", { name: "Change" }).click();
  await picker.getByRole("button", { name: "Until the next reply" }).click();
  await expect(banner).toContainText("Snoozed until the next reply");
  await undo("Changed: it sleeps until the next reply");
  await expect(banner).not.toContainText("the next reply");
  await expect(banner).toContainText("the carrier");
  await banner.getByRole("button", { name: "Wake now" }).click();
  await expect(banner).toBeHidden();
  await undo(/reopened$/);
  await expect(banner).toContainText("the carrier");
  await page.reload();
  await expect(banner).toContainText("the carrier");
  await expectNoIssuesInBothSchemes(page);

  const answer = aText("Never mind, it is here");
  await visitor.send(answer);
  await expect(banner).toBeHidden();
  await agent.expectMessage(answer);
  await agent.showView("Open");
  await expect(agent.entry(answer)).toBeVisible();

  await agent.openConversation(answer);
  await command("snooze contact");
  await expect(page.getByRole("dialog", { name: "Snooze contact" })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(banner).toContainText("with its contact");
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoIssuesInBothSchemes(page);
});
