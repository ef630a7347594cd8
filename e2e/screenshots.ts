// `npm run screenshots`: a short, realistic conversation on the built server, photographed for the README.
// `npm run screenshots -- --review FOLDER` takes every view in three sizes and both schemes instead.
import { mkdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { chromium } from "@playwright/test";
import type { Browser, BrowserContextOptions, Page } from "@playwright/test";
import { Client } from "pg";
import pino from "pino";
import { ensureBrowser } from "../scripts/browser.ts";
import { startEmbeddedPostgres } from "../src/server/database/embedded/start.ts";
import { createAgent } from "./kit/agent.ts";
import type { Agent } from "./kit/agent.ts";
import { startServer } from "./kit/server.ts";
import type { Server } from "./kit/server.ts";
import { createVisitor } from "./kit/visitor.ts";
import type { Visitor } from "./kit/visitor.ts";

const images = path.join(import.meta.dirname, "../docs/images");
const schemes = ["light", "dark"] as const;
const desktop = { width: 1440, height: 900 };
const sizes = [{ width: 360, height: 740 }, { width: 820, height: 1180 }, desktop];

const asker = "Ada Brandt";
const others = [
  { name: "Jonas Wieland", says: "My Glut stove hisses. Is that the seal?" },
  { name: "Marta Lindqvist", says: "Could you send the invoice again, please?" },
  { name: "Sofia Marchetti", says: "The left buckle of my pack broke on day two." },
  { name: "Tom Okafor", says: "Is the Föhn shell true to size?" },
];

interface Scene {
  server: Server;
  visitor: Visitor;
  agent: Agent;
  /** What was said last. */
  last: string;
}

async function newPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: desktop,
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    reducedMotion: "reduce",
    ...options,
  });
  return context.newPage();
}

async function introduce(visitor: Visitor, name: string): Promise<void> {
  await visitor.visit();
  await visitor.page.evaluate(async (name) => {
    await window.Parlor?.setCustomerInfo({ name });
  }, name);
  await visitor.startConversation();
}

/** A handful of visitors, one of whom gets an answer. */
async function holdConversation(browser: Browser, server: Server): Promise<Scene> {
  const agent = createAgent(await newPage(browser), server.url, server.administrator);
  await agent.signIn();
  for (const { name, says } of others) {
    const visitor = createVisitor(await newPage(browser), server.url);
    await introduce(visitor, name);
    await visitor.send(says);
    await visitor.expectSent(says);
    await visitor.page.context().close();
  }
  const visitor = createVisitor(await newPage(browser), server.url);
  await introduce(visitor, asker);
  const question = "Hi! I am 1.72 m tall. Will the Tarn 38 fit my back?";
  await visitor.send(question);
  await visitor.expectSent(question);
  await agent.openConversation(question);
  await agent.assignToMe();
  await agent.addNote("She asked about the Kar 2 last week, maybe offer both together.");
  const answer =
    "Hello Ada! Very likely: it adjusts from 42 to 52 cm. Measure from the bony bump at your neck to the top of your hips.";
  await agent.reply(answer);
  await visitor.expectMessage(answer);
  for (const text of ["47 cm, measured twice.", "And does it fit under an aeroplane seat?"]) {
    await visitor.send(text);
    await agent.expectMessage(text);
  }
  await agent.dismissNotices();
  const last = "Then it is yours. Rolled down it is 52 × 30 × 22 cm, so most airlines say yes.";
  await agent.reply(last);
  await visitor.expectMessage(last);
  return { server, visitor, agent, last };
}

async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.allSettled(document.getAnimations().map((animation) => animation.finished));
  });
}

async function shoot(
  page: Page,
  file: string,
  clip?: { x: number; y: number; width: number; height: number },
) {
  await settle(page);
  await page.screenshot({
    path: file,
    animations: "disabled",
    caret: "hide",
    ...(clip && { clip }),
  });
  process.stderr.write(`${file}\n`);
}

/** The README's images. */
async function takeImages({ visitor, agent }: Scene): Promise<void> {
  for (const scheme of schemes) {
    for (const { page } of [visitor, agent]) await page.emulateMedia({ colorScheme: scheme });
    const clip = { x: desktop.width - 560, y: desktop.height - 820, width: 560, height: 820 };
    await shoot(visitor.page, path.join(images, `widget-${scheme}.png`), clip);
    await shoot(agent.page, path.join(images, `desk-${scheme}.png`));
  }
  for (const { page } of [visitor, agent]) await page.emulateMedia({ colorScheme: "light" });
  await takeHero(visitor, agent);
}

/** The shop with the open chat, and the desk, side by side. */
async function takeHero(visitor: Visitor, agent: Agent): Promise<void> {
  for (const { page } of [visitor, agent]) await page.setViewportSize({ width: 1180, height: 860 });
  await agent.closeContact();
  await settle(visitor.page);
  await settle(agent.page);
  const pictures = await Promise.all([visitor, agent].map(({ page }) => page.screenshot()));
  const context = await visitor.page
    .context()
    .browser()
    ?.newContext({
      viewport: { width: 1600, height: 660 },
    });
  const page = await context?.newPage();
  if (!page) throw new Error("the browser is gone");
  const figures = pictures.map(
    (png) => `<img src="data:image/png;base64,${png.toString("base64")}">`,
  );
  await page.setContent(`<style>
    body { margin: 0; height: 100vh; display: flex; gap: 32px; align-items: center; justify-content: center;
      background: #e9ebe4 }
    img { width: 744px; border-radius: 12px; box-shadow: 0 12px 40px rgb(31 42 44 / 22%) }
  </style>${figures.join("")}`);
  await shoot(page, path.join(images, "readme.png"));
}

/** Every view for whoever judges the looks. */
async function takeReview(browser: Browser, scene: Scene, folder: string): Promise<void> {
  for (const scheme of schemes) {
    for (const size of sizes) {
      const suffix = `${size.width}-${scheme}.png`;
      const guest = createVisitor(
        await newPage(browser, { viewport: size, colorScheme: scheme }),
        scene.server.url,
      );
      await guest.visit();
      await shoot(guest.page, path.join(folder, `widget-closed-${suffix}`));
      await guest.open();
      await shoot(guest.page, path.join(folder, `widget-home-${suffix}`));
      await guest.page.context().close();
      await scene.visitor.page.setViewportSize(size);
      await scene.visitor.page.emulateMedia({ colorScheme: scheme });
      await shoot(scene.visitor.page, path.join(folder, `widget-thread-${suffix}`));
      const desk = await scene.agent.page.context().newPage();
      await desk.setViewportSize(size);
      await desk.emulateMedia({ colorScheme: scheme });
      await desk.goto(`${scene.server.url}/desk/`);
      const agent = createAgent(desk, scene.server.url, scene.server.administrator);
      await agent.entry(asker).waitFor();
      await shoot(desk, path.join(folder, `desk-list-${suffix}`));
      await agent.entry(asker).click();
      await agent.expectMessage(scene.last);
      await shoot(desk, path.join(folder, `desk-thread-${suffix}`));
      await desk.close();
    }
  }
}

/** Names as a shop has them: the first start can only call things what they are. */
async function nameThings(databaseUrl: string): Promise<void> {
  const client = new Client(databaseUrl);
  await client.connect();
  await client.query("update users set name = 'Ida Nyberg'");
  await client.query("update accounts set name = 'Grat & Tal'");
  await client.query("update inboxes set name = 'Shop', welcome_title = 'Grat & Tal'");
  await client.end();
}

const reviewAt = process.argv.indexOf("--review");
const folder = reviewAt === -1 ? images : (process.argv[reviewAt + 1] ?? "review");
mkdirSync(folder, { recursive: true });
const data = await mkdtemp(path.join(os.tmpdir(), "parlor-screenshots-"));
const postgres = await startEmbeddedPostgres({
  dataDirectory: path.join(data, "data"),
  log: pino({ level: "error" }, pino.destination(2)),
});
const browser = await chromium.launch(ensureBrowser());
const server = await startServer({ databaseUrl: postgres.connectionString });
try {
  await nameThings(postgres.connectionString);
  const scene = await holdConversation(browser, server);
  if (reviewAt === -1) await takeImages(scene);
  else await takeReview(browser, scene, folder);
} finally {
  await browser.close();
  await server.stop();
  await postgres.stop();
  await rm(data, { recursive: true, force: true });
}
