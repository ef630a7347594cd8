// WebKit, as Debian ships it: WebKitGTK's own driver and browser, on a screen that nobody sees.
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { WebKitChoice } from "../../scripts/browser.ts";
import { findFreePort } from "./ports.ts";
import { openBrowser } from "./webdriver.ts";
import type { WebDriver } from "./webdriver.ts";

export interface WebKit {
  driver: WebDriver;
  stop(): Promise<void>;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill();
  await ended;
}

/** Its number is the first that is free. */
async function startScreen(command: string) {
  const child = spawn(
    command,
    ["-displayfd", "3", "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
    { stdio: ["ignore", "ignore", "ignore", "pipe"] },
  );
  const [number] = (await once(createInterface(child.stdio[3] as Readable), "line")) as [string];
  return { name: `:${number}`, child };
}

async function isListening(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/status`)).ok;
  } catch {
    // Not yet.
    return false;
  }
}

export async function startWebKit({ driver, screen }: WebKitChoice): Promise<WebKit> {
  const display = await startScreen(screen);
  const port = await findFreePort();
  const child = spawn(driver, [`--port=${port}`], {
    // Without a session bus the accessibility bridge only complains.
    env: { ...process.env, DISPLAY: display.name, GDK_BACKEND: "x11", NO_AT_BRIDGE: "1" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const url = `http://127.0.0.1:${port}`;
  while (child.exitCode === null && !(await isListening(url))) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const browser = await openBrowser(url);
  return {
    driver: browser,
    async stop() {
      await browser.quit();
      await end(child);
      await end(display.child);
    },
  };
}
