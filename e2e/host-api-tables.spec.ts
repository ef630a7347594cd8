// A row for every row of docs/host-api.md, against the built script: each setting, each method, each event.
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";
import { membersOf } from "../scripts/host-api-members.ts";
import { createTestAgent } from "../src/sdk/testing/test-agent.ts";
import { callParlor } from "./kit/call-parlor.ts";
import { articlePage, chatPageWithScript, scriptTag } from "./kit/host-page.ts";
import { test } from "./kit/host-test.ts";
import { comeBack, identitySecret } from "./kit/inbox-settings.ts";
import { aText } from "./kit/test.ts";
import type { Visitor } from "./kit/visitor.ts";

const sourceOf = (name: string) =>
  readFileSync(new URL(`../src/widget/${name}`, import.meta.url), "utf8");

const namesIn = (file: string, name: string) =>
  membersOf(sourceOf(file), name).map((member) => member.name);
const methodNames = ["ParlorMethods", "LaterMethods"].flatMap((name) =>
  namesIn("host/parlor.ts", name),
);
const subscriberNames = namesIn("host/parlor.ts", "ParlorEvents");
const eventNames = subscriberNames.map((name) => name.charAt(2).toLowerCase() + name.slice(3));

const without = (names: string[], known: string[]) => names.filter((name) => !known.includes(name));

type Row = [name: string, value: unknown, check: (visitor: Visitor) => Promise<unknown>];
const widget = (page: Page) => page.locator("parlor-widget");
const kept = (page: Page) =>
  page.evaluate(() => Object.keys(localStorage).length + Object.keys(sessionStorage).length);
const says = (text: string) => (visitor: Visitor) =>
  expect(visitor.panel.getByText(text, { exact: true })).toBeVisible();

/** What each switch takes away from an open conversation. */
const switched = {
  endChat: "End chat",
  transcript: "Save as text",
  sound: "Sound for new messages",
  attachments: "Attach files",
  emoji: "Emoji",
};

/** In this order: what opens the chat comes before what is seen in it. */
const settings: Row[] = [
  ["inbox", undefined, ({ launcher }) => expect(launcher).toBeVisible()],
  ["nonce", "n", ({ launcher }) => expect(launcher).toBeVisible()],
  [
    "launcherText",
    { en: "Chat with us" },
    ({ launcher }) => expect(launcher).toHaveText("Chat with us"),
  ],
  [
    "widgetAppearance",
    { color: "#0a7f5a", position: "left", offset: { x: 50 } },
    async (visitor) => {
      await expect(visitor.launcher).toHaveCSS("background-color", "rgb(10, 127, 90)");
      expect((await visitor.launcher.boundingBox())?.x).toBe(50);
    },
  ],
  ["visibility", "hidden", ({ launcher }) => expect(launcher).toBeHidden()],
  ["visibility", "shown", ({ launcher }) => expect(launcher).toBeVisible()],
  ["launcher", { hidden: true }, ({ launcher }) => expect(launcher).toBeHidden()],
  ["launcher", { hidden: false }, ({ launcher }) => expect(launcher).toBeVisible()],
  ["targeting", { exclude: ["*"] }, ({ page }) => expect(widget(page)).toHaveCount(0)],
  ["targeting", null, ({ page }) => expect(widget(page)).toHaveCount(1)],
  ["windowState", "maximized", ({ panel }) => expect(panel).toBeVisible()],
  ["greeting", "How may we help?", says("How may we help?")],
  ["greetingIntroduction", "Anything at all", says("Anything at all")],
  ["conversationButton", { en: "Ask", de: "Fragen" }, says("Ask")],
  ["locale", "de", says("Fragen")],
  ["locale", "en", says("Ask")],
  [
    "container",
    "main",
    async ({ page, panel }) => {
      await expect(page.locator("main > parlor-widget")).toHaveCount(1);
      await expect(panel).toBeVisible();
    },
  ],
  ["container", null, ({ page }) => expect(page.locator("body > parlor-widget")).toHaveCount(1)],
  [
    "persistWindowState",
    "always",
    ({ page }) =>
      expect
        .poll(() =>
          page.evaluate(() => Object.keys(localStorage).some((key) => key.endsWith(":window"))),
        )
        .toBe(true),
  ],
  [
    "persistWindowState",
    "never",
    async ({ page, panel }) => {
      for (const name of ["minimize", "maximize"]) await callParlor(page, name);
      await expect(panel).toBeVisible();
      await expect
        .poll(() =>
          page.evaluate(() =>
            [localStorage, sessionStorage]
              .flatMap((area) => Object.keys(area))
              .filter((key) => key.endsWith(":window")),
          ),
        )
        .toEqual([]);
    },
  ],
  [
    "routeTracking",
    "auto",
    ({ page }) =>
      expect
        .poll(async () => JSON.stringify(await callParlor(page, "getCustomerInfo")))
        .toContain("page_url"),
  ],
  [
    "storage",
    "session",
    async ({ page }) => {
      await callParlor(page, "startChat", { text: aText("Kept?"), send: true });
      await expect
        .poll(() => page.evaluate(() => Object.keys(sessionStorage).length))
        .toBeGreaterThan(0);
    },
  ],
  [
    "conversationListTitle",
    "Before",
    async (visitor) => {
      await visitor.panel.getByRole("button", { name: "Back" }).click();
      await says("Before")(visitor);
    },
  ],
  [
    "features",
    {},
    async ({ page, panel, composer }) => {
      await panel.getByRole("listitem").first().getByRole("button").click();
      await expect(composer).toBeVisible();
      await panel.getByRole("button", { name: "More options" }).click();
      for (const [feature, words] of Object.entries(switched)) {
        const part = panel.getByRole("button", { name: words }).or(panel.getByLabel(words)).first();
        await expect(part, feature).toBeVisible();
        await callParlor(page, "updateSettings", { features: { [feature]: false } });
        await expect(part, feature).toBeHidden();
      }
    },
  ],
  ["consent", "denied", ({ page }) => expect.poll(() => kept(page)).toBe(0)],
];

test("every setting does what its row says, on a page that is there already", async ({
  page,
  server,
  serve,
  visitorOf,
}) => {
  const host = await serve({
    html: (nonce) => articlePage({ foot: scriptTag(server.url, server.websiteToken, nonce) }),
  });
  const visitor = visitorOf(page, host);
  await visitor.visit("/");
  for (const [name, value, check] of settings) {
    await test.step(name, async () => {
      if (value !== undefined) {
        expect(await callParlor(page, "updateSettings", { [name]: value })).toBeUndefined();
      }
      await check(visitor);
    });
  }
  expect(await callParlor(page, "updateSettings", { greeting: 5 })).toBe("invalid");
  const rows = namesIn("store/host-settings.ts", "HostSettings");
  expect(new Set(settings.map(([name]) => name))).toEqual(new Set(rows));
});

const some = (matcher: Record<string, unknown>) => expect.objectContaining(matcher) as unknown;

test("every method does what its row says, and answers it", async ({
  page,
  server,
  serve,
  visitorOf,
}) => {
  const host = await serve({
    html: (nonce) => chatPageWithScript(server, "", nonce),
  });
  const visitor = visitorOf(page, host);
  await visitor.visit("/");
  const secret = await identitySecret(server);
  const id = crypto.randomUUID();
  const hash = createHmac("sha256", secret).update(id).digest("hex");
  const question = aText("Which one?");
  let conversation = 0;
  const rows: [string, unknown[], unknown, (() => Promise<unknown>)?][] = [
    ["getVisibility", [], "shown"],
    ["setVisibility", ["hidden"], "hidden", () => expect(visitor.launcher).toBeHidden()],
    ["show", [], "shown", () => expect(visitor.launcher).toBeVisible()],
    ["hide", [], "hidden", () => expect(visitor.launcher).toBeHidden()],
    ["setVisibility", ["shown"], "shown"],
    ["setVisibility", ["sideways"], "invalid"],
    ["getWindowState", [], "minimized"],
    ["setWindowState", ["maximized"], "maximized", () => expect(visitor.panel).toBeVisible()],
    ["minimize", [], "minimized", () => expect(visitor.panel).toBeHidden()],
    ["maximize", [], "maximized", () => expect(visitor.panel).toBeVisible()],
    ["toggle", [], "minimized", () => expect(visitor.panel).toBeHidden()],
    ["setWindowState", ["sideways"], "invalid"],
    ["updateSettings", [{ greeting: "Hello" }], undefined],
    [
      "setColorScheme",
      ["dark"],
      undefined,
      () => expect(widget(page)).toHaveAttribute("data-scheme", "dark"),
    ],
    ["setLocale", ["en"], undefined],
    ["setLocale", [""], "invalid"],
    [
      "setCustomerInfo",
      [{ name: "Ada", fields: { plan: "pro" } }],
      some({ name: "Ada", fields: { plan: "pro" } }),
    ],
    ["setCustomerInfo", [{ name: 5 }], "invalid"],
    ["getCustomerInfo", [], some({ name: "Ada", contactId: null, verified: false })],
    ["page", [{ title: "Tents" }], undefined],
    [
      "track",
      ["viewed", { id: 5 }],
      undefined,
      async () =>
        expect(await callParlor(page, "getCustomerInfo")).toMatchObject({
          fields: {
            plan: "pro",
            page_title: "Tents",
            page_url: host.url,
            event_viewed: { data: { id: 5 } },
          },
        }),
    ],
    ["getUnreadCount", [], 0],
    ["getAvailability", [], some({ state: expect.stringMatching(/available/) })],
    [
      "getShareLink",
      [{ text: "Hi" }],
      `${server.url}/chat/${server.websiteToken}#chat/new?text=Hi`,
    ],
    ["getShareLink", [{ conversation: 987_654 }], "not_found"],
    [
      "startChat",
      [{ text: question }],
      some({ conversationId: null }),
      () => expect(visitor.composer).toHaveValue(question),
    ],
    ["prefill", ["Another"], undefined, () => expect(visitor.composer).toHaveValue("Another")],
    [
      "sendMessage",
      [question],
      some({ echoId: expect.any(String) }),
      () => visitor.expectSent(question),
    ],
    ["sendMessage", [""], "invalid"],
    [
      "listConversations",
      [],
      [some({ lastMessage: question, status: "open" })],
      async () => {
        const [first] = (await callParlor(page, "listConversations")) as { id: number }[];
        conversation = first?.id ?? 0;
      },
    ],
    ["search", [question.toLowerCase()], [some({ text: question })]],
    ["openConversation", [987_654], "not_found"],
    ["reloadUI", [], undefined, () => visitor.expectSent(question)],
    ["diagnose", [], { ok: true, blockers: [] }],
    ["endChat", [], some({ status: "resolved" }), () => expect(visitor.closedLine).toBeVisible()],
    ["identify", [{ id, hash: "0".repeat(64) }], "unauthenticated"],
    ["identify", [{ id, hash }], some({ verified: true })],
    [
      "logout",
      [],
      undefined,
      async () =>
        expect(await callParlor(page, "getCustomerInfo")).toMatchObject({ contactId: null }),
    ],
    ["setConsent", ["denied"], undefined, () => expect.poll(() => kept(page)).toBe(0)],
    ["setConsent", ["perhaps"], "invalid"],
    ["shutdown", [], undefined, () => expect(widget(page)).toHaveCount(0)],
    [
      "destroy",
      [],
      undefined,
      async () => expect(await page.evaluate(() => "Parlor" in window)).toBe(false),
    ],
  ];
  for (const [name, args, answer, check] of rows) {
    await test.step(`${name} ${JSON.stringify(args)}`, async () => {
      expect(await callParlor(page, name, ...args)).toEqual(answer);
      await check?.();
    });
  }
  expect(conversation).toBeGreaterThan(0);
  expect(without(methodNames, [...rows.map(([name]) => name), "requestTranscript"])).toEqual([]);
});

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
  serve,
  visitorOf,
}) => {
  const script = `window.heard = []; window.flat = [];
window.Parlor = [(parlor) => {
  for (const name of ${JSON.stringify(subscriberNames)}) parlor[name]((event) => heard.push(event));
}];
for (const name of ${JSON.stringify(eventNames.map((name) => name.replace(/[A-Z]+/g, (one) => `-${one.toLowerCase()}`)))}) {
  addEventListener("parlor:" + name, ({ detail }) => flat.push(detail));
}`;
  const host = await serve({ html: (nonce) => chatPageWithScript(server, script, nonce) });
  const visitor = visitorOf(page, host);
  const access = server.access;
  const agent = createTestAgent(access);
  await visitor.visit("/");
  await callParlor(page, "updateSettings", { greeting: 5 });
  await callParlor(page, "setCustomerInfo", { name: "Ada" });
  await widget(page)
    .getByRole("button", { name: /Support team/ })
    .click();
  await expect(visitor.panel).toBeVisible();
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
  expect(without(eventNames, [...Object.keys(events), ...toldElsewhere])).toEqual([]);
});
