// Before a chat, and before its first answer: the form, the hours, the queue, and what one has said before.
import { expect } from "@playwright/test";
import axe from "axe-core";
import { changeInbox } from "./kit/inbox-settings.ts";
import { aText, beginConversation, test } from "./kit/test.ts";

const always = [0, 1, 2, 3, 4, 5, 6].map((day_of_week) => ({ day_of_week, open_all_day: true }));

test.afterEach(async ({ server }) => {
  await changeInbox(server, {
    working_hours_enabled: false,
    out_of_office_message: "",
    enable_email_collect: false,
    pre_chat_form_enabled: false,
    lock_to_single_conversation: false,
  });
});

test("a form asks before the first message, by keyboard alone, and the agent reads its answers", async ({
  visitor,
  agent,
  server,
}) => {
  await changeInbox(server, {
    pre_chat_form_enabled: true,
    pre_chat_form_options: {
      pre_chat_message: "Who are you?",
      pre_chat_fields: [
        { field_type: "standard", name: "emailAddress", required: true },
        { field_type: "standard", name: "fullName" },
      ],
      consent: {
        text: "You may keep what I write.",
        privacy_url: "https://example.com/privacy",
        required: true,
      },
    },
  });
  const { page, panel, composer } = visitor;
  await visitor.visit();
  const submitted = page.evaluate(
    () =>
      new Promise((resolve) => {
        addEventListener("parlor:prechat-submit", (event) =>
          resolve((event as CustomEvent<{ fields: string[] }>).detail.fields),
        );
      }),
  );
  await visitor.open();
  await panel.getByRole("button", { name: "New conversation" }).click();
  const form = panel.getByRole("form", { name: "Before we start" });
  const email = form.getByRole("textbox", { name: "E-mail" });
  await expect(form.getByText("Who are you?")).toBeVisible();
  await expect(email).toBeFocused();
  await expect(composer).toHaveCount(0);

  await page.keyboard.press("Enter");
  await expect(email).toHaveAccessibleDescription("Please fill this in.");
  await page.keyboard.type("vera@");
  await expect(email).toHaveAccessibleDescription("This is no e-mail address.");
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => (await window.axe.run(document)).violations);
  expect(violations.map(({ id, nodes }) => `${id} ${nodes.length}`)).toEqual([]);
  await page.keyboard.type("example.com");
  await expect(email).toHaveAccessibleDescription("");
  await page.keyboard.press("Enter");
  const consent = form.getByRole("checkbox", { name: "You may keep what I write." });
  await expect(consent).toBeFocused();
  await page.keyboard.press("Space");
  await visitor.tabTo(form.getByRole("link", { name: "Privacy policy" }));
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");

  await expect(composer).toBeFocused();
  expect(await submitted).toEqual(["emailAddress"]);
  const question = aText("Do you know me?");
  await visitor.send(question);
  await visitor.expectSent(question);
  await agent.signIn();
  await agent.openConversation(question);
  await expect(agent.page.getByText("vera@example.com").first()).toBeVisible();
});

test("out of hours the chat says when somebody is back, answers for them, and opens while one looks on", async ({
  newVisitor,
  agent,
  server,
}) => {
  await agent.signIn();
  // Open for one hour of the day, which is not this one.
  const hour = (new Date().getUTCHours() + 12) % 24;
  await changeInbox(server, {
    working_hours_enabled: true,
    timezone: "UTC",
    working_hours: always.map(({ day_of_week }) => ({
      day_of_week,
      open_hour: hour,
      close_hour: (hour + 1) % 24,
    })),
    out_of_office_message: "We are out. We answer when we are back.",
    enable_email_collect: true,
  });
  const visitor = await newVisitor({ timezoneId: "Asia/Kathmandu", locale: "en-GB" });
  await visitor.visit();
  await visitor.open();
  const local = new Date(Date.UTC(2026, 0, 1, hour)).toLocaleTimeString("en-GB", {
    timeZone: "Asia/Kathmandu",
    timeStyle: "short",
  });
  const back = new RegExp(`^Back (tomorrow )?at ${local}$`);
  await expect(visitor.panel.getByText(back)).toBeVisible();
  await visitor.panel.getByRole("button", { name: "New conversation" }).click();
  const question = aText("Anybody there?");
  await visitor.send(question);
  await visitor.expectSent(question);
  await visitor.expectMessage("We are out. We answer when we are back.");
  await expect(visitor.thread.getByText(/Where may we send our answer\?/)).toBeVisible();
  const leaving = aText("I shall wait.");
  await visitor.send(leaving);
  await visitor.expectSent(leaving);
  await visitor.expectMessage("We are out. We answer when we are back.");

  await changeInbox(server, { working_hours: always });
  await expect(visitor.panel.getByText("Online", { exact: true })).toBeVisible();
  await expect(visitor.panel.getByText(/^You are (next|number \d+)/)).toBeVisible();
  await agent.openConversation(leaving);
  await agent.assignToMe();
  await expect(visitor.panel.getByText(/^You are (next|number \d+)/)).toHaveCount(0);
});

test("home puts what is over behind a fold, finds one's own words, and goes on where the inbox wants it", async ({
  visitor,
  agent,
  server,
}) => {
  const question = await beginConversation(visitor, agent, "Where is my tangerine umbrella?");
  await agent.resolve();
  await expect(visitor.closedLine).toBeVisible();
  const { panel } = visitor;
  await panel.getByRole("button", { name: "New conversation" }).click();
  const second = aText("Another thing");
  await visitor.send(second);
  await visitor.expectSent(second);

  await panel.getByRole("button", { name: "Back" }).click();
  const closed = panel.getByRole("listitem").filter({ hasText: question });
  await expect(panel.getByRole("listitem").filter({ hasText: second })).toBeVisible();
  await expect(closed).toBeHidden();
  await panel.getByText("Closed (1)").click();
  await expect(closed).toBeVisible();

  const field = panel.getByRole("searchbox", { name: "Search your messages" });
  await field.fill("tangerine");
  await expect(panel.getByText("1 message found")).toBeVisible();
  await panel.getByRole("listitem").filter({ hasText: question }).getByRole("button").click();
  await visitor.expectMessage(question);

  await panel.getByRole("button", { name: "Back" }).click();
  await changeInbox(server, { lock_to_single_conversation: true });
  await panel.getByRole("button", { name: "Continue the conversation" }).click();
  await visitor.expectMessage(second);
});
