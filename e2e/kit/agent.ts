// What an agent does and sees at the desk, by roles and names alone.
import { expect } from "@playwright/test";
import type { BrowserContext, Cookie, Locator, Page } from "@playwright/test";
import { applicationPaths } from "../../src/protocol/paths.ts";
import { tabTo } from "./keyboard.ts";

export interface Credentials {
  email: string;
  password: string;
}

export interface Agent {
  page: Page;
  /** The server's address. */
  url: string;
  list: Locator;
  thread: Locator;
  composer: Locator;
  typingLine: Locator;
  /** Marks of messages that the server has not acknowledged. */
  unsentLine: Locator;
  /** At once, without the form. */
  signIn(): Promise<void>;
  /** The list's entry of the conversation whose last message is this one. */
  entry(lastMessage: string): Locator;
  openConversation(lastMessage: string): Promise<void>;
  reply(text: string): Promise<void>;
  addNote(text: string): Promise<void>;
  showView(name: string): Promise<void>;
  /** How many conversations the navigation says that a view holds. */
  countOf(view: string): Promise<number>;
  assignToMe(): Promise<void>;
  resolve(): Promise<void>;
  dismissNotices(): Promise<void>;
  closeContact(): Promise<void>;
  message(text: string): Locator;
  expectMessage(text: string): Promise<void>;
  /** So that single keys are commands again. */
  leaveComposer(): Promise<void>;
  tabTo(target: Locator): Promise<void>;
}

/** By server and person. A password takes long to check, and a session lasts. */
const sessions = new Map<string, Cookie[]>();

async function signInContext(
  context: BrowserContext,
  serverUrl: string,
  credentials: Credentials,
): Promise<void> {
  const key = `${serverUrl} ${credentials.email}`;
  await context.addCookies(sessions.get(key) ?? []);
  const known = await context.request.get(serverUrl + applicationPaths.profile());
  if (known.ok()) return;
  const signedIn = await context.request.post(serverUrl + applicationPaths.signIn(), {
    data: credentials,
  });
  expect(signedIn.status()).toBe(200);
  sessions.set(key, await context.cookies());
}

export function createAgent(page: Page, serverUrl: string, credentials: Credentials): Agent {
  const list = page.getByRole("region", { name: "Conversation list" });
  const thread = page.getByRole("log", { name: "Messages" });
  const composer = page.getByRole("textbox", { name: /^(Reply|Private note)$/ });
  const message = (text: string) => thread.getByText(text, { exact: true });
  const entry = (lastMessage: string) => list.getByRole("link").filter({ hasText: lastMessage });

  const view = (name: string) =>
    page
      .getByRole("navigation", { name: "Views" })
      .getByRole("link", { name: new RegExp(`^${name}`) });

  return {
    page,
    url: serverUrl,
    list,
    thread,
    composer,
    unsentLine: thread.getByText(/^(Sending…|Not sent\.)/),
    typingLine: thread.getByText(/ (is|are) typing…$/),
    message,
    entry,
    async signIn() {
      await signInContext(page.context(), serverUrl, credentials);
      await page.goto(`${serverUrl}/desk/`);
      await expect(list).toBeVisible();
      await expect(page.getByText("Connected", { exact: true })).toBeAttached();
    },
    async openConversation(lastMessage) {
      await entry(lastMessage).click();
      await expect(message(lastMessage)).toBeVisible();
    },
    async reply(text) {
      await page.getByRole("tab", { name: "Reply" }).click();
      await composer.fill(text);
      await composer.press("Enter");
      await expect(composer).toHaveValue("");
    },
    async addNote(text) {
      await page.getByRole("tab", { name: "Private note" }).click();
      await composer.fill(text);
      await composer.press("Enter");
      await expect(composer).toHaveValue("");
    },
    async showView(name) {
      await view(name).click();
    },
    countOf: async (name) => Number(/\d+$/.exec(await view(name).innerText())?.[0] ?? 0),
    async assignToMe() {
      await page.getByRole("button", { name: /^Assign/ }).click();
      await page.getByRole("menuitemradio", { name: "Assign to me" }).click();
      await expect(page.getByRole("button", { name: /^Assign: / })).toBeVisible();
    },
    async resolve() {
      await page.getByRole("button", { name: "Resolve" }).click();
    },
    async dismissNotices() {
      const dismiss = page.getByRole("button", { name: "Dismiss" });
      while ((await dismiss.count()) > 0) await dismiss.first().click();
    },
    async closeContact() {
      const close = page.getByRole("button", { name: "Close contact details" });
      if (await close.isVisible()) await close.click();
    },
    async expectMessage(text) {
      await expect(message(text)).toHaveCount(1);
      await expect(message(text)).toBeVisible();
    },
    async leaveComposer() {
      // Elsewhere, Escape is a command of its own.
      if (await composer.evaluate((field) => field === document.activeElement)) {
        await page.keyboard.press("Escape");
      }
      await expect(composer).not.toBeFocused();
    },
    tabTo: (target) => tabTo(page, target),
  };
}
