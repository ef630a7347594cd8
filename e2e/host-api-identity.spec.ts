// Proving who the visitor is, and becoming somebody else, from the host page.
import { createHmac } from "node:crypto";
import { expect } from "@playwright/test";
import { SignJWT } from "jose";
import { callParlor as call } from "./kit/call-parlor.ts";
import { chatPage } from "./kit/host-page.ts";
import { test } from "./kit/host-test.ts";
import { identitySecret } from "./kit/inbox-settings.ts";
import type { Server } from "./kit/server.ts";
import { aText } from "./kit/test.ts";

const tokenOf = (server: Server, secret: string, subject: string, endsIn = "5 minutes") =>
  new SignJWT({})
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(subject)
    .setAudience(server.websiteToken)
    .setExpirationTime(endsIn)
    .setJti(crypto.randomUUID())
    .sign(new TextEncoder().encode(secret));

type Methods = Record<string, (...args: unknown[]) => Promise<unknown>>;

test("a verified visitor finds his conversations, and nobody after him sees a word of them", async ({
  page,
  browser,
  server,
  openSite,
}) => {
  const secret = await identitySecret(server);
  const [ann, bob] = [crypto.randomUUID(), crypto.randomUUID()];
  const hash = createHmac("sha256", secret).update(ann).digest("hex");
  const visitor = await openSite();
  const { host } = visitor;
  await visitor.startConversation();
  const question = aText("My order, please");
  await visitor.send(question);
  await visitor.expectSent(question);
  expect(await call(page, "identify", { id: ann, hash })).toMatchObject({ verified: true });
  await visitor.expectMessage(question);
  await visitor.composer.fill("a draft of Ann's");

  const token = await tokenOf(server, secret, bob);
  expect(await call(page, "identify", { token })).toMatchObject({ verified: true });
  await expect(visitor.panel.getByText("No conversations yet")).toBeVisible();
  await expect(visitor.panel.getByText(question)).toHaveCount(0);
  const left = await page.evaluate(() =>
    [localStorage, sessionStorage].map((area) => JSON.stringify(area)).join(" "),
  );
  expect(left).not.toContain("a draft of Ann's");
  expect(left).not.toContain(ann);

  await call(page, "logout");
  expect(await call(page, "getCustomerInfo")).toMatchObject({ contactId: null, verified: false });

  const context = await browser.newContext();
  const elsewhere = await context.newPage();
  await elsewhere.goto(host.url);
  await elsewhere.evaluate(() => window.Parlor?.ready);
  expect(await call(elsewhere, "identify", { token })).toBe("unauthenticated");
  await call(elsewhere, "identify", { token: await tokenOf(server, secret, ann) });
  expect(await call(elsewhere, "listConversations")).toMatchObject([{ lastMessage: question }]);
  await context.close();
});

test("who logs out while the server is slow leaves nothing on the device and nothing on screen", async ({
  page,
  server,
  openSite,
}) => {
  const secret = await identitySecret(server);
  const ann = `ann-${crypto.randomUUID()}`;
  const visitor = await openSite();
  await visitor.startConversation();
  const question = aText("Ann's question");
  await visitor.send(question);
  await visitor.expectSent(question);
  await call(page, "identify", { token: await tokenOf(server, secret, ann) });
  const held: (() => Promise<void>)[] = [];
  await page.route("**/public/api/v1/inboxes/*/contacts/*", (route) => {
    if (route.request().method() !== "PATCH") return route.continue();
    held.push(() => route.continue());
    return undefined;
  });
  const late = page.evaluate(async () => {
    const parlor = window.Parlor as unknown as Methods;
    const calls = [
      parlor["setCustomerInfo"]?.({ name: "Ann Stone" }),
      parlor["track"]?.("order"),
      parlor["page"]?.({ url: "https://example.com/ann", title: "Ann's orders" }),
    ];
    const settled = await Promise.allSettled(calls.map((one) => Promise.resolve(one)));
    return settled.map(({ status }) => status);
  });
  // The others wait for it, and have nobody left to be said of.
  await expect.poll(() => held.length).toBe(1);
  await call(page, "logout");
  const answered = page.waitForResponse((response) => response.request().method() === "PATCH");
  await Promise.all(held.map((go) => go()));
  await answered;
  expect(await late).toEqual(["rejected", "rejected", "rejected"]);
  expect(await call(page, "getCustomerInfo")).toMatchObject({ contactId: null, name: null });
  await expect(visitor.panel.getByText("No conversations yet")).toBeVisible();
  await expect(visitor.panel.getByText(question)).toHaveCount(0);
  const left = await page.evaluate(() =>
    [localStorage, sessionStorage].map((area) => JSON.stringify(area)).join(" "),
  );
  for (const trace of [ann, "Ann Stone", question, "source_id"]) expect(left).not.toContain(trace);
});

test("what is said and decided in one tab is known in the other, and told there once", async ({
  server,
  serve,
  openTabOf,
}) => {
  const host = await serve({ html: (nonce) => chatPage(server, nonce) });
  const open = async () => {
    const visitor = await openTabOf(host);
    const { page } = visitor;
    await page.evaluate(() => {
      const told: unknown[] = [];
      Object.assign(window, { told });
      for (const name of ["customerInfoChange", "consentChange"]) {
        const { on } = window.Parlor as unknown as { on: (...args: unknown[]) => void };
        on(name, ({ type, local }: Record<string, unknown>) => told.push([type, local]));
      }
    });
    await visitor.open();
    const told = () => page.evaluate(() => (window as unknown as { told: unknown[] }).told);
    return { page, visitor, told };
  };
  const one = await open();
  await one.visitor.panel.getByRole("button", { name: "New conversation" }).click();
  const question = aText("Two tabs");
  await one.visitor.send(question);
  await one.visitor.expectSent(question);
  const two = await open();
  await call(one.page, "setCustomerInfo", { name: "Ada Stone" });
  await expect.poll(two.told).toEqual([["customerInfoChange", false]]);
  expect(await call(two.page, "getCustomerInfo")).toMatchObject({ name: "Ada Stone" });
  await call(one.page, "setConsent", "denied");
  await expect.poll(two.told).toContainEqual(["consentChange", false]);
  await call(two.page, "startChat", { text: "nothing of this is kept" });
  for (const { page } of [one, two]) {
    const kept = () => page.evaluate(() => localStorage.length + sessionStorage.length);
    await expect.poll(kept).toBe(0);
  }
  expect(await one.told()).toEqual([
    ["customerInfoChange", true],
    ["consentChange", true],
  ]);
  expect(await two.told()).toHaveLength(2);
});

test("what is forged or old is refused with a code; a website with a newer token is asked once more", async ({
  page,
  server,
  openSite,
}) => {
  const secret = await identitySecret(server);
  await openSite();
  expect(await call(page, "identify", { id: "ann", hash: "0".repeat(64) })).toBe("unauthenticated");
  expect(await call(page, "identify", { id: "ann" })).toBe("invalid");
  const old = await tokenOf(server, secret, "ann", "5 minutes ago");
  expect(await call(page, "identify", { token: old })).toBe("unauthenticated");
  const fresh = await tokenOf(server, secret, crypto.randomUUID());
  const info = await page.evaluate(
    async (tokens) => {
      const parlor = window.Parlor as unknown as Methods;
      return await parlor["identify"]?.({ token: () => Promise.resolve(tokens.shift()) });
    },
    [old, fresh],
  );
  expect(info).toMatchObject({ verified: true });
});
