// diagnose() names what stops the chat: one test for each name.
import { createHmac } from "node:crypto";
import { expect } from "@playwright/test";
import { callParlor } from "./kit/call-parlor.ts";
import { articlePage, chatPage, scriptTag, strictPolicy } from "./kit/host-page.ts";
import { test } from "./kit/host-test.ts";
import { changeInbox, identitySecret } from "./kit/inbox-settings.ts";

const names = (...codes: string[]) => ({
  ok: codes.length === 0,
  blockers: codes.map((code) => expect.objectContaining({ code }) as unknown),
});

test("nothing, where everything is well", async ({ page, server, openSite }) => {
  const policy = strictPolicy(server.url);
  await openSite({ policy });
  expect(await callParlor(page, "diagnose")).toEqual(names());
});

test("csp, with the directive and what to allow", async ({ page, server, openSite }) => {
  const policy = (nonce: string) =>
    strictPolicy(server.url)(nonce).replace(/connect-src [^;]+/, "connect-src 'self'");
  await openSite({ policy, becomesReady: false });
  await page.waitForFunction(() => window.Parlor && "v" in window.Parlor);
  const found = await callParlor(page, "diagnose");
  expect(found).toEqual(names("csp"));
  expect(JSON.stringify(found)).toContain("connect-src");
  expect(JSON.stringify(found)).toContain(server.url);
});

test("inbox_unknown", async ({ page, server, serve }) => {
  const other = { url: server.url, websiteToken: "nobodys-token" };
  const host = await serve({ html: (nonce) => chatPage(other, nonce) });
  await page.goto(host.url);
  await page.waitForFunction(() => window.Parlor && "v" in window.Parlor);
  expect(await callParlor(page, "diagnose")).toEqual(names("inbox_unknown"));
});

test("domain_not_allowed", async ({ page, server, openSite }) => {
  await changeInbox(server, { allowed_domains: ["elsewhere.example"] });
  await openSite({ becomesReady: false });
  await page.waitForFunction(() => window.Parlor && "v" in window.Parlor);
  expect(await callParlor(page, "diagnose")).toEqual(names("domain_not_allowed"));
  await changeInbox(server, { allowed_domains: [] });
});

test("offline and unreachable, asked for the first time then or later", async ({
  page,
  context,
  openSite,
}) => {
  await openSite();
  // Nothing of it has been fetched yet.
  await context.setOffline(true);
  expect(await callParlor(page, "diagnose")).toEqual(names("offline"));
  expect(await callParlor(page, "listConversations")).toBe("unreachable");
  await context.setOffline(false);
  await page.route("**/widget/methods-*", (route) => route.abort());
  expect(await callParlor(page, "diagnose")).toEqual(names("unreachable"));
  await page.unroute("**/widget/methods-*");
  expect(await callParlor(page, "diagnose")).toEqual(names());
  await context.setOffline(true);
  expect(await callParlor(page, "diagnose")).toEqual(names("offline"));
  await context.setOffline(false);
  await page.route("**/public/api/**", (route) => route.abort());
  expect(await callParlor(page, "diagnose")).toEqual(names("unreachable"));
});

test("csp, where a policy forbids even what the chat and diagnose themselves would load", async ({
  page,
  server,
  serve,
}) => {
  const script = `script-src ${server.url}/widget.js`;
  const host = await serve({
    html: () => chatPage(server, ""),
    policy: (nonce) => strictPolicy(server.url)(nonce).replace(/script-src [^;]+/, script),
  });
  await page.goto(host.url);
  await page.evaluate(() => window.Parlor?.ready);
  const error = page.evaluate(
    () =>
      new Promise<unknown>((resolve) =>
        window.addEventListener("parlor:error", (event) => resolve((event as CustomEvent).detail)),
      ),
  );
  expect(await callParlor(page, "maximize")).toBe("csp");
  expect(await error).toMatchObject({
    code: "csp",
    message: expect.stringContaining("script-src"),
  });
  await expect(page.getByRole("alert")).toContainText("The chat did not load.");
  expect(await callParlor(page, "diagnose")).toEqual(names("csp"));
});

test("inbox_missing, where the tag names none, until a page gives one", async ({
  page,
  server,
  serve,
}) => {
  const tag = scriptTag(server.url, server.websiteToken, "n").replace(/ data-inbox="[^"]*"/, "");
  const host = await serve({ html: () => articlePage({ foot: tag }) });
  await page.goto(host.url);
  await page.waitForFunction(() => window.Parlor && "v" in window.Parlor);
  expect(await callParlor(page, "diagnose")).toEqual(names("inbox_missing"));
  await page.evaluate((inbox) => window.Parlor?.push({ inbox }), server.websiteToken);
  expect(await callParlor(page, "diagnose")).toEqual(names());
  await callParlor(page, "shutdown");
  expect(await callParlor(page, "diagnose")).toEqual(names("inbox_missing"));
});

test("identity_refused, until a right one comes or nobody is to be proven", async ({
  page,
  server,
  openSite,
}) => {
  await openSite();
  const id = crypto.randomUUID();
  const secret = await identitySecret(server);
  const hash = createHmac("sha256", secret).update(id).digest("hex");
  const forged = { id, hash: "0".repeat(64) };
  expect(await callParlor(page, "identify", forged)).toBe("unauthenticated");
  expect(await callParlor(page, "diagnose")).toEqual(names("identity_refused"));
  await callParlor(page, "logout");
  expect(await callParlor(page, "diagnose")).toEqual(names());
  await callParlor(page, "identify", forged);
  expect(await callParlor(page, "diagnose")).toEqual(names("identity_refused"));
  await callParlor(page, "identify", { id, hash });
  expect(await callParlor(page, "diagnose")).toEqual(names());
});

test("consent_denied, hidden and not_on_page", async ({ page, openSite }) => {
  await openSite({
    settings: { consent: "denied", visibility: "hidden", targeting: { exclude: ["*"] } },
  });
  expect(await callParlor(page, "diagnose")).toEqual(
    names("consent_denied", "hidden", "not_on_page"),
  );
});
