import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, describe, expect, it } from "vitest";
import { failure } from "../../protocol/result.ts";
import { openConversation, openDesk } from "../test-kit/open-desk.tsx";

afterEach(cleanup);

function type(field: HTMLElement, text: string): void {
  fireEvent.input(field, { target: { value: text } });
}

describe("signing in", () => {
  it("says what is wrong, then lets the agent in", async () => {
    openDesk({ isSignedIn: false });
    const email = await screen.findByLabelText("E-mail");
    fireEvent.click(screen.getByRole("button", { name: "Sign in" }));
    await screen.findByText("Enter your e-mail and your password.");
    type(email, "agent@example.com");
    type(screen.getByLabelText("Password"), "wrong");
    fireEvent.click(screen.getByRole("button", { name: "Sign in" }));
    await screen.findByText(/do not match/);
    type(screen.getByLabelText("Password"), "correct horse");
    fireEvent.click(screen.getByRole("button", { name: "Sign in" }));
    await screen.findByRole("navigation", { name: "Views" });
  });

  it("offers to try again when the server cannot be asked", async () => {
    const { fake } = openDesk({
      prepare: ({ fake }) => fake.failNext("getProfile", failure("unreachable", "").error),
    });
    fireEvent.click(await screen.findByRole("button", { name: "Try again" }));
    await screen.findByRole("navigation", { name: "Views" });
    expect(fake.calls.get("getProfile")).toBe(2);
  });
});

describe("an account without conversations", () => {
  it("teaches how to put the chat on a website", async () => {
    openDesk();
    await screen.findByText(/data-inbox="token"/);
    expect(screen.getByRole("link", { name: /demo page/ })).toHaveProperty("pathname", "/demo/");
  });
});

describe("the list", () => {
  it("names contacts, numbers visitors without a name, and marks the open conversation", async () => {
    await openConversation();
    const list = await screen.findByRole("list", { name: "Conversations" });
    const [second, first] = within(list).getAllByRole("link");
    expect(first?.textContent).toContain("Ada Lovelace");
    expect(first?.getAttribute("aria-current")).toBe("true");
    expect(second?.textContent).toContain("Visitor 2");
    expect(second?.textContent).toContain("1 unread");
    expect(second?.getAttribute("href")).toBe("/desk/conversations/2");
  });

  it("is one stop for Tab and moves with J and K", async () => {
    await openConversation();
    const list = await screen.findByRole("list", { name: "Conversations" });
    const links = within(list).getAllByRole("link");
    expect(links.map(({ tabIndex }) => tabIndex)).toEqual([-1, 0]);
    fireEvent.keyDown(document.body, { key: "k" });
    expect(document.activeElement).toBe(links[0]);
    expect(links.map(({ tabIndex }) => tabIndex)).toEqual([0, -1]);
    fireEvent.keyDown(document.body, { key: "j" });
    expect(document.activeElement).toBe(links[1]);
  });
});

describe("the thread", () => {
  it("shows a reply at once, sends it on Enter and clears the field", async () => {
    const { fake } = await openConversation();
    fireEvent.keyDown(document.body, { key: "r" });
    const field = screen.getByRole("textbox", { name: "Reply" });
    expect(document.activeElement === field).toBe(true);
    type(field, "Sorry to hear that");
    fireEvent.keyDown(field, { key: "Enter" });
    within(await screen.findByRole("log")).getByText("Sorry to hear that");
    await waitFor(() => expect(fake.messages(1).at(-1)?.content).toBe("Sorry to hear that"));
    expect(fake.messages(1).at(-1)?.private).toBe(false);
    expect(field).toHaveProperty("value", "");
  });

  it("breaks the line on Shift+Enter and leaves an input method's Enter alone", async () => {
    const { desk } = await openConversation();
    const field = screen.getByRole("textbox", { name: "Reply" });
    type(field, "one");
    fireEvent.keyDown(field, { key: "Enter", shiftKey: true });
    fireEvent.keyDown(field, { key: "Enter", isComposing: true });
    expect(desk.workspace.value?.outbox.entries.value).toEqual([]);
    expect(field).toHaveProperty("value", "one");
  });

  it("keeps private notes apart, and each draft with its kind and conversation", async () => {
    const { fake, desk } = await openConversation();
    type(screen.getByRole("textbox", { name: "Reply" }), "a reply");
    fireEvent.click(screen.getByRole("tab", { name: "Private note" }));
    const note = screen.getByRole("textbox", { name: "Private note" });
    expect(note).toHaveProperty("value", "");
    type(note, "for us");
    fireEvent.click(screen.getByRole("button", { name: "Send" }));
    await waitFor(() => expect(fake.messages(1).at(-1)).toMatchObject({ private: true }));
    desk.workspace.value?.open(2);
    await waitFor(() =>
      expect(screen.getByRole("textbox", { name: "Reply" })).toHaveProperty("value", ""),
    );
    desk.workspace.value?.open(1);
    await waitFor(() =>
      expect(screen.getByRole("textbox", { name: "Reply" })).toHaveProperty("value", "a reply"),
    );
  });

  it("shows why a message was not sent and sends it on demand", async () => {
    const { fake } = await openConversation();
    fake.refuseCommands(failure("too_many_requests", "slow down").error);
    const field = screen.getByRole("textbox", { name: "Reply" });
    type(field, "Hello");
    fireEvent.keyDown(field, { key: "Enter" });
    await screen.findByText(/That was too fast/);
    fake.refuseCommands(null);
    fireEvent.click(screen.getByRole("button", { name: "Try again" }));
    await waitFor(() => expect(fake.messages(1).at(-1)?.content).toBe("Hello"));
  });

  it("builds formatted text from its tree, says where links lead, and nothing from markup", async () => {
    const { fake } = await openConversation();
    const href = "https://example.com/a";
    fake.write(1, "**Look** at [this](https://example.com/a)", {
      content_tree: [
        {
          type: "paragraph",
          children: [
            { type: "bold", children: ["Look"] },
            " at ",
            { type: "link", href, destination: "example.com", children: ["this"] },
          ],
        },
      ],
    });
    fake.write(1, '<img src=x onerror="alert(1)">');
    const log = screen.getByRole("log");
    const link = await within(log).findByRole("link", { name: "this" });
    expect(link.getAttribute("href")).toBe(href);
    expect(link.getAttribute("rel")).toContain("noopener");
    expect(link.closest("p")?.textContent).toBe("Look at this (example.com)");
    await within(log).findByText('<img src=x onerror="alert(1)">');
    expect(log.querySelector("img")).toBeNull();
    const list = screen.getByRole("list", { name: "Conversations" });
    within(list).getByRole("link", { name: /onerror/ });
  });

  it("shows who types, and reads new messages out once", async () => {
    const { fake } = await openConversation();
    fake.setContactTyping(1, true);
    await within(screen.getByRole("log")).findByText("Ada Lovelace is typing…");
    fake.write(1, "Are you there?");
    await screen.findByText("New message from Ada Lovelace: Are you there?");
  });
});

describe("actions", () => {
  it("resolve by key, reopen by the toast's Undo", async () => {
    const { fake } = await openConversation();
    fireEvent.keyDown(document.body, { key: "e" });
    await screen.findByRole("button", { name: "Reopen" });
    fireEvent.click(await screen.findByRole("button", { name: "Undo" }));
    await screen.findByRole("button", { name: "Resolve" });
    await waitFor(() => expect(fake.conversation(1).status).toBe("open"));
  });

  it("assign from the menu by keyboard, with the focus given back", async () => {
    const { fake } = await openConversation();
    fireEvent.keyDown(document.body, { key: "a" });
    const menu = await screen.findByRole("menu");
    const names = within(menu).getAllByRole("menuitemradio");
    expect(names.map(({ textContent }) => textContent)).toEqual([
      expect.stringContaining("Assign to me"),
      "Unassigned",
      expect.stringContaining("Grace Hopper"),
    ]);
    fireEvent.keyDown(menu, { key: "End" });
    const chosen = document.activeElement as HTMLElement;
    expect(chosen.textContent).toContain("Grace Hopper");
    fireEvent.click(chosen);
    await waitFor(() => expect(fake.conversation(1).meta.assignee?.id).toBe(2));
    expect(document.activeElement).toBe(await screen.findByRole("button", { name: /^Assign/ }));
  });

  it("do nothing while someone types", async () => {
    const { fake } = await openConversation();
    const field = screen.getByRole("textbox", { name: "Reply" });
    for (const key of ["e", "a", "n", "?"]) fireEvent.keyDown(field, { key });
    expect(fake.conversation(1).status).toBe("open");
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(screen.queryByRole("menu")).toBeNull();
  });

  it("are found by name in the command palette", async () => {
    const { router } = await openConversation();
    fireEvent.keyDown(document.body, { key: "k", ctrlKey: true });
    const field = await screen.findByRole("combobox");
    type(field, "go mine");
    await waitFor(() => expect(screen.getAllByRole("option")).toHaveLength(1));
    fireEvent.keyDown(field, { key: "Enter" });
    await waitFor(() => expect(router.address()).toBe("/desk/?view=mine"));
  });

  it("are listed by the question mark", async () => {
    await openConversation();
    fireEvent.keyDown(document.body, { key: "?" });
    const dialog = await screen.findByRole("dialog", { name: "Keyboard shortcuts" });
    fireEvent.click(within(dialog).getByRole("button", { name: "Close" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });
});

describe("the connection", () => {
  it("says that it is lost and what becomes of messages, until it is back", async () => {
    const { fake } = await openConversation();
    fake.disconnect();
    await screen.findByText(/Reconnecting/);
    fake.reconnect();
    await waitFor(() => expect(screen.queryByText(/Reconnecting/)).toBeNull());
  });
});
