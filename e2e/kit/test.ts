// Playwright's `test`, with a server for each worker and people who use it.
import { test as base } from "@playwright/test";
import type { BrowserContextOptions } from "@playwright/test";
import { createAgent } from "./agent.ts";
import type { Agent } from "./agent.ts";
import { startServer } from "./server.ts";
import type { Server } from "./server.ts";
import { createVisitor } from "./visitor.ts";
import type { Visitor } from "./visitor.ts";

export interface TestFixtures {
  /** Somebody new, in a browser of their own. */
  newVisitor: (options?: BrowserContextOptions) => Promise<Visitor>;
  visitor: Visitor;
  /** The administrator at the desk, not yet signed in. */
  agent: Agent;
}

export interface WorkerFixtures {
  server: Server;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  server: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from it what a fixture needs.
    async ({}, use) => {
      const server = await startServer();
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  newVisitor: async ({ browser, server }, use) => {
    const contexts: { close(): Promise<void> }[] = [];
    await use(async (options) => {
      const context = await browser.newContext(options);
      contexts.push(context);
      return createVisitor(await context.newPage(), server.url);
    });
    for (const context of contexts) await context.close();
  },
  visitor: async ({ newVisitor }, use) => {
    await use(await newVisitor());
  },
  agent: async ({ browser, server }, use) => {
    const context = await browser.newContext();
    await use(createAgent(await context.newPage(), server.url, server.administrator));
    await context.close();
  },
});

/** A text that nobody else on this server says. */
export function aText(words: string): string {
  return `${words} (${crypto.randomUUID().slice(0, 8)})`;
}

/** Both have a new conversation open, which begins with what it answers. */
export async function beginConversation(
  visitor: Visitor,
  agent: Agent,
  words: string,
): Promise<string> {
  await agent.signIn();
  await visitor.visit();
  await visitor.startConversation();
  const text = aText(words);
  await visitor.send(text);
  await visitor.expectSent(text);
  await agent.openConversation(text);
  return text;
}
