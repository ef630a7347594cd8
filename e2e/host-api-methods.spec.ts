// Every method, against the built script: what a developer calls and is answered, and what a visitor sees.
import { createHmac } from "node:crypto";
import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";
import { methodNames } from "./kit/api-names.ts";
import { callParlor as call } from "./kit/call-parlor.ts";
import { test } from "./kit/host-test.ts";
import { identitySecret } from "./kit/inbox-settings.ts";
import { aText } from "./kit/test.ts";

const some = (matcher: Record<string, unknown>) => expect.objectContaining(matcher) as unknown;
const widget = (page: Page) => page.locator("parlor-widget");
const kept = (page: Page) =>
  page.evaluate(() => Object.keys(localStorage).length + Object.keys(sessionStorage).length);

/** It saves a file: host-api-facts.spec.ts has it. */
const testedElsewhere = ["requestTranscript"];

test("every method does what its row says, and answers it", async ({ page, server, openSite }) => {
  const visitor = await openSite();
  const { host } = visitor;
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
      () => expect(widget(page)).toHaveCSS("color-scheme", "dark"),
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
        expect(await call(page, "getCustomerInfo")).toMatchObject({
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
        const [first] = (await call(page, "listConversations")) as { id: number }[];
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
      async () => expect(await call(page, "getCustomerInfo")).toMatchObject({ contactId: null }),
    ],
    ["setConsent", ["denied"], undefined, async () => expect(await kept(page)).toBe(0)],
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
      expect(await call(page, name, ...args)).toEqual(answer);
      await check?.();
    });
  }
  expect(conversation).toBeGreaterThan(0);
  const known = [...rows.map(([name]) => name), ...testedElsewhere];
  expect(known).toEqual(expect.arrayContaining(methodNames));
});

test("a page writes into the field and the visitor sends; or the page sends by itself", async ({
  page,
  openSite,
}) => {
  const visitor = await openSite();
  const question = aText("Is the blue one left?");
  await call(page, "startChat", { text: question });
  await expect(visitor.composer).toHaveValue(question);
  await visitor.composer.press("Enter");
  await visitor.expectSent(question);
  const more = aText("In size M");
  await call(page, "prefill", more);
  await expect(visitor.composer).toHaveValue(more);
  await visitor.composer.fill("");
  const sent = (await call(page, "sendMessage", more)) as { conversationId: number };
  await visitor.expectSent(more);

  expect(await call(page, "listConversations")).toMatchObject([
    { id: sent.conversationId, status: "open", lastMessage: more },
  ]);
  expect(await call(page, "search", question.toUpperCase())).toMatchObject([{ text: question }]);
  expect(await call(page, "openConversation", 987_654)).toBe("not_found");
  expect(await call(page, "sendMessage", "")).toBe("invalid");
  expect(await call(page, "endChat")).toMatchObject({ status: "resolved" });
  await expect(visitor.closedLine).toBeVisible();
});

test("the interface is drawn anew with the draft, the thread and the connection kept", async ({
  page,
  openSite,
}) => {
  const visitor = await openSite();
  await visitor.startConversation();
  const question = aText("Does this stay?");
  await visitor.send(question);
  await visitor.expectSent(question);
  await visitor.composer.fill("half a sentence");
  const reloaded = page.evaluate(
    () =>
      new Promise((resolve) =>
        window.addEventListener("parlor:reload-ui", (event) =>
          resolve((event as CustomEvent).detail),
        ),
      ),
  );
  await call(page, "reloadUI");
  expect(await reloaded).toMatchObject({
    type: "reloadUI",
    durationMs: expect.any(Number),
  });
  await visitor.expectSent(question);
  await expect(visitor.composer).toHaveValue("half a sentence");
  await visitor.send("and the rest");
  await visitor.expectSent("and the rest");
});
