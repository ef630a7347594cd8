// A test for every row of the events in docs/host-api.md, against the built script.
import { createHmac } from "node:crypto";
import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";
import { createTestAgent } from "../src/sdk/testing/test-agent.ts";
import { eventNames, subscriberNames } from "./kit/api-names.ts";
import { callParlor } from "./kit/call-parlor.ts";
import { test } from "./kit/host-test.ts";
import { comeBack, identitySecret } from "./kit/inbox-settings.ts";
import { aText } from "./kit/test.ts";

const some = (matcher: Record<string, unknown>) => expect.objectContaining(matcher) as unknown;
const widget = (page: Page) => page.locator("parlor-widget");

/** These want more people or tabs: host-api-facts.spec.ts has them. */
const toldElsewhere = ["typing", "readReceipt", "prechatSubmit", "csatSubmit", "attachmentUpload"];

/** What each event must say, at least. */
const any = { text: expect.any(String) as unknown, id: expect.any(Number) as unknown };
const events: Record<string, Record<string, unknown>> = {
  ready: { inbox: any.text },
  error: { code: "invalid", setting: "greeting" },
  visibilityChange: { visibility: "hidden" },
  proactiveShown: { kind: "greeting" },
  proactiveClick: { kind: "greeting" },
  proactiveDismiss: { kind: "greeting" },
  chatMaximize: { reason: "proactive", view: "home", conversationId: null },
  chatMinimize: { reason: "escape", openMs: any.id },
  chatInitiated: { echoId: any.text, origin: "visitor" },
  chatStarted: { conversationId: any.id, echoId: any.text, startedBy: "visitor" },
  chatClosed: { conversationId: any.id, closedBy: "agent", status: "resolved", durationMs: any.id },
  agentAssign: {
    agent: some({ name: any.text }),
    previousAgent: null,
    kind: "assigned",
    waitMs: any.id,
    team: null,
  },
  agentStateChange: { state: "available", previous: "unavailable" },
  customerInfoChange: { name: "Ada" },
  identityChange: { verified: true },
  unreadCountChange: { count: 1 },
  messageSent: { echoId: any.text, state: "sent" },
  messageReceived: { text: "Yes!", agent: some({ name: any.text }) },
  connectionChange: { state: "connected" },
  consentChange: { consent: "denied", previous: "granted" },
  reloadUI: { durationMs: any.id },
  destroyed: {},
};

test("every event is told, to handlers and on the window, with what its row says", async ({
  page,
  agent: desk,
  server,
  openSite,
}) => {
  const script = `window.heard = []; window.flat = [];
window.Parlor = [(parlor) => {
  for (const name of ${JSON.stringify(subscriberNames)}) parlor[name]((event) => heard.push(event));
}];
for (const name of ${JSON.stringify(eventNames.map((name) => name.replace(/[A-Z]+/g, (one) => `-${one.toLowerCase()}`)))}) {
  addEventListener("parlor:" + name, ({ detail }) => flat.push(detail));
}`;
  const visitor = await openSite({ script });
  const { host } = visitor;
  const { access } = server;
  const agent = createTestAgent(access);
  await callParlor(page, "updateSettings", { greeting: 5 });
  await callParlor(page, "setCustomerInfo", { name: "Ada" });
  await widget(page)
    .getByRole("button", { name: /Support team/ })
    .click();
  // Focus comes after the first frame; before that, Escape is the page's.
  await expect(widget(page).locator("dialog:focus-within")).toBeVisible();
  await page.keyboard.press("Escape");
  await visitor.startConversation();
  const question = aText("Is it told?");
  await visitor.send(question);
  await visitor.expectSent(question);
  const { id } = await agent.waitForMessage(question);
  await agent.assign(id, access.agentId);
  await visitor.close();
  await agent.reply(id, "Yes!");
  await visitor.expectUnread(1);
  await desk.signIn();
  await comeBack(server);
  await agent.resolve(id);
  const told = (type: string) =>
    page.evaluate((name) => (window.heard ?? []).filter((event) => event.type === name), type);
  await expect.poll(async () => (await told("chatClosed")).length).toBe(1);
  await expect
    .poll(async () => (await told("agentStateChange")).map(({ detail }) => detail))
    .toContainEqual(expect.objectContaining({ ...events["agentStateChange"] }));
  const user = crypto.randomUUID();
  const hash = createHmac("sha256", await identitySecret(server))
    .update(user)
    .digest("hex");
  await callParlor(page, "identify", { id: user, hash });
  await callParlor(page, "reloadUI");
  await callParlor(page, "setConsent", "denied");
  await callParlor(page, "hide");
  await callParlor(page, "destroy");
  const [heard, flat] = await page.evaluate(
    () => [window.heard ?? [], (window as unknown as { flat: { type: string }[] }).flat] as const,
  );
  for (const [type, detail] of Object.entries(events)) {
    // It comes on the next visit.
    if (type === "proactiveDismiss") continue;
    const those = heard.filter((event) => event.type === type);
    expect(
      those.map((event) => event.detail),
      type,
    ).toContainEqual(expect.objectContaining(detail));
    for (const event of those) expect(event).toMatchObject({ v: 1, id: any.text, at: any.id });
    expect(flat.filter((event) => event.type === type).length, type).toBe(those.length);
  }
  const ids = heard.map((event) => event.id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const once of [
    "chatStarted",
    "chatInitiated",
    "chatClosed",
    "agentAssign",
    "proactiveShown",
  ]) {
    expect(
      heard.filter((event) => event.type === once),
      once,
    ).toHaveLength(1);
  }
  expect(JSON.stringify(flat)).not.toContain("Yes!");
  expect(JSON.stringify(flat)).not.toContain(question);
  // Nothing was kept: here comes somebody new, who sends the greeting away.
  await page.goto(host.url);
  await widget(page).getByRole("button", { name: "Dismiss" }).click();
  const dismissed = await told("proactiveDismiss");
  expect(dismissed.map((event) => event.detail)).toEqual([events["proactiveDismiss"]]);
  const known = [...Object.keys(events), ...toldElsewhere];
  expect(known).toEqual(expect.arrayContaining(eventNames));
});
