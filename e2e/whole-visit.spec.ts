// A whole visit without a mouse: at every step the focus is where one goes on, and assistive technology is told what is there.
import { expect } from "@playwright/test";
import type { Locator, Page } from "@playwright/test";
import { changeInbox } from "./kit/inbox-settings.ts";
import { expectNoIssues } from "./kit/issues.ts";
import { expectStill } from "./kit/look-over.ts";
import { tabTo } from "./kit/keyboard.ts";
import { aText, test } from "./kit/test.ts";

test.use({ reducedMotion: "reduce" });

/** What other tests do not look at. */
async function look(page: Page): Promise<void> {
  await expectStill(page);
  await expectNoIssues(page);
}

test("a visit by keyboard alone: greeting, form, files, emoji, search, end, rating and transcript", async ({
  visitor,
  agent,
  server,
}) => {
  await agent.signIn();
  await changeInbox(server, {
    greeting_enabled: true,
    csat_survey_enabled: true,
    pre_chat_form_enabled: true,
    pre_chat_form_options: {
      pre_chat_fields: [{ field_type: "standard", name: "emailAddress", required: true }],
    },
  });
  const { page, panel, thread, composer, launcher } = visitor;
  const { keyboard } = page;
  const backTo = (target: Locator) => tabTo(page, target, "Shift+Tab");
  const button = (name: string) => panel.getByRole("button", { name, exact: true });
  try {
    await visitor.visit();
    await expect(page.getByRole("button", { name: "Dismiss" })).toBeVisible();
    await expect(page.locator(".greeting")).toMatchAriaSnapshot(`
      - button /Support team/
      - button "Dismiss"
    `);
    await look(page);
    await visitor.tabTo(page.getByRole("button", { name: "Dismiss" }));
    await keyboard.press("Enter");
    await expect(launcher).toBeFocused();
    await keyboard.press("Enter");
    await expect(panel).toBeFocused();
    await expectStill(page);

    await visitor.tabTo(button("New conversation"));
    await keyboard.press("Enter");
    const email = panel.getByRole("textbox", { name: "E-mail" });
    await expect(email).toBeFocused();
    await expect(panel).toMatchAriaSnapshot(`
      - dialog "Support team":
        - button "Back"
        - heading "Support team" [level=2]
        - paragraph: /Online|Usually replies/
        - form "Before we start":
          - paragraph: /Tell us what you need/
          - text: E-mail
          - textbox "E-mail"
          - button "Start the conversation"
    `);
    await expectStill(page);
    await keyboard.type("vera@example.com");
    await keyboard.press("Enter");
    await expect(composer).toBeFocused();

    const choosing = page.waitForEvent("filechooser");
    await keyboard.press("Tab");
    await expect(button("Attach files")).toBeFocused();
    await keyboard.press("Enter");
    await (
      await choosing
    ).setFiles({
      name: "shelf.txt",
      mimeType: "text/plain",
      buffer: Buffer.from("oak"),
    });
    await expect(panel.getByText("Ready to send")).toBeVisible();
    await expect(button("Attach files")).toBeFocused();
    await keyboard.press("Tab");
    await expect(button("Emoji")).toBeFocused();
    await keyboard.press("Enter");
    const picker = page.getByRole("dialog", { name: "Emoji" });
    await expect(picker.getByRole("searchbox")).toBeFocused();
    await expect(picker).toMatchAriaSnapshot(`
      - dialog "Emoji":
        - searchbox "Search emoji"
        - combobox "Skin tone"
        - heading "Smileys" [level=3]
        - grid "Smileys"
    `);
    await expectStill(page);
    await keyboard.type("rocket");
    await expect(picker.getByRole("gridcell", { name: "rocket" })).toBeVisible();
    await keyboard.press("ArrowDown");
    await expect(picker.getByRole("gridcell", { name: "rocket" })).toBeFocused();
    await keyboard.press("Enter");
    await keyboard.press("Escape");
    await expect(picker).toBeHidden();
    await expect(composer).toBeFocused();
    await expect(composer).toHaveValue("🚀");
    const typed = aText(" Is this the tangerine shelf?");
    const question = `🚀${typed}`;
    await keyboard.type(typed);
    await keyboard.press("Enter");
    await visitor.expectSent(question);
    await expect(composer).toBeFocused();
    await expect(panel.getByText(/^You are (next|number \d+)/)).toBeVisible();
    await expect(panel).toMatchAriaSnapshot(`
      - dialog "Support team":
        - button "Back"
        - heading "Support team" [level=2]
        - paragraph: /Online|Usually replies/
        - button "More options"
        - log "Messages":
          - paragraph: Today
          - paragraph: You
          - text: /Is this the tangerine shelf/
          - link "Download shelf.txt 3 bytes"
          - paragraph:
            - time
            - text: · Sent
        - status: /You are/
        - textbox "Message"
        - button "Attach files"
        - button "Emoji"
        - button "Send" [disabled]
    `);
    await look(page);

    await agent.openConversation(question);
    const answer = aText("It is.");
    await agent.reply(answer);
    await visitor.expectReply(answer, server.agentName);
    // What somebody writes takes the focus from nobody.
    await expect(composer).toBeFocused();
    await backTo(button("Back"));
    await keyboard.press("Enter");
    await expect(panel).toBeFocused();
    await visitor.tabTo(panel.getByRole("searchbox", { name: "Search your messages" }));
    await keyboard.type("tangerine");
    await expect(panel.getByText("1 message found")).toBeVisible();
    await expect(panel).toMatchAriaSnapshot(`
      - dialog "Support team":
        - heading "Support team" [level=2]
        - button "New conversation"
        - searchbox "Search your messages"
        - status: 1 message found
        - list:
          - listitem:
            - button /You .* tangerine/
    `);
    await expectStill(page);
    // Escape takes the words back first, and the chat stays.
    await keyboard.press("Escape");
    await expect(panel.getByRole("searchbox")).toHaveValue("");
    await expect(panel.getByRole("heading", { name: "Your conversations" })).toBeVisible();
    await keyboard.type("tangerine");
    const found = panel.getByRole("listitem").filter({ hasText: "tangerine" }).getByRole("button");
    await expect(panel.getByText("1 message found")).toBeVisible();
    await visitor.tabTo(found);
    await keyboard.press("Enter");
    await expect(composer).toBeFocused();

    await backTo(button("More options"));
    await keyboard.press("Enter");
    await expect(button("Save as text")).toBeVisible();
    await expect(button("More options")).toBeFocused();
    await expect(panel.locator(".menu")).toMatchAriaSnapshot(`
      - button "More options" [expanded]
      - button "Sound for new messages"
      - button "Notifications"
      - button "Save as text"
      - button "Save as web page"
      - button "End chat"
    `);
    await expectStill(page);
    await visitor.tabTo(button("Save as text"));
    const downloading = page.waitForEvent("download");
    await keyboard.press("Enter");
    expect((await downloading).suggestedFilename()).toMatch(/^conversation-\d+\.txt$/);
    await expect(panel.getByText("The transcript is saved.")).toBeVisible();
    await expect(button("Save as text")).toBeFocused();
    await visitor.tabTo(button("End chat"));
    await keyboard.press("Enter");
    await expect(visitor.closedLine).toBeVisible();
    await expect(composer).toBeFocused();

    const faces = thread.getByRole("group", { name: "How was your conversation?" });
    await expect(faces.getByRole("radio")).toHaveCount(5);
    await expect(panel).toMatchAriaSnapshot(`
      - dialog:
        - log "Messages":
          - paragraph: You closed the chat
          - group "How was your conversation?":
            - radio "Very bad"
            - radio "Bad"
            - radio "All right"
            - radio "Good"
            - radio "Very good"
        - paragraph:
          - text: /This conversation is closed/
          - button "New conversation"
        - textbox "Message"
    `);
    await look(page);
    // Backwards, one comes to the last of them first.
    await backTo(faces.getByRole("radio", { name: "Very good" }));
    await keyboard.press("Space");
    await keyboard.press("Tab");
    const comment = thread.getByRole("textbox", { name: /Tell us more/ });
    await expect(comment).toBeFocused();
    await keyboard.type("Without a mouse.");
    await keyboard.press("Tab");
    await keyboard.press("Enter");
    await expect(thread.getByText("Thank you for telling us.")).toBeVisible();
    await expectStill(page);

    await keyboard.press("Escape");
    await expect(panel).toBeHidden();
    await expect(launcher).toBeFocused();
  } finally {
    await changeInbox(server, { csat_survey_enabled: false, pre_chat_form_enabled: false });
  }
});
