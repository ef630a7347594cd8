// diagnose() names what stops the chat: one test for each name.
import { expect } from "@playwright/test";
import { callParlor } from "./kit/call-parlor.ts";
import { chatPage, chatPageWithScript, strictPolicy } from "./kit/host-page.ts";
import { test } from "./kit/host-test.ts";
import { changeInbox } from "./kit/inbox-settings.ts";

const names = (...codes: string[]) => ({
  ok: codes.length === 0,
  blockers: codes.map((code) => expect.objectContaining({ code }) as unknown),
});

test("nothing, where everything is well", async ({ page, server, serve }) => {
  const policy = strictPolicy(server.url);
  const host = await serve({ html: (nonce) => chatPage(server, nonce), policy });
  await page.goto(host.url);
  await page.evaluate(() => window.Parlor?.ready);
  expect(await callParlor(page, "diagnose")).toEqual(names());
});

test("csp, with the directive and what to allow", async ({ page, server, serve }) => {
  const policy = (nonce: string) =>
    strictPolicy(server.url)(nonce).replace(/connect-src [^;]+/, "connect-src 'self'");
  const host = await serve({ html: (nonce) => chatPage(server, nonce), policy });
  await page.goto(host.url);
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

test("domain_not_allowed", async ({ page, server, serve }) => {
  await changeInbox(server, { allowed_domains: ["elsewhere.example"] });
  const host = await serve({ html: (nonce) => chatPage(server, nonce) });
  await page.goto(host.url);
  await page.waitForFunction(() => window.Parlor && "v" in window.Parlor);
  expect(await callParlor(page, "diagnose")).toEqual(names("domain_not_allowed"));
  await changeInbox(server, { allowed_domains: [] });
});

test("offline and unreachable", async ({ page, context, server, serve }) => {
  const host = await serve({ html: (nonce) => chatPage(server, nonce) });
  await page.goto(host.url);
  await page.evaluate(() => window.Parlor?.ready);
  expect(await callParlor(page, "diagnose")).toEqual(names());
  await context.setOffline(true);
  expect(await callParlor(page, "diagnose")).toEqual(names("offline"));
  await context.setOffline(false);
  await page.route("**/public/api/**", (route) => route.abort());
  expect(await callParlor(page, "diagnose")).toEqual(names("unreachable"));
});

test("identity_refused, until a right one comes", async ({ page, server, serve }) => {
  const host = await serve({ html: (nonce) => chatPage(server, nonce) });
  await page.goto(host.url);
  await page.evaluate(() => window.Parlor?.ready);
  await callParlor(page, "identify", { id: "ann", hash: "0".repeat(64) });
  expect(await callParlor(page, "diagnose")).toEqual(names("identity_refused"));
});

test("consent_denied, hidden and not_on_page", async ({ page, server, serve }) => {
  const settings = { consent: "denied", visibility: "hidden", targeting: { exclude: ["*"] } };
  const script = `window.Parlor = [${JSON.stringify(settings)}];`;
  const host = await serve({ html: (nonce) => chatPageWithScript(server, script, nonce) });
  await page.goto(host.url);
  await page.evaluate(() => window.Parlor?.ready);
  expect(await callParlor(page, "diagnose")).toEqual(
    names("consent_denied", "hidden", "not_on_page"),
  );
});
