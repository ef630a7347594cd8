// The widget's settings that an administrator stores with an inbox.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { publicPaths } from "../../protocol/paths.ts";
import { openTestApp } from "../test-kit/app.ts";
import type { TestApp } from "../test-kit/app.ts";
import { asAgent, call } from "../test-kit/call.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

async function setUp(role: "administrator" | "agent" = "administrator") {
  const account = await app.build.anAccount();
  const inbox = await app.build.anInbox(account);
  const agent = await app.build.anAgent(account, { role, inboxes: [inbox] });
  const work = asAgent(app.url, agent);
  const patch = (settings: unknown) =>
    work("PATCH", `/inboxes/${inbox.id}`, { body: { settings } });
  const seen = async () =>
    (await call("GET", app.url + publicPaths.inbox(inbox.token))).body.settings;
  return { inbox, work, patch, seen };
}

describe("an inbox's settings", () => {
  it("reach every page that embeds it, merge key by key, and go by null", async () => {
    const { patch, seen } = await setUp();
    expect(await seen()).toEqual({});
    const first = await patch({
      greeting: { en: "Hello", "pt-BR": "Olá" },
      widgetAppearance: { color: "#0a7d5a", offset: { x: 4 } },
      launcher: { avoid: [".cookie-bar"] },
      targeting: { exclude: ["/checkout/*"] },
    });
    expect(first.status).toBe(200);
    await patch({ consent: "pending", launcher: null });
    expect(await seen()).toEqual({
      greeting: { en: "Hello", "pt-BR": "Olá" },
      widgetAppearance: { color: "#0a7d5a", offset: { x: 4 } },
      targeting: { exclude: ["/checkout/*"] },
      consent: "pending",
    });
  });

  it.each([
    ["greeting", { greeting: 5 }],
    ["widgetAppearance", { widgetAppearance: { color: "red" } }],
    ["widgetAppearance", { widgetAppearance: { shadow: true } }],
    ["features", { features: { magic: true } }],
    ["locale", { locale: "not a language" }],
    ["settings", { unknown: 1 }],
    ["settings", { greeting: Object.fromEntries(manyTexts()) }],
  ])("that are not valid are refused by name: %s", async (name, settings) => {
    const { patch, seen } = await setUp();
    const refused = await patch(settings);
    expect(refused.status).toBe(422);
    expect(JSON.stringify(refused.body)).toContain(name);
    expect(await seen()).toEqual({});
  });

  it("are changed by administrators alone, and only in their account", async () => {
    const { patch, inbox } = await setUp("agent");
    expect((await patch({ consent: "denied" })).status).toBe(401);
    const other = await setUp();
    const body = { settings: { consent: "denied" } };
    expect((await other.work("PATCH", `/inboxes/${inbox.id}`, { body })).status).toBe(404);
  });
});

/** More than fits. */
function* manyTexts(): Generator<[string, string]> {
  for (const letter of "abcdefghijklmnopqrstuvwxyz") {
    for (const other of "ab") yield [`a${letter}${other}`, "x".repeat(900)];
  }
}
