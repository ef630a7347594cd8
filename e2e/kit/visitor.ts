// What a visitor does and sees in the chat, by roles and names alone.
import { expect } from "@playwright/test";
import type { Locator, Page } from "@playwright/test";
import { tabTo } from "./keyboard.ts";

export interface Visitor {
  page: Page;
  /** The round button; its name counts what is unread. */
  launcher: Locator;
  panel: Locator;
  thread: Locator;
  composer: Locator;
  typingLine: Locator;
  /** Says that the conversation is over. */
  closedLine: Locator;
  /** Marks of messages that the server has not acknowledged. */
  unsentLine: Locator;
  /** Opens a page of the shop. */
  visit(path?: string): Promise<void>;
  openChat(): Promise<void>;
  minimize(): Promise<void>;
  /** From the closed chat to the empty composer of a new conversation. */
  startConversation(): Promise<void>;
  /** From home to the conversation whose last message is this one. */
  openConversation(lastMessage: string): Promise<void>;
  /** Writes and sends. */
  say(text: string): Promise<void>;
  message(text: string): Locator;
  expectMessage(text: string): Promise<void>;
  /** The message is there and the server has it. */
  expectSent(text: string): Promise<void>;
  expectReply(text: string, agentName: string): Promise<void>;
  expectUnread(count: number): Promise<void>;
  tabTo(target: Locator): Promise<void>;
}

export function createVisitor(page: Page, serverUrl: string): Visitor {
  const launcher = page.getByRole("button", { name: /^(Open chat|Close chat|Chat with us)/ });
  const panel = page.getByRole("dialog");
  const thread = panel.getByRole("log", { name: "Messages" });
  const composer = panel.getByRole("textbox", { name: "Message" });
  const unsentLine = thread.getByText(/Sending…|Not sent\./);
  const message = (text: string) => thread.getByText(text, { exact: true });

  const visitor: Visitor = {
    page,
    launcher,
    panel,
    thread,
    composer,
    typingLine: thread.getByText(/ is typing$/),
    closedLine: panel.getByText(/^This conversation is closed/),
    unsentLine,
    message,
    async visit(path = "/demo/") {
      await page.goto(serverUrl + path);
      await expect(launcher).toBeVisible();
    },
    async openChat() {
      await page.getByRole("button", { name: /^(Open chat|Chat with us)/ }).click();
      await expect(panel).toBeVisible();
    },
    async minimize() {
      await page.getByRole("button", { name: /^Close chat/ }).click();
      await expect(panel).toBeHidden();
    },
    async startConversation() {
      await visitor.openChat();
      await panel.getByRole("button", { name: "New conversation" }).click();
      await expect(composer).toBeFocused();
    },
    async openConversation(lastMessage) {
      await panel
        .getByRole("listitem")
        .filter({ hasText: lastMessage })
        .getByRole("button")
        .click();
      await expect(message(lastMessage)).toBeVisible();
    },
    async say(text) {
      await composer.fill(text);
      await composer.press("Enter");
      await expect(composer).toHaveValue("");
    },
    async expectMessage(text) {
      await expect(message(text)).toHaveCount(1);
      await expect(message(text)).toBeVisible();
    },
    async expectSent(text) {
      await visitor.expectMessage(text);
      await expect(unsentLine).toHaveCount(0);
    },
    async expectReply(text, agentName) {
      await visitor.expectMessage(text);
      await expect(thread.getByText(agentName, { exact: true }).first()).toBeVisible();
    },
    async expectUnread(count) {
      const name = count === 0 ? /^(Open chat|Chat with us)$/ : new RegExp(`, ${count} unread `);
      await expect(page.getByRole("button", { name })).toBeVisible();
    },
    tabTo: (target) => tabTo(page, target),
  };
  return visitor;
}
