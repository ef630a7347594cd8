// The operator upgrades while pages are open: their widget and their desk go on with the files of their own build.
import { expect, test } from "@playwright/test";
import { createAgent } from "./kit/agent.ts";
import { copyDistribution } from "./kit/distribution.ts";
import { startServer } from "./kit/server.ts";
import { createVisitor } from "./kit/visitor.ts";

test("pages that were opened before an upgrade open the chat and the settings after it", async ({
  browser,
}) => {
  test.setTimeout(90_000);
  const distribution = await copyDistribution();
  const server = await startServer({ keepsPort: true, main: distribution.main });
  try {
    const visitor = createVisitor(await browser.newPage(), server.url);
    await visitor.visit();
    const { administrator } = server;
    const agent = createAgent(await browser.newPage(), server.url, administrator);
    await agent.signIn();

    await server.end();
    await distribution.upgrade();
    await server.restart();

    await visitor.open();
    await visitor.send("Do you know me still?");
    await expect(agent.entry("Do you know me still?")).toBeVisible();
    const later = createVisitor(await browser.newPage(), server.url);
    await later.visit();
    await later.open();
    await later.send("I have come after it.");
    await expect(agent.entry("I have come after it.")).toBeVisible();

    await agent.page.getByRole("link", { name: "Settings" }).click();
    await expect(agent.page.getByRole("navigation", { name: "Settings" })).toBeVisible();
  } finally {
    await server.stop();
    await distribution.remove();
  }
});
