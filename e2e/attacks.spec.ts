// Everything that an attacker can write or send, through the widget and the desk, into the transcript's files and
// the mail, each opened in a real browser: nothing of it is ever more than text.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";
import { applicationPaths } from "../src/protocol/paths.ts";
import { aPicture, aPixelBomb } from "../src/server/attachments/test-files.ts";
import { attacks, CANARY } from "../src/server/messages/rich-text/attack-corpus.ts";
import { startSmtp } from "../src/server/test-kit/smtp.ts";
import type { TestSmtp } from "../src/server/test-kit/smtp.ts";
import { createAgent } from "./kit/agent.ts";
import { callParlor } from "./kit/call-parlor.ts";
import { watchForCanary } from "./kit/canary.ts";
import { startServer } from "./kit/server.ts";
import type { Server } from "./kit/server.ts";
import { test as base } from "./kit/test.ts";
import { createVisitor } from "./kit/visitor.ts";

const test = base.extend<{ smtp: TestSmtp; ownServer: Server }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads from it what a fixture needs.
  smtp: async ({}, use) => {
    const smtp = await startSmtp();
    await use(smtp);
    await smtp.stop();
  },
  ownServer: async ({ smtp }, use) => {
    const env = { SMTP_URL: smtp.url, MAIL_FROM: "Support <support@parlor.test>" };
    const server = await startServer({ env });
    await use(server);
    await server.stop();
  },
});

const run = `globalThis.${CANARY}=1`;
const script = `<script>${run};canary('script')</script>`;
const hostileName = (who: string) => `"><img src=x onerror=${run}>${who}\u202e`;
const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="${run}">${script}</svg>`;

/** No text at all: refused. */
const isNoText = (text: string) => /\0|\p{Surrogate}/u.test(text);

/** All other attacks in few messages, as paragraphs that do not know of each other: a reference has its own number. */
function packed(): string[] {
  const texts = attacks
    .map(({ text }, at) => text.replaceAll("[1]", `[${at}]`))
    .filter((text) => !isNoText(text));
  const packs: string[] = [];
  for (let at = 0; at < texts.length; at += 12) packs.push(texts.slice(at, at + 12).join("\n\n"));
  return packs;
}

/** A picture to whoever looks at its beginning, a page or a script to whoever looks further. */
const polyglot = Buffer.from(`GIF89a/*<svg onload=${run}>*/=0;${run};canary('gif')//${script}`);

const files = async () => [
  { name: "page.html", mimeType: "text/html", buffer: Buffer.from(script) },
  { name: "page.png", mimeType: "image/png", buffer: Buffer.from(script) },
  { name: "drawing.svg", mimeType: "image/svg+xml", buffer: Buffer.from(svg) },
  { name: "both.gif", mimeType: "image/gif", buffer: polyglot },
  { name: "bomb.png", mimeType: "image/png", buffer: aPixelBomb(30_000) },
  { name: "../../etc/passwd", mimeType: "text/plain", buffer: Buffer.from("root") },
  { name: `a\u0000\r\nset-cookie: x\u202e"onload=${run}.txt`, mimeType: "", buffer: polyglot },
  { name: `<img src=x onerror=${run}>.png`, mimeType: "image/png", buffer: await aPicture() },
];

/** The administrator's own requests. */
function asAdministrator(server: Server) {
  const { accessToken, accountId } = server.access;
  const headers = { "content-type": "application/json", api_access_token: accessToken };
  const call = async (method: string, pathname: string, body: object) => {
    const response = await fetch(server.url + pathname, {
      method,
      headers,
      body: JSON.stringify(body),
    });
    return response.status;
  };
  return {
    rename: (display_name: string) => call("PUT", applicationPaths.profile(), { display_name }),
    say: (conversation: number, content: string) =>
      call("POST", applicationPaths.messages(accountId, conversation), { content }),
    mailTranscript: (conversation: number) =>
      call("POST", applicationPaths.transcript(accountId, conversation), {
        email: "vera@example.com",
      }),
  };
}

/** Where the links of a page lead, open shadow roots included. */
const schemesOf = (page: Page) =>
  page
    .locator("[role=log] a[href]")
    .evaluateAll((links) => [...new Set((links as HTMLAnchorElement[]).map((a) => a.protocol))]);

// A film of thousands of elements would cost more than the test.
test.use({ trace: "off" });

test("no attack runs, fetches, opens or asks anything: in the widget, at the desk, in the transcript and in the mail", async ({
  context,
  ownServer,
  smtp,
}) => {
  test.setTimeout(240_000);
  const folder = await mkdtemp(path.join(os.tmpdir(), "parlor-attacks-"));
  const opened = new Set<string>();
  const watch = await watchForCanary(
    context,
    (url) => url.startsWith(ownServer.url) || opened.has(url),
  );
  const open = async (name: string, content: string) => {
    const file = path.join(folder, name);
    await writeFile(file, content);
    const url = pathToFileURL(file).href;
    opened.add(url);
    const page = await context.newPage();
    await page.goto(url);
    await expect(page.locator("body")).toContainText("The last of all");
    return page;
  };
  const visitor = createVisitor(await context.newPage(), ownServer.url);
  const agent = createAgent(await context.newPage(), ownServer.url, ownServer.administrator);
  const administrator = asAdministrator(ownServer);
  expect(await administrator.rename(hostileName("Ida"))).toBe(200);
  await agent.signIn();
  await visitor.visit();
  await callParlor(visitor.page, "setCustomerInfo", {
    name: hostileName("Vera"),
    email: "vera@example.com",
  });
  await visitor.startConversation();
  await visitor.send("Hello?");
  await visitor.expectSent("Hello?");
  await agent.openConversation("Hello?");

  for (const { text } of attacks.filter((one) => isNoText(one.text))) {
    expect(await administrator.say(1, text)).toBe(422);
  }
  const messages = packed();
  for (let at = 0; at < messages.length; at += 10) {
    const texts = messages.slice(at, at + 10);
    await visitor.page.evaluate(async (all) => {
      const parlor = window.Parlor as unknown as { sendMessage(text: string): Promise<unknown> };
      await Promise.all(all.map((text) => parlor.sendMessage(text)));
    }, texts);
    const codes = await Promise.all(texts.map((text) => administrator.say(1, text)));
    expect(codes.filter((code) => code !== 200)).toEqual([]);
    await administrator.say(1, `So far ${at}`);
    await visitor.expectMessage(`So far ${at}`);
    await agent.expectMessage(`So far ${at}`);
    for (const { page } of [visitor, agent]) {
      const schemes = await schemesOf(page);
      expect(schemes.filter((one) => !/^(https?|mailto|tel):$/.test(one))).toEqual([]);
    }
  }

  await visitor.panel
    .locator("input[type=file]")
    .first()
    .setInputFiles(await files());
  const tray = visitor.panel.getByRole("list", { name: "Files to send" });
  await expect(tray.getByRole("listitem")).toHaveCount(8);
  await expect(tray.getByRole("progressbar")).toHaveCount(0);
  await visitor.send("Files of a visitor");
  await agent.expectMessage("Files of a visitor");
  await agent.page.locator("form.composer input[type=file]").setInputFiles(await files());
  await agent.reply("Files of an agent");
  await visitor.expectMessage("Files of an agent");
  await visitor.send("The last of all");
  await agent.expectMessage("The last of all");
  expect(await watch.sung()).toEqual([]);

  const { page, panel } = visitor;
  for (const item of ["Save as web page", "Save as text"]) {
    await page.getByRole("button", { name: "More options" }).click();
    const downloading = page.waitForEvent("download");
    await panel.getByRole("button", { name: item }).click();
    const download = await downloading;
    const saved = path.join(folder, "saved");
    await download.saveAs(saved);
    await open(download.suggestedFilename(), await readFile(saved, "utf8"));
    await page.keyboard.press("Escape");
  }
  expect(await administrator.mailTranscript(1)).toBe(200);
  const mail = await smtp.next();
  await open("mail.html", mail.html ?? "");
  await open("mail.txt", mail.text ?? "");

  expect(await watch.sung()).toEqual([]);
  await rm(folder, { recursive: true });
});
