// Files between a visitor and an agent, each in a browser of their own, good ones and hostile ones.
import { readFile } from "node:fs/promises";
import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";
import { callParlor } from "./kit/call-parlor.ts";
import { aText, test } from "./kit/test.ts";
import { aPicture } from "../src/server/attachments/test-files.ts";

/** Hears of it when anything of a file is run. */
async function watchForCanary(page: Page): Promise<() => string[]> {
  const sung: string[] = [];
  await page.exposeFunction("canary", (where: string) => void sung.push(where));
  page.on("dialog", (dialog) => {
    sung.push(dialog.message());
    void dialog.dismiss();
  });
  return () => sung;
}

/** Run in the page. */
function describePicture(canvas: Element) {
  const { width, height } = canvas as HTMLCanvasElement;
  const data = (canvas as HTMLCanvasElement).getContext("2d")?.getImageData(0, 0, width, height);
  return { width, height, isBlank: !data?.data.some((part) => part > 0) };
}

const html = "<script>parent.canary('html');opener?.canary('html');alert('html')</script>";
const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="parent.canary('svg');alert('svg')"/>`;

test("a visitor sends pictures and files, the agent opens and saves them and sends one back", async ({
  visitor,
  agent,
}) => {
  const png = await aPicture("png", 800, 400);
  await agent.signIn();
  await visitor.visit();
  await visitor.startConversation();
  const { panel, thread } = visitor;
  const picker = panel.locator("input[type=file]");
  await picker.setInputFiles([
    { name: "shelf.png", mimeType: "image/png", buffer: png },
    { name: "order.txt", mimeType: "text/plain", buffer: Buffer.from("42 shelves") },
    { name: "wrong.txt", mimeType: "text/plain", buffer: Buffer.from("oops") },
  ]);
  const tray = panel.getByRole("list", { name: "Files to send" });
  await expect(tray.getByRole("listitem")).toHaveCount(3);
  // The picture is seen before it is sent, small and as it is.
  await expect
    .poll(() =>
      tray.locator("li", { hasText: "shelf.png" }).locator("canvas").evaluate(describePicture),
    )
    .toEqual({ width: 240, height: 120, isBlank: false });
  await expect(tray.locator("canvas")).toHaveCount(1);
  await tray.getByRole("button", { name: "Remove wrong.txt" }).click();
  const words = aText("Is this the right shelf?");
  await visitor.send(words);
  await visitor.expectSent(words);
  await expect(tray).toBeHidden();
  await expect(thread.getByRole("button", { name: "Open picture shelf.png" })).toBeVisible();
  await expect(thread.getByRole("link", { name: /^Download order\.txt/ })).toBeVisible();

  await agent.openConversation(words);
  const picture = agent.thread.getByRole("button", { name: "Open picture shelf.png" });
  const thumbnail = picture.locator("img");
  await expect
    .poll(() =>
      thumbnail.evaluate((img: HTMLImageElement) => [img.naturalWidth, img.naturalHeight]),
    )
    .toEqual([560, 280]);
  await picture.click();
  const viewer = agent.page.getByRole("dialog", { name: "Picture" });
  await expect
    .poll(() => viewer.locator("img").evaluate((img: HTMLImageElement) => img.naturalWidth))
    .toBe(800);
  await agent.page.keyboard.press("Escape");
  await expect(viewer).toBeHidden();
  const saving = agent.page.waitForEvent("download");
  await agent.thread.getByRole("link", { name: /^Download order\.txt/ }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe("order.txt");
  expect(await readFile(await saved.path(), "utf8")).toBe("42 shelves");

  await agent.page
    .locator("form.composer input[type=file]")
    .setInputFiles([{ name: "plan.png", mimeType: "image/png", buffer: png }]);
  const ready = agent.page.getByRole("list", { name: "Files to send" });
  await expect(ready.getByRole("listitem")).toHaveCount(1);
  await agent.page.getByRole("button", { name: "Send" }).click();
  await expect(ready).toBeHidden();
  const back = thread.getByRole("button", { name: "Open picture plan.png" });
  await back.click();
  const large = visitor.page.getByRole("dialog", { name: "Picture" });
  await expect
    .poll(() => large.locator("img").evaluate((img: HTMLImageElement) => img.naturalWidth))
    .toBe(800);
  await large.getByRole("button", { name: "Close picture" }).click();
  await expect(large).toBeHidden();
  await expect(visitor.panel).toBeVisible();

  // Everything is there again after a reload, from the server.
  await visitor.page.reload();
  await expect(thread.getByRole("button", { name: /^Open picture/ })).toHaveCount(2);
});

test("an upload that is cut says so and goes through when it is tried again", async ({
  visitor,
}) => {
  await visitor.visit();
  await visitor.startConversation();
  // The line is up, and stays so: else the upload would go on when it is.
  const words = aText("A note follows.");
  await visitor.send(words);
  await visitor.expectSent(words);
  const uploads = "**/contacts/*/attachments";
  await visitor.page.route(uploads, (route) => route.abort());
  await visitor.panel
    .locator("input[type=file]")
    .setInputFiles([{ name: "note.txt", mimeType: "text/plain", buffer: Buffer.from("note") }]);
  const tray = visitor.panel.getByRole("list", { name: "Files to send" });
  await expect(tray.getByText("Upload interrupted.")).toBeVisible();
  await expect(visitor.panel.getByRole("button", { name: "Send" })).toBeDisabled();
  await visitor.page.unroute(uploads);
  await tray.getByRole("button", { name: "Try note.txt again" }).click();
  await visitor.panel.getByRole("button", { name: "Send" }).click();
  await expect(visitor.thread.getByRole("link", { name: /^Download note\.txt/ })).toBeVisible();
  await expect(visitor.unsentLine).toHaveCount(0);
});

test("a file that was chosen a moment before Enter goes with the message, however slow its tray comes", async ({
  visitor,
}) => {
  const { page, panel, thread } = visitor;
  let letCome = (): void => undefined;
  const mayCome = new Promise<void>((resolve) => (letCome = resolve));
  await page.route("**/widget/files-*.js", async (route) => {
    await mayCome;
    await route.continue();
  });
  await visitor.visit();
  await visitor.startConversation();
  const picker = panel.locator("input[type=file]");
  await picker.setInputFiles([
    { name: "early.txt", mimeType: "text/plain", buffer: Buffer.from("early") },
  ]);
  const field = panel.getByRole("textbox", { name: "Message" });
  await field.fill("With its file");
  await field.press("Enter");
  await field.press("Enter");
  await expect(thread.getByText("With its file")).toBeHidden();
  letCome();
  await expect(thread.getByRole("link", { name: /^Download early\.txt/ })).toBeVisible();
  await expect(thread.getByText("With its file")).toHaveCount(1);
  await expect(field).toHaveValue("");
});

test("a file that is chosen while the first message is on its way lies ready for the second", async ({
  visitor,
}) => {
  const { page, panel } = visitor;
  const held: (() => void)[] = [];
  for (const path of ["**/widget/files-*.js", "**/contacts"]) {
    await page.route(path, async (route) => {
      await new Promise<void>((resolve) => held.push(resolve));
      await route.continue();
    });
  }
  await visitor.visit();
  await visitor.startConversation();
  const words = aText("The plan follows.");
  await visitor.send(words);
  await expect.poll(() => held.length).toBe(1);
  await panel
    .locator("input[type=file]")
    .setInputFiles([{ name: "plan.txt", mimeType: "text/plain", buffer: Buffer.from("plan") }]);
  await expect.poll(() => held.length).toBe(2);
  held[0]?.();
  await visitor.expectSent(words);
  held[1]?.();
  const tray = panel.getByRole("list", { name: "Files to send" });
  await expect(tray.getByText("plan.txt")).toBeVisible();
});

test("a file that is chosen offline, the first of its visit, goes with its message once the line is back", async ({
  visitor,
}) => {
  const { page, panel, thread } = visitor;
  await visitor.visit();
  await visitor.startConversation();
  await page.context().setOffline(true);
  const picker = panel.locator("input[type=file]");
  await picker.setInputFiles([
    { name: "tunnel.txt", mimeType: "text/plain", buffer: Buffer.from("dark") },
  ]);
  const field = panel.getByRole("textbox", { name: "Message" });
  await field.fill("Seen in the tunnel");
  await field.press("Enter");
  await page.context().setOffline(false);
  await expect(thread.getByRole("link", { name: /^Download tunnel\.txt/ })).toBeVisible();
  await expect(thread.getByText("Seen in the tunnel")).toHaveCount(1);
});

test("an upload that the line has cut, and the message that waits for it, go on when it is back", async ({
  visitor,
}) => {
  const { page, panel, thread } = visitor;
  await visitor.visit();
  await visitor.startConversation();
  const picker = panel.locator("input[type=file]");
  const aFile = (name: string) => ({ name, mimeType: "text/plain", buffer: Buffer.from(name) });
  await picker.setInputFiles([aFile("before.txt")]);
  const tray = panel.getByRole("list", { name: "Files to send" });
  await expect(tray.getByText("Ready to send")).toBeAttached();
  await page.context().setOffline(true);
  await picker.setInputFiles([aFile("cut.txt"), aFile("unwanted.txt")]);
  await expect(tray.getByText("Upload interrupted.")).toHaveCount(2);
  const field = panel.getByRole("textbox", { name: "Message" });
  await field.fill("With what was cut");
  await field.press("Enter");
  await tray.getByRole("button", { name: "Remove unwanted.txt" }).click();
  await expect(panel.getByText("Will be sent when everything is uploaded.")).toBeVisible();
  await page.context().setOffline(false);
  for (const name of ["before", "cut"]) {
    const link = thread.getByRole("link", { name: new RegExp(`^Download ${name}\\.txt`) });
    await expect(link).toHaveCount(1);
  }
  await expect(thread.getByText("With what was cut")).toHaveCount(1);
  await expect(tray).toBeHidden();
});

test("a message that waits for its file goes where and as it was sent, whatever is on screen by then", async ({
  visitor,
  server,
}) => {
  const { page, panel } = visitor;
  await visitor.visit();
  await visitor.startConversation();
  const hello = aText("Hello");
  await visitor.send(hello);
  await visitor.expectSent(hello);
  const [old] = (await callParlor(page, "listConversations")) as { id: number }[];
  await panel.getByRole("button", { name: "More options" }).click();
  await panel.getByRole("button", { name: "End chat" }).click();
  await expect(visitor.closedLine).toBeVisible();
  const uploads = "**/contacts/*/attachments";
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route(uploads, async (route) => {
    await released;
    await route.continue();
  });
  await panel
    .locator("input[type=file]")
    .setInputFiles([{ name: "note.txt", mimeType: "text/plain", buffer: Buffer.from("note") }]);
  await expect(panel.getByText("note.txt")).toBeVisible();
  await visitor.composer.fill("Here is the file");
  await visitor.composer.press("Enter");
  await expect(panel.getByText("Will be sent when everything is uploaded.")).toBeVisible();
  await panel.getByRole("button", { name: "New conversation" }).click();
  await expect(visitor.composer).toBeFocused();
  await visitor.composer.fill("Half a thought");
  release();
  const told = async () => {
    const messages = await server.listMessages(old?.id ?? 0);
    const ofVisitor = messages.filter(({ message_type }) => message_type === "incoming");
    return ofVisitor.map(({ content, attachments }) => [content, attachments.length]);
  };
  await expect.poll(told).toEqual([
    [hello, 0],
    ["Here is the file", 1],
  ]);
  await expect(visitor.composer).toHaveValue("Half a thought");
  expect(await callParlor(page, "listConversations")).toHaveLength(1);
  await panel.getByRole("button", { name: "Back" }).click();
  await visitor.openConversation("Here is the file");
  await expect(visitor.composer).toHaveValue("");
});

test("files may be dropped and pasted, and hostile ones are saved and never run", async ({
  visitor,
  agent,
}) => {
  await agent.signIn();
  const sung = [await watchForCanary(visitor.page), await watchForCanary(agent.page)];
  await visitor.visit();
  await visitor.startConversation();
  const transfer = await visitor.page.evaluateHandle(
    ([page, picture]) => {
      const data = new DataTransfer();
      data.items.add(new File([page ?? ""], "page.html", { type: "text/html" }));
      data.items.add(new File([picture ?? ""], "drawing.svg", { type: "image/svg+xml" }));
      return data;
    },
    [html, svg],
  );
  await visitor.thread.dispatchEvent("drop", { dataTransfer: transfer });
  const tray = visitor.panel.getByRole("list", { name: "Files to send" });
  await expect(tray.getByRole("listitem")).toHaveCount(2);
  // A picture that was copied elsewhere, by the keys that paste it.
  await visitor.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const png = (await aPicture("png", 40, 30)).toString("base64");
  await visitor.page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (byte) => byte.codePointAt(0) ?? 0);
    const picture = new Blob([bytes], { type: "image/png" });
    await navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);
  }, png);
  await visitor.composer.press("ControlOrMeta+v");
  await expect(tray.getByRole("listitem")).toHaveCount(3);
  const words = aText("Open these, please");
  await visitor.send(words);
  await visitor.expectSent(words);
  await agent.openConversation(words);
  await expect(agent.thread.getByRole("button", { name: /^Open picture/ })).toHaveCount(1);
  for (const name of ["page.html", "drawing.svg"]) {
    const link = agent.thread.getByRole("link", { name: new RegExp(`^Download ${name}`) });
    const href = (await link.getAttribute("href")) ?? "";
    const saving = agent.page.waitForEvent("download");
    await link.click();
    expect((await saving).suggestedFilename()).toBe(name);
    // Opened by itself or in a frame, it is saved, too.
    const tab = await agent.page.context().newPage();
    const opening = tab.waitForEvent("download");
    await tab.goto(new URL(href, agent.url).href).catch(() => undefined);
    expect((await opening).suggestedFilename()).toBe(name);
    await tab.close();
    await agent.page.evaluate((address) => {
      const image = document.body.appendChild(document.createElement("img"));
      return new Promise((resolve) => {
        image.addEventListener("error", resolve);
        image.addEventListener("load", resolve);
        image.src = address;
      });
    }, href);
  }
  expect(sung.flatMap((heard) => heard())).toEqual([]);
});
