// The methods that load on use, against the built script: what a developer calls and what a visitor sees.
import { expect } from "@playwright/test";
import { callParlor as call } from "./kit/call-parlor.ts";
import { chatPage } from "./kit/host-page.ts";
import { test } from "./kit/host-test.ts";
import { aText } from "./kit/test.ts";

test("a page writes into the field and the visitor sends; or the page sends by itself", async ({
  page,
  server,
  serve,
  visitorOf,
}) => {
  const host = await serve({ html: (nonce) => chatPage(server, nonce) });
  const visitor = visitorOf(page, host);
  await visitor.visit("/");
  const question = aText("Is the blue one left?");
  await call(page, "startChat", { text: question });
  await expect(visitor.composer).toHaveValue(question);
  await visitor.composer.press("Enter");
  await visitor.expectSent(question);
  const more = aText("In size M");
  await call(page, "prefill", more);
  await expect(visitor.composer).toHaveValue(more);
  await visitor.composer.fill("");
  const sent = (await call(page, "sendMessage", more)) as { conversationId: number };
  await visitor.expectSent(more);

  expect(await call(page, "listConversations")).toMatchObject([
    { id: sent.conversationId, status: "open", lastMessage: more },
  ]);
  expect(await call(page, "search", question.toUpperCase())).toMatchObject([{ text: question }]);
  expect(await call(page, "openConversation", 987_654)).toBe("not_found");
  expect(await call(page, "sendMessage", "")).toBe("invalid");
  expect(await call(page, "endChat")).toMatchObject({ status: "resolved" });
  await expect(visitor.closedLine).toBeVisible();
});

test("the interface is drawn anew with the draft, the thread and the connection kept", async ({
  page,
  server,
  serve,
  visitorOf,
}) => {
  const host = await serve({ html: (nonce) => chatPage(server, nonce) });
  const visitor = visitorOf(page, host);
  await visitor.visit("/");
  await visitor.startConversation();
  const question = aText("Does this stay?");
  await visitor.send(question);
  await visitor.expectSent(question);
  await visitor.composer.fill("half a sentence");
  const reloaded = page.evaluate(
    () =>
      new Promise((resolve) =>
        window.addEventListener("parlor:reload-ui", (event) =>
          resolve((event as CustomEvent).detail),
        ),
      ),
  );
  await call(page, "reloadUI");
  expect(await reloaded).toMatchObject({
    type: "reloadUI",
    durationMs: expect.any(Number),
  });
  await visitor.expectSent(question);
  await expect(visitor.composer).toHaveValue("half a sentence");
  await visitor.send("and the rest");
  await visitor.expectSent("and the rest");
});
