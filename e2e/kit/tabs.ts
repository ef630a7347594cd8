// Tabs of one browser, and what each of them shows and has told its page.
import { expect } from "@playwright/test";
import type { BrowserContext, Page } from "@playwright/test";
import type { PublicEvent } from "./host-api.ts";
import { createVisitor } from "./visitor.ts";
import type { Visitor } from "./visitor.ts";

export interface Tab extends Visitor {
  /** Sockets to the server that are open now. */
  socketCount(): number;
  /** Sockets that it has opened so far. */
  openedCount(): number;
  /** Public events of this name so far: whether this page caused them. */
  told(name: string): Promise<boolean[]>;
  /** What its page was told more than once. */
  toldAgain(): Promise<string[]>;
}

interface Told {
  name: string;
  local: boolean;
  /** What was told, without who told it when. */
  fact: string;
}

type Envelope = Pick<PublicEvent, "id" | "at" | "local">;

declare global {
  var toldByParlor: Told[] | undefined;
}

/** Opens a tab, still empty. */
export async function openTab(context: BrowserContext, serverUrl: string): Promise<Tab> {
  const page = await context.newPage();
  let sockets = 0;
  let opened = 0;
  page.on("websocket", (socket) => {
    sockets += 1;
    opened += 1;
    socket.on("close", () => (sockets -= 1));
  });
  await page.addInitScript(() => {
    const told: Told[] = [];
    globalThis.toldByParlor = told;
    for (const name of ["message-sent", "message-received", "chat-started"]) {
      addEventListener(`parlor:${name}`, ({ detail = {} }: CustomEventInit<Partial<Envelope>>) => {
        const { id: _id, at: _at, local = true, ...said } = detail;
        told.push({ name, local, fact: JSON.stringify(said) });
      });
    }
  });
  return {
    ...createVisitor(page, serverUrl),
    socketCount: () => sockets,
    openedCount: () => opened,
    told: (wanted) =>
      page.evaluate(
        (name) =>
          (globalThis.toldByParlor ?? [])
            .filter((one) => one.name === name)
            .map((one) => one.local),
        wanted,
      ),
    toldAgain: () =>
      page.evaluate(() => {
        const facts = (globalThis.toldByParlor ?? []).map(({ fact }) => fact);
        return facts.filter((fact, at) => facts.indexOf(fact) !== at);
      }),
  };
}

/** The thread shows exactly these texts, each once, in this order. */
export async function expectThread({ thread }: Visitor, texts: string[]): Promise<void> {
  const shown = async () => {
    const lines = (await thread.innerText()).split("\n").map((line) => line.trim());
    return lines.filter((line) => texts.includes(line));
  };
  await expect.poll(shown, { timeout: 20_000 }).toEqual(texts);
}

/** Ends a page as a crash does: nothing in it gets to say goodbye. */
export async function crash(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent("crash");
  void session.send("Page.crash").catch(() => {});
  await crashed;
}

/** Stops a page in the middle, as a machine does that sleeps: no timer runs, nothing is answered. Answers what wakes it. */
export async function putToSleep(page: Page): Promise<() => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  const asleep = new Promise<void>((resolve) => session.once("Debugger.paused", () => resolve()));
  await session.send("Debugger.enable");
  await session.send("Debugger.pause");
  // At the next line that it runs.
  void page.evaluate(() => {}).catch(() => {});
  await asleep;
  return () => session.detach();
}
