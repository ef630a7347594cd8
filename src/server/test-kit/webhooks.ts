// An account with webhooks, whose targets are servers of the test, and a clock that the test may move.
import { expect } from "vitest";
import type { WebhookDelivery } from "../../protocol/records-webhooks.ts";
import { startTestApp } from "./app.ts";
import type { TestApp, TestAppOptions } from "./app.ts";
import { asAgent, asVisitor } from "./call.ts";
import type { ReceivedCall, TestTarget } from "./target.ts";

export const DAY_MS = 24 * 3_600_000;
/** For what a busy machine does in its own time. */
export const MANY = { timeout: 30_000, interval: 20 };

/** An app whose names all lead to this machine, and whose clock the test may move. */
export async function anAppWithTargets(more: TestAppOptions = {}) {
  const time = { aheadMs: 0 };
  const app = await startTestApp({
    config: { allowPrivateAddresses: ["target.test"] },
    clock: () => new Date(Date.now() + time.aheadMs),
    limits: {
      outgoing: {
        resolveHost: async () => ["127.0.0.1"],
        limits: { connectMs: 1_000, firstByteMs: 1_000, totalMs: 1_500 },
      },
    },
    ...more,
  });
  return { app, time };
}

/** Longer than a test lasts: what hangs, hangs for all of it, and a slow machine is no slow target. */
export const patient = {
  outgoing: {
    resolveHost: async () => ["127.0.0.1"],
    limits: { connectMs: 60_000, firstByteMs: 60_000, totalMs: 60_000 },
  },
};

export async function anAccountWithWebhooks(app: TestApp) {
  const account = await app.build.anAccount("Acme");
  const inbox = await app.build.anInbox(account, { name: "Shop" });
  const administrator = await app.build.anAgent(account, { role: "administrator", name: "Root" });
  const visitor = await app.build.aVisitor(inbox, { name: "Vera" });
  const rule = asAgent(app.url, administrator);
  const visit = asVisitor(app.url, visitor);
  return {
    account,
    inbox,
    rule,
    visitor,
    start: async () => (await visit("POST", "/conversations")).body.id as number,
    say: (conversation: number, content: string) =>
      visit("POST", `/conversations/${conversation}/messages`, { body: { content } }),
    subscribe: async (target: Pick<TestTarget, "url">, subscriptions: string[], more = {}) => {
      const body = { url: target.url, subscriptions, ...more };
      const made = await rule("POST", "/webhooks", { body });
      expect(made.status).toBe(200);
      return made.body as { id: number; secret: string };
    },
    log: async (webhook: number, query = ""): Promise<WebhookDelivery[]> =>
      (await rule("GET", `/webhooks/${webhook}/deliveries${query}`)).body,
    webhook: async (id: number) =>
      (await rule("GET", "/webhooks")).body.find((one: { id: number }) => one.id === id),
  };
}

export const contents = (calls: ReceivedCall[]) => calls.map((call) => call.json.content as string);
export const eventsOf = (calls: ReceivedCall[]) =>
  calls.map((call) => call.headers["x-parlor-event"]);
