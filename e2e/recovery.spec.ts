// The server dies, the network goes: nothing that was acknowledged is lost, nothing is there twice.
import { expect, test as base } from "@playwright/test";
import { createAgent } from "./kit/agent.ts";
import type { Agent } from "./kit/agent.ts";
import { startServer } from "./kit/server.ts";
import type { Server } from "./kit/server.ts";
import { aText, beginConversation, test as shared } from "./kit/test.ts";
import { createVisitor } from "./kit/visitor.ts";
import type { Visitor } from "./kit/visitor.ts";

const MESSAGES_EACH = 30;
/** The server dies when the other side has seen this one. */
const KILL_AFTER = 10;

interface Fixtures {
  /** A server for this test alone, since it is killed. */
  ownServer: Server;
  visitor: Visitor;
  agent: Agent;
}

const test = base.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads from it what a fixture needs.
  ownServer: async ({}, use) => {
    const server = await startServer({ keepsPort: true });
    await use(server);
    await server.stop();
  },
  visitor: async ({ browser, ownServer }, use) => {
    const context = await browser.newContext();
    await use(createVisitor(await context.newPage(), ownServer.url));
    await context.close();
  },
  agent: async ({ browser, ownServer }, use) => {
    const context = await browser.newContext();
    await use(createAgent(await context.newPage(), ownServer.url, ownServer.administrator));
    await context.close();
  },
});

const numbered = (words: string) =>
  Array.from({ length: MESSAGES_EACH }, (_, index) => aText(`${words} ${index + 1}`));

test("kill -9 while both sides send: after a restart every message is there once, on both screens and in the database", async ({
  visitor,
  agent,
  ownServer,
}) => {
  test.setTimeout(120_000);
  const first = await beginConversation(visitor, agent, "Are you there?");
  const fromVisitor = numbered("visitor");
  const fromAgent = numbered("agent");

  const visitorWrites = async () => {
    for (const text of fromVisitor) await visitor.send(text);
  };
  const agentWrites = async () => {
    for (const text of fromAgent) await agent.reply(text);
  };
  const serverDies = async () => {
    await expect(agent.message(fromVisitor[KILL_AFTER] ?? "")).toBeVisible({ timeout: 30_000 });
    await ownServer.kill();
    // Both go on writing to nobody before it comes back.
    await expect(visitor.message(fromVisitor[KILL_AFTER + 6] ?? "")).toBeVisible({
      timeout: 30_000,
    });
    await expect(agent.message(fromAgent[KILL_AFTER + 6] ?? "")).toBeVisible({ timeout: 30_000 });
    await ownServer.restart();
  };
  await Promise.all([visitorWrites(), agentWrites(), serverDies()]);

  const everything = [first, ...fromVisitor, ...fromAgent];
  for (const text of everything) {
    await expect(visitor.message(text)).toHaveCount(1, { timeout: 30_000 });
    await expect(agent.message(text)).toHaveCount(1, { timeout: 30_000 });
  }
  await expect(visitor.unsentLine).toHaveCount(0, { timeout: 30_000 });
  await expect(agent.unsentLine).toHaveCount(0, { timeout: 30_000 });

  const stored = (await ownServer.listMessages(1)).filter(
    (message) => message.message_type !== "activity",
  );
  const contents = stored.map((message) => message.content ?? "");
  expect(contents.toSorted()).toEqual(everything.toSorted());
  // What each one wrote kept its order.
  expect(contents.filter((text) => fromVisitor.includes(text))).toEqual(fromVisitor);
  expect(contents.filter((text) => fromAgent.includes(text))).toEqual(fromAgent);
  // And both screens tell it as the database does.
  expect(await shownInOrder(visitor, contents)).toEqual(contents);
  expect(await shownInOrder(agent, contents)).toEqual(contents);
});

/** The given texts as a thread shows them, from top to bottom. */
async function shownInOrder(side: Visitor | Agent, texts: string[]): Promise<string[]> {
  const shown = (await side.thread.innerText()).split("\n").map((line) => line.trim());
  return shown.filter((line) => texts.includes(line));
}

shared(
  "a visitor who loses the network keeps what they wrote, and it is sent once when they are back",
  async ({ visitor, agent }) => {
    await agent.signIn();
    await visitor.visit();
    await visitor.startConversation();
    const before = aText("Going into a tunnel.");
    await visitor.send(before);
    await visitor.expectSent(before);
    await agent.openConversation(before);

    await visitor.page.context().setOffline(true);
    const inside = [aText("In the tunnel."), aText("Still in the tunnel.")];
    for (const text of inside) {
      await visitor.send(text);
      await visitor.expectMessage(text);
    }
    await expect(visitor.unsentLine.first()).toBeVisible();

    await visitor.page.context().setOffline(false);
    for (const text of inside) await visitor.expectSent(text);
    for (const text of inside) await agent.expectMessage(text);
    const answer = aText("Welcome back.");
    await agent.reply(answer);
    await visitor.expectMessage(answer);
    for (const text of [before, ...inside]) {
      await expect(visitor.message(text)).toHaveCount(1);
      await expect(agent.message(text)).toHaveCount(1);
    }
  },
);
