import { signal } from "../signals.ts";
import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/preact";
import { afterEach, describe, expect, it, vi } from "vitest";
import { failure } from "../../protocol/result.ts";
import { coreOf, openTab, startConversation } from "../test-kit/chat.ts";
import type { Tab } from "../test-kit/chat.ts";
import { createDates } from "./dates.ts";
import { Panel } from "./Panel.tsx";
import { texts } from "./texts.ts";
import type { ChatView } from "./view.ts";

afterEach(cleanup);

/** Opens the chat of a tab, with the view on screen. */
async function show(options: { isPhone?: boolean; tab?: Tab } = {}) {
  const tab = options.tab ?? (await openTab());
  const isPhone = signal(options.isPhone ?? false);
  const isOnline = signal(true);
  const isPageVisible = signal(true);
  const view: ChatView = {
    ...tab,
    isPhone,
    isOnline,
    isPageVisible,
    core: coreOf(tab, isPhone),
    rich: signal(undefined),
    dates: createDates("en-GB", Date.now),
    files: signal(null),
    loadFiles: () => Promise.resolve(null),
    emoji: signal(undefined),
    preChat: signal(undefined),
    waiting: signal(undefined),
  };
  render(<Panel view={view} />);
  await act(() => tab.chatWindow.open("launcher"));
  return { tab, view, isOnline, isPageVisible };
}

const field = () => screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Message" });
const log = () => screen.getByRole("log", { name: "Messages" });
const type = (value: string) => fireEvent.input(field(), { target: { value } });
const press = (key: string, more: KeyboardEventInit = {}) =>
  fireEvent.keyDown(field(), { key, ...more });

const isAloud = (element: Element) => element.closest("[aria-live=polite]") !== null;

async function openNew(options: Parameters<typeof show>[0] = {}) {
  const shown = await show(options);
  fireEvent.click(screen.getByRole("button", { name: "New conversation" }));
  await screen.findByRole("textbox", { name: "Message" });
  return shown;
}

describe("home", () => {
  it("is a dialog named by the greeting, with availability in words", async () => {
    await show();
    const dialog = screen.getByRole("dialog", { name: "Support team" });
    expect(within(dialog).getByText("We are online")).toBeTruthy();
    expect(within(dialog).getByText(texts.noConversations)).toBeTruthy();
  });

  it("shows nobody's picture where the page wants none", async () => {
    const { tab } = await show();
    const id = await startConversation(tab);
    await act(() => void tab.fake.reply(id, "Hello"));
    expect(document.querySelectorAll(".avatar").length).toBeGreaterThan(0);
    await act(() => tab.settings.update({ widgetAppearance: { showAgentAvatars: false } }));
    expect(document.querySelectorAll(".avatar")).toHaveLength(0);
    await act(() => tab.chatWindow.show({ name: "home" }));
    expect(document.querySelectorAll(".avatar")).toHaveLength(0);
  });

  it("follows the agents' availability", async () => {
    const { tab } = await show();
    await startConversation(tab);
    await act(() => tab.chatWindow.show({ name: "home" }));
    await act(() => tab.fake.setAvailability("offline"));
    expect(await screen.findByText(texts.away)).toBeTruthy();
  });

  it("lists conversations with last line and unread count, and opens one", async () => {
    const { tab } = await show();
    const id = await startConversation(tab, "Hello");
    await act(() => tab.chatWindow.show({ name: "home" }));
    await act(() => void tab.fake.reply(id, "Good morning"));
    const list = await screen.findByRole("list", { name: "Your conversations" });
    const row = await within(list).findByRole("button", { name: /Good morning.*1 unread/s });
    fireEvent.click(row);
    expect(await within(log()).findByText("Good morning")).toBeTruthy();
  });

  it("says what to do when the list cannot be had, and tries again", async () => {
    const first = await openTab();
    await startConversation(first);
    first.fake.failRest({ code: "unreachable", message: "" });
    const tab = await openTab({ fake: first.fake, storage: first.storage, isCut: true });
    await show({ tab });
    const alert = await screen.findByRole("alert");
    expect(alert.textContent).toContain("Check your connection");
    first.fake.failRest(null);
    fireEvent.click(within(alert).getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("list", { name: "Your conversations" })).toBeTruthy();
  });
});

describe("writing", () => {
  it("sends by Enter, and not while there is nothing to send", async () => {
    const { tab } = await openNew();
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Send" }).disabled).toBe(true);
    press("Enter");
    type("   ");
    press("Enter");
    expect(tab.outbox.entries.peek()).toEqual([]);
    type("Hello there");
    press("Enter");
    expect(await within(log()).findByText("Hello there")).toBeTruthy();
    expect(field().value).toBe("");
    expect(await within(log()).findByText(/Sent/)).toBeTruthy();
  });

  it("breaks the line by Shift+Enter, and leaves Enter to an input method", async () => {
    const { tab } = await openNew();
    type("こんにちは");
    press("Enter", { shiftKey: true });
    press("Enter", { isComposing: true });
    expect(tab.outbox.entries.peek()).toEqual([]);
    expect(field().value).toBe("こんにちは");
  });

  it("keeps a draft for each conversation, also when the first message names it", async () => {
    const { tab } = await openNew();
    type("first");
    press("Enter");
    type("half a thought");
    await within(log()).findByText(/Sent/);
    expect(field().value).toBe("half a thought");
    fireEvent.click(screen.getByRole("button", { name: "Back" }));
    fireEvent.click(await screen.findByRole("button", { name: "New conversation" }));
    expect((await screen.findByRole<HTMLTextAreaElement>("textbox")).value).toBe("");
    const id = tab.conversations.list.peek()[0]?.id ?? 0;
    await act(() => tab.chatWindow.show({ name: "thread", key: id }));
    await vi.waitFor(() => expect(field().value).toBe("half a thought"));
  });

  it("shows a message that was refused with its reason, sends it again or deletes it", async () => {
    const { tab } = await show();
    await startConversation(tab);
    tab.socket.failCommands({ code: "too_large", message: "" });
    await screen.findByRole("textbox", { name: "Message" });
    type("Too much");
    press("Enter");
    expect(await within(log()).findByText(/Not sent.*Send it in parts/s)).toBeTruthy();
    const aloud = screen.getAllByText(/Not sent.*Send it in parts/s).filter(isAloud);
    expect(aloud).toHaveLength(1);
    tab.socket.failCommands(null);
    const again = within(log()).getByRole("button", { name: "Try again" });
    again.focus();
    fireEvent.click(again);
    // The button is gone: who used it goes on in the field.
    await vi.waitFor(() => expect(document.activeElement).toBe(field()));
    await vi.waitFor(() => expect(within(log()).queryByText(/Not sent/)).toBeNull());
    expect(within(log()).getByText("Too much")).toBeTruthy();
  });

  it("takes the words of a copied table, not its picture; and files with their names as files", async () => {
    const { view } = await openNew();
    const added: string[] = [];
    view.loadFiles = async () => {
      added.push("files");
      return null;
    };
    const picture = new File(["png"], "image.png", { type: "image/png" });
    const paste = (text: string) =>
      fireEvent.paste(field(), { clipboardData: { files: [picture], getData: () => text } });
    expect(paste("Shelves\t42")).toBe(true);
    expect(added).toEqual([]);
    expect(paste("")).toBe(false);
    expect(paste("image.png")).toBe(false);
    expect(added).toHaveLength(2);
  });

  it("tells of being offline in one line", async () => {
    const { isOnline } = await openNew();
    expect(screen.queryByText(texts.offline)).toBeNull();
    await act(() => void (isOnline.value = false));
    expect(screen.getByText(texts.offline)).toBeTruthy();
  });
});

describe("reading", () => {
  it("shows a reply with the agent's name, announces it once, and tells the server it was seen", async () => {
    const { tab } = await show();
    const id = await startConversation(tab);
    await act(() => void tab.fake.reply(id, "How can I help?"));
    expect(await within(log()).findByText("How can I help?")).toBeTruthy();
    expect(within(log()).getAllByText("Ada Lovelace")).toHaveLength(1);
    expect(screen.getByText("Ada Lovelace: How can I help?").closest("[aria-live]")).toBeTruthy();
    await vi.waitFor(() => expect(tab.fake.conversations()[0]?.unread_count).toBe(0));
  });

  it("does not count as seen what came while the page was in the background", async () => {
    const { tab, isPageVisible } = await show();
    const id = await startConversation(tab);
    await act(() => void (isPageVisible.value = false));
    await act(() => void tab.fake.reply(id, "Still there?"));
    await within(log()).findByText("Still there?");
    expect(tab.fake.conversations()[0]?.unread_count).toBe(1);
    await act(() => void (isPageVisible.value = true));
    await vi.waitFor(() => expect(tab.fake.conversations()[0]?.unread_count).toBe(0));
  });

  it("draws a line above what is new when a thread is opened, and none under the eyes of its reader", async () => {
    const { tab } = await show();
    const id = await startConversation(tab);
    await act(() => tab.chatWindow.show({ name: "home" }));
    await act(() => void tab.fake.reply(id, "one"));
    await act(() => void tab.fake.reply(id, "two"));
    await act(() => tab.chatWindow.show({ name: "thread", key: id }));
    const line = await within(log()).findByText("New messages");
    expect(line.compareDocumentPosition(within(log()).getByText("one"))).toBe(
      Node.DOCUMENT_POSITION_FOLLOWING,
    );
    expect(line.compareDocumentPosition(within(log()).getByText("Hello"))).toBe(
      Node.DOCUMENT_POSITION_PRECEDING,
    );
    await vi.waitFor(() => expect(tab.fake.conversations()[0]?.unread_count).toBe(0));
    // Read, and still told apart.
    expect(within(log()).getByText("New messages")).toBeTruthy();
    await act(() => tab.chatWindow.show({ name: "home" }));
    await act(() => tab.chatWindow.show({ name: "thread", key: id }));
    await act(() => void tab.fake.reply(id, "three"));
    await within(log()).findByText("three");
    expect(within(log()).queryByText("New messages")).toBeNull();
  });

  it("tells in the thread who has joined and who has closed it, where and as long as it is so", async () => {
    const { tab } = await show();
    const id = await startConversation(tab);
    await act(() => tab.fake.change(id, { assignee: tab.fake.agent }));
    await act(() => void tab.fake.reply(id, "Good morning"));
    await act(() => tab.fake.change(id, { status: "resolved", resolved_by: "contact" }));
    await within(log()).findByText("You closed the chat");
    const said = () => log().textContent.replaceAll(/\d\d:\d\d/g, "");
    expect(said()).toMatch(
      /Hello.*Ada Lovelace joined.*Ada LovelaceGood morning.*You closed the chat$/,
    );
    tab.outbox.send(id, "One more thing");
    await within(log()).findByText("One more thing");
    await vi.waitFor(() => expect(said()).not.toContain("You closed the chat"));
    expect(said()).toContain("Ada Lovelace joined");
    await act(() => tab.fake.change(id, { status: "resolved" }));
    expect(await within(log()).findByText("The chat was closed")).toBeTruthy();
  });

  it("asks once for older messages that do not come, says so and leaves the next try to its reader", async () => {
    const first = await openTab();
    const id = await startConversation(first);
    for (let i = 0; i < 30; i += 1) first.fake.reply(id, `reply ${i}`);
    const tab = await openTab({ fake: first.fake, storage: first.storage });
    const rest = { ...tab.fake.rest };
    let asked = 0;
    tab.fake.rest.listMessages = async (...wanted) => {
      asked += 1;
      return asked === 1
        ? failure("too_many_requests", "", { retryAfterSeconds: 9 })
        : await rest.listMessages(...wanted);
    };
    await show({ tab });
    await act(() => tab.chatWindow.show({ name: "thread", key: id }));
    await within(log()).findByText("Wait a moment", { exact: false });
    await act(() => void tab.fake.reply(id, "meanwhile"));
    await within(log()).findByText("meanwhile");
    expect(asked).toBe(1);
    fireEvent.click(within(log()).getByRole("button", { name: "Try again" }));
    expect(await within(log()).findByText("reply 3")).toBeTruthy();
    expect(asked).toBe(2);
  });

  it("shows that the agent types, until the message is there", async () => {
    const { tab } = await show();
    const id = await startConversation(tab);
    await act(() => tab.fake.setAgentTyping(id, true));
    expect(await screen.findByText("Ada Lovelace is typing")).toBeTruthy();
    await act(() => void tab.fake.reply(id, "Done"));
    await within(log()).findByText("Done");
    expect(screen.queryByText("Ada Lovelace is typing")).toBeNull();
  });

  it("ends the chat from the menu, and says how to go on", async () => {
    const { tab } = await show();
    await startConversation(tab);
    fireEvent.click(await screen.findByRole("button", { name: "More options" }));
    fireEvent.click(await screen.findByRole("button", { name: "End chat" }));
    expect(await screen.findByText(/This conversation is closed/)).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "New conversation" }));
    await vi.waitFor(() => expect(screen.queryByText(/This conversation is closed/)).toBeNull());
  });
});

describe("the keyboard", () => {
  it("closes the chat by Escape, but first an open menu", async () => {
    const { tab } = await show();
    await startConversation(tab);
    const menu = await screen.findByRole("button", { name: "More options" });
    fireEvent.click(menu);
    fireEvent.keyDown(await screen.findByRole("button", { name: "End chat" }), { key: "Escape" });
    expect(screen.queryByRole("button", { name: "End chat" })).toBeNull();
    expect(tab.chatWindow.state.peek()).toBe("maximized");
    press("Escape");
    expect(tab.chatWindow.state.peek()).toBe("minimized");
    expect(tab.told.at(-1)).toMatchObject({ name: "chatMinimize", detail: { reason: "escape" } });
  });

  it("stays inside a chat that covers the whole screen, with closed conversations behind a fold", async () => {
    const { tab } = await show({ isPhone: true });
    const over = await startConversation(tab, "An old matter");
    await act(() => tab.fake.change(over, { status: "resolved" }));
    await startConversation(tab, "A new matter");
    await act(() => tab.chatWindow.show({ name: "home" }));
    const fold = screen.getByText("Closed (1)");
    const close = screen.getByRole("button", { name: "Close chat" });
    fold.focus();
    fireEvent.keyDown(fold, { key: "Tab" });
    expect(document.activeElement).toBe(close);
    fireEvent.keyDown(close, { key: "Tab", shiftKey: true });
    expect(document.activeElement).toBe(fold);
    fold.closest("details")?.setAttribute("open", "");
    const row = within(fold.closest("details") as HTMLElement).getByRole("button");
    fireEvent.keyDown(close, { key: "Tab", shiftKey: true });
    close.focus();
    fireEvent.keyDown(close, { key: "Tab", shiftKey: true });
    expect(document.activeElement).toBe(row);
  });

  it("stays inside a chat that covers the whole screen, which has a button to close it", async () => {
    const { tab } = await openNew({ isPhone: true });
    const dialog = screen.getByRole("dialog");
    expect(dialog.getAttribute("aria-modal")).toBe("true");
    const back = screen.getByRole("button", { name: "Back" });
    back.focus();
    fireEvent.keyDown(back, { key: "Tab", shiftKey: true });
    expect(document.activeElement).not.toBe(back);
    expect(dialog.contains(document.activeElement)).toBe(true);
    fireEvent.click(screen.getByRole("button", { name: "Close chat" }));
    expect(tab.chatWindow.state.peek()).toBe("minimized");
  });
});
