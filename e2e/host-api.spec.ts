// window.Parlor as a host page's developer uses it: the queue, the methods, the events.
import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";
import type { PublicEvent } from "./kit/host-api.ts";
import { chatPage, chatPageWithScript, strictPolicy } from "./kit/host-page.ts";
import { test } from "./kit/host-test.ts";
import { aText } from "./kit/test.ts";

const noteEvents = `window.heard = [];
window.Parlor = window.Parlor || [];
window.Parlor.push((parlor) => {
  for (const name of ["onChatMaximize", "onChatMinimize", "onChatStarted", "onAgentAssign"]) {
    parlor[name]((event) => window.heard.push(event));
  }
});`;

async function heard(page: Page, type: string): Promise<PublicEvent[]> {
  const events = await page.evaluate(() => window.heard ?? []);
  return events.filter((event) => event.type === type);
}

test("calls made before the script has loaded are done when it has", async ({
  page,
  server,
  serve,
  visitorOf,
}) => {
  const script = `${noteEvents}
window.Parlor.push({ widgetAppearance: { color: "#0a7f5a" } });
window.Parlor.push(["setCustomerInfo", { name: "Queued Quentin" }]);
window.Parlor.push(["maximize"]);`;
  const host = await serve({
    html: (nonce) => chatPageWithScript(server, script, nonce),
    policy: strictPolicy(server.url),
  });
  const visitor = visitorOf(page, host);
  await page.goto(host.url);
  await expect(visitor.panel).toBeVisible();
  const info = await page.evaluate(() => window.Parlor?.getCustomerInfo());
  expect(info).toMatchObject({ name: "Queued Quentin" });
  expect(await page.evaluate(() => window.Parlor?.getWindowState())).toBe("maximized");
  expect((await heard(page, "chatMaximize")).map((event) => event.detail["reason"])).toEqual([
    "api",
  ]);
});

test("opening and closing is told with its reason, once, however it happens", async ({
  page,
  server,
  serve,
  visitorOf,
}) => {
  const host = await serve({ html: (nonce) => chatPageWithScript(server, noteEvents, nonce) });
  const visitor = visitorOf(page, host);
  await visitor.visit("/");
  await visitor.openChat();
  await page.keyboard.press("Escape");
  await expect(visitor.panel).toBeHidden();
  await page.evaluate(() => window.Parlor?.maximize());
  await expect(visitor.panel).toBeVisible();
  await page.evaluate(() => window.Parlor?.maximize());
  await page.evaluate(() => window.Parlor?.minimize());
  await expect(visitor.panel).toBeHidden();
  await visitor.openChat();
  await visitor.minimize();

  const opened = await heard(page, "chatMaximize");
  expect(opened.map((event) => event.detail["reason"])).toEqual(["launcher", "api", "launcher"]);
  const closed = await heard(page, "chatMinimize");
  expect(closed.map((event) => event.detail["reason"])).toEqual(["escape", "api", "button"]);
  for (const event of [...opened, ...closed]) {
    expect(event).toMatchObject({ v: 1, local: true });
    expect(event.at).toBeGreaterThan(0);
    expect(event.detail).toHaveProperty("conversationId");
  }
  for (const event of opened) expect(event.detail).toHaveProperty("view");
  for (const event of closed) expect(event.detail["openMs"]).toBeGreaterThanOrEqual(0);
  const ids = [...opened, ...closed].map((event) => event.id);
  expect(new Set(ids).size).toBe(ids.length);
});

test("the start of a chat and the agent who takes it are told by ids and names, without message text", async ({
  page,
  agent,
  server,
  serve,
  visitorOf,
}) => {
  const host = await serve({ html: (nonce) => chatPageWithScript(server, noteEvents, nonce) });
  const visitor = visitorOf(page, host);
  await agent.signIn();
  await visitor.visit("/");
  await visitor.startConversation();
  const question = aText("Who will answer me?");
  await visitor.say(question);
  await visitor.expectSent(question);
  await agent.openConversation(question);
  await agent.assignToMe();

  await expect.poll(async () => (await heard(page, "agentAssign")).length).toBe(1);
  const [started, ...startedAgain] = await heard(page, "chatStarted");
  expect(startedAgain).toEqual([]);
  expect(started?.detail).toMatchObject({ startedBy: "visitor" });
  expect(started?.detail["conversationId"]).toEqual(expect.any(Number));
  expect(started?.detail["echoId"]).toEqual(expect.any(String));
  const [assigned] = await heard(page, "agentAssign");
  expect(assigned?.source).toBe("agent");
  expect(assigned?.detail).toMatchObject({
    conversationId: started?.detail["conversationId"],
    agent: { name: server.agentName },
    kind: "assigned",
  });
  const everything = JSON.stringify(await page.evaluate(() => window.heard));
  expect(everything).not.toContain(question);
  expect(everything).not.toContain(server.administrator.email);
});

test("visibility, window state and customer info do what their names say", async ({
  page,
  server,
  serve,
  visitorOf,
}) => {
  const host = await serve({ html: (nonce) => chatPage(server, nonce) });
  const visitor = visitorOf(page, host);
  await visitor.visit("/");
  expect(await page.evaluate(() => window.Parlor?.getVisibility())).toBe("shown");
  await page.evaluate(() => window.Parlor?.setVisibility("hidden"));
  await expect(visitor.launcher).toBeHidden();
  expect(await page.evaluate(() => window.Parlor?.getVisibility())).toBe("hidden");
  await page.evaluate(() => window.Parlor?.show());
  await expect(visitor.launcher).toBeVisible();

  await page.evaluate(() => window.Parlor?.setWindowState("maximized"));
  await expect(visitor.panel).toBeVisible();
  await page.evaluate(() => window.Parlor?.toggle());
  await expect(visitor.panel).toBeHidden();
  expect(await page.evaluate(() => window.Parlor?.getWindowState())).toBe("minimized");

  const stored = await page.evaluate(() =>
    window.Parlor?.setCustomerInfo({ name: "Ada", email: "ada@example.com" }),
  );
  expect(stored).toMatchObject({ name: "Ada", email: "ada@example.com" });
  const cleared = await page.evaluate(() => window.Parlor?.setCustomerInfo({ email: null }));
  expect(cleared).toMatchObject({ name: "Ada" });
  expect(cleared?.["email"] ?? null).toBeNull();

  const refusal = await page.evaluate(async () => {
    try {
      await window.Parlor?.setWindowState("sideways");
      return undefined;
    } catch (error) {
      const { code, message } = error as { code: string; message: string };
      return { code, message };
    }
  });
  expect(refusal).toMatchObject({ code: "invalid" });
});
