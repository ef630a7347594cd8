// What agents do with conversations and contacts beside answering, on two desks at once.
import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";
import { applicationPaths as paths } from "../src/protocol/paths.ts";
import { createAgent } from "./kit/agent.ts";
import { expectNoIssues, expectNoIssuesInBothSchemes } from "./kit/issues.ts";
import type { Server } from "./kit/server.ts";
import { aText, test } from "./kit/test.ts";

const hostile = "<img src=x onerror=alert(1)> a label as long as labels may be and then some more";

/** What an administrator does in the settings. */
function asAdministrator({ ask, access }: Server) {
  const account = access.accountId;
  const keep = (path: string, body: object) => ask(path, "POST", body);
  return {
    label: (title: string, color = "#c026d3") => keep(paths.labels(account), { title, color }),
    team: (name: string) => keep(paths.teams(account), { name, allow_auto_assign: false }),
    canned: (short_code: string, content: string) =>
      keep(paths.cannedResponses(account), { short_code, content }),
    attribute: (name: string, type: string, values: string[] = []) =>
      keep(paths.customAttributes(account), {
        attribute_display_name: name,
        attribute_key: name.toLowerCase(),
        attribute_display_type: type,
        attribute_values: values,
        attribute_model: "contact_attribute",
      }),
  };
}

const dialog = (page: Page, name: string) => page.getByRole("dialog", { name });
const notice = (page: Page, text: string | RegExp) => page.getByText(text).first();

test("an agent labels, ranks, hands over and mutes a conversation, and a colleague sees it", async ({
  server,
  agent,
  browser,
  visitor,
}) => {
  const keep = asAdministrator(server);
  const vip = aText("vip").toLowerCase();
  const team = aText("night shift").toLowerCase();
  await keep.label(vip);
  await keep.label(`${hostile} ${crypto.randomUUID()}`.slice(0, 100), "#fff");
  await keep.team(team);

  const question = aText("Where is my parcel?");
  await visitor.visit();
  await visitor.startConversation();
  await visitor.send(question);
  await visitor.expectSent(question);

  const { page } = agent;
  await agent.signIn();
  await agent.openConversation(question);
  const context = await browser.newContext();
  const colleague = createAgent(await context.newPage(), server.url, server.administrator);
  await colleague.signIn();
  await expect(colleague.entry(question)).toBeVisible();

  await agent.leaveComposer();
  await page.keyboard.press("l");
  await expect(dialog(page, "Labels")).toBeVisible();
  await page.keyboard.type("vip");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("option", { name: vip, selected: true })).toBeVisible();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("onerror");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("option", { selected: true })).toHaveCount(1);
  await expectNoIssues(page);
  await page.keyboard.press("Escape");
  await page.keyboard.press("p");
  await page.keyboard.type("urg");
  await page.keyboard.press("Enter");
  await expect(notice(page, /has priority urgent/)).toBeVisible();
  await page.getByRole("button", { name: /^Assign/ }).click();
  await page.getByRole("menuitemradio", { name: `Team: ${team}` }).click();
  const row = colleague.entry(question);
  await expect(row.getByText(vip)).toBeVisible();
  await expect(row.getByText("Priority: Urgent")).toBeAttached();
  await expect(page.getByText(team, { exact: true })).toBeVisible();
  await page.getByRole("button", { name: `Remove label ${vip}` }).click();
  await expect(row.getByText(vip)).toHaveCount(0);
  await notice(page, `Label ${vip} removed`)
    .locator("..")
    .getByRole("button", { name: "Undo" })
    .click();
  await expect(row.getByText(vip)).toBeVisible();

  await colleague.showView("Resolved");
  await agent.leaveComposer();
  await page.keyboard.press("m");
  await expect(row.getByText("Muted")).toBeAttached();
  await notice(page, /muted and resolved/)
    .locator("..")
    .getByRole("button", { name: "Undo" })
    .click();
  await expect(row).toHaveCount(0);

  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoIssuesInBothSchemes(page);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
  await context.close();
});

test("an agent answers from the shelf, and takes an own message back", async ({
  server,
  agent,
  visitor,
}) => {
  const keep = asAdministrator(server);
  const code = `hi${crypto.randomUUID().slice(0, 6)}`;
  await keep.canned(code, "Thank you for waiting!");
  const question = aText("Is anybody there?");
  await visitor.visit();
  await visitor.startConversation();
  await visitor.send(question);
  await visitor.expectSent(question);
  const { page } = agent;
  await agent.signIn();
  await agent.openConversation(question);
  await agent.leaveComposer();
  await page.keyboard.press("r");
  await page.keyboard.type(`Hello! /${code.slice(0, 5)}`);
  await expect(page.getByRole("option", { name: /Thank you for waiting/ })).toBeVisible();
  await expectNoIssuesInBothSchemes(page);
  await page.keyboard.press("Enter");
  await expect(agent.composer).toHaveValue("Hello! Thank you for waiting!");
  await expect(agent.composer).toBeFocused();
  await page.keyboard.press("Enter");
  await visitor.expectReply("Hello! Thank you for waiting!", server.agentName);

  const log = page.getByRole("log");
  const discard = async () => {
    await log.getByText("Hello! Thank you for waiting!").hover();
    await log.getByRole("button", { name: "Delete message" }).click();
    await expect(log.getByText("This message was deleted")).toBeVisible();
  };
  await discard();
  await expectNoIssues(page);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(log.getByText("Hello! Thank you for waiting!")).toBeVisible();
  await discard();
  await expect(visitor.message("Hello! Thank you for waiting!")).toHaveCount(1);
  // Sent as the page goes, though its notice still stood.
  await page.goto("about:blank");
  await expect(visitor.message("Hello! Thank you for waiting!")).toHaveCount(0);
});

test("an agent finds by words, looks after a contact, and merges two who are one person", async ({
  server,
  agent,
  newVisitor,
}) => {
  const keep = asAdministrator(server);
  const plan = `Plan${crypto.randomUUID().slice(0, 6)}`;
  await keep.attribute(plan, "list", ["gold", "silver"]);
  const word = `zebra${crypto.randomUUID().slice(0, 8)}`;
  const visitors = [await newVisitor(), await newVisitor()];
  for (const [index, visitor] of visitors.entries()) {
    await visitor.visit();
    await visitor.startConversation();
    await visitor.send(`${"I have been waiting for a very long time. ".repeat(4)}${word}${index}`);
    await visitor.expectSent(
      `${"I have been waiting for a very long time. ".repeat(4)}${word}${index}`,
    );
  }
  const { page } = agent;
  await agent.signIn();
  await page.keyboard.press("/");
  const field = page.getByRole("searchbox", { name: "Search" });
  await expect(field).toBeFocused();
  await page.keyboard.type(word);
  const results = page.getByRole("region", { name: "Search" }).getByRole("link");
  await expect(results).toHaveCount(2);
  await expect(results.first().locator("mark")).toHaveText(word);
  await expectNoIssues(page);
  await results.filter({ hasText: `${word}0` }).click();
  await expect(page.getByRole("log").getByText(`${word}0`)).toBeVisible();

  const panel = page.getByRole("complementary", { name: "Contact" });
  if (!(await panel.isVisible()))
    await page.getByRole("button", { name: "Contact details" }).click();
  const name = aText("Ada");
  const change = async (what: string, value: string) => {
    await panel.getByRole("button", { name: `Change ${what}` }).click();
    await panel.getByRole("textbox", { name: what }).fill(value);
    await page.keyboard.press("Enter");
  };
  await change("Name", name);
  await expect(panel.getByRole("heading", { name })).toBeVisible();
  const email = `${word}@example.com`;
  await change("E-mail", email);
  await expect(panel.getByRole("link", { name: email })).toBeVisible();
  await panel.getByRole("button", { name: `Change ${plan}` }).click();
  await panel.getByRole("combobox", { name: plan }).selectOption("gold");
  await panel.getByRole("button", { name: "Save" }).click();
  await expect(panel.getByText("gold", { exact: true })).toBeVisible();
  await panel.getByRole("button", { name: "Change Phone" }).click();
  await expectNoIssuesInBothSchemes(page);
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Close the search" }).click();
  await agent.entry(`${word}1`).click();
  await expect(page.getByRole("log").getByText(`${word}1`)).toBeVisible();
  await panel.getByRole("button", { name: "What to do with this contact" }).click();
  await page.getByRole("menuitem", { name: /Merge/ }).click();
  await page.getByRole("combobox", { name: "Find the contact to keep" }).fill(name);
  await page.getByRole("option", { name: new RegExp(email) }).click();
  await dialog(page, "Merge these contacts?").getByRole("button", { name: "Merge" }).click();
  await expect(panel.getByRole("heading", { name })).toBeVisible();
  await expect(panel.getByRole("link", { name: new RegExp(`${word}0`) })).toBeVisible();
});

test("an agent filters the list and keeps the filter as a view, which follows what happens", async ({
  agent,
  visitor,
}) => {
  const question = aText("Who takes this one?");
  await visitor.visit();
  await visitor.startConversation();
  await visitor.send(question);
  await visitor.expectSent(question);
  const { page } = agent;
  await agent.signIn();
  await page.getByRole("button", { name: "Filter conversations" }).click();
  const builder = dialog(page, "Filter conversations");
  await builder.getByRole("button", { name: "Add a condition" }).click();
  const second = builder.getByRole("group", { name: "Condition 2" });
  await second.getByLabel("How").selectOption("is_not_present");
  await expectNoIssuesInBothSchemes(page);
  await builder.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByRole("heading", { name: "Filtered" })).toBeVisible();
  await expect(agent.entry(question)).toBeVisible();
  await page.reload();
  await expect(agent.entry(question)).toBeVisible();
  await page.getByRole("button", { name: "Save as a view…" }).click();
  const view = aText("Nobody's");
  await page.getByRole("textbox", { name: "Name of the view" }).fill(view);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("link", { name: view })).toHaveAttribute("aria-current", "page");
  await agent.entry(question).click();
  await agent.assignToMe();
  await expect(agent.entry(question)).toHaveCount(0);
});
