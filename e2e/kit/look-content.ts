// What the pictures of the chat show: the same words at the same time on every run.
import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";
import { applicationPaths } from "../../src/protocol/paths.ts";
import { createTestAgent } from "../../src/sdk/testing/test-agent.ts";
import type { Server } from "./server.ts";
import type { Visitor } from "./visitor.ts";

const now = new Date("2026-03-04T10:24:00Z");

/** The chat's clock stands, and everything that the server tells of happened at that minute. */
export async function stopTime(page: Page): Promise<void> {
  const at = Math.floor(now.getTime() / 1_000);
  const stop = (json: string) => json.replaceAll(/"(\w+_at)":\d{10}(?=[,}])/g, `"$1":${at}`);
  await page.clock.setFixedTime(now);
  await page.route("**/public/api/**", async (route) => {
    const response = await route.fetch().catch(() => undefined);
    if (!response) return route.abort();
    return route.fulfill({ response, body: stop(await response.text()) });
  });
  await page.routeWebSocket(/\/realtime/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((said) => socket.send(typeof said === "string" ? stop(said) : said));
  });
}

export interface Conversations {
  typical: number;
  extreme: number;
  rated: number;
}

/** Sends what only a program can. */
export function createPoster({ ask, access }: Server) {
  const post = (conversation: number, body: object) =>
    ask(applicationPaths.messages(access.accountId, conversation), "POST", body);
  return { ...access, post, agent: createTestAgent(access) };
}

async function begin(visitor: Visitor, text: string): Promise<void> {
  const { panel } = visitor;
  const back = panel.getByRole("button", { name: "Back" });
  if (await back.isVisible()) await back.click();
  await panel.getByRole("button", { name: "New conversation" }).click();
  await visitor.send(text);
  await visitor.expectSent(text);
}

const long = "Measure from the bony bump at your neck to the top of your hips, standing upright. ";
const files = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    name:
      index === 0
        ? `${"a-rather-long-name-for-a-list-".repeat(3)}of-parts.txt`
        : `part-${index}.txt`,
    mimeType: "text/plain",
    buffer: Buffer.from(`part ${index}`),
  }));

/** Three conversations of one visitor, who has the chat open at its first view: usual, extreme, and over. */
export async function holdConversations(server: Server, visitor: Visitor): Promise<Conversations> {
  const { agent, post, agentId } = createPoster(server);
  const { panel } = visitor;
  await begin(visitor, "It is over, thank you.");
  const rated = (await agent.waitForMessage("It is over, thank you.")).id;
  await agent.reply(rated, "You are welcome!");
  await agent.resolve(rated);
  await expect(panel.getByRole("group", { name: "How was your conversation?" })).toBeVisible();

  await begin(visitor, "Where do I measure?");
  const extreme = (await agent.waitForMessage("Where do I measure?")).id;
  await agent.reply(extreme, long.repeat(24).slice(0, 2_000));
  await panel.locator("input[type=file]").setInputFiles(files(12));
  await expect(
    panel.getByRole("list", { name: "Files to send" }).getByText("Ready to send"),
  ).toHaveCount(12);
  for (const text of ["W".repeat(60), "🎉🚀👍", "مرحبا، أين طلبي رقم A-17؟"]) {
    await visitor.send(text);
    await visitor.expectSent(text);
  }

  await begin(visitor, "Hi! I am 1.72 m tall. Will the Tarn 38 fit my back?");
  const typical = (
    await agent.waitForMessage("Hi! I am 1.72 m tall. Will the Tarn 38 fit my back?")
  ).id;
  await agent.assign(typical, agentId);
  await agent.reply(
    typical,
    "Hello Ada! **Very likely**: it adjusts from 42 to 52 cm.\n\n- measure your back\n- see [the table](https://example.com/sizes)",
  );
  await visitor.send("47 cm, measured twice.");
  await visitor.expectSent("47 cm, measured twice.");
  await post(typical, {
    content: "Then it is yours. Which colour?",
    content_type: "input_select",
    content_attributes: {
      items: [
        { title: "Moss", value: "moss" },
        { title: "Slate", value: "slate" },
      ],
    },
  });
  await expect(panel.getByRole("button", { name: "Slate" })).toBeVisible();
  return { typical, extreme, rated };
}
