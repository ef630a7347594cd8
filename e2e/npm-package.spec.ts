// The npm package in sites of somebody else: the built files of dist/sdk, the built script, a real browser.
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { build } from "vite";
import { createParlorPage } from "../src/sdk/testing/parlor-page.ts";
import { articlePage, strictPolicy } from "./kit/host-page.ts";
import { test } from "./kit/host-test.ts";
import { createTestAgent } from "../src/sdk/testing/test-agent.ts";
import { aText } from "./kit/test.ts";
import { watchPage } from "./kit/watch.ts";

const root = path.join(import.meta.dirname, "..");

declare global {
  interface Window {
    /** What the tests' own scripts leave to be seen. */
    outcome?: Promise<string>;
  }
}

/** Serves dist/sdk under /sdk/ of whatever site the page is on. */
async function servePackage(page: Page): Promise<void> {
  await page.route("**/sdk/**", async (route) => {
    const name = new URL(route.request().url()).pathname.replace(/^\/sdk\//, "");
    const body = await readFile(path.join(root, "dist/sdk", name));
    await route.fulfill({ body, contentType: "text/javascript" });
  });
}

/** An article whose own module does this with the package. */
const modulePage = (nonce: string, script: string) =>
  articlePage({
    foot: `<script type="module" nonce="${nonce}">
import { createParlor } from "/sdk/index.js";
${script}</script>`,
  });

test("a module opens the chat under the strictest policy, with nothing to complain of", async ({
  page,
  server,
  serve,
}) => {
  const watch = await watchPage(page);
  await servePackage(page);
  const options = { serverUrl: server.url, inbox: server.websiteToken };
  const host = await serve({
    policy: strictPolicy(server.url),
    html: (nonce) =>
      modulePage(
        nonce,
        `const parlor = createParlor({ ...${JSON.stringify(options)}, nonce: "${nonce}" });
window.outcome = parlor.maximize();`,
      ),
  });
  await page.goto(host.url);
  expect(await page.evaluate(() => window.outcome)).toBe("maximized");
  await createParlorPage(page).expectOpen();
  await expect(page.locator("script[src]")).toHaveCount(0);
  expect(await watch.violations()).toEqual([]);
  expect(watch.complaints).toEqual([]);
});

test("a policy lets the script in by the nonce alone, and what it forbids is told as blocked", async ({
  page,
  server,
  serve,
}) => {
  await servePackage(page);
  const options = { serverUrl: server.url, inbox: server.websiteToken };
  const outcomeWith = async (given: (nonce: string) => object) => {
    const host = await serve({
      policy: (nonce) => `script-src 'nonce-${nonce}' 'self'`,
      html: (nonce) =>
        modulePage(
          nonce,
          `window.outcome = createParlor(${JSON.stringify({ ...options, ...given(nonce) })}).maximize().catch((error) => error.code);`,
        ),
    });
    await page.goto(host.url);
    return await page.evaluate(() => window.outcome);
  };
  expect(await outcomeWith((nonce) => ({ nonce }))).toBe("maximized");
  expect(await outcomeWith(() => ({}))).toBe("blocked");
});

test("Trusted Types that do not allow the package's policy are told as blocked", async ({
  page,
  server,
  serve,
}) => {
  await servePackage(page);
  const options = { serverUrl: server.url, inbox: server.websiteToken };
  const host = await serve({
    policy: () => "require-trusted-types-for 'script'; trusted-types other",
    html: (nonce) =>
      modulePage(
        nonce,
        `window.outcome = createParlor(${JSON.stringify(options)}).maximize().catch((error) => error.code);`,
      ),
  });
  await page.goto(host.url);
  expect(await page.evaluate(() => window.outcome)).toBe("blocked");
});

test("a server that is not there is told as unreachable", async ({ page, serve }) => {
  await servePackage(page);
  const host = await serve({
    html: (nonce) =>
      modulePage(
        nonce,
        `const parlor = createParlor({ serverUrl: "http://127.0.0.1:1", inbox: "nobody" });
window.outcome = parlor.maximize().catch((error) => error.code);`,
      ),
  });
  await page.goto(host.url);
  expect(await page.evaluate(() => window.outcome)).toBe("unreachable");
});

test("destroy leaves the page as it was", async ({ page, server, serve }) => {
  await servePackage(page);
  const options = { serverUrl: server.url, inbox: server.websiteToken };
  const host = await serve({
    html: (nonce) =>
      modulePage(
        nonce,
        `const look = () => JSON.stringify([Object.keys(window).sort(), document.documentElement.outerHTML]);
window.outcome = undefined;
const before = look();
window.outcome = (async () => {
  const parlor = createParlor(${JSON.stringify(options)});
  await parlor.maximize();
  const during = look();
  await parlor.destroy();
  return String(before === look() && before !== during);
})();`,
      ),
  });
  await page.goto(host.url);
  expect(await page.evaluate(() => window.outcome)).toBe("true");
});

test("the React example shows one chat in StrictMode, and its button opens it", async ({
  page,
  server,
  serve,
}) => {
  const result = await build({
    configFile: false,
    root,
    logLevel: "silent",
    resolve: { alias: [{ find: /^parlor\/react$/, replacement: `${root}/dist/sdk/react.js` }] },
    define: { "process.env.NODE_ENV": '"development"' },
    build: {
      write: false,
      lib: { entry: `${root}/src/sdk/examples/react-app.tsx`, formats: ["es"] },
    },
  });
  const [output] = [result].flat();
  if (!output || !("output" in output)) throw new Error("the example was not built");
  const [{ code }] = output.output;
  await page.route("**/app.js", (route) =>
    route.fulfill({
      // What a site's developer writes in place of the examples' address and token.
      body: code
        .replaceAll("https://chat.example.com", server.url)
        .replaceAll("WEBSITE_TOKEN", server.websiteToken),
      contentType: "text/javascript",
    }),
  );
  const watch = await watchPage(page);
  const host = await serve({
    html: (nonce) =>
      articlePage({
        foot: `<div id="app"></div><script type="module" nonce="${nonce}">
import { start } from "/app.js";
start(document.querySelector("#app"), "ada@example.com");</script>`,
      }),
  });
  await page.goto(host.url);
  const chat = createParlorPage(page);
  const help = page.getByRole("button", { name: "Help" });
  await expect(chat.widget).toHaveCount(1);
  await expect(help).toHaveAttribute("aria-expanded", "false");
  await help.click();
  await chat.expectOpen();
  await expect(help).toHaveAttribute("aria-expanded", "true");
  await chat.close();
  await expect(help).toHaveAttribute("aria-expanded", "false");
  expect(watch.complaints).toEqual([]);
});

test("a visitor and an agent of parlor/testing hold a conversation", async ({ page, server }) => {
  const agent = createTestAgent(server.access);
  const chat = createParlorPage(page);
  const [question, answer, more, end] = ["stock?", "yes", "aside?", "bye"].map(aText) as [
    string,
    string,
    string,
    string,
  ];
  await page.goto(`${server.url}/demo/`);
  await chat.expectClosed();
  await chat.send(question);
  await chat.expectSent(question);
  const conversation = await agent.answer(question, answer);
  await chat.expectReply(answer, server.agentName);
  await agent.addNote(conversation.id, aText("a note"));
  await chat.close();
  await agent.reply(conversation.id, more);
  await chat.expectUnread(1);
  await chat.open();
  await chat.expectMessage(more);
  await chat.goBack();
  await chat.openConversation(more);
  await chat.send(end);
  await chat.expectSent(end);
  await agent.waitForMessage(end);
  await chat.endChat();
  const [found] = await agent.listConversations({ status: "resolved" });
  expect(found?.id).toBe(conversation.id);
  const texts = (await agent.listMessages(conversation.id)).map(({ content }) => content);
  expect(texts).toEqual(expect.arrayContaining([question, answer, more, end]));
  await chat.startConversation();
  await expect(chat.thread.getByText(question)).toHaveCount(0);
});
