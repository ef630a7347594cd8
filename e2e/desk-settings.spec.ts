// The desk's settings: what an administrator changes there is what visitors and colleagues get.
import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";
import { applicationPaths } from "../src/protocol/paths.ts";
import { createAgent } from "./kit/agent.ts";
import { changeInbox } from "./kit/inbox-settings.ts";
import { expectNoIssues } from "./kit/issues.ts";
import { createTestAgent } from "../src/sdk/testing/test-agent.ts";
import { aText, test } from "./kit/test.ts";

const save = (page: Page) => page.getByRole("button", { name: "Save", exact: true });
const tab = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "Parts of the inbox" }).getByRole("link", { name });

async function openSettings(page: Page, section: string): Promise<void> {
  await page.getByRole("link", { name: "Settings" }).click();
  const navigation = page.getByRole("navigation", { name: "Settings" });
  await navigation.getByRole("link", { name: section }).click();
  await expect(page.getByRole("heading", { level: 1, name: section })).toBeFocused();
}

test("a colour and a greeting are seen in the preview at once, and by visitors once saved", async ({
  agent,
  visitor,
  server,
}) => {
  const { page } = agent;
  const problems: string[] = [];
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  await agent.signIn();
  problems.length = 0;
  await openSettings(page, "Inboxes");
  await page.getByRole("link", { name: "Website" }).click();
  await expect(page.getByRole("group", { name: "Script tag" })).toContainText(server.websiteToken);

  await tab(page, "Appearance").click();
  const preview = page.frameLocator("iframe[title=Preview]");
  await expect(preview.getByText("Support team")).toBeVisible();
  const color = page.getByRole("textbox", { name: "Colour", exact: true });
  await color.fill("#b0125");
  await save(page).click();
  await expect(color).toBeFocused();
  await expect(page.getByText("Must be a colour such as #1f5eff.")).toBeVisible();
  await color.fill("#b01257");
  const launcher = preview.locator(".launcher");
  await expect(launcher).toHaveCSS("background-color", "rgb(176, 18, 87)");
  await expect(page.getByText(/Text on it is white: contrast \d/)).toBeVisible();
  await page.getByLabel("Side of the page").selectOption("Left");
  await expect
    .poll(async () => {
      const frame = await page.locator("iframe").boundingBox();
      return ((await launcher.boundingBox())?.x ?? 0) - (frame?.x ?? 0);
    })
    .toBeLessThan(100);

  // Unsaved: the way to the texts asks first.
  await tab(page, "Texts").click();
  await page.getByRole("button", { name: "Keep editing" }).click();
  await expect(color).toHaveValue("#b01257");
  await page.goBack();
  await page.getByRole("button", { name: "Keep editing" }).click();
  await expect(page).toHaveURL(/appearance$/);
  await save(page).click();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();

  await tab(page, "Texts").click();
  await page.getByRole("button", { name: "Write texts for several languages" }).click();
  await page.getByLabel("Add texts in").selectOption("German");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByLabel("Title", { exact: true }).fill("Hilfe vom Berg");
  await expect(preview.getByText("Hilfe vom Berg")).toBeVisible();
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.getByLabel("Title", { exact: true })).toHaveValue("");
  await page.getByLabel("Title", { exact: true }).fill("Mountain rescue");
  await save(page).click();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  expect(problems).toEqual([]);

  await visitor.visit();
  await expect(visitor.launcher).toHaveCSS("background-color", "rgb(176, 18, 87)");
  expect((await visitor.launcher.boundingBox())?.x).toBeLessThan(100);
  await visitor.open();
  await expect(visitor.panel.getByText("Mountain rescue")).toBeVisible();
  // Other tests share this server.
  await changeInbox(server, {
    widget_color: "#1f5eff",
    settings: { widgetAppearance: null, greeting: null, greetingIntroduction: null },
  });
});

test("an invited agent chooses a password and sees no administration", async ({
  agent,
  newVisitor,
}) => {
  const { page } = agent;
  await agent.signIn();
  await openSettings(page, "Agents");
  await page.getByRole("link", { name: "Invite an agent" }).click();
  const email = `${crypto.randomUUID()}@example.com`;
  await page.getByLabel("Name").fill("Bea Lind");
  await page.getByLabel("E-mail").fill("nobody");
  await page.getByRole("button", { name: "Invite" }).click();
  await expect(page.getByText("Must be an e-mail address.")).toBeVisible();
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Invite" }).click();
  const link = await page.getByRole("group", { name: "Link of the invitation" }).innerText();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: email })).toContainText("Invited");

  const { page: guest } = await newVisitor();
  await guest.goto(link);
  await guest.getByLabel("New password").fill("Better 1 horse");
  await guest.getByLabel("The same again").fill("Better 1 horse");
  await expectNoIssues(guest);
  await guest.getByRole("button", { name: "Set the password" }).click();
  await guest.getByRole("button", { name: "Sign in" }).click();
  await guest.getByLabel("E-mail").fill(email);
  await guest.getByLabel("Password").fill("Better 1 horse");
  await guest.getByRole("button", { name: "Sign in" }).click();
  await guest.getByRole("link", { name: "Settings" }).click();
  const navigation = guest.getByRole("navigation", { name: "Settings" });
  await expect(navigation.getByRole("link", { name: "Profile" })).toBeVisible();
  await expect(navigation.getByRole("link", { name: "Webhooks" })).toHaveCount(0);
  // The desk of the administrator hears of it by itself.
  await expect(page.getByRole("listitem").filter({ hasText: email })).not.toContainText("Invited");
  await page.getByRole("listitem").filter({ hasText: email }).getByRole("link").click();
  // Whatever tools the newcomer gave it to: the token of the profile opens nothing any more.
  const tokens = page.getByRole("region", { name: "Access tokens" });
  const before = await tokens.getByText(/^…/).innerText();
  await expectNoIssues(page);
  await tokens.getByRole("button", { name: "Revoke" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await expect(tokens.getByText(/^…/)).not.toHaveText(before);
  await page.getByRole("button", { name: "Remove" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(guest.getByText(/session has ended/)).toBeVisible();
});

test("an agent of a role that allows own conversations sees one while it is his, and no other", async ({
  agent,
  visitor,
  newVisitor,
  server,
}) => {
  const { page } = agent;
  await agent.signIn();
  await openSettings(page, "Roles");
  await page.getByRole("link", { name: "New role" }).first().click();
  const role = aText("Helper");
  await page.getByLabel("Name").fill(role);
  await page.getByRole("checkbox", { name: /^Own conversations/ }).check();
  await page.getByRole("button", { name: "Create" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: role })).toContainText("0 agents");

  const email = `${crypto.randomUUID()}@example.com`;
  const settings = page.getByRole("navigation", { name: "Settings" });
  await settings.getByRole("link", { name: "Agents" }).click();
  await page.getByRole("link", { name: "Invite an agent" }).click();
  await page.getByLabel("Name").fill("Cleo Brandt");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Role").selectOption(role);
  await page.getByRole("button", { name: "Invite" }).click();
  const link = await page.getByRole("group", { name: "Link of the invitation" }).innerText();
  await page.getByRole("button", { name: "Done" }).click();
  const row = page.getByRole("listitem").filter({ hasText: email });
  await expect(row).toContainText(role);
  const address = await row.getByRole("link").getAttribute("href");
  const id = Number(/(\d+)$/.exec(address ?? "")?.[1]);
  const { access, ask } = server;
  const joined = { inbox_id: 1, user_ids: [id] };
  await ask(applicationPaths.inboxMembers(access.accountId), "POST", joined);

  await visitor.visit();
  await visitor.startConversation();
  const question = aText("Who may read this?");
  await visitor.send(question);
  await visitor.expectSent(question);
  const { page: guest } = await newVisitor();
  await guest.goto(link);
  await guest.getByLabel("New password").fill("Better 1 horse");
  await guest.getByLabel("The same again").fill("Better 1 horse");
  await guest.getByRole("button", { name: "Set the password" }).click();
  await guest.getByRole("button", { name: "Sign in" }).click();
  const helper = createAgent(guest, server.url, { email, password: "Better 1 horse" });
  await helper.signIn();
  const colleague = createTestAgent(server.access);
  const { id: conversation } = await colleague.waitForMessage(question);
  await expect(helper.list.getByText(/\S/).first()).toBeVisible();
  await expect(helper.entry(question)).toHaveCount(0);
  await colleague.assign(conversation, id);
  await helper.openConversation(question);
  const answer = aText("Only I may.");
  await helper.reply(answer);
  await visitor.expectReply(answer, "Cleo Brandt");
  await colleague.assign(conversation, null);
  await expect(helper.entry(answer)).toHaveCount(0);
  await guest.reload();
  await expect(helper.entry(answer)).toHaveCount(0);
  await expect(helper.message(answer)).toHaveCount(0);
  // Other tests count on who is there.
  await ask(applicationPaths.agent(access.accountId, id), "DELETE");
});

test("axe finds nothing in the settings in either scheme, and no page is wider than a phone", async ({
  agent,
}) => {
  const { page } = agent;
  await page.emulateMedia({ reducedMotion: "reduce" });
  await agent.signIn();
  // Each kind of field and list is on one of the first; the others are made of the same.
  const judged = "inboxes/1/appearance agents webhooks/new roles/new";
  const others =
    "inboxes/1 inboxes/1/texts inboxes/1/behaviour inboxes/1/hours inboxes/1/pre-chat teams/new roles audit-log profile";
  const pages = `${judged} ${others}`.split(" ");
  for (const address of pages) {
    await page.evaluate((to) => {
      history.pushState(null, "", to);
      dispatchEvent(new PopStateEvent("popstate"));
    }, `/desk/settings/${address}`);
    await expect(page.locator(".settings-body > :not(.bones)").first()).toBeVisible();
    await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
    await page.setViewportSize({ width: 360, height: 740 });
    const wide = await page.evaluate(() =>
      [document.documentElement, ...document.querySelectorAll(".settings-scroll")].some(
        ({ scrollWidth, clientWidth }) => scrollWidth > clientWidth,
      ),
    );
    expect.soft(wide, address).toBe(false);
    await page.setViewportSize({ width: 1280, height: 800 });
    if (!judged.split(" ").includes(address)) continue;
    await page.emulateMedia({ colorScheme: "light" });
    // What the preview shows has tests of its own.
    await expectNoIssues(page, { iframes: false });
    await page.emulateMedia({ colorScheme: "dark" });
    await expectNoIssues(page, { iframes: false, runOnly: ["color-contrast"] });
  }
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`${agent.url}/desk/settings/inboxes/1/pre-chat`);
  await expect(page.getByRole("link", { name: "Pre-chat form" })).toBeInViewport({ ratio: 1 });
});
