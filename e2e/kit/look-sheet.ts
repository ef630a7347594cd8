// Pictures of a view, side by side on one sheet that is small enough to be kept, and whether this machine draws like
// the one that made the kept ones.
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Browser, Page } from "@playwright/test";
import sharp from "sharp";

const machineFile = path.join(import.meta.dirname, "../looks/machine.json");
/** Between the pictures. */
const GAP = 8;

interface Machine {
  browser: string;
  /** Of how some words in several scripts come out. */
  fonts: string;
}

/** The browser's major version, and a fingerprint of the fonts that it draws with. */
export async function describeMachine(browser: Browser): Promise<Machine> {
  const page = await browser.newPage();
  await page.setContent(
    `<p style="font:15px/1.45 system-ui;width:400px">Hamburg 0123 <b style="font-weight:600">Hamburg</b> العربية 😀</p>`,
  );
  const drawn = await page.locator("p").screenshot();
  await page.close();
  const { data } = await sharp(drawn).raw().toBuffer({ resolveWithObject: true });
  return {
    browser: browser.version().split(".", 1)[0] ?? "",
    fonts: createHash("sha256").update(data).digest("hex").slice(0, 16),
  };
}

export async function rememberMachine(machine: Machine): Promise<void> {
  await mkdir(path.dirname(machineFile), { recursive: true });
  await writeFile(machineFile, `${JSON.stringify(machine, null, 2)}\n`);
}

/** Pictures of other fonts, or of a browser that draws otherwise, differ where nothing is wrong. */
export async function drawsAlike({ browser, fonts }: Machine): Promise<boolean> {
  const kept = JSON.parse(
    await readFile(machineFile, "utf8").catch(() => "{}"),
  ) as Partial<Machine>;
  return kept.browser === browser && kept.fonts === fonts;
}

/** What the chat covers of the page. */
export async function shootChat(page: Page): Promise<Buffer> {
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity)
        .map((animation) => animation.finished),
    ),
  );
  const clip = await page.locator("parlor-widget .panel").boundingBox();
  if (!clip) throw new Error("the chat is not open");
  return await page.screenshot({ clip, caret: "hide", animations: "disabled" });
}

/** Rows of pictures, with as many colours as interfaces have. */
export async function composeSheet(rows: Buffer[][]): Promise<Buffer> {
  const placed: { input: Buffer; left: number; top: number }[] = [];
  let top = 0;
  let width = 0;
  for (const row of rows) {
    let left = 0;
    let height = 0;
    for (const input of row) {
      const size = await sharp(input).metadata();
      placed.push({ input, left, top });
      left += size.width + GAP;
      height = Math.max(height, size.height);
    }
    width = Math.max(width, left);
    top += height + GAP;
  }
  const background = "#808080";
  return await sharp({ create: { width, height: top, channels: 3, background } })
    .composite(placed)
    .png({ palette: true, colours: 128, dither: 0, effort: 10, compressionLevel: 9 })
    .toBuffer();
}
