// Whatever the network, the browser and the server do to each other: in the end the thread is the
// database's, each message once, in order.
import { chromium, expect, test as base } from "@playwright/test";
import type { BrowserContext } from "@playwright/test";
import { findWholeChromium } from "../scripts/browser.ts";
import { ACK_TIMEOUT_MS, SOCKET_PING_INTERVAL_MS } from "../src/protocol/limits.ts";
import { startFaultProxy } from "./kit/fault-proxy.ts";
import type { FaultProxy } from "./kit/fault-proxy.ts";
import { look } from "./kit/look-away.ts";
import { startServer } from "./kit/server.ts";
import type { Server } from "./kit/server.ts";
import { crash, expectThread, openTab, putToSleep } from "./kit/tabs.ts";
import type { Tab } from "./kit/tabs.ts";

interface Fixtures {
  /** A server for this test alone: the first conversation is number 1. */
  ownServer: Server;
  /** Between the browser and the server. */
  network: FaultProxy;
  context: BrowserContext;
  tab: Tab;
}

const test = base.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads from it what a fixture needs.
  ownServer: async ({}, use) => {
    const server = await startServer({ keepsPort: true });
    await use(server);
    await server.stop();
  },
  network: async ({ ownServer }, use) => {
    const proxy = await startFaultProxy(ownServer.url);
    await use(proxy);
    await proxy.stop();
  },
  tab: async ({ context, network }, use) => {
    await use(await openTab(context, network.url));
  },
});

const CONVERSATION = 1;

/** From nothing to a conversation that the server knows. */
async function begin(tab: Tab, text: string): Promise<void> {
  await tab.visit();
  await tab.startConversation();
  await tab.send(text);
  await tab.expectSent(text);
}

/** What the database has, without the quiet lines. */
async function stored(server: Server): Promise<string[]> {
  const messages = await server.listMessages(CONVERSATION);
  return messages
    .filter(({ message_type }) => message_type !== "activity")
    .map(({ content }) => content ?? "");
}

async function expectAsStored(tabs: Tab[], server: Server, texts: string[]): Promise<void> {
  await expect
    .poll(async () => (await stored(server)).toSorted(), { timeout: 30_000 })
    .toEqual(texts.toSorted());
  const inOrder = await stored(server);
  for (const tab of tabs) {
    await expectThread(tab, inOrder);
    await expect(tab.unsentLine).toHaveCount(0);
  }
}

test("a slow line, lost acknowledgements, a cut, a killed server and no network at all lose and repeat nothing", async ({
  tab,
  network,
  ownServer,
  context,
}) => {
  test.setTimeout(120_000);
  await begin(tab, "Hello?");
  const said = ["Hello?"];
  const say = async (...texts: string[]) => {
    for (const text of texts) {
      await tab.send(text);
      said.push(text);
    }
  };

  network.delay(400);
  await say("Slow one", "Slow two");
  await ownServer.reply(CONVERSATION, "Slow answer");
  await expectAsStored([tab], ownServer, [...said, "Slow answer"]);
  network.delay(0);
  said.push("Slow answer");

  // What the visitor says arrives, what the server says does not: sent again, it is stored once.
  network.swallow("toClient");
  await say("Unheard one", "Unheard two");
  // An acknowledgement that was lost on the way holds the next message back until it is given up.
  await expect.poll(() => stored(ownServer), { timeout: 30_000 }).toContain("Unheard one");
  await ownServer.reply(CONVERSATION, "Unheard answer");
  said.push("Unheard answer");
  network.mend();
  await expectAsStored([tab], ownServer, said);

  network.cut();
  await say("Cut one", "Cut two");
  await ownServer.reply(CONVERSATION, "Cut answer");
  said.push("Cut answer");
  network.mend();
  await expectAsStored([tab], ownServer, said);

  await ownServer.kill();
  await say("Dead one", "Dead two");
  await ownServer.restart();
  await expectAsStored([tab], ownServer, said);

  await context.setOffline(true);
  await say("Offline one", "Offline two");
  // What waits survives the page.
  await tab.page.close();
  await context.setOffline(false);
  const later = await openTab(context, network.url);
  await later.visit();
  await expect.poll(() => stored(ownServer), { timeout: 20_000 }).toContain("Offline two");
  await later.open();
  await later.openConversation("Offline two");
  await expectAsStored([later], ownServer, said);
});

test("five tabs have one socket, live in each; a closed, a crashed and a sleeping leader hand it over at once", async ({
  tab,
  context,
  network,
  ownServer,
}) => {
  test.setTimeout(120_000);
  await begin(tab, "One");
  const said = ["One"];
  const tabs = [tab];
  const join = async () => {
    const next = await openTab(context, network.url);
    await next.visit();
    await next.open();
    await next.openConversation(said.at(-1) ?? "");
    tabs.push(next);
  };
  const count = () => tabs.reduce((sum, one) => sum + one.socketCount(), 0);
  const hear = async (text: string) => {
    await ownServer.reply(CONVERSATION, text);
    said.push(text);
    for (const one of tabs) await one.expectMessage(text);
    await expect.poll(count).toBe(1);
  };

  await join();
  await expect.poll(count).toBe(1);
  const second = tabs[1] as Tab;
  await second.send("From the second");
  said.push("From the second");
  await tab.expectMessage("From the second");
  await expect.poll(() => second.told("message-sent")).toEqual([true, true]);
  await expect.poll(() => tab.told("message-sent")).toEqual([true, true, false]);

  await second.composer.fill("Half a senten");
  await expect(tab.composer).toHaveValue("Half a senten");
  await second.composer.fill("");
  await expect(tab.composer).toHaveValue("");

  for (let more = 0; more < 3; more += 1) await join();
  await hear("To all five");
  for (const one of tabs) {
    expect((await one.told("message-received")).filter((local) => local)).toEqual([]);
  }
  expect(await tab.told("message-received")).toHaveLength(1);

  // The leader goes: by closing, then by a crash, then asleep with all its timers.
  await tabs.shift()?.page.close();
  await expect.poll(count, { timeout: 3_000 }).toBe(1);
  await hear("To four");
  const leader = tabs.find((one) => one.socketCount() === 1) as Tab;
  tabs.splice(tabs.indexOf(leader), 1);
  await crash(leader.page);
  await expect.poll(count, { timeout: 3_000 }).toBe(1);
  await hear("To three");
  const sleeper = tabs.find((one) => one.socketCount() === 1) as Tab;
  tabs.splice(tabs.indexOf(sleeper), 1);
  const wake = await putToSleep(sleeper.page);
  const [awake] = tabs as [Tab];
  await awake.send("Past the one that sleeps");
  said.push("Past the one that sleeps");
  await awake.expectSent("Past the one that sleeps");
  await hear("To two");
  await wake();
  tabs.push(sleeper);
  await expectAsStored(tabs, ownServer, said);
  await expect.poll(count).toBe(1);

  // Written by one and another at the same time, with nobody there: sent once each.
  network.cut();
  for (const [index, one] of tabs.entries()) {
    await one.send(`Together ${index}`);
    said.push(`Together ${index}`);
  }
  network.mend();
  await expectAsStored(tabs, ownServer, said);
});

test("one, two and five tabs bear whatever a network does to single frames: lost, doubled, unanswered", async ({
  tab,
  context,
  network,
  ownServer,
}) => {
  test.setTimeout(120_000);
  await context.clock.install();
  network.duplicate("command", "event", "acknowledgement");
  await begin(tab, "Hello?");
  const said = ["Hello?"];
  const tabs = [tab];
  const say = async (speaker: Tab, text: string) => {
    await speaker.send(text);
    said.push(text);
  };
  const answer = async (text: string) => {
    await ownServer.reply(CONVERSATION, text);
    said.push(text);
  };
  /** What is not acknowledged in time is sent again. */
  const giveUp = () => context.clock.fastForward(ACK_TIMEOUT_MS);
  const join = async () => {
    const next = await openTab(context, network.url);
    await next.visit();
    await next.open();
    await next.openConversation((await stored(ownServer)).at(-1) ?? "");
    tabs.push(next);
  };

  for (const count of [1, 2, 5]) {
    while (tabs.length < count) await join();
    const writer = tabs.at(-1) as Tab;
    network.duplicate("command", "event", "acknowledgement");
    await say(tab, `From the first of ${count}`);
    await say(writer, `From the last of ${count}`);
    await answer(`Told ${count} twice`);
    await expectAsStored(tabs, ownServer, said);
    network.mend();

    // Stored, and nobody hears so: sent again, it is the same message.
    let faults = network.faultCount();
    network.drop("acknowledgement", "event");
    await say(writer, `Unanswered to ${count}`);
    await expect.poll(() => stored(ownServer)).toContain(`Unanswered to ${count}`);
    await answer(`Unheard by ${count}`);
    await expect.poll(() => network.faultCount()).toBeGreaterThan(faults + 2);
    network.mend();
    await giveUp();
    await expectAsStored(tabs, ownServer, said);

    faults = network.faultCount();
    network.drop("command");
    await say(writer, `Lost on the way, ${count}`);
    await expect.poll(() => network.faultCount()).toBeGreaterThan(faults);
    network.mend();
    await giveUp();
    await answer(`Back again, ${count}`);
    await expectAsStored(tabs, ownServer, said);
  }
  for (const one of tabs) expect(await one.toldAgain()).toEqual([]);
});

test("where WebSocket is blocked, long polling carries the conversation", async ({
  tab,
  ownServer,
  network,
}) => {
  const requests: string[] = [];
  tab.page.on("request", (request) => requests.push(request.url()));
  await tab.page.routeWebSocket(/\/realtime\//, (socket) => socket.close());
  await begin(tab, "Anybody?");
  await ownServer.reply(CONVERSATION, "Through the back door");
  await tab.expectMessage("Through the back door");
  expect(requests.some((url) => url.includes("transport=polling"))).toBe(true);
  network.cut();
  await tab.send("And again");
  network.mend();
  await expectAsStored([tab], ownServer, ["Anybody?", "Through the back door", "And again"]);
});

test("a tab that was hidden for ten minutes, on a line that died, is up to date when it is looked at", async ({
  tab,
  ownServer,
  network,
}) => {
  await tab.page.clock.install();
  await begin(tab, "I will be back");
  await look(tab.page, "hidden");
  network.swallow("toClient", "toServer");
  await ownServer.reply(CONVERSATION, "While you were away");
  const opened = tab.openedCount();
  // Open but dead: noticed within two heartbeats.
  await tab.page.clock.fastForward(2 * SOCKET_PING_INTERVAL_MS);
  await expect.poll(() => tab.openedCount()).toBeGreaterThan(opened);
  await tab.page.clock.fastForward("10:00");
  network.mend();
  await look(tab.page, "visible");
  await expectAsStored([tab], ownServer, ["I will be back", "While you were away"]);
  await tab.send("Here I am");
  await expectAsStored([tab], ownServer, ["I will be back", "While you were away", "Here I am"]);
});

test("a page that comes back from the browser's memory has what it missed", async ({
  ownServer,
}) => {
  const choice = findWholeChromium();
  test.skip(!choice, "this machine's Chromium keeps no page for the way back");
  // Playwright turns it off unless told otherwise.
  const browser = await chromium.launch({
    ...choice,
    ignoreDefaultArgs: ["--disable-back-forward-cache"],
  });
  try {
    const context = await browser.newContext();
    const tab = await openTab(context, ownServer.url);
    await begin(tab, "Just a moment");
    await tab.page.evaluate(() => {
      addEventListener("pageshow", ({ persisted }) => (document.title = `kept: ${persisted}`));
    });
    await tab.page.goto(`${ownServer.url}/health`);
    await ownServer.reply(CONVERSATION, "Take your time");
    // No load event will come: nothing loads.
    await tab.page.goBack({ waitUntil: "commit" });
    await expect(tab.page).toHaveTitle("kept: true");
    await expectAsStored([tab], ownServer, ["Just a moment", "Take your time"]);
    await tab.send("Thanks");
    await expectAsStored([tab], ownServer, ["Just a moment", "Take your time", "Thanks"]);
  } finally {
    await browser.close();
  }
});
