// What a visitor does and sees in the chat, for Playwright: by roles and names, in the widget's open shadow root.
import { expect } from "@playwright/test";
import type { Frame, Locator, Page } from "@playwright/test";

export interface ParlorPageOptions {
  /** Names that a site has changed by settings, or shows in another language. */
  names?: Partial<ParlorNames>;
  /** The frame that the chat is in; the page itself by default. */
  frame?: Frame;
}

/** Accessible names and texts that the page object looks for; English by default. */
export interface ParlorNames {
  /** The launcher of a closed chat; a site's `launcherText` takes its place. */
  openChat: string | RegExp;
  closeChat: string;
  newConversation: string;
  /** The field. */
  message: string;
  /** The log. */
  messages: string;
  back: string;
  moreOptions: string;
  endChat: string;
  retry: string;
  jumpToLatest: string;
  unread: RegExp;
  typing: RegExp;
  closed: RegExp;
  /** Said of a message that the server has not acknowledged. */
  unsent: RegExp;
}

const english: ParlorNames = {
  openChat: /^(Open chat|Chat with us)/,
  closeChat: "Close chat",
  newConversation: "New conversation",
  message: "Message",
  messages: "Messages",
  back: "Back",
  moreOptions: "More options",
  endChat: "End chat",
  retry: "Try again",
  jumpToLatest: "Jump to latest",
  unread: /, (\d+) unread messages?$/,
  typing: / is typing$/,
  closed: /^This conversation is closed/,
  unsent: /Sending…|Not sent\./,
};

export interface ParlorPage {
  page: Page;
  /** The widget's element; everything of the chat is in its open shadow root. */
  widget: Locator;
  /** The button that opens and closes the chat; its name counts what is unread. */
  launcher: Locator;
  /** The chat itself, a dialog. */
  panel: Locator;
  /** The open conversation's messages, a log. */
  thread: Locator;
  /** The field that a visitor writes in. */
  composer: Locator;
  typingLine: Locator;
  /** Says that the conversation is over. */
  closedLine: Locator;
  /** Marks of messages that the server has not acknowledged. */
  unsentLine: Locator;

  /** Opens the chat; nothing happens when it is open. */
  open: () => Promise<void>;
  close: () => Promise<void>;
  /** From anywhere to the empty field of a new conversation. */
  startConversation: () => Promise<void>;
  /** Opens the conversation whose list entry shows this text. */
  openConversation: (lastMessage: string) => Promise<void>;
  /** From a conversation to the list. */
  goBack: () => Promise<void>;
  /** Writes and sends, in a new conversation when none is open. */
  send: (text: string) => Promise<void>;
  /** Ends the open conversation by its menu. */
  endChat: () => Promise<void>;
  message: (text: string) => Locator;
  /** The message is there, once. */
  expectMessage: (text: string) => Promise<void>;
  /** The message is there and the server has it. */
  expectSent: (text: string) => Promise<void>;
  /** An agent's message is there, under that name when one is given. */
  expectReply: (text: string, agentName?: string) => Promise<void>;
  /** What the launcher of the closed chat says is unread; 0 is no badge. */
  expectUnread: (count: number) => Promise<void>;
  expectOpen: () => Promise<void>;
  expectClosed: () => Promise<void>;
}

type Parts = Pick<
  ParlorPage,
  | "page"
  | "widget"
  | "launcher"
  | "panel"
  | "thread"
  | "composer"
  | "typingLine"
  | "closedLine"
  | "unsentLine"
> & { names: ParlorNames };

function findParts(page: Page, names: ParlorNames, within: Page | Frame): Parts {
  const widget = within.locator("parlor-widget");
  const panel = widget.getByRole("dialog");
  const thread = panel.getByRole("log", { name: names.messages, exact: true });
  return {
    page,
    names,
    widget,
    launcher: widget
      .getByRole("button", { expanded: true, name: names.closeChat })
      .or(widget.getByRole("button", { expanded: false, name: names.openChat })),
    panel,
    thread,
    composer: panel.getByRole("textbox", { name: names.message, exact: true }),
    typingLine: thread.getByText(names.typing),
    closedLine: panel.getByText(names.closed),
    unsentLine: thread.getByText(names.unsent),
  };
}

function createActions(parts: Parts) {
  const { widget, panel, thread, composer, launcher, names } = parts;
  const button = (name: string) => panel.getByRole("button", { name, exact: true });
  const goBack = async () => {
    await button(names.back).click();
    await expect(button(names.newConversation)).toBeVisible();
  };
  const open = async () => {
    const opener = widget.getByRole("button", { expanded: false, name: names.openChat });
    // A chat that is just closing is still seen for a moment.
    if ((await panel.isVisible()) && !(await opener.isVisible())) return;
    await opener.click();
    await expect(panel).toBeVisible();
  };
  const startConversation = async () => {
    await open();
    if (await thread.isVisible()) await goBack();
    await button(names.newConversation).click();
    await expect(composer).toBeFocused();
  };

  return {
    open,
    goBack,
    startConversation,
    async close() {
      if (!(await panel.isVisible())) return;
      // On a phone the chat covers the launcher and has a button of its own.
      await launcher.or(button(names.closeChat)).first().click();
      await expect(panel).toBeHidden();
    },
    async openConversation(lastMessage: string) {
      await open();
      if (await thread.isVisible()) await goBack();
      await panel
        .getByRole("listitem")
        .filter({ hasText: lastMessage })
        .getByRole("button")
        .click();
      await expect(thread).toBeVisible();
    },
    async send(text: string) {
      await open();
      if (!(await composer.isVisible())) await startConversation();
      await composer.fill(text);
      await composer.press("Enter");
      await expect(composer).toHaveValue("");
    },
    async endChat() {
      await button(names.moreOptions).click();
      await button(names.endChat).click();
      await expect(parts.closedLine).toBeVisible();
    },
  };
}

function createExpectations({ widget, panel, thread, unsentLine, names }: Parts) {
  const message = (text: string) => thread.getByText(text, { exact: true });
  const expectMessage = async (text: string) => {
    await expect(message(text)).toHaveCount(1);
    await expect(message(text)).toBeVisible();
  };

  return {
    message,
    expectMessage,
    async expectSent(text: string) {
      await expectMessage(text);
      await expect(unsentLine).toHaveCount(0);
    },
    async expectReply(text: string, agentName?: string) {
      await expectMessage(text);
      if (agentName === undefined) return;
      await expect(thread.getByText(agentName, { exact: true }).first()).toBeVisible();
    },
    async expectUnread(count: number) {
      const launcher = widget.getByRole("button", { expanded: false, name: names.openChat });
      await expect
        .poll(async () => {
          const name = (await launcher.getAttribute("aria-label")) ?? "";
          return Number(names.unread.exec(name)?.[1] ?? 0);
        })
        .toBe(count);
    },
    expectOpen: () => expect(panel).toBeVisible(),
    expectClosed: () => expect(panel).toBeHidden(),
  };
}

/** Drives the chat of a page that carries Parlor. Never looks outside the widget's own element. */
export function createParlorPage(page: Page, options: ParlorPageOptions = {}): ParlorPage {
  const wanted = { ...english, ...options.names };
  const { names, ...parts } = findParts(page, wanted, options.frame ?? page);
  const all = { ...parts, names };
  return { ...parts, ...createActions(all), ...createExpectations(all) };
}
